"""What can be asked, with an example of each kind that works, and what the roles of whoever asks allow."""

from bplan_bot.access import OF_GOALS, Person, may_answer_questions, may_grant, may_report, may_run_rounds
from bplan_bot.answers import HelpAnswer, HelpGroup
from bplan_bot.goal import Plan
from bplan_bot.goal_status import own_targets
from bplan_bot.message import message
from bplan_bot.observation import COUNTRY
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.benchmark import benchmark_goal
from bplan_bot.understand.question import Question
from dialogs.incoming import ConversationKind
from dialogs.visit import Visit


async def help_(question: Question, visit: Visit) -> HelpAnswer:
    """What can be asked here; where others read along nothing is said of anybody's roles."""
    alone = visit.incoming.kind is ConversationKind.PERSONAL
    return help_for(visit.picture, visit.person if alone else None)


def help_for(picture: Picture, person: Person | None) -> HelpAnswer:
    """What can be asked about the plan, and what `person` may do besides, where it is told."""
    plan = picture.plan
    compared = _compared(plan)
    number = compared or plan.goals[0].number
    kinds = [
        "status",
        "overview",
        "list",
        "trend",
        "compare",
        "source",
        "benchmark",
        "when",
        "worry",
        "short",
    ]
    lacking = {"compare": compared, "benchmark": benchmark_goal(picture), "when": plan.wheel}
    groups = tuple(_group(kind, number) for kind in kinds if lacking.get(kind, kind))
    return HelpAnswer(plan=plan, groups=groups, own=_own(plan, person) if person else ())


def _own(plan: Plan, person: Person) -> tuple[HelpGroup, ...]:
    """What somebody's roles allow, and how they see which they are."""
    number = plan.goals[0].number
    may = {
        "own": person.has(*OF_GOALS),
        "figures": any(may_report(person, goal.number) for goal in plan.goals),
        "round": may_run_rounds(person),
        "people": may_grant(person),
        "questions": may_answer_questions(person),
        "roles": True,
    }
    asked = {"own", "figures", "round", "people", "roles"}
    return tuple(_group(kind, number, asked=kind in asked) for kind, allowed in may.items() if allowed)


def _group(kind: str, number: str, *, asked: bool = True) -> HelpGroup:
    example = message(f"help.{kind}.ask", number=number) if asked else None
    return HelpGroup(message(f"help.{kind}", number=number), example)


def _compared(plan: Plan) -> str | None:
    """A goal that is held against the country; one whose source the plan tells, where there is one."""
    found = [
        goal
        for goal in plan.goals
        if any(rule.reference and rule.reference.area == COUNTRY for rule in own_targets(goal.target))
    ]
    told = [goal for goal in found if goal.source] or found
    return told[0].number if told else None
