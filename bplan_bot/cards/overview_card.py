"""The whole plan at a glance: how many goals stand where, a donut of it, and the goals under each status."""

from decimal import Decimal
from itertools import chain, groupby

from microsoft_teams.cards import (
    CardElement,
    Column,
    ColumnSet,
    Container,
    DonutChart,
    DonutChartData,
    TextBlock,
)

from bplan_bot.answers import OverviewAnswer, Suggestion
from bplan_bot.cards import goal_words as words
from bplan_bot.cards.goals_card import goal_row, text_rows
from bplan_bot.cards.look import look_of
from bplan_bot.cards.parts import block, buttons, capital, heading, reply
from bplan_bot.goal import Axis
from bplan_bot.goal_status import GoalStatus
from bplan_bot.message import Message, message
from bplan_bot.quantity import Quantity, Unit
from bplan_bot.reply import Reply
from bplan_bot.status import Status
from bplan_bot.texts.speaker import Speaker

BEST_FIRST = (
    Status.MET,
    Status.ON_TRACK,
    Status.PARTLY_MET,
    Status.NOT_MET,
    Status.AT_RISK,
    Status.UNLIKELY,
    Status.NEEDS_JUDGEMENT,
    Status.NOT_ASSESSABLE,
    Status.NOT_REPORTED,
    Status.NOT_DUE,
    Status.WITHDRAWN,
    Status.NOT_HANDLED,
)
"""The order the committee's own table has: met, not met, hardly met, cannot be told."""


def render(answer: OverviewAnswer, speaker: Speaker) -> Reply:
    """The overview as card, text and summary."""
    groups = by_status(answer.goals)
    counts = [(group, speaker.say(f"count.{status}", n=len(group))) for status, group in groups]
    told = [f"{len(group)} {named}" for group, named in counts]
    head = speaker.say("overview.head", plan=answer.plan.title, n=len(answer.goals))
    shown = [words.HANDLED_ONLY] if answer.goals[0].handled_only else []
    who = " · ".join(map(speaker, [_handling(answer.goals), *shown]))
    body: list[CardElement] = [
        heading(head, speaker(_result(groups)), None, band="emphasis"),
        ColumnSet(
            columns=[
                # A phone has no room for the ring, and the lines beside it say the same numbers.
                Column(width="1", items=[_donut(counts)], target_width="atLeast:Standard"),
                Column(width="1", items=_legend(counts)),
            ]
        ),
    ]
    for group, named in counts:
        body.append(_group_heading(group, named))
        body += [goal_row(status, speaker, under=group[0].leading.status) for status in group]
    body.append(block(who, size="Small", isSubtle=True, separator=True))
    body.append(buttons([Suggestion(message("button.not_met"), "hvilke mål er ikke nået?")], speaker))

    def lines() -> list[str]:
        groups = [
            ["", f"{capital(name)} ({len(group)})", *text_rows(group, speaker)] for group, name in counts
        ]
        return [head, *(f"  {line}" for line in told), *chain.from_iterable(groups), "", who]

    return reply(
        body,
        lines=lines,
        summary=speaker.say("overview.summary", counts=speaker.listed(told), plan=answer.plan.title),
        speaker=speaker,
    )


def _handling(goals: tuple[GoalStatus, ...]) -> Message:
    """Who the statuses come from: one committee meeting for all, or how many of them it has handled."""
    told = {words.handling(goal).args.get("case", ""): words.handling(goal) for goal in goals}
    handled = [goal for goal in goals if goal.leading.axis is Axis.HANDLED]
    if len(told) == 1 and len(handled) == len(goals):
        return message("overview.handled", said=words.handling(goals[0]))
    if goals[0].handled_only:
        return message("overview.rest_not_handled", handled=len(handled), n=len(goals))
    return message("overview.partly_handled", handled=len(handled), n=len(goals))


def by_status(goals: tuple[GoalStatus, ...]) -> list[tuple[Status, list[GoalStatus]]]:
    """The goals under their leading status, best first, each group in the plan's order."""
    place = {status: position for position, status in enumerate(BEST_FIRST)}
    ordered = sorted(goals, key=lambda goal: place[goal.leading.status])
    return [(status, list(group)) for status, group in groupby(ordered, key=lambda g: g.leading.status)]


def _result(groups: list[tuple[Status, list[GoalStatus]]]) -> Message:
    """How many goals are met, of those that something may be said about."""
    sizes = {status: len(group) for status, group in groups}
    n, unsaid = sum(sizes.values()), sizes.get(Status.NOT_HANDLED, 0)
    if unsaid == n:
        return message("overview.none_handled", n=n)
    met = sizes.get(Status.MET, 0)
    if unsaid:
        return message("overview.met_of_handled", n=n - unsaid, met=met)
    share = Quantity(Decimal(100 * met) / n, Unit.PERCENT)
    return message("overview.met_share", n=n, met=met, share=share)


def _donut(counts: list[tuple[list[GoalStatus], str]]) -> DonutChart:
    """The shares as a ring, labelled with the counts alone: the coloured lines beside it say the words, also
    where the ring cannot be drawn."""
    return DonutChart(
        data=[
            DonutChartData(
                legend=str(len(group)), value=len(group), color=look_of(group[0].leading.status).chart
            )
            for group, _ in counts
        ],
        fallback="drop",
    )


def _legend(counts: list[tuple[list[GoalStatus], str]]) -> list[CardElement]:
    """One coloured line for each status: sign, count, word."""
    lines: list[CardElement] = []
    for group, named in counts:
        appearance = look_of(group[0].leading.status)
        line = block(f"{appearance.sign} **{len(group)}** {named}")
        hollow = appearance.band == "default"
        lines.append(Container(items=[line], style=appearance.band, spacing="Small", show_border=hollow))
    return lines


def _group_heading(group: list[GoalStatus], named: str) -> TextBlock:
    sign = look_of(group[0].leading.status).sign
    return block(f"{sign} {capital(named)} ({len(group)})", weight="Bolder", size="Medium", spacing="Large")
