"""What it costs to understand a long text beside a short one, and whether that grows with its length."""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import cycle, islice

from bplan_bot.goal import Plan
from bplan_bot.importers.plan_files import read_package
from bplan_bot.understand.understand import understand

SHORT = "status for mål 6.2 ?"
"""A text of 20 characters, to which the others are compared."""

LENGTHS = (2_500, 5_000, 10_000, 20_000)
"""Characters; Teams sends at most 28 KB."""

REPEATS = 3
"""Measurements of one text, of which the quickest counts: what else the machine does only adds."""

SHORT_REPEATS = 100

_SYLLABLES = (
    "be",
    "gen",
    "ning",
    "for",
    "bejd",
    "sko",
    "le",
    "ud",
    "kom",
    "mu",
    "ne",
    "rå",
    "hø",
    "æb",
    "sam",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """A kind of text, and by its length in characters how many times the cost of the short one it takes."""

    kind: str
    times: Mapping[int, float]

    @property
    def growth(self) -> float:
        """How many times the cost of the shortest the longest takes; 8 where it grows with the length."""
        return self.times[max(self.times)] / self.times[min(self.times)]


@cache
def _plan() -> Plan:
    folder = files("bplan_bot.plans").joinpath("norddjurs_2024")
    return read_package({one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}).plan


def kinds() -> dict[str, Callable[[int], str]]:
    """By its name each kind of text, made so many characters long; the same ones every time."""
    titles = [goal.title.da for goal in _plan().goals]
    return {
        "words made of Danish syllables": _words,
        "numbers of goals": lambda length: _again("mål 6.2, 6.10-6.13 og 2.1; ", length),
        "ranges of all goals": lambda length: _again("1.1-6.13 ", length),
        "titles with a slip each": lambda length: _again(" ".join(map(_with_a_slip, titles)) + " ", length),
        "phrases that begin and never end": lambda length: _again("hvor langt er vi mon så ", length),
        "figures beside percents": lambda length: _again("målet er på 5 % ", length),
    }


def measured() -> tuple[Grown, ...]:
    """Every kind at every length, in this process."""
    short = _seconds(SHORT, SHORT_REPEATS)
    return tuple(
        Grown(kind=name, times={length: _seconds(made(length), REPEATS) / short for length in LENGTHS})
        for name, made in kinds().items()
    )


def long_table(grown: tuple[Grown, ...]) -> str:
    """The figures as a Markdown table."""
    head = ["characters", *(f"{length:,}" for length in LENGTHS), f"{LENGTHS[-1]:,} / {LENGTHS[0]:,}"]
    rows = [[one.kind, *(f"{one.times[each]:.0f}" for each in LENGTHS), f"{one.growth:.1f}"] for one in grown]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def _seconds(text: str, repeats: int) -> float:
    """The processor time that understanding a text takes."""
    understand(text, _plan())
    return min(_once(text) for _ in range(repeats))


def _once(text: str) -> float:
    start = time.process_time()
    understand(text, _plan())
    return time.process_time() - start


def _words(length: int) -> str:
    chance = random.Random(length)  # noqa: S311  # the same text every time, and no secret
    made = ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(length)]
    return " ".join(made)[:length]


def _again(piece: str, length: int) -> str:
    return "".join(islice(cycle(piece), length))


def _with_a_slip(title: str) -> str:
    middle = len(title) // 2
    return f"{title[:middle]}x{title[middle + 1 :]}"
