"""Hears what kind of answer is wanted from the phrases of the lexicon."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bplan_bot.status import Status
from bplan_bot.understand.hints import hinting
from bplan_bot.understand.lexicon import Lexicon, lexicon
from bplan_bot.understand.question import Topic
from bplan_bot.understand.wording import Word, fold

COURTESIES = frozenset({Topic.GREETING, Topic.THANKS})
"""Topics that are a word to be polite, whatever else is said."""

LONGEST_GAP = 3
"""Words that ".." in a phrase may stand for."""

SHORTEST_CORRECTED = 6
"""Letters that a word of the lexicon needs for one of them to be wrong."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase means: a topic (`alone`: only when nothing else is said), or statuses to list."""

    topic: Topic | None = None
    alone: bool = False
    statuses: tuple[Status, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """What phrases said: topics, statuses, and the places of the words that said it.

    `alone` has also the topics that count only when nothing else is said; `courtesies` are the places of
    greetings and thanks.
    """

    topics: frozenset[Topic]
    alone: frozenset[Topic]
    statuses: tuple[Status, ...]
    places: frozenset[int]
    courtesies: frozenset[int]


@dataclass(frozen=True, slots=True)
class Phrase:
    """The stems in order, each with whether other words may stand before it."""

    steps: tuple[tuple[str, bool], ...]
    stems: frozenset[str]
    meaning: Meaning

    def at(self, place: int, stems: Sequence[str]) -> tuple[int, ...] | None:
        """The places of its words when it begins at `place`, or None."""
        places = [place]
        for wanted, gap in self.steps[1:]:
            reach = range(places[-1] + 1, min(len(stems), places[-1] + 2 + (LONGEST_GAP if gap else 0)))
            step = next((each for each in reach if stems[each] == wanted), None)
            if step is None:
                return None
            places.append(step)
        return tuple(places)


@cache
def _phrases() -> dict[str, list[Phrase]]:
    """All phrases of the lexicon by their first stem."""
    words = lexicon()
    table: dict[str, list[Phrase]] = {}
    for written, meaning in _meanings(words):
        steps = tuple(
            (word.stem, bool(part) and place == 0)
            for part, piece in enumerate(written.split(".."))
            for place, word in enumerate(words.words(fold(piece)))
        )
        stems = frozenset(stem for stem, _ in steps)
        table.setdefault(steps[0][0], []).append(Phrase(steps, stems, meaning))
    return table


def _meanings(words: Lexicon) -> Iterable[tuple[str, Meaning]]:
    for topic, said in words.topics.items():
        yield from ((phrase, Meaning(topic, alone=True)) for phrase in said.alone)
        yield from ((phrase, Meaning(topic)) for phrase in said.anywhere)
    for row in words.statuses:
        yield from ((phrase, Meaning(statuses=row.statuses)) for phrase in row.phrases)


@cache
def spoken() -> frozenset[str]:
    """Every stem that the lexicon knows."""
    steps = (step for phrases in _phrases().values() for phrase in phrases for step, _ in phrase.steps)
    return lexicon().explained | frozenset(steps) | frozenset(hinting())


@cache
def _correctable() -> tuple[str, ...]:
    return tuple(sorted(stem for stem in spoken() if len(stem) >= SHORTEST_CORRECTED))


def corrected(word: Word, names: frozenset[str]) -> str:
    """The stem of a word, or of the lexicon's word that it is a misspelling of."""
    if word.stem in names or word.stem in spoken() or len(word.stem) < SHORTEST_CORRECTED - 1:
        return word.stem
    nearest = process.extractOne(word.stem, _correctable(), scorer=OSA.distance, score_cutoff=1)
    return str(nearest[0]) if nearest else word.stem


def hear(stems: Sequence[str]) -> Heard:
    """What the phrases in the stems mean; where two overlap, the one of more words counts."""
    table, said = _phrases(), frozenset(stems)
    found = [
        (places, phrase.meaning)
        for place, stem in enumerate(stems)
        for phrase in table.get(stem, ())
        if phrase.stems <= said and (places := phrase.at(place, stems))
    ]
    taken: set[int] = set()
    kept: list[tuple[tuple[int, ...], Meaning]] = []
    for places, meaning in sorted(found, key=lambda each: (-len(each[0]), each[0])):
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append((places, meaning))
    kept.sort(key=lambda each: each[0])
    meanings = [meaning for _, meaning in kept]
    return Heard(
        topics=frozenset(each.topic for each in meanings if each.topic and not each.alone),
        alone=frozenset(each.topic for each in meanings if each.topic),
        statuses=tuple(dict.fromkeys(status for each in meanings for status in each.statuses)),
        places=frozenset(taken),
        courtesies=frozenset(p for places, each in kept if each.topic in COURTESIES for p in places),
    )
