"""Weighs for which of several meanings the words of a text speak, by counting the words of examples.

Complement naive Bayes (Rennie, Shih, Teevan and Karger, "Tackling the Poor Assumptions of Naive Bayes Text
Classifiers", 2003): a piece of a word speaks for a meaning as far as the examples of all others lack it.
Nothing is trained ahead: a new example counts from the next start.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log, sqrt
from typing import Generic, TypeVar

from bplan_bot.understand.wording import PAUSE, Word

LENGTH = 4
"""Letters of the pieces of a stem by which "raskmelding" and "raskmeldte" are alike."""

FEWEST = 2
"""Examples that a piece needs: one alone teaches nothing and fills the memory."""

WHOLE, PAIR, PIECE = 1.0, 0.7, 0.5
"""How much a whole stem, two neighbours and a piece of a stem count."""

SMOOTHED = 0.3
"""What is added to every count, so that a piece that was never seen does not decide alone."""

Pieces = Mapping[str, float]
"""The pieces of a text with how much of each there is."""

Label = TypeVar("Label", bound=Hashable)


class Likeness(Generic[Label]):
    """What texts speak for among the labels of some examples."""

    def __init__(self, examples: Iterable[tuple[Pieces, Label]]) -> None:
        known = list(examples)
        has = Counter(piece for pieces, _ in known for piece in pieces)
        self._rarity = {p: log(1 + len(known) / many) for p, many in has.items() if many >= FEWEST}
        by_label: dict[Label, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        total: dict[str, float] = defaultdict(float)
        for pieces, label in known:
            mine = by_label[label]
            for piece, weight in self._weighed(pieces).items():
                mine[piece] += weight
                total[piece] += weight
        self._labels = list(by_label)
        whole = sum(total.values()) + SMOOTHED * len(total)
        self._others = [log(whole - sum(mine.values())) for mine in by_label.values()]
        # By piece: the places of the labels whose examples have it, and how much it speaks for each.
        self._speaks: dict[str, tuple[array[int], array[float]]] = {}
        for place, mine in enumerate(by_label.values()):
            for piece, weight in mine.items():
                places, speaks = self._speaks.setdefault(piece, (array("H"), array("f")))
                places.append(place)
                speaks.append(log((total[piece] + SMOOTHED) / (total[piece] - weight + SMOOTHED)))

    def ranked(self, pieces: Pieces) -> list[tuple[float, Label]]:
        """Every label with how much the pieces speak for it, most first; only differences mean something."""
        weighed = self._weighed(pieces)
        mass = sum(weighed.values())
        scores = [mass * others for others in self._others]
        for piece, weight in weighed.items():
            for place, speaks in zip(*self._speaks[piece], strict=True):
                scores[place] += weight * speaks
        return sorted(zip(scores, self._labels, strict=True), key=lambda each: -each[0])

    def _weighed(self, pieces: Pieces) -> Pieces:
        """The pieces that are known, rare ones heavier, as a vector of length 1."""
        rarity = self._rarity
        weights = {
            piece: (1 + log(many) if many > 1 else many) * rarity[piece]
            for piece, many in pieces.items()
            if piece in rarity
        }
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {piece: weight / length for piece, weight in weights.items()}


def pieces_of(words: Sequence[Word]) -> Pieces:
    """The stems, pairs of neighbours and parts of stems in the words, with how much there is of each."""
    stems = [word.stem for word in words if word is not PAUSE and word.text[0].isalnum()]
    counted: Counter[str] = Counter()
    for piece, weight in _pieces(stems):
        counted[piece] += weight  # type: ignore[assignment]  # a Counter of parts
    return counted


def _pieces(stems: Sequence[str]) -> Iterator[tuple[str, float]]:
    for stem in stems:
        yield stem, WHOLE
        yield from ((part, PIECE) for part in _parts(stem))
    yield from ((f"{one} {other}", PAIR) for one, other in pairwise(stems))


@lru_cache(maxsize=20_000)
def _parts(stem: str) -> tuple[str, ...]:
    """Pieces of a stem; the sign before them keeps them apart from whole stems."""
    framed = f"^{stem}$"
    return tuple(f"#{framed[at : at + LENGTH]}" for at in range(len(framed) - LENGTH + 1))
