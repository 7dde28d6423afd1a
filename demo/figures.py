"""The made figures of the demonstration: in the plan's own format, and marked as made wherever they show."""

from datetime import date
from importlib.resources import files

from bplan_bot.goal import Plan
from bplan_bot.importers.plan_files import read_figures
from bplan_bot.local_text import LocalText
from bplan_bot.observation import Document, Observation

MADE = Document(
    key="made_figures",
    title=LocalText("Opdigtede tal til demonstration", "Made figures for demonstration"),
    case="",
    date=date(2024, 1, 1),
    rank=1,
)
"""Where the figures say they come from, on every card that shows one."""


def made_figures(plan: Plan) -> tuple[Observation, ...]:
    """Monthly figures of 2023 and 2024, each known on the tenth of the month after."""
    content = files("demo").joinpath("figures.csv").read_bytes()
    return read_figures(content, plan, {MADE.key: MADE}, name="demo/figures.csv")
