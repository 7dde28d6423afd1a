"""Reads a message into what it mentions and says, and how much of it nobody can explain."""

from collections.abc import Sequence
from dataclasses import dataclass

from bplan_bot.goal import Plan
from bplan_bot.understand.hints import Hints, weigh
from bplan_bot.understand.lexicon import Lexicon, lexicon
from bplan_bot.understand.names import Mention, mentions, names_of
from bplan_bot.understand.numbers import GoalNumber, goal_numbers, theme_numbers
from bplan_bot.understand.topics import Heard, corrected, hear, spoken
from bplan_bot.understand.wording import Word

EXAMINED = 60
"""Words examined from either end of a long text. A letter puts its question first or last, and what lies
between only adds chance hits and cost; goal numbers called "mål" are read everywhere."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A message taken apart. `rest` has the stems that neither a name, a phrase nor the lexicon explains;
    `times` is how often a year, where that is said."""

    words: tuple[Word, ...]
    numbers: tuple[GoalNumber, ...]
    names: tuple[Mention, ...]
    themes: tuple[int, ...]
    heard: Heard
    hints: Hints
    rest: tuple[str, ...]
    opened: bool
    of_plan: bool
    elsewhere: bool
    unrelated: bool
    refused: bool
    times: tuple[int, ...]
    folded: str

    def only_said(self) -> bool:
        """Whether there is nothing but phrases, courtesies and articles."""
        small = lexicon().fillers | lexicon().connectors
        return all(place in self.heard.places or word.text in small for place, word in enumerate(self.words))

    def only_courteous(self) -> bool:
        """Whether there is nothing but greetings, thanks and what goes with them."""
        small = lexicon().fillers | lexicon().connectors
        return bool(self.heard.courtesies) and all(
            place in self.heard.courtesies or word.text in small for place, word in enumerate(self.words)
        )

    def joined(self, end: int, start: int) -> bool:
        """Whether "og", a comma or the like stands between two places of the text, with small words only."""
        small, joining = lexicon().fillers | lexicon().connectors, lexicon().connectors
        between = [word.text for word in self.words if end <= word.start and word.end <= start]
        return all(text in small for text in between) and not joining.isdisjoint(between)

    def adjoining(self, end: int, start: int) -> bool:
        """Whether no word stands between two places of the text ("eud stx")."""
        return not any(end <= word.start and word.end <= start for word in self.words)


def read(folded: str, plan: Plan) -> Reading:
    """Everything that a folded text says about the plan."""
    lex = lexicon()
    numbers = goal_numbers(folded, plan, lex.numbers)
    words = lex.words(folded, sorted({(number.start, number.end) for number in numbers}), ends=EXAMINED)
    names = names_of(plan)
    found = mentions(words, names, spoken())
    named = {place for mention in found for place in range(mention.first, mention.last + 1)}
    stems = ["" if place in named else corrected(word, names.stems) for place, word in enumerate(words)]
    heard, hints = hear(stems), weigh(stems)
    texts = [word.text for word in words]
    return Reading(
        words=tuple(words),
        numbers=tuple(numbers),
        names=tuple(found),
        themes=theme_numbers(folded, plan, lex.numbers),
        heard=heard,
        hints=hints,
        rest=tuple(_unexplained(stems, heard.places | hints.places, lex)),
        opened=_opened(texts, lex),
        of_plan=any(text in lex.plan for text in texts),
        elsewhere=any(text.removesuffix("s") in lex.elsewhere or text in lex.elsewhere for text in texts),
        unrelated=any(text in lex.unrelated or text in lex.never for text in texts),
        refused=any(text in lex.never for text in texts),
        times=_times(texts, lex),
        folded=folded,
    )


def _times(texts: Sequence[str], lex: Lexicon) -> tuple[int, ...]:
    """How often a year something is asked for."""
    line = f" {' '.join(texts)} "
    asked = []
    for times, said in sorted(
        ((times, each) for times, phrases in lex.often.items() for each in phrases),
        key=lambda pair: -len(pair[1]),
    ):
        before, found, after = line.partition(f" {said} ")
        # "Følges ikke op to gange årligt, men kvartalsvis" asks for the others.
        if found and "ikke" not in before.split()[-2:]:
            asked.append(times)
        line = f"{before} ; {after}" if found else line
    return tuple(sorted(set(asked)))


def _unexplained(stems: Sequence[str], said: frozenset[int], lex: Lexicon) -> list[str]:
    return [
        stem
        for place, stem in enumerate(stems)
        if stem and place not in said and stem not in lex.explained and not stem.isdigit()
    ]


def _opened(texts: Sequence[str], lex: Lexicon) -> bool:
    """Whether a list is asked for; as written, since "målet" asks for one goal and "målene" for many."""
    line = f" {' '.join(texts)} "
    return any(f" {opener} " in line for opener in lex.openings)
