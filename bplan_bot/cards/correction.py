"""The sentence that corrects what a question took for granted, put before any answer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bplan_bot.cards.parts import block
from bplan_bot.message import Message
from bplan_bot.reply import Card, Reply
from bplan_bot.texts.speaker import Speaker


def corrected(reply: Reply, corrects: Message, speaker: Speaker) -> Reply:
    """The reply with the sentence first in card, text and summary."""
    said = speaker(corrects)
    first: Mapping[str, Any] = block(said, weight="Bolder").model_dump(by_alias=True, exclude_none=True)
    card = Card({**reply.card, "body": [first, *reply.card["body"]]})
    return replace(
        reply,
        card=card,
        wording=lambda: f"{said}\n\n{reply.text}",
        summary=f"{said} {reply.summary}",
    )
