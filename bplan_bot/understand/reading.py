"""Reads a message into what it mentions and says, and how much of it nobody can explain."""

from collections.abc import Sequence
from dataclasses import dataclass

from bplan_bot.goal import Plan
from bplan_bot.understand.clues import with_clues
from bplan_bot.understand.hints import Hints, weigh
from bplan_bot.understand.lexicon import Lexicon, lexicon
from bplan_bot.understand.names import Mention, mentions, names_of
from bplan_bot.understand.numbers import GoalNumber, goal_numbers, theme_numbers
from bplan_bot.understand.topics import Heard, corrected, hear, spoken
from bplan_bot.understand.wording import Word

EXAMINED = 60
"""Words examined from either end of a long text. A letter puts its question first or last, and what lies
between only adds chance hits and cost; goal numbers called "mål" are read everywhere."""


MOST_BETWEEN = 6
"""Words that may stand between two names of one list: "sygemeldte, og hvordan går det med eud"."""


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

    def says(self, words: frozenset[str]) -> bool:
        """Whether one of these words is there."""
        return any(word.text in words for word in self.words)

    def joined(self, end: int, start: int) -> bool:
        """Whether "og", a comma or the like stands between two places of the text, with few words that say
        nothing of their own."""
        lex = lexicon()
        between = [word for word in self.words if end <= word.start and word.end <= start]
        plain = all(word.text in lex.connectors or word.stem in lex.explained for word in between)
        return plain and len(between) <= MOST_BETWEEN and any(word.text in lex.connectors for word in between)

    def adjoining(self, end: int, start: int) -> bool:
        """Whether no word stands between two places of the text ("eud stx")."""
        return not any(end <= word.start and word.end <= start for word in self.words)


def read(folded: str, plan: Plan) -> Reading:
    """Everything that a folded text says about the plan."""
    lex = lexicon()
    numbers = goal_numbers(folded, plan, lex.numbers)
    words = lex.words(folded, sorted({(number.start, number.end) for number in numbers}), ends=EXAMINED)
    names = names_of(plan)
    found = with_clues(words, mentions(words, names, spoken()), names)
    named = {place for mention in found for place in mention.covered}
    others = [None if place in named else corrected(word, names.stems) for place, word in enumerate(words)]
    heard = hear(others)
    # "Vil du ikke" is polite, and hints at nothing.
    meant = [place not in heard.courtesies and word for place, word in enumerate(others)]
    hints = weigh([word.stem if word else "" for word in meant])
    texts = [word.text for word in words]
    # "Jeg hørte i kantinen, at 15 mål er nået" is about the goals.
    named_surely = any(mention.sure and mention.goals for mention in found)
    about_goals = heard.statuses and (named_surely or not lex.numbers.goal.isdisjoint(texts))
    refused = any(text in lex.never for text in texts) or any(lex.refusing.found(words))
    return Reading(
        words=tuple(words),
        numbers=tuple(numbers),
        names=tuple(found),
        themes=theme_numbers(folded, plan, lex.numbers),
        heard=heard,
        hints=hints,
        rest=tuple(_unexplained(others, heard.places | hints.places, lex)),
        opened=_opened(texts, lex),
        of_plan=any(text in lex.plan for text in texts),
        elsewhere=any(text.removesuffix("s") in lex.elsewhere or text in lex.elsewhere for text in texts),
        unrelated=refused or (not about_goals and any(text in lex.unrelated for text in texts)),
        refused=refused,
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


def _unexplained(words: Sequence[Word | None], said: frozenset[int], lex: Lexicon) -> list[str]:
    return [
        word.stem
        for place, word in enumerate(words)
        if word and place not in said and word.stem not in lex.explained and not word.stem.isdigit()
    ]


def _opened(texts: Sequence[str], lex: Lexicon) -> bool:
    """Whether a list is asked for; as written, since "målet" asks for one goal and "målene" for many."""
    line = f" {' '.join(texts)} "
    return any(f" {opener} " in line for opener in lex.openings)
