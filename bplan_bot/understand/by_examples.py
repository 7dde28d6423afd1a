"""Decides what a text may ask that no rule explained, by the examples whose words it shares."""

from dataclasses import dataclass
from functools import cache

from bplan_bot.understand.examples import OUTSIDE, Meaning, examples
from bplan_bot.understand.lexicon import lexicon, stems
from bplan_bot.understand.likeness import Likeness, Pieces, pieces_of
from bplan_bot.understand.question import Topic
from bplan_bot.understand.reading import Reading
from bplan_bot.understand.wording import fold

FEWEST_WORDS = 2
"""Words with a meaning of their own that a text needs: fewer are like too many examples by chance."""

MOST_STRANGE = 2
"""A text of which one such word in so many, or more, stands in no example is about something else."""

SURE = 0.15
"""How far the first meaning has to be ahead of the second to be taken as meant; see docs/decisions/0025."""

QUITE_SURE = 0.4
"""The same where a rule has another opinion."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What the examples say: `about` is the goal or the question of the plan, by name ("" for neither), with
    how far `ahead` of the next one it is; `topic` is what is asked of a goal."""

    about: str
    ahead: float
    topic: Topic | None = None


@dataclass(frozen=True, slots=True)
class Ear:
    """What the examples taught: which goal or question of the plan is meant, and what is asked of goals."""

    subjects: Likeness[Meaning]
    topics: Likeness[Topic]
    stems: frozenset[str]
    """Of the examples about the plan."""

    def guess(self, pieces: Pieces) -> Guess:
        """The meaning that most speaks for, whatever the distance."""
        (first, meaning), (second, _), *_ = self.subjects.ranked(pieces)
        topic = self.topics.ranked(pieces)[0][1] if meaning.topic else None
        return Guess(meaning.about, first - second, topic)


_A_GOAL = Topic.STATUS
"""The topic under which all examples about one goal are one subject."""


@cache
def ear() -> Ear:
    """The ear of the packaged examples; the first call takes a second."""
    heard = [(lexicon().words(fold(each.said)), each.means) for each in examples()]
    single = [
        (pieces_of(words), Meaning(means.about, _A_GOAL) if means.topic else means)
        for words, means in heard
        if "," not in means.about
    ]
    asked = [(pieces_of(words), means.topic) for words, means in heard if means.topic]
    known = frozenset(word.stem for words, means in heard if means != OUTSIDE for word in words)
    return Ear(Likeness(single), Likeness(asked), known)


def guessed(reading: Reading) -> Guess | None:
    """What the examples say of the words; None where too few mean anything, or too many are strange."""
    if reading.elsewhere or reading.unrelated:
        return None
    small = _small()
    telling = [word.stem for word in reading.words if word.text.isalpha() and word.stem not in small]
    strange = sum(stem not in ear().stems for stem in telling)
    if len(telling) < FEWEST_WORDS or strange * MOST_STRANGE >= len(telling):
        return None
    return ear().guess(pieces_of(reading.words))


@cache
def _small() -> frozenset[str]:
    """Stems of words that say nothing of their own."""
    lex = lexicon()
    return stems(lex.stop | lex.fillers | lex.connectors | lex.numbers.goal | {"procent"})
