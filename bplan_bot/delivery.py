"""What became of a card that was sent: the outcome a channel tells and a job writes down."""

from dataclasses import dataclass
from enum import StrEnum

from bplan_bot.conversation import ConversationState


class Sent(StrEnum):
    """What became of a send (design: delivery).

    `RETRY`: it certainly did not arrive and may be tried again. `UNCERTAIN`: nobody can tell whether it
    arrived. `REFUSED`: it will never arrive this way; the conversation's state says why.
    """

    DELIVERED = "delivered"
    RETRY = "retry"
    UNCERTAIN = "uncertain"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The outcome of one send. `activity` is Teams' id of what was sent, `retry_after` seconds Teams asked
    for, `state` what the conversation is from now on where the outcome tells."""

    sent: Sent
    activity: str = ""
    error: str = ""
    retry_after: float | None = None
    state: ConversationState | None = None
