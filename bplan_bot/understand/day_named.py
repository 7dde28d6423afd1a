"""Finds the earlier day that a message is asked as of ("pr. 1. maj 2025"), and takes it out of the words."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from bplan_bot.notation.periods import MONTHS
from bplan_bot.understand.lexicon import lexicon
from bplan_bot.understand.wording import LONGEST_TEXT

_NAMES = tuple(dict.fromkeys(name[:3].lower() for names in MONTHS.values() for name in names))
_MONTH = rf"(?:{'|'.join(_NAMES)})[a-z]*"
_DATE = re.compile(
    rf"""(?P<iso>[12]\d{{3}}-\d{{1,2}}-\d{{1,2}}) |
        (?P<day>\d{{1,2}})(?:
            (?:\.\s?|[/-])(?P<number>\d{{1,2}})[./-]\s?(?P<numbered>\d{{4}}|\d{{2}}) |
            (?:\.|st|nd|rd|th)?\s*(?:of\s+)?(?P<month>{_MONTH})\b\.?(?:,?\s+(?P<named>\d{{4}}))?
        ) |
        (?P<english>{_MONTH})\s+(?P<nth>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}}))""",
    re.VERBOSE | re.IGNORECASE,
)
_WHOLE = re.compile(rf"(?:(?P<month>{_MONTH})\.?\s+)?(?P<year>[12]\d{{3}})", re.IGNORECASE)
_END = re.compile(r"(?![\w/]|[.,-]\d)")


@dataclass(frozen=True, slots=True)
class DayNamed:
    """The `day` that a message is asked as of, None where it names none, and its `words` without it.

    `wrong` is a date that was written and is not in the calendar. `loosely`: the words may as well mean the
    day of a figure, as in "antal elever pr. 1. januar 2025".
    """

    words: str
    day: date | None = None
    wrong: str = ""
    loosely: bool = False

    @property
    def is_there(self) -> bool:
        """Whether a day is named, be it one that there is not."""
        return self.day is not None or bool(self.wrong)


@dataclass(frozen=True, slots=True)
class _Said:
    """Where the words of a day begin and end, its date as written and as one, whether it is said loosely, and
    whether it bounds a time ("siden den 1. maj 2025")."""

    start: int
    end: int
    written: str
    day: date | None
    loosely: bool
    bounds: bool


def day_named(text: str, today: date) -> DayNamed:
    """The day a message is asked as of; of a month or a year its end, and without a year the last one.

    Where several days are named, or one bounds a time, none of them is meant so.
    """
    found = {each.end: each for each in _found(text[:LONGEST_TEXT], today)}
    if len(found) != 1 or any(each.bounds for each in found.values()):
        return DayNamed(text)
    (said,) = found.values()
    words = " ".join(f"{text[: said.start]} {text[said.end :]}".split())
    return DayNamed(words, day=said.day, wrong="" if said.day else said.written, loosely=said.loosely)


def _found(text: str, today: date) -> Iterator[_Said]:
    """Each day that is named. One that is looked back to comes last, since "som det så ud den 1. maj 2025"
    holds "den 1. maj 2025" too."""
    for opening in _openings():
        for said in opening.pattern.finditer(text):
            exact = _DATE.match(text, said.end())
            if exact and _END.match(text, exact.end()):
                if opening.year_may_lack or not exact["month"] or exact["named"]:
                    day = _day(exact, today)
                    bounds, loosely = bool(said["bound"]), not opening.looked
                    yield _Said(said.start(), exact.end(), exact[0], day, loosely=loosely, bounds=bounds)
            elif opening.looked and (whole := _WHOLE.match(text, said.end())):
                day = _end_of(int(whole["year"]), whole["month"], today)
                yield _Said(said.start(), whole.end(), whole[0], day, loosely=False, bounds=False)


def _day(found: re.Match[str], today: date) -> date | None:
    """The date that was written; None where the calendar has no such day."""
    if found["iso"]:
        year, month, day = (int(part) for part in found["iso"].split("-"))
        return _in_calendar(year, month, day)
    if found["english"]:
        return _in_calendar(int(found["year"]), _month(found["english"]), int(found["nth"]))
    day = int(found["day"])
    if found["number"]:
        year = int(found["numbered"])
        return _in_calendar(year + 2000 * (len(found["numbered"]) == 2), int(found["number"]), day)
    month = _month(found["month"])
    if found["named"]:
        return _in_calendar(int(found["named"]), month, day)
    this_year = _in_calendar(today.year, month, day)
    return this_year if this_year and this_year <= today else _in_calendar(today.year - 1, month, day)


def _in_calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _end_of(year: int, month: str | None, today: date) -> date:
    """The last day of a month or a year; today, while it is not over."""
    number = _month(month) if month else 12
    last = date(year, number, monthrange(year, number)[1])
    return today if date(year, number if month else 1, 1) <= today < last else last


def _month(name: str) -> int:
    start = name[:3].lower()
    return next(
        place
        for names in MONTHS.values()
        for place, each in enumerate(names, start=1)
        if each[:3].lower() == start
    )


@dataclass(frozen=True, slots=True)
class _Opening:
    """Words that stand before a day, and whether they say by themselves that it is looked back to."""

    pattern: re.Pattern[str]
    looked: bool
    year_may_lack: bool


@cache
def _openings() -> tuple[_Opening, ...]:
    said = lexicon().days
    between = rf"\s*(?:(?:{_any_of(said.between)})\s+)*"
    bound = rf"(?:(?P<bound>{_any_of(said.bounds)})\s+)?"

    def before(phrases: Iterable[str]) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){bound}(?:{_any_of(phrases)})(?!\w)[.,:]?{between}", re.IGNORECASE)

    return (
        _Opening(before(said.on), looked=False, year_may_lack=False),
        _Opening(before(said.by), looked=False, year_may_lack=True),
        _Opening(before(said.looked), looked=True, year_may_lack=True),
    )


def _any_of(phrases: Iterable[str]) -> str:
    """The phrases as one pattern, the longest first; aa may stand for å."""
    longest = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(each).replace("å", "(?:å|aa)") for each in longest)
