"""The bundled plan of Norddjurs 2024, and its goals as readers saw them on a day."""

from datetime import date
from functools import cache
from importlib.resources import files

from bplan_bot.goal_status import GoalStatus, goal_status
from bplan_bot.importers.plan_files import read_package
from bplan_bot.observation import Observation, Series
from bplan_bot.plan_package import PlanPackage

FOLDER = files("bplan_bot").joinpath("plans", "norddjurs_2024")
HANDLED = date(2025, 5, 14)
PUBLISHED = date(2025, 3, 24)
HALF_WAY = date(2024, 6, 30)

NUMBERS = ("1.1", "1.2", "1.3", "2.1", "2.2", "3.1", "4.1", "5.1", "5.2", *(f"6.{n}" for n in range(1, 14)))


@cache
def package() -> PlanPackage:
    """The bundled files, read once."""
    return read_package(
        {f.name: f.read_bytes() for f in FOLDER.iterdir() if f.name.endswith((".yaml", ".csv"))}
    )


def status_of(
    number: str, today: date = HANDLED, observations: tuple[Observation, ...] | None = None
) -> GoalStatus:
    """A goal as readers saw it on a day."""
    plan = package().plan
    goal = plan.goal(number)
    assert goal is not None
    return goal_status(
        plan,
        goal,
        series=Series(observations or package().observations, as_of=today),
        said=tuple(one for one in package().statements if one.day <= today),
        today=today,
    )
