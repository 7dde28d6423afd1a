"""Why a goal has its status: the figures put in, the rule, what they give, and what people said of it."""

from functools import reduce

from bplan_bot.assess.rule_words import rules
from bplan_bot.assess.sums import sums
from bplan_bot.fact import Fact
from bplan_bot.figure_answers.answer import FigureAnswer, FigureTopic, GoalFigures, Row, Said
from bplan_bot.figure_answers.beside import criteria, parts_of
from bplan_bot.figure_answers.remarks import remarks
from bplan_bot.goal import Axis, Goal, StatedAssessment
from bplan_bot.goal_status import GoalStatus
from bplan_bot.message import Message, message
from bplan_bot.picture import Picture
from bplan_bot.status import Status


def why(picture: Picture, goals: tuple[Goal, ...], *, missing: tuple[str, ...] = ()) -> FigureAnswer:
    """The reason of each goal's status."""
    told = tuple(_of_goal(picture, goal) for goal in goals)
    return FigureAnswer(plan=picture.plan, topic=FigureTopic.WHY, goals=told, missing=missing)


def _of_goal(picture: Picture, goal: Goal) -> GoalFigures:
    status = picture.of(goal)
    verdict = status.assessment.verdict
    facts: list[Fact] = [*verdict.facts]
    judged = criteria(picture, status)
    for criterion in judged:
        facts += [*criterion.verdict.facts, *criterion.facts, *parts_of(criterion.facts)]
    chance = status.assessment.chance
    return GoalFigures(
        status=status,
        sentences=tuple(
            dict.fromkeys([*_reasons(status), *status.goal.notes, *([chance] if chance else [])])
        ),
        rows=(*_rule_rows(status), *_said_rows(status), *remarks(picture, goal, judged)),
        facts=tuple(facts),
    )


def _reasons(status: GoalStatus) -> list[Said]:
    """The figures and what follows from them; what people made of them stands in place of that, and before
    it, where they came to another status."""
    reasons = status.assessment.verdict.reasons
    told = status.judged.reason if status.judged else None
    if not status.differs:
        return [*reasons]
    return [reasons[0], *([told] if told else []), *reasons[1:]]


def _rule_rows(status: GoalStatus) -> list[Row]:
    """The rule, the sums, and what they give."""
    if status.leading.status is Status.NOT_HANDLED:
        return []
    rows = [Row(message("row.rule") if label is None else label, rule) for label, rule in rules(status.goal)]
    verdict = status.assessment.verdict
    verdicts = [part.verdict for part in verdict.parts] or [verdict]
    lines = tuple(dict.fromkeys(line for one in verdicts for line in sums(one)))
    if lines:
        rows.append(Row(message("row.sums"), reduce(_and, lines)))
    if not status.handled_only:
        rows.append(Row(message("row.computed"), _computed(status)))
    return rows


def _and(first: Message, second: Message) -> Message:
    return message("said.both", first=first, second=second)


def _computed(status: GoalStatus) -> Message:
    """What the figures alone give, and that people said otherwise where they did."""
    computed = message(f"status.{status.assessment.status}")
    if status.leading.axis is Axis.COMPUTED:
        return computed
    return message("why.differs" if status.differs else "why.agrees", status=computed)


def _said_rows(status: GoalStatus) -> list[Row]:
    rows = []
    if status.judged:
        rows.append(Row(message("row.judged"), _stated(status.judged)))
    if status.handled:
        rows.append(Row(message("row.handled"), _stated(status.handled)))
    if not rows and not status.handled_only:
        rows.append(Row(message("row.judged"), message("derived.nothing")))
    return rows


def _stated(said: StatedAssessment) -> Message:
    """A status that people said, when, in which case, and what was decided."""
    status = message(f"status.{said.status}")
    name = "why.stated_in_case" if said.document.case else "why.stated"
    told = message(name, status=status, day=said.day, case=said.document.case)
    return message("why.decided", told=told, decision=said.decision) if said.decision else told
