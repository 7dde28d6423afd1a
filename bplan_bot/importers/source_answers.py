"""How a source's answer is read: its JSON, its fields of the right kind, and what an HTTP error means."""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bplan_bot.source_state import A_WHILE, changed, later, locked_out

LONGEST_WAIT = timedelta(days=1)


def key_of(label: str) -> str:
    """A label as it is compared: jobindsats moves blanks and capitals about between two versions."""
    return "".join(label.split()).casefold()


def json_of(content: bytes) -> Any:
    """The JSON of an answer, its numbers as Decimal; SourceFails where there is none.

    What stops in the middle was cut off on its way, so it is asked for again; anything else has changed.
    """
    try:
        text = content.decode("utf-8-sig").strip()
        return json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_number)
    except UnicodeDecodeError as problem:
        raise changed("the answer is not UTF-8") from problem
    except RecursionError as problem:
        raise changed("the answer is nested too deeply") from problem
    except ValueError as problem:
        if not text:
            raise later("the answer is empty") from problem
        if (text[0], text[-1]) in (("{", "}"), ("[", "]")) or text[0] not in "{[":
            raise changed("the answer is not JSON") from problem
        raise later("the answer was cut off") from problem


def _no_number(written: str) -> Any:
    raise ValueError(f"{written} is no number of JSON")


def field(entry: Any, name: str) -> Any:
    """A field of an object; SourceFails where either is not there."""
    if not isinstance(entry, dict) or name not in entry:
        raise changed(f"no field {name}")
    return entry[name]


def text_of(entry: Any, name: str) -> str:
    """A field that holds a text."""
    found = field(entry, name)
    if not isinstance(found, str):
        raise changed(f"{name} is no text")
    return found


def list_of(entry: Any, name: str) -> list[Any]:
    """A field that holds a list."""
    found = field(entry, name)
    if not isinstance(found, list):
        raise changed(f"{name} is no list")
    return found


def day_of(entry: Any, name: str) -> date | None:
    """The day of a field that holds a date, or a date and a time; None where it is empty."""
    found = entry.get(name) if isinstance(entry, dict) else None
    if found in (None, ""):
        return None
    try:
        # With a time it is the source's own, which is the day it says whatever the zone.
        return datetime.fromisoformat(str(found)).date()
    except ValueError as problem:
        raise changed(f"{name} is no date") from problem


def refuse_error(status: int, retry_after: str = "") -> None:
    """Raises SourceFails for the HTTP errors that mean the same everywhere."""
    if status == 401:
        raise locked_out("HTTP 401")
    if status == 403:
        # Also what a filter in front of the source answers to whom it does not like.
        raise locked_out("HTTP 403")
    if status in (408, 425, 429) or status >= 500:
        raise later(f"HTTP {status}", wait=_wait(retry_after))
    if status != 200:
        raise changed(f"HTTP {status}")


def _wait(retry_after: str) -> timedelta:
    """As long as the source asks for, up to a day; an hour where it does not say in seconds."""
    seconds = retry_after.strip()
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) < 10):
        return A_WHILE
    return min(timedelta(seconds=int(seconds)), LONGEST_WAIT)


def is_number(cell: Any) -> bool:
    """Whether a cell of an answer is a number that can be a figure."""
    return isinstance(cell, Decimal) and cell.is_finite() and abs(cell) < 10**12
