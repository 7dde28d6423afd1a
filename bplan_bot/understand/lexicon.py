"""Reads lexicon.yaml, the words of the trade that a person may change without reading code."""

from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from importlib.resources import files
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bplan_bot.access import Role
from bplan_bot.plan_answers.lists import Kind
from bplan_bot.status import Status
from bplan_bot.understand.question import Topic
from bplan_bot.understand.together import Together, together
from bplan_bot.understand.wording import Synonyms, Word, fold, stem, words_of

NAME = "lexicon.yaml"


class Malformed(ValueError):
    """The lexicon cannot be used; the text says where and why."""


def _split(written: object) -> object:
    """A block of words becomes the set of them, folded; anything else is left for pydantic to refuse."""
    return frozenset(fold(written).split()) if isinstance(written, str) else written


Words = Annotated[frozenset[str], BeforeValidator(_split)]
Phrases = tuple[str, ...]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class TopicWords(_Part):
    """`alone`: phrases that mean the topic when nothing else is said; `anywhere`: also among other words.

    Where no phrase of any topic is said, one `likely` word or two `hints` make it out.
    """

    about: Literal["plan", "goals", "either"] = "plan"
    alone: Phrases = ()
    anywhere: Phrases = ()
    likely: Words = frozenset()
    hints: Words = frozenset()


class StatusWords(_Part):
    """Phrases and the statuses that they ask for."""

    statuses: tuple[Annotated[Status, Field(strict=False)], ...] = Field(min_length=1)
    phrases: Phrases


class NumberWords(_Part):
    """Which words around a number make it a goal's number, or keep it from being one."""

    goal: Words
    whole: Words
    chapter: Words
    minister: Words
    not_after: Words
    not_before: Words
    compared: Words


class RoleWords(_Part):
    """How roles are named, and the words by which they are given, taken and asked for.

    `give` and `take` need one of `marks` right before the role, `hand` needs `role` before it, as in "giv ...
    rollen indberetter".
    """

    names: dict[Annotated[Role, Field(strict=False)], Words]
    give: Words
    hand: Words
    take: Words
    marks: Words
    role: Words
    who: Words
    me: Words
    away: Words
    own: Words
    which: Words


class RegisterWords(_Part):
    """Words by which somebody reports a figure; the comment above them in the file says what each is for."""

    verbs: Words
    of_figures: Words
    of_values: Words
    present: Words
    not_meant: Words
    figures: Words
    before: Words
    how: Words
    not_first: Words
    asking: Words
    beside: Words
    of_goal: Words
    of_period: Words
    asks: Phrases
    periods: dict[str, str]


class ContextWords(_Part):
    """Words by which a question leans on the one before it.

    `next` is the goal after the one that was told, `opening` goes on to another goal ("og 6.3?"), `they`
    and `it` are goals told of, `others` those that were not; `which` chooses among them, and so do `places`
    in their list (-1 is the last), with only words of `beside_places` around; `name` wants them listed.
    `status` asks for a status, whatever was asked before, and `asks` with `it`. Beside words of the `whole`
    plan a question leans on no goal; `ours` are the municipality itself.
    """

    next: Words
    opening: Words
    they: Words
    it: Words
    others: Words
    which: Words
    ours: Words
    name: Words
    status: Words
    places: dict[int, Words]
    beside_places: Words
    asks: Words
    whole: Words


class Politeness(_Part):
    """Phrases that a message may open with or end on, and that say nothing about what it asks."""

    before: Phrases
    after: Phrases


class PlanWords(_Part):
    """How a plan is named by its place in time, right before or after the word "plan"."""

    last_year: Phrases
    this_year: Phrases
    next_year: Phrases
    previous: Phrases
    current: Phrases


class DayWords(_Part):
    """What stands right before the day that something is asked as of.

    `on` needs the whole date behind it, and so does `by`, but for the year; after `looked` a month or a year
    will do. `between` are small words that may come before the date. Behind `bounds` a day is where something
    begins or ends, and none that is asked as of.
    """

    on: Phrases
    by: Phrases
    looked: Phrases
    between: Phrases
    bounds: Phrases


class LanguageWords(_Part):
    """Words that tell one language from the other."""

    danish: Words
    english: Words


