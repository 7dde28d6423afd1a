"""Finds the numbers of goals and themes in a text, and tells them from dates, times and figures."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bplan_bot.goal import Plan
from bplan_bot.understand.lexicon import NumberWords

_RUN = re.compile(r"[0-9] \. [0-9]{1,2}(?![0-9.,])|[0-9]+(?:[.,][0-9]+)*")
_PAIR = re.compile(r"([0-9]{1,3})([.,])([0-9]{1,3})")
_PAIRS = re.compile(r"[0-9]\.[0-9]{1,2}(?:,[0-9]\.[0-9]{1,2})+")
_BARE = re.compile(r"0?[1-9][.,][1-9][0-9]?")
_RANGE = re.compile(r"\s*(?:-|til|to|\.{2,3})\s*(?:mål\s*)?")
_SHORT_END = re.compile(r"-([0-9]{1,2})(?![0-9]|[.,-][0-9]|-?\s*(?:procent|år))")
_WORD_BEFORE = re.compile(r"([a-zæøå#§]+)\.?[\s(:]*(?:(?:nr|nummer|no|number)\.?\s*)?$")
_WORD_AFTER = re.compile(r"[\s-]*([a-zæøå]+)")
_DATE_ON = re.compile(r"[-/][0-9]")
_YEAR_ON = re.compile(r"[-/][0-9]{3}")
_NEXT = re.compile(
    r"(\s*(?:,|\+|&|/|-|til|to|og|samt|and)\s*)(?:kapitel |tema |ministermål |chapter |theme )?"
    r"([0-9]{1,2})(?![0-9]|[.,][0-9]| ?procent)"
)
_GROUP_AFTER = re.compile(r"-? ?(?:erne|er gruppen|gruppen|gruppe|tallene)\b")
_CONTEXT = 24
"""Letters looked at on either side of a number: enough for "mål nummer " and "procentpoint"."""


@dataclass(frozen=True, slots=True)
class GoalNumber:
    """One number read as a goal's: where it stands and whether the plan has it.

    `explicit`: a word such as "mål" stands before it. `doubtful`: it may as well be a figure ("1,9").
    """

    start: int
    end: int
    number: str
    known: bool
    explicit: bool = False
    doubtful: bool = False


def goal_numbers(folded: str, plan: Plan, words: NumberWords) -> list[GoalNumber]:
    """Every number that names a goal, in order, ranges written out."""
    known = {goal.number for goal in plan.goals}
    single = [found for run in _RUN.finditer(folded) for found in _read(folded, run, known, words)]
    return _ranges(folded, single, known)


def theme_numbers(folded: str, plan: Plan, words: NumberWords) -> tuple[int, ...]:
    """The themes named by their own or the ministry's numbers, one after the other ("kapitel 2, 3 og 5"): 0
    for one that does not exist."""
    for run in _RUN.finditer(folded):
        if not run[0].isdecimal() or len(run[0]) > 2:
            continue
        number = int(run[0])
        if _GROUP_AFTER.match(folded, run.end()):
            own = {theme.number: theme.number for theme in plan.themes}
            return (own.get(number, 0), *theme_numbers(folded[run.end() :], plan, words))
        before = _WORD_BEFORE.search(folded, max(0, run.start() - _CONTEXT), run.start())
        if before is None:
            continue
        after = _WORD_AFTER.match(folded, run.end(), run.end() + _CONTEXT)
        counted = after is not None and after[1] in words.not_before
        if before[1] in words.chapter and not counted:
            own = {theme.number: theme.number for theme in plan.themes}
            return _each_of(own, number, folded, run.end())
        if before[1] in words.minister:
            ministers = {theme.minister_goal: theme.number for theme in plan.themes if theme.minister_goal}
            return _each_of(ministers, number, folded, run.end())
    return ()


def _each_of(themes: Mapping[int, int], first: int, folded: str, place: int) -> tuple[int, ...]:
    """The themes of a row of numbers that begins with `first` and goes on at `place`."""
    found = [first]
    while more := _NEXT.match(folded, place):
        number, place = int(more[2]), more.end()
        up_to = _RANGE.fullmatch(more[1]) is not None
        found += range(found[-1] + 1, number + 1) if up_to else [number]
    return tuple(dict.fromkeys(themes.get(number, 0) for number in found))


def _read(folded: str, run: re.Match[str], known: set[str], words: NumberWords) -> Iterator[GoalNumber]:
    before = _WORD_BEFORE.search(folded, max(0, run.start() - _CONTEXT), run.start())
    after = _WORD_AFTER.match(folded, run.end(), run.end() + _CONTEXT)
    explicit = before is not None and before[1] in words.goal
    if not _may_be_a_goal(folded, run, before[1] if before else "", after, words):
        return
    written = run[0].replace(" ", "")
    if _PAIRS.fullmatch(written):
        for piece in re.finditer(r"[0-9.]+", run[0]):
            start, end = run.start() + piece.start(), run.start() + piece.end()
            yield GoalNumber(start, end, piece[0], known=piece[0] in known, explicit=explicit)
        return
    pair = _PAIR.fullmatch(written)
    # "6.100" is six thousand one hundred and "36.2" a share, unless somebody calls them a goal.
    if pair is None and not (
        before and before[1] in words.whole and written.isdecimal() and len(written) < 3
    ):
        return
    if not explicit and not _BARE.fullmatch(written):
        return
    number = f"{int(pair[1])}.{pair[3]}" if pair else str(int(written))
    figure = pair is not None and pair[2] == "," and not explicit
    if figure and after and after[1] in words.compared:
        return
    yield GoalNumber(
        run.start(), run.end(), number, number in known, explicit, doubtful=figure and number not in known
    )


def _may_be_a_goal(
    folded: str, run: re.Match[str], before: str, after: re.Match[str] | None, words: NumberWords
) -> bool:
    previous = folded[max(0, run.start() - 2) : run.start()].rjust(2)
    following = folded[run.end() : run.end() + 1]
    if previous[1].isalpha() and before not in words.goal:
        return False
    if previous in (" -", " +"):
        return False  # a signed figure: "-7,1"
    if following.isalpha() and following != "s":
        return False
    if (_YEAR_ON if "." in run[0] else _DATE_ON).match(folded, run.end()):
        return False  # "6.2-2025", "6.2/2025" and "6/2" are dates
    return before not in words.not_after and (after is None or after[1] not in words.not_before)


def _ranges(folded: str, found: Sequence[GoalNumber], known: set[str]) -> list[GoalNumber]:
    """The numbers with "6.10-6.13", "6.10 til 6.13" and "6.10-13" filled in from the plan."""
    result: list[GoalNumber] = []
    previous: GoalNumber | None = None  # the number before, unless it already ended a range
    for number in found:
        if previous and _RANGE.fullmatch(folded, previous.end, number.start):
            result[-1:] = _between(previous, number, known)
            previous = None
            continue
        result.append(number)
        previous = number
        end = _SHORT_END.match(folded, number.end)
        theme, _, first = number.number.partition(".")
        if end and first and int(first) < int(end[1]):
            last = f"{theme}.{end[1]}"
            result[-1:] = _between(
                number, replace(number, number=last, known=last in known, end=end.end()), known
            )
            previous = None
    return result


def _between(first: GoalNumber, last: GoalNumber, known: set[str]) -> list[GoalNumber]:
    """The goals from `first` to `last`; an end that the plan lacks stays, to be called missing."""
    lower, upper = sorted((_order(first.number), _order(last.number)))
    numbers = {number for number in known if lower <= _order(number) <= upper} | {first.number, last.number}
    return [
        GoalNumber(first.start, last.end, number, known=number in known, explicit=first.explicit)
        for number in sorted(numbers, key=_order)
    ]


@lru_cache(maxsize=1_000)
def _order(number: str) -> tuple[int, ...]:
    """6.2 before 6.10; numbers of another form come first."""
    parts = number.split(".")
    return tuple(int(part) for part in parts) if all(part.isdecimal() for part in parts) else ()
