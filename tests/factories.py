"""Domain values with sensible defaults, so that a test names only what it is about."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bplan_bot.conversation import Conversation, ConversationKind
from bplan_bot.goal import Axis, Goal, Indicator, Plan, Source, StatedAssessment, Theme
from bplan_bot.local_text import LocalText
from bplan_bot.notice import Notice, NoticeKind
from bplan_bot.observation import HOME, Document, Observation
from bplan_bot.period import Period
from bplan_bot.plan_choice import PlanSketch
from bplan_bot.plan_package import PlanPackage
from bplan_bot.quantity import Unit
from bplan_bot.round import Round, RoundAnswer, RoundAnswerKind
from bplan_bot.status import Status
from bplan_bot.status_change import StatusChange
from bplan_bot.target import Target

NOW = datetime(2025, 3, 24, 12, 0, tzinfo=UTC)
"""The moment at which tests record things unless they say otherwise."""


def text(da: str, en: str | None = None) -> LocalText:
    """A text in both languages, the same in English unless given."""
    return LocalText(da, da if en is None else en)


def make_document(key: str = "follow-up-2024-2", **changes: Any) -> Document:
    """A document that a figure comes from."""
    values = {"title": text("Opfølgning på 2024"), "case": "24/1234", "date": date(2025, 3, 10), "rank": 1}
    return Document(key=key, **{**values, **changes})


def make_indicator(key: str = "1.1.share", **changes: Any) -> Indicator:
    """A share, of the goal its key begins with."""
    own = text("andelen af ledige", "the share of jobseekers")
    values = {
        "goal": ".".join(key.split(".")[:2]),
        "subject": own,
        "short_subject": text("andelen", "the share"),
        "statement": text("{value} af de ledige", "{value} of the jobseekers"),
        "unit": Unit.PERCENT,
        "source": "jobindsats",
    }
    return Indicator(key=key, **{**values, **changes})


def make_goal(number: str = "1.1", **changes: Any) -> Goal:
    """A goal of theme 1 with one share that shall be at least 80 per cent."""
    indicator = make_indicator(f"{number}.share")
    values = {
        "title": text(f"Mål {number}", f"Goal {number}"),
        "theme": int(number.split(".")[0]),
        "measure": text("andelen", "the share"),
        "target_text": text("mindst 80 pct.", "at least 80%"),
        "target": Target(type="at_least", indicator=indicator.key, value=Decimal("80.0")),
        "assessed_on": Period.year(2024),
        "source": "jobindsats",
        "rhythm": text("halvårligt", "half-yearly"),
        "indicators": (indicator,),
    }
    return Goal(number=number, **{**values, **changes})


def make_plan(key: str = "norddjurs-2024", **changes: Any) -> Plan:
    """A plan for 2024 with goals 1.1 and 1.2."""
    goals = changes.get("goals", (make_goal("1.1"), make_goal("1.2")))
    values = {
        "title": text("Beskæftigelsesplan 2024"),
        "area": HOME,
        "municipality": "Norddjurs Kommune",
        "short_name": "Norddjurs",
        "committee": text("Arbejdsmarkedsudvalget"),
        "department": text("Arbejdsmarkedsafdelingen"),
        "start": date(2024, 1, 1),
        "end": date(2024, 12, 31),
        "themes": tuple(Theme(n, text(f"Tema {n}"), n) for n in sorted({goal.theme for goal in goals})),
        "goals": goals,
        "sources": (Source("jobindsats", text("jobindsats.dk"), published=True),),
    }
    return Plan(key=key, **{**values, **changes})


def make_sketch(plan: Plan | None = None, **changes: Any) -> PlanSketch:
    """What tells a plan from others, else norddjurs-2024."""
    told = plan or make_plan()
    values = {
        "key": told.key,
        "title": told.title,
        "start": told.start,
        "end": told.end,
        "goals": frozenset(goal.number for goal in told.goals),
    }
    return PlanSketch(**{**values, **changes})


def make_observation(indicator: str = "1.1.share", value: str | None = "81.3", **changes: Any) -> Observation:
    """A final figure of Norddjurs for 2024, known when its document was dated."""
    document = changes.get("document", make_document())
    values = {
        "area": HOME,
        "period": Period.year(2024),
        "value": None if value is None else Decimal(value),
        "document": document,
        "known_at": document.date,
    }
    return Observation(indicator=indicator, **{**values, **changes})


def make_statement(goal: str = "1.1", **changes: Any) -> StatedAssessment:
    """The administration's judgement that a goal is met."""
    document = changes.get("document", make_document())
    values = {
        "axis": Axis.JUDGED,
        "status": "met",
        "wording": text("Målet er nået", "The goal is met"),
        "document": document,
        "day": document.date,
    }
    return StatedAssessment(goal=goal, **{**values, **changes})


def make_package(**changes: Any) -> PlanPackage:
    """A plan with one figure and one judgement of goal 1.1."""
    values = {
        "plan": make_plan(),
        "documents": (make_document(),),
        "observations": (make_observation(),),
        "statements": (make_statement(),),
    }
    return PlanPackage(**{**values, **changes})


def with_goal(plan: Plan, goal: Goal) -> Plan:
    """The plan with that goal in place of its own of the same number."""
    return replace(plan, goals=tuple(goal if own.number == goal.number else own for own in plan.goals))


def make_conversation(id_: str = "a:1", **changes: Any) -> Conversation:
    """The personal conversation with anna."""
    values = {
        "kind": ConversationKind.PERSONAL,
        "tenant_id": "tenant",
        "service_url": "https://smba.trafficmanager.net/emea/",
        "bot_id": "28:bot",
        "person": "anna",
        "locale": "da-DK",
    }
    return Conversation(id=id_, **{**values, **changes})


def make_notice(key: str = "fell/1.1/anna", **changes: Any) -> Notice:
    """The alert to anna that goal 1.1 fell, due at once."""
    values = {
        "kind": NoticeKind.GOAL_FELL,
        "recipient": "anna",
        "facts": {"goal": "1.1", "before": "met", "after": "not_met"},
        "created_at": NOW,
        "next_at": NOW,
        "goal": "1.1",
    }
    return Notice(key=key, **{**values, **changes})


def make_change(goal: str = "1.1", **changes: Any) -> StatusChange:
    """Goal 1.1 of norddjurs-2024 went from met to not met."""
    values = {
        "plan": "norddjurs-2024",
        "before": Status.MET,
        "after": Status.NOT_MET,
        "at": NOW,
        "figures": "1.1.share 707 2024 = 78.0",
    }
    return StatusChange(goal=goal, **{**values, **changes})


def make_round(half: int = 2, **changes: Any) -> Round:
    """The open follow-up of norddjurs-2024 that the committee handles on 14 May 2025."""
    values = {
        "plan": "norddjurs-2024",
        "committee_on": date(2025, 5, 14),
        "agenda_on": date(2025, 5, 8),
        "figures_by": date(2025, 4, 24),
        "opened_at": NOW,
        "opened_by": "planner",
    }
    return Round(half=half, **{**values, **changes})


def make_round_answer(goal: str = "1.1", **changes: Any) -> RoundAnswer:
    """That anna has no new figures for a goal of that round."""
    values = {
        "plan": "norddjurs-2024",
        "half": 2,
        "kind": RoundAnswerKind.NO_NEWS,
        "person": "anna",
        "at": NOW,
    }
    return RoundAnswer(goal=goal, **{**values, **changes})
