"""What a conversation was last about: asked for where a question leans on it, and kept after each answer."""

import structlog

from bplan_bot.errors import Refused
from bplan_bot.understand.context import Context, context_of, leans
from bplan_bot.understand.question import Question, Topic, Unclear
from bplan_bot.understand.understand import understand
from db import contexts
from dialogs.visit import Visit

log = structlog.get_logger()

_ASIDE = frozenset({Topic.HELP, Topic.GREETING, Topic.THANKS, Topic.LANGUAGES})
"""What is said in between: a "tak" does not end what was spoken of."""


async def understood(said: str, visit: Visit) -> tuple[Question | Unclear, Context | None]:
    """What the words ask, and what was asked before where they lean on it."""
    alone = understand(said, visit.picture.plan)
    if not visit.incoming.conversation_id or not leans(said, alone):
        return alone, None
    async with visit.database.reading() as session:
        before = await contexts.last_of(session, visit.incoming.conversation_id, now=visit.now)
    return (understand(said, visit.picture.plan, before), before) if before else (alone, None)


async def remember(question: Question, goals: tuple[str, ...], before: Context | None, visit: Visit) -> None:
    """Keep what was asked and which goals the answer told of."""
    if question.topic in _ASIDE or not visit.incoming.conversation_id:
        return
    about = context_of(question, goals, before)
    try:
        async with visit.database.transaction() as session:
            await contexts.remember(session, visit.incoming.conversation_id, about, now=visit.now)
    except Refused as refused:
        # The answer is worth more than what the next question could have leant on.
        log.warning("context_not_kept", reason=str(refused))
