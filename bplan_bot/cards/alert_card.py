"""The card of a notice: which goal fell or recovered, on which figure, why, and why this person is told."""

from collections.abc import Mapping
from typing import Any

from microsoft_teams.cards import CardElement

from bplan_bot.answers import Suggestion
from bplan_bot.cards.look import look
from bplan_bot.cards.parts import block, buttons, fact_rows, heading, reply
from bplan_bot.goal import Axis
from bplan_bot.goal_status import Leading
from bplan_bot.message import message
from bplan_bot.notice import Notice, NoticeKind
from bplan_bot.reply import Reply
from bplan_bot.status import Status
from bplan_bot.texts.speaker import Speaker


def alert(notice: Notice, speaker: Speaker) -> Reply:
    """The notice as card, text and summary."""
    if notice.kind is NoticeKind.MANY_CHANGES:
        return _many(notice, speaker)
    return _goal(notice, speaker)


def _goal(notice: Notice, speaker: Speaker) -> Reply:
    facts: Mapping[str, Any] = notice.facts
    language = speaker.language
    before, after = Status(facts["before"]), Status(facts["after"])
    now = speaker.say(f"status.{after}")
    appearance = look(Leading(after, Axis.COMPUTED, None, None))
    head = speaker.say(f"alert.{notice.kind}", number=facts["goal"])
    rows = [
        (speaker.say("alert.row.now"), now),
        (speaker.say("alert.row.before"), speaker.say(f"status.{before}")),
        (speaker.say("alert.row.figures"), facts["figures"][language]),
    ]
    why = facts["why"][language]
    foot = speaker.say("alert.why_me", number=facts["goal"])
    repeated = [speaker.say("alert.repeated")] if notice.repeat_of else []
    body: list[CardElement] = [
        heading(
            f"{head} · {facts['plan'][language]}",
            facts["title"][language],
            f"{appearance.sign} {now}",
            band=appearance.band,
        ),
        *(block(line, isSubtle=True) for line in repeated),
        fact_rows(rows),
        block(why, spacing="Medium"),
        block(foot, size="Small", isSubtle=True, separator=True),
        buttons(
            [Suggestion(message("button.open", number=facts["goal"]), f"status for mål {facts['goal']}")],
            speaker,
        ),
    ]
    lines = [head, *repeated, *(f"{name}: {value}" for name, value in rows), why, "", foot]
    summary = speaker.say("alert.summary", head=head, status=now, figures=facts["figures"][language])
    return reply(body, lines=lines, summary=summary, speaker=speaker)


def _many(notice: Notice, speaker: Speaker) -> Reply:
    goals = speaker.listed(list(notice.facts["goals"]))
    head = speaker.say("alert.many_changes")
    what = speaker.say("alert.many_changes.what", goals=goals)
    body: list[CardElement] = [
        heading(speaker.say("alert.administrator"), head, None, band="warning"),
        block(what),
    ]
    return reply(body, lines=[head, what], summary=f"{head}. {what}", speaker=speaker)
