"""A file as sheets of written cells, and the places in it that people are told of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bplan_bot.message import Message, message

LONGEST_CELL = 2000
"""Characters. No figure, name or remark is longer; a whole page in one cell is a lost quotation mark."""

MOST_ROWS = 1_000_000
MOST_COLUMNS = 200
MOST_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """A cell, a row (`column` 0), a sheet (`row` 0) or the whole file; counted from 1, as Excel does.

    `sheet` is empty where the file has no sheets, as a CSV file has none.
    """

    sheet: str = ""
    row: int = 0
    column: int = 0

    @property
    def said(self) -> Message:
        """The place in words: "Ark1, række 7, kolonne C"."""
        parts = []
        if self.sheet:
            parts.append(message("file.place.sheet", sheet=self.sheet))
        if self.row:
            parts.append(message("file.place.row", row=self.row))
        if self.column:
            parts.append(message("file.place.column", column=letters(self.column)))
        if not parts:
            return message("file.place.file")
        return message(f"file.place.{len(parts)}", **dict(zip("abc", parts, strict=False)))

    @property
    def code(self) -> str:
        """The cell as Excel names it: Ark1!C7, or C7 without a sheet."""
        cell = f"{letters(self.column)}{self.row}"
        return f"{self.sheet}!{cell}" if self.sheet else cell


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong at a place, in a sentence that says what to do."""

    place: Place
    what: Message

    @property
    def said(self) -> Message:
        """The place and the sentence."""
        return message("file.trouble", place=self.place.said, what=self.what)


class Unreadable(Exception):
    """The file cannot be read on from a place."""

    def __init__(self, place: Place, message_id: str, **args: object) -> None:
        super().__init__(message_id)
        self.trouble = Trouble(place, message(message_id, **args))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table of cells as written, row by row from the first; reading on may raise Unreadable.

    `flaws` are cells (row, column) that have no value to read, and why. `spread` are those that only have
    one because they are merged with the cell above. `is_even`: each row must be as long as the headings.
    """

    name: str
    rows: Iterable[Sequence[str]]
    flaws: Mapping[tuple[int, int], Message] = field(default_factory=dict)
    spread: frozenset[tuple[int, int]] = frozenset()
    is_even: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a file that people see, and the others, which are only looked through for numbers of
    people."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[Sheet, ...] = ()


@lru_cache(maxsize=MOST_COLUMNS)
def letters(column: int) -> str:
    """The letters of a column counted from 1: A, B ... Z, AA."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
