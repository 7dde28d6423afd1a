"""Which figures are drawn, and as what: a line of three figures or more, bars of two or more."""

from dataclasses import replace

from bplan_bot.assess.requirement import requirement
from bplan_bot.fact import Fact
from bplan_bot.figure_answers.answer import Drawing, Line, Role, Shape
from bplan_bot.figure_answers.beside import Criterion
from bplan_bot.goal import Indicator
from bplan_bot.message import message
from bplan_bot.period import Period
from bplan_bot.quantity import Unit

_A_LINE = 3
"""Fewer figures are told in words: two dots and a line between them say no more."""


def line(
    criterion: Criterion, history: tuple[Fact, ...], references: tuple[Fact | None, ...]
) -> Drawing | None:
    """The own figures with the reference's and the fixed mark of the target; None where they are too few."""
    own = comparable(criterion.indicator, history)
    if len(own) < _A_LINE:
        return None
    lines = [Line(Role.OWN, message("said.own"), own)]
    beside = dict(zip(history, references, strict=True))
    reference = tuple(found for one in own if (found := beside[one]))
    if reference and criterion.target.reference:
        lines.append(Line(Role.REFERENCE, criterion.target.reference.name, reference))
    if criterion.target.type in ("at_least", "at_most"):
        asked = requirement(criterion.verdict, criterion.target)
        if asked:
            mark = tuple(replace(asked.mark, period=one.period) for one in own)
            lines.append(Line(Role.TARGET, message("said.demand"), mark))
    return _drawn(criterion.indicator, tuple(lines))


def line_alone(indicator: Indicator, points: tuple[Fact, ...]) -> Drawing | None:
    """Figures that no rule reads, as a rank."""
    own = comparable(indicator, points)
    if len(own) < _A_LINE:
        return None
    return _drawn(indicator, (Line(Role.OWN, message("said.own"), own),))


def bars(criterion: Criterion) -> Drawing | None:
    """The own figure beside the reference's, this year and the last."""
    reference = criterion.target.reference
    if reference is None or criterion.now is None or criterion.reference is None:
        return None
    own, other = [criterion.now], [criterion.reference]
    if criterion.before and criterion.reference_before:
        own, other = [criterion.before, *own], [criterion.reference_before, *other]
    caption = message("drawn.bars", subject=criterion.indicator.subject, reference=reference.name)
    return Drawing(
        Shape.BARS,
        caption,
        (
            Line(Role.OWN, message("said.own"), tuple(own)),
            Line(Role.REFERENCE, reference.name, tuple(other)),
        ),
    )


def _drawn(indicator: Indicator, lines: tuple[Line, ...]) -> Drawing:
    first, last = lines[0].points[0], lines[0].points[-1]
    name = "drawn.rank" if indicator.unit is Unit.RANK else "drawn.line"
    caption = message(name, subject=indicator.subject, first=first.period, last=last.period)
    return Drawing(Shape.LINE, caption, lines)


def comparable(indicator: Indicator, points: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The figures that may stand in one line with the newest: as long periods, no break between, and one for
    each end. A rank is a rank, however long its period."""
    if not points:
        return ()
    newest = points[-1]
    found: dict[object, Fact] = {}
    for one in points:
        same = indicator.unit is Unit.RANK or one.when.months == newest.when.months
        spanned = Period(min(one.when.start, newest.when.start), newest.when.end)
        if same and not any(spanned.crosses(change.day) for change in indicator.breaks):
            found[one.when.end] = one
    return tuple(found.values())
