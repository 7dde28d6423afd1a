"""How rows of a name and a value are laid out: in two columns where most names fit, else as lines."""

from itertools import groupby

from microsoft_teams.cards import CardElement

from bplan_bot.cards.parts import block, fact_rows

_COLUMN, _WORD = 24, 15
"""Characters of a row's name, and of a word in it, that the column of names holds on a phone."""


def drawn_rows(rows: list[tuple[str, str]]) -> list[CardElement]:
    """The rows in two columns, in between as lines those whose names the narrow one would break; all as lines
    where those are the most, since a column for a few of them would look like another thing."""
    drawn: list[CardElement] = []
    columns = 2 * sum(_fits(name) for name, _ in rows) >= len(rows)
    for fits, group in groupby(rows, key=lambda row: columns and _fits(row[0])):
        if fits:
            drawn.append(fact_rows(list(group)))
        else:
            drawn += [block(f"{name}: {value}", spacing="Small") for name, value in group]
    return drawn


def _fits(name: str) -> bool:
    return len(name) <= _COLUMN and all(len(word) <= _WORD for word in name.split())
