"""Finds goals and themes by words that point to them together, beside those that are named outright."""

from collections.abc import Sequence
from itertools import pairwise

from bplan_bot.understand.lexicon import lexicon
from bplan_bot.understand.names import Mention, Names
from bplan_bot.understand.wording import Word


def with_clues(words: Sequence[Word], named: Sequence[Mention], names: Names) -> list[Mention]:
    """The names and what the other words point to, in order.

    Where two overlap, the one of more words counts, and a name before as many words that only point. Words
    that point to two goals equally well stand for both.
    """
    pointing = sorted(
        (
            Mention(places[0], places[-1], meant.goals, meant.themes, True, meant.together, places)
            for places, meant in names.clues.found(words)
        ),
        key=lambda each: -len(each.places),
    )
    kept: list[Mention] = []
    left = list(named)
    sure = [each for each in named if each.sure and each.goals and not each.together]
    numbers = frozenset(number for each in sure for number in each.goals)
    for clue in pointing:
        inside = set(clue.places)
        over = [each for each in left if not inside.isdisjoint(each.covered)]
        if any(not inside.isdisjoint(each.places) for each in kept):
            _share(kept, clue)
        elif all(_gives_way(each, clue, numbers) for each in over) and not _is_list(over, words):
            left = [each for each in left if inside.isdisjoint(each.covered)]
            kept.append(clue)
    certain = [each for each in left if each.sure and each.goals and not each.together]
    kept = [each for each in kept if not certain or _stands_apart(each, certain, words)]
    return sorted([*left, *kept], key=lambda each: each.first)


def _gives_way(name: Mention, clue: Mention, certain: frozenset[str]) -> bool:
    """Whether a clue counts before a name it overlaps: one that is certain only yields to more."""
    if not (name.sure and name.goals) or name.together:
        return len(name.covered) <= len(clue.places)
    more = len(clue.places) - len(name.covered)
    return more > 1 or (more > 0 and bool(clue.goals & certain))


def _share(kept: list[Mention], clue: Mention) -> None:
    """Let the clue that was kept stand for the other's goal too, where they are of as many words."""
    for place, each in enumerate(kept):
        if len(each.places) == len(clue.places) and not set(clue.places).isdisjoint(each.places):
            both, themes = each.goals | clue.goals, each.themes | clue.themes
            several = each.together or len(both) > 1
            kept[place] = Mention(each.first, each.last, both, themes, True, several, each.places)


def _stands_apart(clue: Mention, certain: Sequence[Mention], words: Sequence[Word]) -> bool:
    """Whether "og" or the like parts a clue from every goal that is named: "de syge, og hvad med eud"."""
    joining = lexicon().connectors
    return all(_parted(clue, each, words, joining) for each in certain)


def _is_list(over: Sequence[Mention], words: Sequence[Word]) -> bool:
    """Whether the names are parted by "og" or the like: a list of goals, and no clue to one of them."""
    # A comma may as well begin a clause: "unge på uddannelseshjælp, der er aktivitetsparate".
    joining = lexicon().connectors - {","}
    return any(_parted(one, other, words, joining) for one, other in pairwise(over))


def _parted(one: Mention, other: Mention, words: Sequence[Word], joining: frozenset[str]) -> bool:
    first, second = sorted((one, other), key=lambda each: each.first)
    return any(word.text in joining for word in words[first.last + 1 : second.first])
