"""A visit: somebody with the bot, what they said or pressed, what they may see and do, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bplan_bot.access import Person, Sees
from bplan_bot.cards.parts import DO
from bplan_bot.picture import Picture
from bplan_bot.settings import Settings
from bplan_bot.texts.speaker import Speaker
from db.engine import Database
from dialogs.day_asked import DayAsked
from dialogs.incoming import Incoming
from dialogs.plan_asked import PlanAsked

__all__ = ["DO", "NOBODY", "Members", "NoMembers", "Visit"]


class Members(Protocol):
    """Who is in a conversation, as the channel knows it."""

    async def object_id(self, incoming: Incoming, member_id: str) -> str:
        """The directory's id of a member known by the channel's own id; empty where it cannot be told."""


class NoMembers:
    """Where there is no channel to ask."""

    async def object_id(self, incoming: Incoming, member_id: str) -> str:
        """Nobody is known."""
        return ""


NOBODY = NoMembers()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a topic that acts needs to know. `picture` holds what this person may see where they are, which is
    how much `sees` says, of the plan that is `asked` of and as of the `day` that is; `now` is aware. In local
    mode `person` may do everything."""

    incoming: Incoming
    person: Person
    sees: Sees
    picture: Picture
    database: Database
    settings: Settings
    speaker: Speaker
    now: datetime
    asked: PlanAsked
    day: DayAsked
    members: Members = NOBODY

    @property
    def pressed(self) -> Mapping[str, Any]:
        """What the pressed button carries, with the fields of its card."""
        return self.incoming.value
