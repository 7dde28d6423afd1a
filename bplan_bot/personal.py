"""Whether words hold what looks like a CPR number, so that it is refused before anything is done with it."""

import re

_CPR = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}[\s-]?\d{4}(?!\d)")
"""DDMMYY and four digits. The check digit is not looked at: numbers since 2007 need not satisfy it."""


def holds_cpr(words: str) -> bool:
    """Whether there is a CPR number among the words; in doubt there is."""
    return _CPR.search(words) is not None
