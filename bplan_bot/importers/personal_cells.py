"""Which cells of a file may hold a CPR number; those of companies look alike and are told by their column."""

import re
from collections.abc import Mapping, Sequence

from bplan_bot.personal import holds_cpr

P_NUMBER = re.compile(r"\s*1\d{9}\s*")
"""The number of a place of work begins with 1; ten digits that begin otherwise are none."""

CVR_NUMBER = re.compile(r"\s*[1-9]\d{7}\s*")

_SHORTEST = 9
"""A CPR number has ten digits, and nine where Excel took it for a number and dropped its nought."""

_MOST_KEPT = 50_000


class CellGuard:
    """Looks for CPR numbers in cells; the same words are looked at once."""

    def __init__(self) -> None:
        self._harmless: set[str] = set()

    def has_news(self, cells: Sequence[str]) -> bool:
        """Whether there are words among the cells that are long enough and have not been looked at."""
        harmless = self._harmless
        return bool([cell for cell in cells if len(cell) >= _SHORTEST and cell not in harmless])

    def suspicious(self, cells: Sequence[str], companies: Mapping[int, re.Pattern[str]]) -> list[int]:
        """The columns, counted from 1, whose cell may hold a CPR number.

        `companies` are the columns of numbers of companies, and what such a number looks like.
        """
        found = []
        for column, cell in enumerate(cells, start=1):
            if len(cell) < _SHORTEST or cell in self._harmless:
                continue
            if column in companies and companies[column].fullmatch(cell):
                continue
            if may_be_cpr(cell):
                found.append(column)
            elif len(self._harmless) < _MOST_KEPT:
                self._harmless.add(cell)
        return found


def may_be_cpr(cell: str) -> bool:
    """Whether a cell holds a CPR number, also one that lost its first nought."""
    bare = cell.strip()
    return holds_cpr(f"0{bare}" if len(bare) == _SHORTEST and bare.isdigit() else cell)
