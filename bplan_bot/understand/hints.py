"""Weighs words that speak for a topic without naming it: one that is likely, or two that hint at the same."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bplan_bot.understand.lexicon import lexicon
from bplan_bot.understand.question import Topic

LIKELY = 2
"""Weight of a word that nearly always means its topic; one that hints at it weighs 1."""

ENOUGH = 2
"""Weight from which a topic is taken to be meant."""


@dataclass(frozen=True, slots=True)
class Hints:
    """The weight of each topic that was hinted at, and the places of the words that made one out."""

    weights: Mapping[Topic, int]
    places: frozenset[int]

    def best(self, among: Collection[Topic]) -> Topic | None:
        """The heaviest of these topics; None where none has enough.

        Of two alike it is the first in the order of Topic, and the status only where nothing else is, since
        "hvor snævert nåede vi det" asks more than whether.
        """
        ordered = sorted(Topic, key=lambda topic: topic is Topic.STATUS)
        heavy = [topic for topic in ordered if topic in among and self.weights.get(topic, 0) >= ENOUGH]
        return max(heavy, key=lambda topic: self.weights[topic], default=None)


@cache
def hinting() -> Mapping[str, Mapping[Topic, int]]:
    """How much each stem weighs for the topics that it speaks for."""
    table: dict[str, dict[Topic, int]] = {}
    for topic, said in lexicon().topics.items():
        for words, weight in ((said.hints, 1), (said.likely, LIKELY)):
            for word in lexicon().words(" ; ".join(words)):
                table.setdefault(word.stem, {})[topic] = weight
    table.pop(";", None)
    return table


def weigh(words: Sequence[str]) -> Hints:
    """What the stems of a message hint at; a word that is said twice counts once."""
    table = hinting()
    weights: dict[Topic, int] = {}
    for stem in dict.fromkeys(words):
        for topic, weight in table.get(stem, {}).items():
            weights[topic] = weights.get(topic, 0) + weight
    heavy = {topic for topic, weight in weights.items() if weight >= ENOUGH}
    places = (place for place, stem in enumerate(words) if not heavy.isdisjoint(table.get(stem, ())))
    return Hints(weights, frozenset(places))
