"""Keeps what was asked and the thumbs that answers got; several questions to a write, beside the answers."""

import json
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog

from bplan_bot.asked import Asked, Thumb, kept
from bplan_bot.errors import Refused
from db import questions
from db.engine import Database
from dialogs.later import WRITE_AFTER, Later

log = structlog.get_logger(__name__)

MOST_WAITING = 10_000

REACTIONS = {"like": Thumb.UP, "dislike": Thumb.DOWN}


class Feedback:
    """The questions of one bot. `now` tells the time (aware)."""

    def __init__(
        self, database: Database, *, now: Callable[[], datetime], write_after: float = WRITE_AFTER
    ) -> None:
        self._database = database
        self._now = now
        self._waiting: deque[questions.AnsweredQuestion] = deque(maxlen=MOST_WAITING)
        self._later = Later(self._write, after=write_after)

    def answered(self, asked: Asked, *, conversation: str, activity: str) -> None:
        """A question was answered by that activity of that conversation; it is stored soon."""
        self._waiting.append(
            questions.AnsweredQuestion(
                asked=asked, at=self._now(), conversation=conversation, activity=activity
            )
        )
        self._later.ask()

    async def thumb(self, given: object, *, conversation: str, activity: str) -> None:
        """Somebody gave that activity a thumb: what Teams sends of it, which may be anything."""
        found = read(given)
        if found is None:
            return
        thumb, comment = found
        await self._later.now()  # its question may still wait, or be on its way
        try:
            async with self._database.transaction() as session:
                known = await questions.note_thumb(session, conversation, activity, thumb, comment=comment)
        except Refused as refused:
            log.warning("thumb_not_kept", reason=str(refused))
        else:
            log.info("thumb", thumb=thumb.value, known=known)

    async def close(self) -> None:
        """Store what waits."""
        await self._later.close()

    async def _write(self) -> None:
        if not self._waiting:
            return
        batch = list(self._waiting)
        self._waiting.clear()
        try:
            async with self._database.transaction() as session:
                await questions.keep(session, batch)
        except Refused as refused:
            log.warning("questions_not_kept", count=len(batch), reason=str(refused))


def read(given: object) -> tuple[Thumb, str] | None:
    """The thumb and the comment of a `message/submitAction`; None where it holds no thumb."""
    value = given.get("actionValue") if isinstance(given, dict) else None
    if not isinstance(value, dict):
        return None
    reaction = value.get("reaction")
    thumb = REACTIONS.get(reaction) if isinstance(reaction, str) else None
    return (thumb, kept(_comment(value.get("feedback")))) if thumb else None


def _comment(given: Any) -> str:
    """What was written beside the thumb: Teams sends it as JSON within JSON, the Playground as it is."""
    try:
        found = json.loads(given) if isinstance(given, str) else given
    except (ValueError, RecursionError):
        return str(given)
    text = found.get("feedbackText") if isinstance(found, dict) else None
    return text if isinstance(text, str) else ""
