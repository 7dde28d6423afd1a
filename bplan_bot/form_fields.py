"""Which figures the fields of a form are for, and how stored figures and those told in words fill them in."""

from collections.abc import Mapping

from bplan_bot.figure_values import Field, Typed
from bplan_bot.figures import Asked, usual_periods, window
from bplan_bot.form import FigureForm, GoalForm, PeriodForm
from bplan_bot.goal import Goal
from bplan_bot.notation.numbers import read_number, write_decimal
from bplan_bot.observation import COUNTRY
from bplan_bot.period import Period
from bplan_bot.picture import Picture
from bplan_bot.quantity import Unit
from bplan_bot.round import DueFigure, figures_read

_PERIODS = 6
"""Periods that are offered to choose from."""

Written = Mapping[str, str]
"""What stands in the fields of a card, by the id of the field."""


def choices_of(picture: Picture, asked: Asked) -> tuple[Period, ...]:
    """The due period, then others that such a figure has or could have now, the newest first."""
    first, last = window(asked.plan, asked.goal)
    usual = usual_periods(asked, picture.series)
    others = {each for period in usual for each in (period, period.next(), period.year_before())}
    fitting = [one for one in others if first <= one.end <= min(last, picture.today) and one != asked.due]
    newest = sorted(fitting, key=lambda one: (one.end, one.start), reverse=True)
    return (asked.due, *newest[: _PERIODS - 1])


def named_in(written: Written, goal: Goal, picture: Picture) -> tuple[DueFigure, ...]:
    """The figures that the fields of a card are for; a name that is none of ours is nobody's."""
    found: dict[DueFigure, None] = {}
    indicators = {indicator.key: indicator for indicator in goal.indicators}
    for name in written:
        match name.split("|"):
            case [goal.number, code, key, area, _] if key in indicators and area in areas_of(picture):
                try:
                    found[DueFigure(indicators[key], area, Period.from_code(code))] = None
                except (ValueError, KeyError, IndexError):
                    continue
    return tuple(found)


def filled_in(form: GoalForm, picture: Picture) -> Written:
    """The fields of a form as the stored figures fill them."""
    written: dict[str, str] = {}
    for one in form.figures:
        asked = one.asked
        stored = picture.series.at(asked.indicator.key, asked.area, asked.due)
        if stored is None or stored.value is None:
            continue
        values = {Field.VALUE: stored.value}
        if one.in_parts and stored.numerator is not None and stored.denominator is not None:
            # Not the share: it follows from its parts, and would stand against new ones.
            values = {Field.NUMERATOR: stored.numerator, Field.DENOMINATOR: stored.denominator}
        written |= {one.id(field): write_decimal(value, "da") for field, value in values.items()}
    return written


def areas_of(picture: Picture) -> tuple[str, str]:
    """The areas that figures can be for."""
    return (picture.plan.area, COUNTRY)


def told_in(form: GoalForm, told: Typed) -> Written:
    """The fields of a form as somebody's words fill them: those of the period they named, else of the first,
    and of the first figure there whose unit is that of theirs."""
    if not form.periods:
        return {}
    period = next((one for one in form.periods if one.due.code == told.period), form.periods[0])
    written = {period.id: told.period} if told.period else {}
    if told.is_blank:
        return written
    figure = _meant(period, told)
    values = {
        Field.VALUE: told.value,
        Field.NUMERATOR: told.numerator,
        Field.DENOMINATOR: told.denominator,
    }
    return written | {figure.id(field): value for field, value in values.items() if value}


def _meant(period: PeriodForm, told: Typed) -> FigureForm:
    if told.numerator or told.denominator:
        fitting = [one for one in period.figures if one.in_parts]
    else:
        read = read_number(told.value)
        whole = read is not None and read.unit is Unit.COUNT and read.value == read.value.to_integral_value()
        units = (Unit.COUNT, Unit.RANK) if whole else (Unit.PERCENT,)
        fitting = [one for one in period.figures if one.asked.indicator.unit in units]
    return next(iter(fitting), period.figures[0])


def outside_a_round(goal: Goal, picture: Picture, told: str) -> tuple[DueFigure, ...]:
    """The figures that can be reported of a goal though no round asks for them: for the period whose code was
    `told`, else the newest that is over."""
    read = figures_read(goal, picture, goal.assessed_on)
    if told:
        return figures_read(goal, picture, Period.from_code(told))
    if not read:
        return ()
    due = read[0]
    asked = Asked(plan=picture.plan, goal=goal, indicator=due.indicator, area=due.area, due=due.period)
    over = [one for one in choices_of(picture, asked) if one.end <= picture.today]
    alike = [one for one in over if one.kind is goal.assessed_on.kind]
    newest = max(alike or over, key=lambda one: (one.end, one.start), default=goal.assessed_on)
    return figures_read(goal, picture, newest)
