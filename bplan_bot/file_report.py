"""Tells what became of a file: what is wrong in it, or what was stored and what must be said first."""

from collections.abc import Iterator, Sequence

from bplan_bot.figure_file import FileFigure, FileFigures
from bplan_bot.message import Message, message
from bplan_bot.quantity import Quantity

MOST_LINES = 50
"""Lines of one kind that are told; the rest are counted."""


def report(found: FileFigures, *, most: int = MOST_LINES) -> tuple[Message, ...]:
    """The lines about a file that was read, before anything is stored; at most so many of one kind."""
    if found.has_people:
        return (message("file.people"), *problems(found, most=most))
    if found.troubles:
        count = message("file.refused", n=len(found.troubles))
        return (_head(found), count, *problems(found, most=most))
    corrected = corrections(found, most=most)
    doubted = doubts(found, most=most)
    return (
        _head(found),
        *counts(found),
        *found.left_out,
        *([message("file.corrections"), *corrected] if corrected else []),
        *([message("file.doubts"), *doubted] if doubted else []),
    )


def counts(found: FileFigures) -> Iterator[Message]:
    """How many figures are new, corrected and stored already, and of which goals."""
    numbers = {"new": len(found.new), "corrected": len(found.corrections), "same": found.same}
    yield message("file.counts", **numbers)
    goals = {one.asked.goal.number for one in found.news}
    if goals:
        yield message("file.of_goals", goals=tuple(g.number for g in found.plan.goals if g.number in goals))


def problems(found: FileFigures, *, most: int) -> tuple[Message, ...]:
    """What is wrong, each with its place."""
    return _some([one.said for one in found.troubles], most)


def corrections(found: FileFigures, *, most: int) -> tuple[Message, ...]:
    """What would stand in place of which stored figure."""
    return _some([_correction(one) for one in found.corrections], most)


def doubts(found: FileFigures, *, most: int) -> tuple[Message, ...]:
    """What looks wrong though it may be right."""
    return _some([one.said for one in found.doubts], most)


def left_out(found: FileFigures, *, most: int) -> tuple[Message, ...]:
    """What was not read."""
    return _some(found.left_out, most)


def _head(found: FileFigures) -> Message:
    return message("file.head", name=found.name, plan=found.plan.title)


def _correction(one: FileFigure) -> Message:
    indicator, before = one.asked.indicator, one.stored.value if one.stored else None
    return message(
        "file.correction",
        place=one.place.said,
        now=Quantity(one.values.value, indicator.unit, indicator.noun),
        before=Quantity(before, indicator.unit, indicator.noun) if before is not None else None,
        period=one.period,
    )


def _some(lines: Sequence[Message], most: int) -> tuple[Message, ...]:
    more = (message("file.more", n=len(lines) - most),) if len(lines) > most else ()
    return (*lines[:most], *more)
