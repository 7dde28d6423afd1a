"""What somebody typed on an alert's card: read into a note, a reason and days, or told what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bplan_bot.errors import Refused

ACKNOWLEDGE = "alert.acknowledge"
PUT_OFF = "alert.put_off"
OPT_OUT = "alert.opt_out"
OPT_IN = "alert.opt_in"
SHOW = "alert.show"

NOTE = "note"
FOLLOW_UP_ON = "follow_up_on"
UNTIL = "until"
REASON = "reason"

LONGEST = 500
"""Characters of a note or a reason."""

KEPT = 2000
"""Characters of a refused text that are put back into its field, so that the card stays small."""


class Mistake(Refused):
    """What was typed into `field` cannot be used, and `said` is why."""

    def __init__(self, field: str, message_id: str, **args: object) -> None:
        super().__init__(message_id, **args)
        self.field = field


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer (`ACKNOWLEDGE` or `PUT_OFF`) that was refused: what was typed, by field, and the mistake."""

    answer: str
    typed: Mapping[str, str]
    mistake: Mistake


def written(pressed: Mapping[str, Any], field: str) -> str:
    """The text of a field, trimmed, of whatever shape it came."""
    found = pressed.get(field)
    return found.strip() if isinstance(found, str) else ""


def draft(answer: str, pressed: Mapping[str, Any], mistake: Mistake) -> Draft:
    """What was typed, to be shown again."""
    fields = (NOTE, FOLLOW_UP_ON, UNTIL, REASON)
    return Draft(answer, {field: written(pressed, field)[:KEPT] for field in fields}, mistake)


def read_acknowledgement(pressed: Mapping[str, Any], *, today: date) -> tuple[str, date | None]:
    """The note, which may be empty, and the day to come back on, if any; Mistake where one cannot be used."""
    return _text(pressed, NOTE), _day(pressed, FOLLOW_UP_ON, today=today)


def read_put_off(pressed: Mapping[str, Any], *, today: date) -> tuple[date, str]:
    """The day until which nothing is to be told, and why; Mistake where one is missing or cannot be used."""
    until = _day(pressed, UNTIL, today=today)
    if until is None:
        raise Mistake(UNTIL, "alert.mistake.no_day")
    reason = _text(pressed, REASON)
    if not reason:
        raise Mistake(REASON, "alert.mistake.no_reason")
    return until, reason


def latest(today: date) -> date:
    """The last day that can be chosen: a year ahead."""
    leap = today.month == 2 and today.day == 29
    return today.replace(year=today.year + 1, day=28 if leap else today.day)


def _text(pressed: Mapping[str, Any], field: str) -> str:
    text = written(pressed, field)
    if len(text) > LONGEST:
        raise Mistake(field, "alert.mistake.too_long", most=LONGEST, length=len(text))
    return text


def _day(pressed: Mapping[str, Any], field: str, *, today: date) -> date | None:
    text = written(pressed, field)
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Mistake(field, "alert.mistake.no_date") from None
    if day <= today:
        raise Mistake(field, "alert.mistake.past", day=day, today=today)
    if day > latest(today):
        raise Mistake(field, "alert.mistake.too_far", day=day, latest=latest(today))
    return day
