"""`make bench`: the bots in turn, round by round, then the table; `--write` renews docs/performance.md."""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from types import FrameType

from benchmarks import assessing
from benchmarks.contestants import (
    ROOT,
    CannotMeasure,
    Contestant,
    Running,
    complaints,
    contestants,
    end,
    peak_megabytes,
    started,
)
from benchmarks.figures import Result, Turn
from benchmarks.import_table import compared, import_table
from benchmarks.load import TURN
from benchmarks.long_texts import long_table, measured
from benchmarks.questions import read_questions
from benchmarks.report import conditions, renew, table

PAGE = ROOT / "docs" / "performance.md"
SLACK_SECONDS = 60.0

LONG = "Understanding a long text, as times of the processor time for one of 20 characters:"

ASSESSING = (
    "Assessing every goal of a made plan, and putting its figures in order before, as times of the processor "
    "time for 22 goals:"
)

IMPORTS = (
    "Importing figures: read, checked and stored whole, against `pandas.read_csv` and `to_sql` of the same "
    "rows into a plain table, by the same driver:"
)


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    """What was asked for; `--quick` gives other defaults."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round: does it run, not how fast")
    parser.add_argument(
        "--write", action="store_true", help="renew the measured section of docs/performance.md"
    )
    parser.add_argument("--rounds", type=int, help="how often each bot has its turn (3; quick: 1)")
    parser.add_argument("--seconds", type=float, help="how long it is asked each time (8; quick: 1.5)")
    parser.add_argument("--users", type=int, help="people, each with a chat of their own (200; quick: 60)")
    parser.add_argument("--together", type=int, default=32, help="how many wait for an answer at a time")
    parser.add_argument(
        "--most", type=int, default=200_000, help="messages after which a turn ends in any case"
    )
    parser.add_argument(
        "--database-url", help="an empty database for our bot, such as postgresql+asyncpg://…"
    )
    asked = parser.parse_args(arguments)
    asked.rounds = asked.rounds or (1 if asked.quick else 3)
    asked.seconds = asked.seconds or (1.5 if asked.quick else 8.0)
    asked.users = asked.users or (60 if asked.quick else 200)
    return asked


def measure(asked: argparse.Namespace, folder: Path) -> list[Result]:
    """Start every bot, give each its turn round by round, end them all."""
    able = contestants(folder, asked.database_url)
    # Our bot makes its database the first time; how it starts on one that is there is the second figure.
    first = {one.name: _start_once(one, folder) for one in able if one.kind == "card"}
    with ExitStack() as stack:
        running = [stack.enter_context(started(one, folder)) for one in able]
        turns: dict[str, list[Turn]] = {one.name: [] for one in able}
        for number in range(asked.rounds):
            for bot in running:
                turns[bot.contestant.name].append(_turn(bot, asked))
                _say(f"round {number + 1}: {bot.contestant.name} {_rate(turns[bot.contestant.name][-1])}")
        names = [bot.contestant.name for bot in running]
        return [_result(bot, turns[name], first.get(name)) for bot, name in zip(running, names, strict=True)]


def _start_once(contestant: Contestant, folder: Path) -> float:
    with started(contestant, folder) as bot:
        return bot.start_up


def _turn(bot: Running, asked: argparse.Namespace) -> Turn:
    alone, warm_up = asked.seconds / 5, asked.seconds / 8
    given = {
        "port": bot.port,
        "pid": bot.process.pid,
        "kind": bot.contestant.kind,
        "users": asked.users,
        "together": asked.together,
        "most": asked.most,
        "seconds": asked.seconds,
        "warm-up": warm_up,
        "alone": alone,
    }
    command = [
        sys.executable,
        "-m",
        "benchmarks.load",
        *(f"--{name}={value}" for name, value in given.items()),
    ]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True)  # noqa: S603
    try:
        written, _ = process.communicate(timeout=2 * asked.seconds + warm_up + alone + SLACK_SECONDS)
    except subprocess.TimeoutExpired:
        raise CannotMeasure(f"the load generator did not come to an end with {bot.contestant.name}") from None
    finally:
        end(process)
    if process.returncode:
        raise CannotMeasure(f"the load generator failed with {bot.contestant.name}")
    return TURN.validate_json(written)


def _result(bot: Running, turns: list[Turn], first_start_up: float | None) -> Result:
    return Result(
        name=bot.contestant.name,
        turns=tuple(turns),
        start_up=bot.start_up,
        first_start_up=first_start_up,
        peak_mb=peak_megabytes(bot.process.pid),
        complaints=complaints(bot.log),
    )


def _rate(turn: Turn) -> str:
    wrong = f", errors {turn.errors}" if turn.errors else ""
    return f"{turn.many.rate:,.0f} messages/s, p95 {turn.many.p95:.1f} ms{wrong}"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _interrupted(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Measure and print; 1 when something could not be measured or went wrong on the way."""
    asked = options()
    signal.signal(signal.SIGTERM, _interrupted)
    questions, load = read_questions(), os.getloadavg()[0]
    _say(str(questions))
    start = time.monotonic()
    try:
        with tempfile.TemporaryDirectory(prefix="bplan-bench-") as folder:
            results = measure(asked, Path(folder))
            _say("importing files of figures")
            imports = compared(Path(folder), quick=asked.quick)
    except CannotMeasure as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    under = conditions(asked, questions, busy=load, today=datetime.now().astimezone().date())
    found = f"{under}\n\n{table(results)}\n\n{LONG}\n\n{long_table(measured())}"
    found += f"\n\n{ASSESSING}\n\n{assessing.assess_table(assessing.measured())}"
    found += f"\n\n{IMPORTS}\n\n{import_table(imports)}"
    _say(f"\n{found}\n\n{time.monotonic() - start:.0f} seconds")
    if asked.write:
        renew(PAGE, found)
    return 1 if any(result.errors for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
