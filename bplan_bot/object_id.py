"""Recognises the ids by which people are known: those of the directory, and any in local mode."""

import re

_OBJECT_ID = re.compile(r"(?<![\w-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])", re.IGNORECASE)
"""An id of the directory, as it is written there."""

_LOCAL_ID = re.compile(r"[\w:.-]{1,100}")
"""Who somebody is in local mode, where there is no directory; nothing of it is markup."""


def object_id(text: str) -> str:
    """The first id of the directory in a text, in small letters; empty where there is none."""
    found = _OBJECT_ID.search(text)
    return found[0].lower() if found else ""


def person_id(written: str, *, local: bool) -> str:
    """The id by which somebody is known, where that and nothing else was written; empty where it is none."""
    if local and _LOCAL_ID.fullmatch(written):
        return written
    found = object_id(written)
    return found if len(found) == len(written) else ""


def without_ids(text: str) -> str:
    """The text with a blank for each id, whose parts would read as words and as numbers of goals."""
    return _OBJECT_ID.sub(" ", text)
