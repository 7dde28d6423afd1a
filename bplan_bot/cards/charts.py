"""Drawings as Teams' own charts. The rows beside a chart hold its figures too, for clients without charts."""

from microsoft_teams.cards import (
    BarChartDataValue,
    CardElement,
    GroupedVerticalBarChart,
    GroupedVerticalBarChartData,
    LineChart,
    LineChartData,
    LineChartValue,
)

from bplan_bot.cards.parts import block
from bplan_bot.fact import Fact
from bplan_bot.figure_answers.answer import Drawing, Line, Role, Shape
from bplan_bot.notation.periods import write_period
from bplan_bot.period import Period
from bplan_bot.quantity import Unit
from bplan_bot.texts.speaker import Speaker

_ROOM = 13
"""Characters that Teams shows under a bar before it cuts a name off."""

WITH_ROOM = "atLeast:Standard"
"""On a phone axis and legend are cut off, and the rows beside say the same; so there is no chart there."""

_COLOURS = {Role.OWN: "categoricalBlue", Role.REFERENCE: "categoricalMarigold", Role.TARGET: "neutral"}


def drawn(drawing: Drawing, speaker: Speaker) -> list[CardElement]:
    """What is drawn, in words, and the chart; both only where there is room."""
    caption = block(
        speaker(drawing.caption), size="Small", isSubtle=True, spacing="Medium", target_width=WITH_ROOM
    )
    return [caption, _chart(drawing, speaker)]


def _chart(drawing: Drawing, speaker: Speaker) -> CardElement:
    """The drawing as a chart, with what it draws as its title."""
    if drawing.shape is Shape.BARS:
        return GroupedVerticalBarChart.model_validate(
            {
                "title": speaker(drawing.caption),
                "data": [_bars(line, speaker) for line in drawing.lines],
                "show_bar_values": True,
                "y_min": 0,
                "y_axis_title": _unit(drawing),
                "target_width": WITH_ROOM,
                "fallback": "drop",
            }
        )
    return LineChart.model_validate(
        {
            "title": speaker(drawing.caption),
            "data": [_line(line, speaker) for line in drawing.lines],
            "y_axis_title": _unit(drawing),
            "target_width": WITH_ROOM,
            "fallback": "drop",
        }
    )


def _bars(line: Line, speaker: Speaker) -> GroupedVerticalBarChartData:
    below = [speaker(label) for label in line.labels] or [
        _label(point.when, speaker) for point in line.points
    ]
    values = [BarChartDataValue(x=x, y=_height(point)) for x, point in zip(below, line.points, strict=True)]
    return GroupedVerticalBarChartData.model_validate(
        {"legend": _legend(line, speaker), "values": values, "color": _COLOURS[line.role]}
    )


def _label(period: Period, speaker: Speaker) -> str:
    """A period's name where it has room under a bar, else its years: cut off, two long names look alike."""
    name = write_period(period, speaker.language)
    if len(name) <= _ROOM:
        return name
    years = dict.fromkeys((period.start.year, period.end.year))
    return "/".join(str(year) for year in years)


def _line(line: Line, speaker: Speaker) -> LineChartData:
    """The points by the month in the middle of their period: Teams draws dates in their true distance, and
    for a year it writes "1. juli 2024", while it would cut off "31. december 2024" before the year."""
    values = [LineChartValue(x=_middle(point.when), y=_height(point)) for point in line.points]
    return LineChartData.model_validate(
        {"legend": _legend(line, speaker), "values": values, "color": _COLOURS[line.role]}
    )


def _middle(period: Period) -> str:
    day = period.start + (period.end - period.start) / 2
    return day.replace(day=1).isoformat()


def _legend(line: Line, speaker: Speaker) -> str:
    name = speaker(line.name)
    return name[:1].upper() + name[1:]


def _height(point: Fact) -> float:
    """The figure as people read it; a chart knows no Decimal."""
    return float(point.quantity.rounded())


def _unit(drawing: Drawing) -> str | None:
    percent = drawing.lines[0].points[0].quantity.unit is Unit.PERCENT
    return "%" if percent else None
