"""What conversations were last about: asked for where a question leans on it, and kept after each answer."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bplan_bot.errors import Refused
from bplan_bot.plan_choice import How
from bplan_bot.understand.context import (
    Context,
    context_of,
    is_forgotten,
    leans,
    offered,
    went_on,
)
from bplan_bot.understand.other_plan import of_its_goals, same_again
from bplan_bot.understand.question import Question, Topic, Unclear
from bplan_bot.understand.understand import understand
from db import contexts
from db.contexts import Remembered
from db.engine import Database
from dialogs.figures import of_held_areas
from dialogs.incoming import Incoming
from dialogs.later import WRITE_AFTER, Later
from dialogs.visit import Visit

log = structlog.get_logger(__name__)

MOST_WAITING = 10_000
"""Conversations whose context waits to be stored; where the database is away for long, the oldest is lost."""

_ASIDE = frozenset({Topic.HELP, Topic.GREETING, Topic.THANKS, Topic.LANGUAGES})
"""What is said in between: a "tak" does not end what was spoken of."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What the words ask, what was asked `before` where they may lean on that, and whether they `went_on`
    from it."""

    question: Question | Unclear
    before: Context | None = None
    went_on: bool = False


class Talk:
    """The talks of one bot. What waits to be stored is known from memory, anything else from the database,
    where another process may have stored something newer."""

    def __init__(self, database: Database, *, write_after: float = WRITE_AFTER) -> None:
        self._database = database
        self._waiting: OrderedDict[str, Remembered] = OrderedDict()
        self._later = Later(self._write, after=write_after)

    async def understood(self, visit: Visit) -> Understood:
        """What the words ask, and what was asked before where they lean on it."""
        said, plan = visit.asked.words, visit.picture.plan
        alone = understand(said, plan)
        before = await self.about(visit.incoming, visit.now) if leans(said, alone) else None
        if before is None:
            return Understood(of_held_areas(alone, visit.picture))
        named = visit.asked.named or visit.day.is_named
        again = same_again(said, alone, before) if named else None
        meant = again or understand(said, plan, before)
        asked = of_held_areas(of_its_goals(meant, plan), visit.picture)
        return Understood(asked, before, went_on(said, alone, meant))

    async def about(self, incoming: Incoming, now: datetime) -> Context | None:
        """What the conversation was last about; None where that is long ago."""
        conversation = incoming.conversation_id
        if not conversation:
            return None
        waiting = self._waiting.get(conversation)
        if waiting:
            return None if is_forgotten(waiting.at, now=now) else waiting.about
        return await contexts.last_of(self._database, conversation, now=now)

    def remember(
        self, question: Question, goals: tuple[str, ...], before: Context | None, visit: Visit
    ) -> None:
        """Keep what was asked and which goals the answer told of; it is stored soon."""
        if question.topic not in _ASIDE:
            self._keep(context_of(question, goals, before), visit)

    def remember_choice(self, candidates: tuple[str, ...], before: Context | None, visit: Visit) -> None:
        """Keep which goals somebody was asked to choose from; it is stored soon."""
        if candidates:
            self._keep(offered(candidates, before), visit)

    def _keep(self, about: Context, visit: Visit) -> None:
        conversation = visit.incoming.conversation_id
        if not conversation:
            return
        choice = visit.asked.choice
        if choice.how in (How.NAMED, How.CARRIED):
            about = replace(about, plan=choice.plan.key)
        about = replace(about, as_of=visit.day.as_of)
        self._waiting.pop(conversation, None)
        self._waiting[conversation] = Remembered(conversation=conversation, about=about, at=visit.now)
        if len(self._waiting) > MOST_WAITING:
            self._waiting.popitem(last=False)
        self._later.ask()

    async def close(self) -> None:
        """Store what waits."""
        await self._later.close()

    async def _write(self) -> None:
        batch = list(self._waiting.values())
        if not batch:
            return
        try:
            async with self._database.transaction() as session:
                await contexts.remember(session, batch)
        except Refused as refused:
            # They wait on, and are stored with the next ones.
            log.warning("contexts_not_kept", count=len(batch), reason=str(refused))
            return
        # Only now, since somebody may ask meanwhile; and something newer may wait by now.
        for one in batch:
            if self._waiting.get(one.conversation) is one:
                del self._waiting[one.conversation]
