"""Which figure of a plan a row of a file is for, by the goal, the figure and the area it names."""

import re
from collections.abc import Mapping
from datetime import date

from bplan_bot.figures import Asked
from bplan_bot.goal import Goal, Indicator, Plan
from bplan_bot.importers.columns import Column
from bplan_bot.message import Message, message
from bplan_bot.municipalities import code_of
from bplan_bot.observation import COUNTRY
from bplan_bot.period import Period
from bplan_bot.round import period_asked

_TOTALS = frozenset({"i alt", "ialt", "total", "sum", "samlet", "alle", "hovedtotal"})
_COUNTRY = frozenset({"000", "0", "00", "landet", "hele landet", "danmark", "landsplan", "på landsplan"})
_MADE_A_DATE = re.compile(r"\d{4}-(\d{2}-\d{2}|M\d{2})")

Unknown = tuple[Column, Message]
"""The column whose name is not known, and what to write there."""


class Names:
    """What the cells of a row may call a plan's goals, figures and areas."""

    def __init__(self, plan: Plan, today: date) -> None:
        self._plan = plan
        self._today = today
        self._goals = {goal.number: goal for goal in plan.goals}
        self._figures: dict[str, list[tuple[Goal, Indicator]]] = {}
        for goal in plan.goals:
            for indicator in reported(goal):
                for name in {indicator.key, indicator.subject.da, indicator.subject.en}:
                    self._figures.setdefault(_words(name), []).append((goal, indicator))
        place = (plan.area, plan.municipality, plan.short_name)
        self._areas = {"": plan.area, **{_words(name): plan.area for name in place}}
        self._areas |= dict.fromkeys(_COUNTRY, COUNTRY)

    def asked(self, goal: str, figure: str, area: str) -> Asked | Unknown | None:
        """The figure a row is for, what is wrong with a name, or None for a row of totals."""
        if is_total(goal) or is_total(figure) or (is_total(area) and not goal.strip()):
            return None
        code = self._areas.get(_words(area)) or code_of(area)
        if code is None:
            return Column.AREA, message("file.area.unknown", own=self._plan.short_name)
        found = self._figure(goal, figure)
        if not isinstance(found[0], Goal):
            return found
        own, indicator = found
        if own.withdrawn is not None and own.withdrawn.day <= self._today:
            return Column.GOAL, message("form.said.withdrawn", goal=own.number)
        due = due_period(own, self._today)
        return Asked(plan=self._plan, goal=own, indicator=indicator, area=code, due=due)

    def _figure(self, goal: str, figure: str) -> tuple[Goal, Indicator] | Unknown:
        own = self._goal(goal) if goal.strip() else None
        if isinstance(own, Message):
            return Column.GOAL, own
        if not figure.strip():
            return self._only_figure(own)
        named = [one for one in self._figures.get(_words(figure), []) if own is None or one[0] is own]
        if own and not named:
            tails = [one for one in reported(own) if one.key == f"{own.number}.{figure.strip()}"]
            named = [(own, one) for one in tails]
        if len(named) == 1:
            return named[0]
        if own is None:
            return Column.FIGURE, message("file.figure.unknown" if not named else "file.figure.several")
        return Column.FIGURE, message("file.figure.not_of_goal", goal=own.number, figures=_keys(own))

    def _only_figure(self, own: Goal | None) -> tuple[Goal, Indicator] | Unknown:
        if own is None:
            return Column.GOAL, message("file.goal.lacking")
        found = reported(own)
        if len(found) != 1:
            return Column.FIGURE, message("file.figure.lacking", goal=own.number, figures=_keys(own))
        return own, found[0]

    def _goal(self, cell: str) -> Goal | Message:
        if _MADE_A_DATE.fullmatch(cell.strip()):
            return message("file.goal.date")
        number = re.sub(r"^mål\s*", "", cell.strip().lower()).rstrip(".")
        if "," in number:
            # A number cell: 6,1 is what Excel makes of 6.10 too.
            number = number.replace(",", ".")
            if f"{number}0" in self._goals:
                return message("file.goal.number", one=number, other=f"{number}0")
        return self._goals.get(number) or message("file.goal.unknown", plan=self._plan.title)


def reported(goal: Goal) -> tuple[Indicator, ...]:
    """The figures of a goal that people bring; checks come from their sources alone."""
    return tuple(indicator for indicator in goal.indicators if not indicator.is_check)


def due_period(goal: Goal, today: date) -> Period:
    """The latest of the periods a round asks a goal for that is over."""
    halves = (period_asked(goal.assessed_on, half) for half in (2, 1))
    return next((period for period in halves if period.end <= today), goal.assessed_on)


def is_total(cell: str) -> bool:
    """Whether a cell says that its row sums up others."""
    return _words(cell).rstrip(":") in _TOTALS


def _words(name: str) -> str:
    return " ".join(name.lower().split())


def _keys(goal: Goal) -> tuple[str, ...]:
    return tuple(indicator.key for indicator in reported(goal))


UNITS: Mapping[str, str] = {
    "%": "percent",
    "procent": "percent",
    "pct": "percent",
    "pct.": "percent",
    "percent": "percent",
    "antal": "count",
    "personer": "count",
    "stk": "count",
    "count": "count",
    "placering": "rank",
    "nr": "rank",
    "nr.": "rank",
    "rank": "rank",
    "procentpoint": "points",
    "pct.point": "points",
    "points": "points",
}
"""What a column of units may say."""
