"""Sends a reply in the turn it answers, as a new message or over an earlier one; tells whether it arrived."""

from typing import Any

import structlog
from botbuilder.core import TurnContext
from botbuilder.schema import Activity, ActivityTypes, Attachment

from bplan_bot.reply import Reply
from dialogs.connector import SendFailed
from dialogs.invokes import CARD

log = structlog.get_logger(__name__)


def message_of(reply: Reply, **fields: Any) -> Activity:
    """The activity that carries a reply; `fields` are an activity's own."""
    card = Attachment(content_type=CARD, content=reply.card)
    return Activity(type=ActivityTypes.message, summary=reply.summary, attachments=[card], **fields)


async def send(turn_context: TurnContext, outgoing: Activity, *, over: str = "") -> str | None:
    """The id of what was sent, empty where the Connector names none; None when it did not get through.

    The answer is committed by now, so a failure is only logged.
    """
    try:
        if over:
            outgoing.id = over
            await turn_context.update_activity(outgoing)
            return over
        sent = await turn_context.send_activity(outgoing)
    except SendFailed as problem:
        log.error("reply_not_sent", status=problem.status, code=problem.code)
    except PermissionError as problem:
        # Entra refused the bot's secret; its sentence says why (expired, wrong tenant) and holds no message.
        log.error("reply_not_sent", problem="no token", said=str(problem)[:300])
    except Exception as problem:
        # Only the kind of it: what a serialiser trips over, it quotes.
        log.error("reply_not_sent", problem=type(problem).__name__)
    else:
        return (sent.id if sent else None) or ""
    return None
