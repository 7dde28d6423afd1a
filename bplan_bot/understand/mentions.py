"""Finds what a message names of the plan beside its goals: the benchmark, the yearly wheel, sources."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from bplan_bot.goal import Plan
from bplan_bot.plan_answers.premise import Claim, ClaimKind
from bplan_bot.quantity import Quantity, Unit
from bplan_bot.understand.lexicon import lexicon
from bplan_bot.understand.question import Topic
from bplan_bot.understand.reading import Reading
from bplan_bot.understand.wording import fold
from bplan_bot.yearly_wheel import WheelEntry

_NUMBER = r"([0-9]{1,3}(?:,[0-9])?)\s*(?:procent|pct)\b"
_TARGET = re.compile(rf"\b(?:mål|målet|krav|kravet|target|goal)(?: er| på| om| of| is)+ {_NUMBER}")
_FIGURE = re.compile(rf"\b(?:på|er|var|is|at) {_NUMBER}")
_SIZE = re.compile(
    r"(?<![0-9.,/-])(?:(?P<count>[1-9][0-9]{0,2}(?:\.[0-9]{3})+)"
    r"|(?P<share>[0-9]{1,3}(?:[,.][0-9]{1,2})?(?= ?procent)|[0-9]{1,3},[0-9]{1,2}"
    r"|[0-9]{2}\.[0-9]|[1-9][0-9]{2}))"
    r"(?![0-9/-]|[.,][0-9])"
)
_GOALS = re.compile(r"(?<![0-9.,])([1-9][0-9]?) (?:forskellige )?(?:lokale )?(?:mål|goals|targets)\b")
_RANK = re.compile(
    r"\b(?:nr|nummer|plads|no|number)\.? ?(?P<after>[1-9][0-9]?)\b(?![.,][0-9])"
    r"|(?<![0-9.,])(?P<before>[1-9][0-9]?)(?:\. ?(?:plads|place)|(?:st|nd|rd|th)\b)"
)


def sizes(folded: str) -> tuple[Decimal, ...]:
    """The figures that a text names: shares, numbers with decimals, and counts of hundreds or thousands."""
    return tuple(
        Decimal(
            each[0].replace(".", "").replace(",", ".") if each["count"] else each["share"].replace(",", ".")
        )
        for each in _SIZE.finditer(folded)
    )


def benchmark_lines(reading: Reading, plan: Plan) -> tuple[str, ...]:
    """The keys of the ranks of the benchmark's lines that are named, the whole's left out."""
    lines = [line for goal in plan.goals for line in goal.benchmark if not line.whole]
    return tuple(line.rank for line in lines if _named(reading, line.aliases))


def wheel_entries(reading: Reading, plan: Plan, *, by_month: bool) -> tuple[str, ...]:
    """The entries of the yearly wheel that are named, as it calls them; `by_month`: also those of a named
    month."""
    if plan.wheel is None:
        return ()
    named = [entry for entry in plan.wheel.entries if _named(reading, entry_names(entry))]
    months = lexicon().months if by_month else {}
    asked = [months[word.text] for word in reading.words if word.text in months]
    return tuple(entry.what.da for entry in named or plan.wheel.in_months(*asked))


def entry_names(entry: WheelEntry) -> tuple[str, ...]:
    """What an entry of the yearly wheel is called."""
    return (*entry.aliases, entry.what.da, entry.what.en)


def sources_named(reading: Reading, keys: Iterable[str]) -> tuple[str, ...]:
    """Those of the sources with these keys that are named."""
    said = lexicon().sources
    return tuple(key for key in dict.fromkeys(keys) if key in said and _named(reading, said[key]))


def ranks_claimed(reading: Reading) -> bool:
    """Whether a rank is named, as in "nr. 23"."""
    return _RANK.search(reading.folded) is not None


def claims(folded: str, topic: Topic, plan: Plan) -> tuple[Claim, ...]:
    """What a folded text takes for granted: how many goals there are, a target, a figure, a rank."""
    goals = [Claim(ClaimKind.GOALS, Quantity(Decimal(each), Unit.COUNT)) for each in _GOALS.findall(folded)]
    wrong = [each for each in goals if each.quantity.value != len(plan.goals)]
    if topic is Topic.BENCHMARK:
        return tuple(
            _claim(ClaimKind.RANK, each["after"] or each["before"], Unit.RANK)
            for each in _RANK.finditer(folded)
        )
    if targets := _TARGET.findall(folded):
        return (*wrong, *(_claim(ClaimKind.TARGET, each, Unit.PERCENT) for each in targets))
    return (*wrong, *(_claim(ClaimKind.FIGURE, each, Unit.PERCENT) for each in _FIGURE.findall(folded)))


def _claim(kind: ClaimKind, written: str, unit: Unit) -> Claim:
    return Claim(kind, Quantity(Decimal(written.replace(",", ".")), unit))


def strangers(reading: Reading, names: Iterable[str]) -> int:
    """How many words nobody can explain, those of these names left out."""
    own = {stem for name in names for stem in _as_read(name).split()}
    return sum(stem not in own for stem in reading.rest)


def _named(reading: Reading, names: Iterable[str]) -> bool:
    line = f" {' '.join(word.stem for word in reading.words)} "
    return any(f" {_as_read(name)} " in line for name in names)


@lru_cache(maxsize=500)
def _as_read(name: str) -> str:
    """The stems of a name in one line."""
    return " ".join(word.stem for word in lexicon().words(fold(name)))
