"""What a message refers to: the goals behind its numbers and names, and which of them stand in one list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bplan_bot.understand.names import Mention
from bplan_bot.understand.question import Topic
from bplan_bot.understand.reading import Reading

SMALL_GROUP = 3
"""Goals of a group that everyday words may spell out."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Goals that one place of the text stands for; more than one where a name is ambiguous."""

    start: int
    end: int
    goals: frozenset[str]
    known: bool = True
    sure: bool = True


def goal_names(reading: Reading) -> list[Reference]:
    """The names of goals; one that a theme shares is the theme's where the message speaks of themes."""
    of_themes = Topic.THEME in reading.heard.topics
    one_by_one = [each for each in reading.names if each.goals and not each.together]
    single = [
        Reference(reading.words[each.first].start, reading.words[each.last].end, each.goals, sure=each.sure)
        for each in one_by_one
        if not (each.themes and of_themes)
    ]
    # "Hvor mange unge vælger eud" is about eud: a group counts only where no goal is named for certain.
    groups = [one for each in reading.names if each.together for one in _members(reading, each)]
    return groups if _are_among(single, groups) else single or groups


def _are_among(single: Sequence[Reference], groups: Sequence[Reference]) -> bool:
    """Whether the goals are named by everyday words that only say which of a small group there are: "begge
    fokusmål, både samtalerne og tilbuddene"."""
    members = {number for each in groups for number in each.goals}
    unsure = all(not each.sure and each.goals <= members for each in single)
    return unsure and 0 < len(members) <= SMALL_GROUP


def _members(reading: Reading, group: Mention) -> list[Reference]:
    start, end = reading.words[group.first].start, reading.words[group.last].end
    return [
        Reference(start, end, frozenset([number]), sure=group.sure)
        for number in sorted(group.goals, key=_order)
    ]


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))


def and_joined(reading: Reading, numbers: Sequence[Reference]) -> list[Reference]:
    """The numbers, and the names that stand in one list with them ("6.2 og eud")."""
    chain = list(numbers)
    names = [each for each in goal_names(reading) if len(each.goals) == 1]
    for name in [*names, *reversed(names)]:
        if name not in chain and any(_side_by_side(reading, name, each) for each in chain):
            chain.append(name)
    return sorted(chain, key=lambda each: each.start)


def _side_by_side(reading: Reading, one: Reference, other: Reference) -> bool:
    first, second = sorted((one, other), key=lambda each: each.start)
    return reading.joined(first.end, second.start)


def is_list(reading: Reading, named: Sequence[Reference]) -> bool:
    """Whether the goals are named as a list ("eud, stx og fgu") rather than in a sentence about them."""
    return all(
        reading.joined(first.end, second.start) or reading.adjoining(first.end, second.start)
        for first, second in pairwise(named)
        if first.goals != second.goals
    )


def distinct(named: Iterable[Reference], *, known: bool = True) -> tuple[str, ...]:
    """The goals in the order they are named, without doubles."""
    return tuple(
        dict.fromkeys(number for each in named if each.known is known for number in sorted(each.goals))
    )
