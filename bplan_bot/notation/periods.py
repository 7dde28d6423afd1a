"""Reads and writes periods: "4. kvartal 2022-3. kvartal 2023", "januar-medio juni 2024", "ultimo 2024"."""

import re
from datetime import date

from bplan_bot.local_text import Language
from bplan_bot.period import Period, PeriodKind

MONTHS: dict[Language, tuple[str, ...]] = {
    "da": (
        "januar", "februar", "marts", "april", "maj", "juni",
        "juli", "august", "september", "oktober", "november", "december",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip

_ORDINALS = {"første": 1, "anden": 2, "andet": 2, "tredje": 3, "fjerde": 4}
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if name[3:] else name for name in MONTHS["da"])
_EDGE = r"(?:(?P<edge>primo|medio|ultimo)\s+)?"
_PART = re.compile(
    rf"""(?:i\s+|pr\.?\s+|den\s+)*{_EDGE}(?:
        (?P<day>\d{{1,2}})\.\s*(?P<day_month>{_MONTH})\.? |
        (?P<nth>[1-4]|{"|".join(_ORDINALS)})\.?\s*(?P<part>kvartal|kvt\.?|halvår|halvaar) |
        (?P<month>{_MONTH})\.? |
        (?P<bare>(?=\d{{4}}))
    )(?:\s*(?P<year>[12]\d{{3}}))?""",
    re.VERBOSE | re.IGNORECASE,
)
_DATE = re.compile(r"(?:pr\.?\s+|den\s+)?(\d{1,2})[.\-/](\d{1,2})[.\-/](\d{4})", re.IGNORECASE)
_SCHOOL_YEAR = re.compile(r"(?:i\s+)?skole[åa]+ret\s+([12]\d{3})\s*[/\-–]\s*(\d{2}|\d{4})", re.IGNORECASE)
_RANGE = re.compile(r"\s*[-–—]\s*|\s+til(?:\s+og\s+med)?\s+", re.IGNORECASE)
_LEAD = re.compile(r"^(?:i\s+)?(?:perioden\s+)?(?:fra\s+)?", re.IGNORECASE)


def read_period(text: str) -> Period | None:
    """The period that `text` names in Danish, or None. ISO dates and stored codes are read too."""
    written = " ".join(text.split())
    if match := _SCHOOL_YEAR.fullmatch(written):
        return _school_year(int(match[1]), match[2])
    if match := _DATE.fullmatch(written):
        return _day(int(match[3]), int(match[2]), int(match[1]))
    try:
        return Period.from_code(written)
    except (ValueError, KeyError, IndexError):
        pass  # not a stored code, so it is words
    match _RANGE.split(_LEAD.sub("", written)):
        case [whole]:
            return _part(whole, None)
        case [first, last]:
            return _between(first, last)
        case _:
            return None


def _between(first: str, last: str) -> Period | None:
    """From the start of one part to the end of another; the first may leave its year to the second."""
    end = _part(last, None)
    start = _part(first, end.end.year) if end else None
    return Period(start.start, end.end) if start and end and start.start <= end.end else None


def _part(text: str, year: int | None) -> Period | None:
    match = _PART.fullmatch(text.strip())
    if match is None:
        return None
    named = int(match["year"]) if match["year"] else year
    if named is None:
        return None
    if match["day"]:
        return _day(named, _month(match["day_month"]), int(match["day"]))
    whole = _whole(match, named)
    return _edge(whole, match["edge"]) if whole else None


def _school_year(first: int, last: str) -> Period | None:
    """None where the second year is not the one after the first."""
    return Period.school_year(first) if f"{first + 1}".endswith(last) else None


def _whole(match: re.Match[str], year: int) -> Period | None:
    if match["month"]:
        return Period.month(year, _month(match["month"]))
    if not match["nth"]:
        return Period.year(year)
    nth = int(match["nth"]) if match["nth"].isdigit() else _ORDINALS[match["nth"].lower()]
    if match["part"].lower().startswith("kv"):
        return Period.quarter(year, nth)
    return Period.half_year(year, nth) if nth <= 2 else None


def _edge(whole: Period, edge: str | None) -> Period | None:
    """Primo is the first day, ultimo the last, medio the 15th of a month or the last day of June."""
    match (edge or "").lower():
        case "primo":
            return Period.point(whole.start)
        case "ultimo":
            return Period.point(whole.end)
        case "medio":
            middles = {1: whole.start.replace(day=15), 12: date(whole.start.year, 6, 30)}
            return Period.point(middles[whole.months]) if whole.months in middles else None
        case _:
            return whole


def _month(name: str) -> int:
    return [month[:3] for month in MONTHS["da"]].index(name[:3].lower()) + 1


def _day(year: int, month: int, day: int) -> Period | None:
    try:
        return Period.point(date(year, month, day))
    except ValueError:
        return None


def write_date(day: date, language: Language, *, numeric: bool = False) -> str:
    """A date in words ("14. maj 2025", "14 May 2025") or in Danish figures ("14.05.2025")."""
    if numeric and language == "da":
        return f"{day.day:02}.{day.month:02}.{day.year}"
    dot = "." if language == "da" else ""
    return f"{day.day}{dot} {MONTHS[language][day.month - 1]} {day.year}"


def write_period(period: Period, language: Language) -> str:
    """The period's name: "december 2023", "4. kvartal 2023-3. kvartal 2024", "ultimo 2024"."""
    danish = language == "da"
    year = period.start.year
    match period.kind:
        case PeriodKind.YEAR:
            return f"{year}"
        case PeriodKind.HALF_YEAR:
            half = period.start.month // 6 + 1
            return f"{half}. halvår {year}" if danish else f"H{half} {year}"
        case PeriodKind.QUARTER:
            return _quarter(period.start, language)
        case PeriodKind.MONTH:
            return f"{MONTHS[language][period.start.month - 1]} {year}"
        case PeriodKind.ROLLING_YEAR:
            return f"{_quarter(period.start, language)}-{_quarter(period.end, language)}"
        case PeriodKind.SCHOOL_YEAR:
            return f"{'skoleåret' if danish else 'the school year'} {year}/{year + 1}"
        case PeriodKind.POINT:
            return _point(period.start, language)
        case _:
            return _span(period, language)


def write_in(period: Period, language: Language) -> str:
    """The period as an adverbial: "i 2024", "i perioden januar-medio juni 2024", "ultimo 2024"."""
    written = write_period(period, language)
    danish = language == "da"
    match period.kind:
        case PeriodKind.POINT:
            if written[0].isdigit():
                return f"den {written}" if danish else f"on {written}"
            return written if danish else f"at the {written}"
        case PeriodKind.ROLLING_YEAR | PeriodKind.SPAN:
            return f"i perioden {written}" if danish else f"in the period {written}"
        case _:
            return f"i {written}" if danish else f"in {written}"


def _quarter(day: date, language: Language) -> str:
    quarter = (day.month - 1) // 3 + 1
    return f"{quarter}. kvartal {day.year}" if language == "da" else f"Q{quarter} {day.year}"


def _point(day: date, language: Language) -> str:
    whole = Period.month(day.year, day.month)
    if day != whole.end:
        return write_date(day, language)
    name = f"{day.year}" if day.month == 12 else write_period(whole, language)
    return f"ultimo {name}" if language == "da" else f"end of {name}"


def _span(period: Period, language: Language) -> str:
    """Month names where the span starts and ends with whole or half months, else dates."""
    start, end = period.start, period.end
    months = MONTHS[language]
    first = months[start.month - 1] + ("" if start.year == end.year else f" {start.year}")
    last = f"{months[end.month - 1]} {end.year}"
    if period.is_whole_months:
        return f"{first}-{last}"
    if start.day == 1 and end.day == 15:
        return f"{first}-{'medio ' if language == 'da' else 'mid-'}{last}"
    return f"{write_date(start, language)}-{write_date(end, language)}"
