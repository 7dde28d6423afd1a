"""A plan of one goal and its figures in a notation short enough for tables: series in, status out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bplan_bot.assess.assessment import Assessment, Verdict
from bplan_bot.assess.judge import assess, check_target
from bplan_bot.fact import Fact, FactKind
from bplan_bot.goal import Goal, Plan, Source
from bplan_bot.observation import COUNTRY, HOME, Direction, Observation, ObservationStatus, Series
from bplan_bot.period import Period
from bplan_bot.quantity import Unit
from bplan_bot.status import Obstacle, Status
from bplan_bot.target import Reference, Target
from tests.factories import make_document, make_goal, make_indicator, make_observation, make_plan, text

HALF_WAY = date(2024, 6, 30)
"""The day on which a half-yearly status of the 2024 plan is taken."""

AFTER = date(2025, 5, 14)
"""A day on which the plan year is over."""

FIRST_HALF = "2024-S1"

NATIONALLY = Reference(name=text("landet"), place=text("på landsplan"), area=COUNTRY)
EXPECTED = Reference(name=text("det forventede"), place=text("forventet"), indicator="expected")

_SERIES = {
    "own": ("own", HOME),
    "country": ("own", COUNTRY),
    "expected": ("expected", HOME),
    "other": ("other", HOME),
}
"""Word that a line of figures begins with -> its indicator and area."""

PUBLISHED = {"source": "jobindsats"}
"""What an indicator has whose source puts the figures out for everybody."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a table.

    `figures` as `observations` reads them; `gap` None where none can be told; `says` the ids of the reasons
    where they matter; `target`, `own`, `expected` and `goal` what the line changes in each of them.
    """

    figures: str
    status: Status
    gap: str | None
    unit: Unit = Unit.POINTS
    provisional: bool = False
    obstacle: Obstacle | None = None
    due: int | None = None
    says: tuple[str, ...] = ()
    today: date = AFTER
    target: Mapping[str, Any] = field(default_factory=dict)
    own: Mapping[str, Any] = field(default_factory=dict)
    expected: Mapping[str, Any] = field(default_factory=dict)
    goal: Mapping[str, Any] = field(default_factory=dict)


def row(claim: str, figures: str, status: Status, gap: str | None = None, **more: Any) -> Any:
    """A line of a table, named by its claim."""
    return pytest.param(Row(figures=figures, status=status, gap=gap, **more), id=claim)


def half_way(claim: str, figures: str, status: Status, gap: str | None = None, **more: Any) -> Any:
    """A line of 30 June, whose figures are short of the year, so that it is provisional unless it says no."""
    return row(claim, figures, status, gap, **{"today": HALF_WAY, "provisional": True, **more})


def holds(row: Row, rule: Mapping[str, Any]) -> None:
    """The assessment of a line's figures by a rule is what the line says, and what is always so."""
    goal = one_goal(
        make_target(**{**rule, **row.target}), row.unit, own=row.own, expected=row.expected, **row.goal
    )
    check_target(goal.target)

    verdict = assessed(goal, row.figures, row.today).verdict

    assert verdict.status is row.status, verdict.reasons
    assert verdict.obstacle is row.obstacle
    assert verdict.provisional is row.provisional
    assert verdict.due == row.due
    if row.says:
        # Where only what it is held against is lacking, the own figure is told first.
        assert tuple(reason.id for reason in verdict.reasons if reason.id != "figure.alone") == row.says
    gap = verdict.fact(FactKind.GAP)
    assert (gap and gap.quantity.value) == (None if row.gap is None else Decimal(row.gap))
    assert gap is None or gap.quantity.unit is row.unit
    sound(verdict)


def sound(verdict: Verdict) -> None:
    """What holds of every verdict: reasons, Decimal figures, and a derivation that ends in observations."""
    assert verdict.reasons
    assert (verdict.obstacle is not None) is (verdict.status is Status.NOT_ASSESSABLE)
    assert len({fact.kind for fact in verdict.facts}) == len(verdict.facts)
    for fact in _all_facts(verdict.facts):
        assert type(fact.quantity.value) is Decimal
        assert fact.observation or fact.of or fact.kind is FactKind.THRESHOLD
        assert fact.period or fact.kind is FactKind.THRESHOLD
    for part in verdict.parts:
        sound(part.verdict)


def _all_facts(facts: tuple[Fact, ...]) -> Iterator[Fact]:
    for fact in facts:
        yield fact
        yield from _all_facts(fact.of)


def observations(figures: str) -> list[Observation]:
    """Reads "own 2023=10 2024=12 | country 2024=43.8".

    A figure is a number, a share in its parts ("48/58"), "?" for missing, "x" for suppressed, or a
    direction. "@2025-03-01" behind it is the day it was known.
    """
    read = []
    for line in figures.split("|"):
        word, *cells = line.split() or ["own"]
        read += [_observation(*_SERIES[word], cell) for cell in cells]
    return read


def _observation(indicator: str, area: str, cell: str) -> Observation:
    code, said = cell.split("=")
    said, _, day = said.partition("@")
    document = make_document(date=date.fromisoformat(day) if day else HALF_WAY)
    value: str | None = said
    more: dict[str, Any] = {}
    if said in ("?", "x"):
        missing = said == "?"
        value, more = None, {"status": ObservationStatus.MISSING if missing else ObservationStatus.SUPPRESSED}
    elif said in set(Direction):
        value, more = None, {"direction": Direction(said)}
    elif "/" in said:
        numerator, denominator = (Decimal(part) for part in said.split("/"))
        value = str((100 * numerator / denominator).quantize(Decimal("0.1")))
        more = {"numerator": numerator, "denominator": denominator}
    period = Period.from_code(code)
    return make_observation(indicator, value, area=area, period=period, document=document, **more)


def make_target(type: str, **changes: Any) -> Target:
    """A rule over the own figure."""
    number = Decimal(changes.pop("value")) if "value" in changes else None
    return Target(type=type, value=number, **{"indicator": "own", **changes})


def one_goal(
    target: Target,
    unit: Unit = Unit.POINTS,
    *,
    own: Mapping[str, Any] | None = None,
    expected: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Goal:
    """A goal assessed on 2024, reported by the department, whose gaps come in `unit`."""
    counted = Unit.PERCENT if unit is Unit.POINTS else unit
    common = {"unit": counted, "source": ""}
    found = (
        make_indicator("own", **{**common, **(own or {})}),
        make_indicator("expected", **{**common, **(expected or {})}),
        make_indicator("other", **common),
    )
    return make_goal("1.1", **{"target": target, "indicators": found, "source": "department", **changes})


def one_plan(goal: Goal) -> Plan:
    """The 2024 plan with that goal alone, and a source of each sort."""
    jobindsats = Source("jobindsats", text("jobindsats.dk"), published=True)
    department = Source("department", text("afdelingen"), published=False)
    return make_plan(goals=(goal,), sources=(jobindsats, department))


def assessed(goal: Goal, figures: str, today: date = AFTER) -> Assessment:
    """The goal's assessment of a day by the figures known on it."""
    return assess(one_plan(goal), goal, Series(observations(figures), as_of=today), today)
