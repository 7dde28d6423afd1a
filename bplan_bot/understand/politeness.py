"""Leaves out the greeting that a message opens with and the thanks that it ends on: they change nothing."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from bplan_bot.understand.lexicon import lexicon
from bplan_bot.understand.wording import fold

NEAR = 200
"""Letters looked at from either end: enough for the longest greeting, and a bound on what it can cost."""

LONGEST_GAP = 3
"""Words that ".." in a phrase may stand for, as in "kan du .. sige mig"."""

# A sign is a piece of its own, so that no phrase reaches over it: "hvor mange? tak" has no "mange tak".
_PIECE = re.compile(r"\.\.|[^\W_]+|[^\w\s]")
_GAP = ".."


def without_politeness(folded: str) -> str:
    """The folded text between its greeting and its thanks; where nothing is between, the greeting or all."""
    opening = list(_PIECE.finditer(folded[:NEAR]))
    polite = _polite([piece[0] for piece in opening], _before())
    start = opening[polite - 1].end() if polite else 0
    closing = list(_PIECE.finditer(folded, max(start, len(folded) - NEAR)))
    polite = _polite([piece[0] for piece in reversed(closing)], _after())
    end = closing[-polite].start() if polite else len(folded)
    between = folded[start:end].strip()
    return between if any(map(str.isalnum, between)) else folded[:start] or folded


def _polite(pieces: Sequence[str], phrases: Sequence[Sequence[str]]) -> int:
    """How many pieces from the first on belong to these phrases, with the signs between them."""
    place = polite = 0
    while place < len(pieces):
        length = next((taken for each in phrases if (taken := _length(each, pieces, place))), 0)
        if length:
            polite = place = place + length
        elif pieces[place].isalnum():
            break
        else:
            place += 1
    return polite


def _length(phrase: Sequence[str], pieces: Sequence[str], begin: int) -> int:
    """How many pieces the phrase takes up from the place it begins at; 0 where it is not there."""
    place, reach = begin, 1
    for wanted in phrase:
        if wanted == _GAP:
            reach = LONGEST_GAP + 1
            continue
        near = pieces[place : place + reach]
        if wanted not in near:
            return 0
        place, reach = place + near.index(wanted) + 1, 1
    return place - begin


@cache
def _before() -> tuple[tuple[str, ...], ...]:
    return tuple(_longest_first(lexicon().politeness.before))


@cache
def _after() -> tuple[tuple[str, ...], ...]:
    """Backwards, as they are looked for from the end."""
    return tuple(phrase[::-1] for phrase in _longest_first(lexicon().politeness.after))


def _longest_first(phrases: Iterable[str]) -> list[tuple[str, ...]]:
    return sorted((tuple(_PIECE.findall(fold(phrase))) for phrase in phrases), key=len, reverse=True)
