"""Reads which round somebody asks to open: the half year and the dates, each by the words before it."""

import re
from datetime import date

from bplan_bot.deadlines import Wanted
from bplan_bot.errors import Refused
from bplan_bot.notation.periods import MONTHS, read_period

_HALF = re.compile(
    r"""(?P<nth>\d+)\s*\.?\s*halv[aå]+r |
        (?P<word>første|andet|anden)\s+halv[aå]+r |
        half(?:-year)?\s+(?P<half>\d+)""",
    re.VERBOSE | re.IGNORECASE,
)
_WORDS = {"første": 1, "andet": 2, "anden": 2}
_MONTH = "|".join(name[:3] for name in MONTHS["da"])
_DATE = re.compile(
    rf"""\d{{4}}-\d{{1,2}}-\d{{1,2}} |
        \d{{1,2}}[./-]\d{{1,2}}[./-]\d{{4}} |
        \d{{1,2}}\.\s*(?:{_MONTH})[a-z]*\.?\s+\d{{4}}""",
    re.VERBOSE | re.IGNORECASE,
)
_AGENDA = re.compile(r"dagsorden|agenda|papers", re.IGNORECASE)
_FIGURES = re.compile(r"\btal\w*|frist|indberet|figures|deadline", re.IGNORECASE)


def read_wish(text: str) -> Wanted:
    """What is asked for in `text`: "2. halvår med udvalg 14.05.2025, dagsorden 07.05.2025, tal 24.04.2025".

    Refused `round.no_half` and `round.no_committee` where those are not said, `command.not_a_date` for a day
    that is not in the calendar.
    """
    half = _half(text)
    if half is None:
        raise Refused("round.no_half")
    found: dict[str, date] = {}
    before = 0
    for match in _DATE.finditer(text):
        found.setdefault(_which(text[before : match.start()]), _day(match.group()))
        before = match.end()
    if "committee_on" not in found:
        raise Refused("round.no_committee", half=half)
    return Wanted(half=half, **found)


def _half(text: str) -> int | None:
    match = _HALF.search(text)
    if match is None:
        return None
    return _WORDS[match["word"].lower()] if match["word"] else int(match["nth"] or match["half"])


def _which(words: str) -> str:
    """Which date it is that stands behind these words."""
    if _AGENDA.search(words):
        return "agenda_on"
    return "figures_by" if _FIGURES.search(words) else "committee_on"


def _day(written: str) -> date:
    period = read_period(written)
    if period is None or period.start != period.end:
        raise Refused("command.not_a_date", text=written)
    return period.start
