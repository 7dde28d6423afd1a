"""The answer about one goal: status first, then the figures, the reason, and where it all comes from."""

from microsoft_teams.cards import CardElement, Container, ToggleVisibilityAction

from bplan_bot.answers import GoalAnswer, Suggestion
from bplan_bot.cards import goal_words as words
from bplan_bot.cards.derivation import derivations
from bplan_bot.cards.look import look
from bplan_bot.cards.parts import block, buttons, fact_rows, heading, reply, tiles
from bplan_bot.cards.tiles import tile_values
from bplan_bot.goal_status import GoalStatus
from bplan_bot.message import message
from bplan_bot.reply import Reply
from bplan_bot.status import Status
from bplan_bot.texts.speaker import Speaker

WHY = "why"
"""The id of the part that "Hvorfor?" unfolds."""


def render(answer: GoalAnswer, speaker: Speaker) -> Reply:
    """One goal as card, text and summary."""
    status = answer.goal
    return reply(
        _body(status, speaker),
        lines=lambda: text_lines(status, speaker),
        summary=summary(status, speaker),
        speaker=speaker,
    )


def summary(status: GoalStatus, speaker: Speaker) -> str:
    """Goal, status and figures in what a phone's notification shows of a message (80 characters)."""
    return speaker.say(
        "goal.summary",
        number=status.goal.number,
        status=words.status_label(status),
        figures=words.key_figures(status, speaker),
        title=status.goal.title,
    )


def text_lines(status: GoalStatus, speaker: Speaker) -> list[str]:
    """The card's facts as lines for the terminal."""
    lines = [
        speaker.say("goal.head", number=status.goal.number, title=status.goal.title, plan=status.plan.title),
        speaker(words.full_status(status)),
        "",
        _reason(status, speaker),
    ]
    if otherwise := _otherwise(status, speaker):
        lines.append(otherwise)
    rows = _rows(status, speaker)
    width = max(len(name) for name, _ in rows)
    lines += ["", *(f"{name:<{width}}  {value}" for name, value in rows)]
    return [*lines, "", words.foot(status, speaker)]


def _body(status: GoalStatus, speaker: Speaker) -> list[CardElement]:
    appearance = look(status.leading)
    body: list[CardElement] = [
        heading(
            speaker.say("goal.small", number=status.goal.number, plan=status.plan.title),
            speaker(status.goal.title),
            f"{appearance.sign} {speaker(words.full_status(status))}",
            band=appearance.band,
        )
    ]
    if figures := tile_values(status, speaker):
        body.append(tiles(figures))
    body.append(block(_reason(status, speaker), spacing="Medium"))
    if otherwise := _otherwise(status, speaker):
        body.append(block(otherwise, isSubtle=True, spacing="Small"))
    body.append(fact_rows(_rows(status, speaker)))
    body.append(_why(status, speaker))
    body.append(block(words.foot(status, speaker), size="Small", isSubtle=True, separator=True))
    toggle = ToggleVisibilityAction(title=speaker.say("button.why"), target_elements=[WHY])
    body.append(buttons(_suggestions(status), speaker, toggle))
    return body


def _why(status: GoalStatus, speaker: Speaker) -> Container:
    lines = [block(speaker(line), spacing="Small") for line in derivations(status)]
    return Container.model_validate(
        {"id": WHY, "isVisible": False, "style": "emphasis", "items": lines, "spacing": "Medium"}
    )


def _reason(status: GoalStatus, speaker: Speaker) -> str:
    return " ".join(speaker(sentence) for sentence in words.reasons(status))


def _otherwise(status: GoalStatus, speaker: Speaker) -> str:
    return " ".join(speaker(sentence) for sentence in words.computed_otherwise(status))


def _rows(status: GoalStatus, speaker: Speaker) -> list[tuple[str, str]]:
    goal = status.goal
    rows = [(speaker.say("row.target"), speaker(goal.target_text))]
    if goal.measured_by:
        rows.append((speaker.say("row.measured_by"), speaker(goal.measured_by)))
    if status.leading.status is not Status.NOT_HANDLED:
        rows.append((speaker.say("row.development"), words.developments(status, speaker)))
    rows += [(speaker.say("row.break"), speaker(told)) for told in words.breaks(status)]
    rows.append((speaker.say("row.follow_up"), speaker(goal.rhythm)))
    if status.newest:
        rows.append((speaker.say("row.fresh"), speaker(words.freshness(status.newest))))
    return rows


def _suggestions(status: GoalStatus) -> list[Suggestion]:
    """The goals of the same theme, those that stand the same way, and the whole plan."""
    theme = status.goal.theme
    return [
        Suggestion(message("button.theme"), f"mål under tema {theme}"),
        Suggestion(message("button.not_met"), "hvilke mål er ikke nået?"),
        Suggestion(message("button.overview"), "overblik"),
    ]
