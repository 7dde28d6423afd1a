"""What stands below an answer where there are several plans: why this one, and the other as a button."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bplan_bot.answers import Suggestion
from bplan_bot.cards.parts import ask_button, block
from bplan_bot.message import Message
from bplan_bot.reply import Card, Reply
from bplan_bot.texts.speaker import Speaker

MOST_ACTIONS = 6
"""Teams hides the rest."""


def beside(reply: Reply, notes: tuple[Message, ...], offered: Suggestion | None, speaker: Speaker) -> Reply:
    """The reply with quiet sentences about its plan, and the offered question first among its buttons."""
    said = [speaker(note) for note in notes]
    body: list[Mapping[str, Any]] = list(reply.card["body"])
    buttons: Mapping[str, Any] = {"type": "ActionSet"}
    if body and body[-1].get("type") == "ActionSet":
        buttons = body.pop()
    body += [_drawn(block(words, size="Small", isSubtle=True, spacing="Small")) for words in said]
    actions = list(buttons.get("actions", ()))
    if offered:
        first = _drawn(ask_button(speaker(offered.label), offered.asks, speaker.of(offered.plan)))
        actions = [first, *actions][:MOST_ACTIONS]
    if actions:
        body.append({**buttons, "actions": actions})
    return replace(
        reply,
        card=Card({**reply.card, "body": body}),
        wording=lambda: "\n".join([reply.text, "", *said]),
    )


def _drawn(element: Any) -> Mapping[str, Any]:
    drawn: Mapping[str, Any] = element.model_dump(by_alias=True, exclude_none=True)
    return drawn
