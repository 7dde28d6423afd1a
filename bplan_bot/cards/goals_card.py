"""Several goals, each in short: number, title, status and key figures, with a button into each."""

from collections.abc import Sequence

from microsoft_teams.cards import CardElement, Column, ColumnSet, Container

from bplan_bot.answers import GoalsAnswer, Suggestion
from bplan_bot.cards import goal_words as words
from bplan_bot.cards.look import look
from bplan_bot.cards.parts import ask_button, block, buttons, capital, heading, reply
from bplan_bot.goal_status import GoalStatus
from bplan_bot.message import message
from bplan_bot.reply import Reply
from bplan_bot.status import Status
from bplan_bot.texts.speaker import Speaker

_FEW = 3
"""Goals that a summary tells one by one."""


def render(answer: GoalsAnswer, speaker: Speaker) -> Reply:
    """The goals in number order as card, text and summary."""
    head = speaker(answer.heading)
    lacking = [speaker.say("goal.does_not_exist", number=number) for number in answer.missing]
    body: list[CardElement] = [heading(speaker(answer.plan.title), head, None, band="emphasis")]
    tally = [speaker(answer.tally)] if answer.tally and answer.goals else []
    body += [block(line, spacing="Small") for line in [*lacking, *tally]]
    body += [goal_row(status, speaker) for status in answer.goals]
    none = [] if answer.goals else [speaker.say("goals.none")]
    body += [block(line) for line in none]
    foot = [speaker(words.HANDLED_ONLY)] if answer.handled_only else []
    body += [block(line, size="Small", isSubtle=True, separator=True) for line in foot]
    body.append(buttons([Suggestion(message("button.overview"), "overblik")], speaker))
    listed = speaker.listed([status.goal.number for status in answer.goals] or none)
    title = f"{head} · {speaker(answer.plan.title)}"
    below = ["", *foot] if foot else []
    return reply(
        body,
        lines=lambda: [title, *lacking, *tally, *text_rows(answer.goals, speaker), *none, *below],
        summary=_in_short(answer.goals, head, speaker)
        or speaker.say("goals.summary", heading=head, numbers=listed),
        speaker=speaker,
    )


def _in_short(goals: Sequence[GoalStatus], head: str, speaker: Speaker) -> str:
    """The goals with status and figures, where they are so few that a notification shows the first of them;
    of many their numbers say more."""
    told = [words.one_of_several(status, speaker) for status in goals] if len(goals) <= _FEW else []
    return f"{capital('; '.join(told))}. {head}" if told else ""


def goal_row(status: GoalStatus, speaker: Speaker, *, under: Status | None = None) -> Container:
    """One goal in a row that opens the whole goal when it is pressed. Where the row stands `under` a status,
    that status is not said again."""
    goal = status.goal
    told = [f"{look(status.leading).sign} {speaker(words.status_label(status))}"]
    if under and speaker(words.status_label(status)) == speaker.say(f"status.{under}"):
        told = []
    figures = " · ".join([*told, words.key_figures(status, speaker)])
    title = [block(speaker(goal.title)), block(figures, spacing="None", size="Small", isSubtle=True)]
    columns = [
        Column(width="40px", items=[block(goal.number, weight="Bolder")]),
        Column(width="stretch", items=list(title), spacing="Small"),
    ]
    opens = ask_button(
        speaker.say("button.open", number=goal.number), f"status for mål {goal.number}", speaker
    )
    return Container(items=[ColumnSet(columns=columns)], separator=True, spacing="Small", select_action=opens)


def text_rows(goals: Sequence[GoalStatus], speaker: Speaker) -> list[str]:
    """The rows as lines."""
    return [
        speaker.say(
            "goals.line",
            number=status.goal.number.ljust(5),
            title=status.goal.title,
            status=words.status_label(status),
            figures=words.key_figures(status, speaker),
        )
        for status in goals
    ]