class Lexicon(_Part):
    """All of the file. Words are folded, phrases stand as written."""

    topics: dict[Annotated[Topic, Field(strict=False)], TopicWords]
    statuses: tuple[StatusWords, ...]
    openers: Phrases
    numbers: NumberWords
    roles: RoleWords
    registering: RegisterWords
    whole_plan: Words
    listing: Words
    context: ContextWords
    politeness: Politeness
    plans: PlanWords
    days: DayWords
    languages: LanguageWords
    months: dict[str, int]
    rhythms: dict[int, Phrases]
    sources: dict[str, Phrases]
    kinds: dict[Annotated[Kind, Field(strict=False)], Phrases]
    beside_kinds: Words
    beside_lines: Words
    beside_ranks: Words
    beside_months: Words
    beside_areas: Words
    neighbours: Words
    synonyms: dict[str, tuple[str, ...]]
    stop: Words
    ordinary: Words
    fillers: Words
    connectors: Words
    plan: Words
    everyday: Phrases
    tails: Words
    elsewhere: Words
    never: Words
    never_together: Phrases
    unrelated: Words

    @cached_property
    def variants(self) -> Synonyms:
        """The synonyms as `words_of` wants them."""
        by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for meant, variants in self.synonyms.items():
            for variant in variants:
                parts = _texts(variant)
                by_first.setdefault(parts[0], []).append((parts, _texts(meant)))
        return {first: sorted(found, key=lambda pair: -len(pair[0])) for first, found in by_first.items()}

    @cached_property
    def explained(self) -> frozenset[str]:
        """Stems that say nothing about a topic of their own: small words, and words of every plan."""
        openers = {word for opener in self.openings for word in opener.split()}
        return stems(self.stop | self.ordinary | self.fillers | self.connectors | self.plan | openers)

    @cached_property
    def openings(self) -> tuple[str, ...]:
        """The openers, folded."""
        return tuple(" ".join(_texts(opener)) for opener in self.openers)

    @cached_property
    def refusing(self) -> Together[bool]:
        """What is never done, as words that stand together."""
        return together([(phrase, True) for phrase in self.never_together], self.variants)

    @cached_property
    def often(self) -> dict[int, tuple[str, ...]]:
        """How often a year, with the words for it as they are read."""
        return {
            times: tuple(" ".join(word.text for word in self.words(fold(each))) for each in said)
            for times, said in self.rhythms.items()
        }

    def words(
        self, folded: str, taken: Sequence[tuple[int, int]] = (), *, ends: int | None = None
    ) -> list[Word]:
        """The words of a folded text with synonyms replaced, as `words_of` gives them."""
        return words_of(folded, self.variants, taken, ends=ends)


def stems(words: Iterable[str]) -> frozenset[str]:
    """The stems of folded words."""
    return frozenset(stem(word) for word in words)


def _texts(phrase: str) -> tuple[str, ...]:
    return tuple(word.text for word in words_of(fold(phrase), {}))


def read_lexicon(content: bytes) -> Lexicon:
    """The lexicon of a file's content; Malformed names the line or the field at fault."""
    try:
        lexicon = Lexicon.model_validate(_tuples(yaml.safe_load(content)))
    except yaml.YAMLError as fault:
        place = getattr(fault, "problem_mark", None)
        line = f" line {place.line + 1}" if place else ""
        raise Malformed(f"{NAME}:{line} is not YAML") from fault
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise Malformed(f"{NAME}: {where}: {first['msg']}, not {first['input']!r}") from fault
    if "" in lexicon.synonyms or not all(_texts(each) for row in lexicon.synonyms.values() for each in row):
        raise Malformed(f"{NAME}: synonyms: a variant without a word")
    return lexicon


def _tuples(read: object) -> object:
    """YAML has lists where the strict model wants tuples."""
    if isinstance(read, dict):
        return {key: _tuples(value) for key, value in read.items()}
    return tuple(_tuples(value) for value in read) if isinstance(read, list) else read


@cache
def lexicon() -> Lexicon:
    """The packaged lexicon, read once."""
    return read_lexicon(files("bplan_bot.understand").joinpath(NAME).read_bytes())
