"""All that is loaded about one plan: the plan, its documents, figures, and what people said of the goals."""

from dataclasses import dataclass

from bplan_bot.goal import Plan, StatedAssessment
from bplan_bot.observation import Document, Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPackage:
    """A plan with everything that came with it, as a bundle of files gives it and the database keeps it."""

    plan: Plan
    documents: tuple[Document, ...]
    observations: tuple[Observation, ...]
    statements: tuple[StatedAssessment, ...]
