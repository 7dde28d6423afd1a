"""Hears what kind of answer is wanted from the phrases of the lexicon."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bplan_bot.status import Status
from bplan_bot.understand.hints import hinting
from bplan_bot.understand.lexicon import Lexicon, lexicon
from bplan_bot.understand.question import Topic
from bplan_bot.understand.together import Together, is_together, together
from bplan_bot.understand.wording import Word, fold

COURTESIES = frozenset({Topic.GREETING, Topic.THANKS})
"""Topics that are a word to be polite, whatever else is said."""

LONGEST_GAP = 3
"""Words that ".." in a phrase may stand for."""

LOOSE = 1
"""The rank of words that stand in any order: after phrases of several words, before single ones and those
that mean something only where nothing else is said."""

SHORTEST_CORRECTED = 6
"""Letters that a word of the lexicon needs for one of them to be wrong."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase means: a topic (`alone`: only when nothing else is said), or statuses to list."""

    topic: Topic | None = None
    alone: bool = False
    statuses: tuple[Status, ...] = ()


Found = tuple[tuple[int, ...], Meaning]
"""The places of the words of a phrase, and what it means."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What phrases said: topics, statuses, and the places of the words that said it.

    `alone` has also the topics that count only when nothing else is said; `courtesies` are the places of
    greetings and thanks. `counted` are the statuses that were named, whatever else their words said.
    """

    topics: frozenset[Topic]
    alone: frozenset[Topic]
    statuses: tuple[Status, ...]
    counted: tuple[Status, ...]
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
        if is_together(written):
            continue
        steps = tuple(
            (word.stem, bool(part) and place == 0)
            for part, piece in enumerate(written.split(".."))
            for place, word in enumerate(words.words(fold(piece)))
        )
        stems = frozenset(stem for stem, _ in steps)
        table.setdefault(steps[0][0], []).append(Phrase(steps, stems, meaning))
    return table


@cache
def _loose() -> Together[Meaning]:
    """The phrases of the lexicon whose words may stand in any order."""
    words = lexicon()
    rules = ((written, meaning) for written, meaning in _meanings(words) if is_together(written))
    return together(rules, words.variants)


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
    return lexicon().explained | frozenset(steps) | frozenset(hinting()) | frozenset(_loose().whole)


@cache
def _correctable() -> tuple[str, ...]:
    return tuple(sorted(stem for stem in spoken() if len(stem) >= SHORTEST_CORRECTED))


def corrected(word: Word, names: frozenset[str]) -> Word:
    """The word, or with the stem of the lexicon's word that it is a misspelling of."""
    if word.stem in names or word.stem in spoken() or len(word.stem) < SHORTEST_CORRECTED - 1:
        return word
    nearest = process.extractOne(word.stem, _correctable(), scorer=OSA.distance, score_cutoff=1)
    return replace(word, stem=str(nearest[0])) if nearest else word


def hear(words: Sequence[Word | None]) -> Heard:
    """What the phrases in the words mean, None for what is a name; where two overlap, the one of more words
    counts."""
    stems = [word.stem if word else "" for word in words]
    table, said = _phrases(), frozenset(stems)
    found = [
        (places, phrase.meaning)
        for place, stem in enumerate(stems)
        for phrase in table.get(stem, ())
        if phrase.stems <= said and (places := phrase.at(place, stems))
    ]
    loose = list(_loose().found(words))
    plain = [
        each for each in found if len(each[0]) > 1 and (each[1].topic in COURTESIES or not each[1].alone)
    ]
    kept = _chosen([plain, loose, found])
    meanings = [meaning for _, meaning in kept]
    taken = {place for places, _ in kept for place in places}
    return Heard(
        topics=frozenset(each.topic for each in meanings if each.topic and not each.alone),
        alone=frozenset(each.topic for each in meanings if each.topic),
        statuses=_statuses(meanings),
        counted=_statuses(each for _, each in _chosen([[*found, *loose]], of_statuses=True)),
        places=frozenset(taken),
        courtesies=frozenset(p for places, each in kept if each.topic in COURTESIES for p in places),
    )


def _chosen(ranks: Iterable[Iterable[Found]], *, of_statuses: bool = False) -> list[Found]:
    """What counts where phrases overlap, in order of place: one of an earlier rank, then the one of more
    words.

    Words in any order may share those of a courtesy: "kan du" is polite, and "hvad kan du svare på" is not.
    """
    taken: set[int] = set()
    polite: set[int] = set()
    kept: list[Found] = []
    for rank, found in enumerate(ranks):
        for places, meaning in sorted(found, key=_weight):
            wanted = meaning.statuses or not of_statuses
            if wanted and (taken - polite if rank == LOOSE else taken).isdisjoint(places):
                taken.update(places)
                polite.update(places if meaning.topic in COURTESIES else ())
                kept.append((places, meaning))
    return sorted(kept, key=lambda each: each[0])


def _weight(found: Found) -> tuple[int, bool]:
    """What sorts first counts: more words, and of as many "ikke klaret" before "klaret"."""
    places, meaning = found
    return -len(places), meaning.statuses == (Status.MET,)


def _statuses(meanings: Iterable[Meaning]) -> tuple[Status, ...]:
    return tuple(dict.fromkeys(status for each in meanings for status in each.statuses))
