"""Finds the goals whose names share words with a text that names none of them."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from bplan_bot.goal import Goal, Plan
from bplan_bot.understand.lexicon import lexicon
from bplan_bot.understand.together import is_together
from bplan_bot.understand.wording import fold

MOST = 3
"""Candidates that are offered; more is a list to read, not a question to answer."""

SHORTEST_PART = 5
"""Letters that a word needs to count as part of a compound."""


def near_goals(stems: Sequence[str], plan: Plan) -> tuple[str, ...]:
    """Up to three goals that share most with the words, best first; none when most words are
    strange to every goal."""
    strangers = sum(not any(_shared([each], goal) for goal in plan.goals) for each in stems)
    if strangers * 2 >= len(stems):
        return ()
    scored = [(_shared(stems, goal), place, goal.number) for place, goal in enumerate(plan.goals)]
    best = max((score for score, _, _ in scored), default=0)
    kept = sorted((-score, place, number) for score, place, number in scored if score and score * 2 >= best)
    return tuple(number for _, _, number in kept[:MOST])


def _shared(stems: Iterable[str], goal: Goal) -> int:
    title = _stems((goal.title.da, goal.title.en))
    aliases = _stems(tuple(each for each in goal.aliases if not is_together(each)))
    return sum(max(2 * _fit(each, title), _fit(each, aliases)) for each in stems)


def _fit(wanted: str, known: frozenset[str]) -> int:
    """2 for the word itself, 1 for a part of a compound ("uddannelse" in "erhvervsuddannelse")."""
    if wanted in known:
        return 2
    if len(wanted) < SHORTEST_PART:
        return 0
    return int(any(each.startswith(wanted) or each.endswith(wanted) for each in known))


@lru_cache(maxsize=500)
def _stems(names: tuple[str, ...]) -> frozenset[str]:
    words = lexicon()
    return frozenset(word.stem for name in names for word in words.words(fold(name))) - words.explained
