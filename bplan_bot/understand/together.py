"""Finds words that mean something together, in any order: "fleksjob* + ledig*|arbejdsløs*"."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bplan_bot.understand.wording import Synonyms, Word, fold, words_of

REACH = 12
"""Places within which all of the words stand; further apart they belong to different thoughts."""

SHORTEST_BEGINNING = 3
"""Letters that the beginning of a word ("fleksjob*") needs."""

Meaning = TypeVar("Meaning")
Slot = tuple[int, int]
"""One of the words that are looked for: which rule it belongs to, and its place in it."""


def is_together(written: str) -> bool:
    """Whether a phrase is written as words in any order (" + "), alternatives ("|") or beginnings ("*")."""
    return " + " in written or "|" in written or "*" in written


@dataclass(frozen=True, slots=True)
class Together(Generic[Meaning]):
    """All rules of one kind, looked up by word; made by `together`."""

    meanings: tuple[Meaning, ...]
    sizes: tuple[int, ...]
    whole: Mapping[str, Sequence[Slot]]
    beginnings: Mapping[str, Sequence[Slot]]
    longest: int

    def found(self, words: Sequence[Word | None]) -> Iterator[tuple[tuple[int, ...], Meaning]]:
        """The places of the words of each rule that is met, first to last, with what it means.

        Each word is looked up once, so that the cost grows with the length of the text and not its square.
        """
        seen: dict[int, _Seen] = {}
        for place, word in enumerate(words):
            for rule, part in self._slots(word) if word else ():
                one = seen.setdefault(rule, _Seen([None] * self.sizes[rule]))
                if one.met is None:
                    one.note(place, part)
        for rule, one in seen.items():
            if one.met is not None:
                yield one.met, self.meanings[rule]

    def _slots(self, word: Word) -> Iterator[Slot]:
        yield from self.whole.get(word.stem, ())
        for length in range(SHORTEST_BEGINNING, min(len(word.text), self.longest) + 1):
            yield from self.beginnings.get(word.text[:length], ())


@dataclass(slots=True)
class _Seen:
    """Where each word of one rule was seen last, and the places when all of them were."""

    last: list[int | None]
    met: tuple[int, ...] | None = None
    taken: set[int] = field(default_factory=set)

    def note(self, place: int, part: int) -> None:
        # A word stands for one part only, or "fleksjob + fleks*" would be met by a single word.
        if place in self.taken:
            return
        self.taken.add(place)
        self.last[part] = place
        places = [each for each in self.last if each is not None]
        if len(places) == len(self.last) and place - min(places) <= REACH:
            self.met = tuple(sorted(places))


def together(rules: Iterable[tuple[str, Meaning]], synonyms: Synonyms) -> Together[Meaning]:
    """The rules, each as written with what it means."""
    meanings: list[Meaning] = []
    sizes: list[int] = []
    whole: dict[str, list[Slot]] = {}
    beginnings: dict[str, list[Slot]] = {}
    for rule, (written, meaning) in enumerate(rules):
        parts = written.split(" + ")
        meanings.append(meaning)
        sizes.append(len(parts))
        for part, alternatives in enumerate(parts):
            for one in alternatives.split("|"):
                table, key = _key(one.strip(), synonyms)
                (whole if table == "whole" else beginnings).setdefault(key, []).append((rule, part))
    longest = max(map(len, beginnings), default=0)
    return Together(tuple(meanings), tuple(sizes), whole, beginnings, longest)


def _key(written: str, synonyms: Synonyms) -> tuple[str, str]:
    """Which table a word is looked up in, and by what."""
    if written.endswith("*"):
        return "beginnings", fold(written.removesuffix("*"))
    return "whole", words_of(fold(written), synonyms)[0].stem
