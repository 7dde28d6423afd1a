"""Starts and ends the bots that are measured, each as a process of its own, and reads what they cost."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from benchmarks.activities import Kind

ROOT = Path(__file__).parents[1]
START_SECONDS = 60.0
STOP_SECONDS = 10.0
POLL_SECONDS = 0.01


class CannotMeasure(Exception):
    """A bot or the load generator did not do its part; the sentence says which and how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """A bot that can be started: `ready` is the HTTP status of /readyz that says that it has."""

    name: str
    kind: Kind
    command: tuple[str, ...]
    ready: int
    settings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A bot that answers; `start_up` is the seconds from its process' start until it was ready."""

    contestant: Contestant
    process: subprocess.Popen[bytes]
    port: int
    start_up: float
    log: Path


def contestants(folder: Path, database_url: str | None) -> tuple[Contestant, ...]:
    """The stock echo, our bot on a database of its own in `folder` (or the one given), and the relay."""
    url = database_url or f"sqlite+aiosqlite:///{folder / 'bench.db'}"
    return (
        Contestant(name="stock echo", kind="echo", command=("-m", "benchmarks.stock_echo"), ready=404),
        Contestant(
            name="our bot",
            kind="card",
            command=(str(ROOT / "bot.py"), "serve"),
            ready=200,
            settings={"DATABASE_URL": url},
        ),
        Contestant(name="relay", kind="fixed", command=("-m", "benchmarks.relay"), ready=404),
    )


@contextmanager
def started(contestant: Contestant, folder: Path) -> Iterator[Running]:
    """The bot as a process, ready; ended at the end of the block, however that comes."""
    port, log = _free_port(), folder / f"{contestant.name.replace(' ', '-')}.log"
    # Nothing of the caller's settings: the bots run as a newcomer's would, without proxy and without .env.
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "HOST": "127.0.0.1",
        "PORT": str(port),
    }
    start = time.perf_counter()
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603  # our own interpreter and our own programs
            [sys.executable, *contestant.command],
            cwd=folder,
            env=environment | contestant.settings,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches us only, and we end what we started
        )
    try:
        _wait_until_ready(contestant, process, port, log)
        taken = time.perf_counter() - start
        yield Running(contestant=contestant, process=process, port=port, start_up=taken, log=log)
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process that we started, politely first."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def peak_megabytes(pid: int) -> float | None:
    """The most memory the process had so far; None where the system does not tell."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return None
    peak = next((line for line in lines if line.startswith("VmHWM:")), None)
    return int(peak.split()[1]) / 1024 if peak else None


def cpu_seconds(pid: int) -> float | None:
    """The processor time the process has taken so far; None where the system does not tell."""
    try:
        fields = (
            Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        )
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def complaints(log: Path) -> int:
    """How many lines of a bot's log tell of an error."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return sum("error" in line.lower() for line in lines)


def _wait_until_ready(contestant: Contestant, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.perf_counter() + START_SECONDS
    while _status(port) != contestant.ready:
        if process.poll() is not None or time.perf_counter() > deadline:
            said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
            raise CannotMeasure(f"{contestant.name} did not start: {' '.join(said) or 'it said nothing'}")
        time.sleep(POLL_SECONDS)


def _status(port: int) -> int | None:
    connection = HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
