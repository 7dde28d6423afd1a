"""Decides which of several plans an answer is from, and which other one the question may have meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bplan_bot.local_text import LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSketch:
    """What tells a plan from others: its name, its days, its goals' numbers, and whether a round is open."""

    key: str
    title: LocalText
    start: date
    end: date
    goals: frozenset[str]
    round_open: bool = False

    def in_force(self, today: date) -> bool:
        """Whether `today` lies within the plan."""
        return self.start <= today <= self.end

    def is_of(self, year: int) -> bool:
        """Whether people call it the plan for that year."""
        return self.start.year <= year <= self.end.year


class How(StrEnum):
    """How it was decided which plan an answer is from."""

    NAMED = "named"  # in the words, or by the button that was pressed
    CARRIED = "carried"  # the conversation was about it
    IN_FORCE = "in_force"
    NEWEST = "newest"  # no plan is in force


class Why(StrEnum):
    """Why another plan is offered."""

    HAS_GOALS = "has_goals"
    IN_FORCE = "in_force"
    ROUND_OPEN = "round_open"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class PlanOffer:
    """Another plan that the question may have meant."""

    plan: PlanSketch
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChoice:
    """The plan that answers are from, among all there are; `year` is one named without a plan, or None."""

    plan: PlanSketch
    how: How
    plans: tuple[PlanSketch, ...]
    today: date
    year: int | None = None

    @property
    def others(self) -> tuple[PlanSketch, ...]:
        """The plans that are not answered from, the newest first."""
        rest = [plan for plan in self.plans if plan.key != self.plan.key]
        return tuple(sorted(rest, key=lambda plan: plan.start, reverse=True))

    def offer(self, missing: Sequence[str] = ()) -> PlanOffer | None:
        """The other plan that the question may have meant; `missing` are goals it named that the answering
        plan does not have."""
        usual = usual_plan(self.plans, self.today)
        has_goals = [plan for plan in self.others if missing and plan.goals.issuperset(missing)]
        being_followed_up = [plan for plan in self.others if plan.round_open]
        of_year = [plan for plan in self.others if self.year and plan.is_of(self.year)]
        if has_goals:
            return PlanOffer(has_goals[0], Why.HAS_GOALS)
        if of_year and not (self.year and self.plan.is_of(self.year)):
            return PlanOffer(of_year[0], Why.YEAR)
        if self.how is How.NAMED:
            return None
        if self.plan.key != usual.key:
            return PlanOffer(usual, Why.IN_FORCE) if usual.in_force(self.today) else None
        return PlanOffer(being_followed_up[0], Why.ROUND_OPEN) if being_followed_up else None


def usual_plan(plans: Sequence[PlanSketch], today: date) -> PlanSketch:
    """The plan in force; else the newest that has started, else the newest. There is at least one."""
    return max(plans, key=lambda plan: (plan.in_force(today), plan.start <= today, plan.start, plan.key))


def choose(
    plans: tuple[PlanSketch, ...], today: date, *, named: str = "", carried: str = "", year: int | None = None
) -> PlanChoice:
    """The plan whose key was `named`, else the one `carried` by the conversation, else the usual one; a key
    that no plan has is as none. `plans` holds at least one."""
    by_key = {plan.key: plan for plan in plans}
    usual = usual_plan(plans, today)
    if named in by_key:
        plan, how = by_key[named], How.NAMED
    elif carried in by_key:
        plan, how = by_key[carried], How.CARRIED
    else:
        plan, how = usual, How.IN_FORCE if usual.in_force(today) else How.NEWEST
    return PlanChoice(plan=plan, how=how, plans=plans, today=today, year=year)
