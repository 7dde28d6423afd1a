"""What looks like a CPR number among words: whether there is one, and the words without it."""

import re

_APART = r"[\s./\u2010-\u2015-]"
"""What people and their keyboards put between the parts of a number."""

_CPR = re.compile(
    rf"(?<!\d)(0[1-9]|[12]\d|3[01]){_APART}?(0[1-9]|1[0-2]){_APART}?(18|19|20)?\d{{2}}{_APART}{{0,3}}\d{{4}}(?!\d)"
)
"""DDMMYY, or with the century, and four digits. The check digit is not looked at: numbers since 2007 need not
satisfy it."""


_GUID = re.compile(r"(?<![\w-])[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])", re.IGNORECASE)
"""The id of somebody or something in a directory, whose digits are chance: ab010203-1234-…"""


def holds_cpr(words: str) -> bool:
    """Whether there is a CPR number among the words, the ids of a directory apart; in doubt there is."""
    return _CPR.search(_GUID.sub(" id ", words)) is not None


_NUMBER_OF_SOMEBODY = re.compile(rf"(?<!\d)(?:\d{_APART}{{0,3}}){{9,11}}\d(?!\d)")
"""Ten to twelve digits, however they are set apart: a CPR number with or without its century, and with it a
telephone number with its country."""

TAKEN_OUT = "[nummer fjernet]"


def without_numbers_of_people(words: str) -> str:
    """The words with `[nummer fjernet]` for whatever may be a CPR number; in doubt it is one."""
    return _NUMBER_OF_SOMEBODY.sub(TAKEN_OUT, words)
