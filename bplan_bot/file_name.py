"""What the name of a file tells: whether figures may be in it, and what of it may be repeated."""

import re

KINDS = (".csv", ".xlsx", ".xls", ".xlsb", ".xlsm")
"""Those that are read, and Excel's other ones, whose sender is told how to save them."""

_LOCKED = "~$"
"""How Excel's own notes begin of who has a workbook open."""

_UNTOLD = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
"""Control characters, ends of lines, and the bytes of a name that is not in Unicode."""

_ACTED_ON = re.compile(r"""["$`\\!%&|;*?'^~]""")
"""What some shell does something about, also within quotation marks."""

_BRACKETS = str.maketrans("[]<>", "()()")


def may_hold_figures(name: str) -> bool:
    """Whether a file of that name is looked into: a table, and neither hidden nor a program's own note."""
    return kind_of(name) in KINDS and not name.startswith((".", _LOCKED))


def kind_of(name: str) -> str:
    """The end of the name with its dot, in small letters; empty where it has none."""
    _, dot, kind = name.rpartition(".")
    return f".{kind.lower()}" if dot else ""


def told_name(name: str) -> str:
    """The name as it is told and stored: one line, without what a card would take for a link or a person."""
    return _UNTOLD.sub(" ", name).translate(_BRACKETS).strip()


def typed_name(name: str) -> str:
    """The name as it can be copied into a command, between quotation marks; for a file that is moved."""
    typed = _ACTED_ON.sub("_", told_name(name))
    return f"fil{typed}" if typed.startswith(".") else typed
