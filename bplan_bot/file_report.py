"""Tells what became of a file: what is wrong in it, or what was stored and what must be said first."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from bplan_bot.figure_file import FileFigure, FileFigures
from bplan_bot.message import Message, message
from bplan_bot.quantity import Quantity

MOST_LINES = 50
"""Lines of one kind that are told; the rest are counted."""


def report(found: FileFigures) -> tuple[Message, ...]:
    """The lines about a file that was read, before anything is stored."""
    if found.has_people:
        return (message("file.people"), *_some([one.said for one in found.troubles]))
    if found.troubles:
        said = [one.said for one in found.troubles]
        return (_head(found), message("file.refused", n=len(said)), *_some(said))
    return (*_counted(found), *_corrected(found.corrections), *_doubted(found))


def _counted(found: FileFigures) -> Iterator[Message]:
    yield _head(found)
    counts = {"new": len(found.new), "corrected": len(found.corrections), "same": found.same}
    yield message("file.counts", **counts)
    goals = {one.asked.goal.number for one in found.news}
    if goals:
        yield message("file.of_goals", goals=tuple(g.number for g in found.plan.goals if g.number in goals))
    yield from found.left_out


def _head(found: FileFigures) -> Message:
    return message("file.head", name=found.name, plan=found.plan.title)


def _corrected(figures: Sequence[FileFigure]) -> Iterator[Message]:
    if figures:
        yield message("file.corrections")
        yield from _some([_correction(one) for one in figures])


def _correction(one: FileFigure) -> Message:
    indicator, before = one.asked.indicator, one.stored.value if one.stored else None
    return message(
        "file.correction",
        place=one.place.said,
        now=Quantity(one.values.value, indicator.unit, indicator.noun),
        before=Quantity(before, indicator.unit, indicator.noun) if before is not None else None,
        period=one.period,
    )


def _doubted(found: FileFigures) -> Iterator[Message]:
    if found.doubts:
        yield message("file.doubts")
        yield from _some([one.said for one in found.doubts])


def _some(lines: Sequence[Message]) -> Iterable[Message]:
    yield from islice(lines, MOST_LINES)
    if len(lines) > MOST_LINES:
        yield message("file.more", n=len(lines) - MOST_LINES)
