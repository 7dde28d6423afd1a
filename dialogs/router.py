"""From what came in to what goes out: load, understand, hand to the topic's module, render."""

from collections.abc import Callable
from datetime import date, datetime

import structlog

from bplan_bot.answers import Answer
from bplan_bot.cards.parts import ASK
from bplan_bot.cards.render import render
from bplan_bot.errors import Refused
from bplan_bot.local_text import Language
from bplan_bot.personal import holds_cpr
from bplan_bot.picture import Picture
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker
from bplan_bot.understand.question import Question, Topic, Unclear
from bplan_bot.understand.understand import understand
from db.engine import Database
from db.pictures import load_picture
from dialogs import goals, words
from dialogs.incoming import Event, Incoming
from dialogs.presence import Presence

TOPICS: dict[Topic, Callable[[Question, Picture], Answer]] = {
    Topic.STATUS: goals.status,
    Topic.OVERVIEW: goals.overview,
    Topic.LIST: goals.listed,
    Topic.THEME: goals.theme,
    Topic.HELP: words.help_,
    Topic.GREETING: words.greeting,
}
"""Which function answers which topic; a new topic is a module and a line here."""

log = structlog.get_logger()


class Router:
    """Answers one update at a time from the database; `now` tells the time (aware)."""

    def __init__(self, database: Database, *, now: Callable[[], datetime], language: Language = "da") -> None:
        self._database = database
        self._now = now
        self._presence = Presence(database, now=now)
        self._speaker = Speaker(language)

    async def answer(self, incoming: Incoming) -> Reply | None:
        """The reply to what a person wrote or pressed, or the welcome; None to a departure."""
        await self._presence.note(incoming)
        if incoming.event is Event.DEPARTED:
            return None
        try:
            picture = await load_picture(self._database, today=self._today())
        except Refused as refused:
            # The database is away for a reason somebody can mend, so the person is told that reason.
            log.error("database_refused", reason=str(refused))
            return render(words.refused(refused.said), self._speaker)
        return render(answer(incoming, picture), self._speaker)

    def apology(self, error_id: str, locale: str) -> Reply:
        """What is said when answering failed."""
        return render(words.apology(error_id), self._speaker)

    def _today(self) -> date:
        return self._now().date()


def answer(incoming: Incoming, picture: Picture) -> Answer:
    """The answer before it is worded."""
    if incoming.event is Event.WELCOME:
        return words.welcome(picture)
    said = _words(incoming)
    if holds_cpr(said):
        return words.personal()
    if not said.strip():
        return words.empty(picture)
    question = understand(said, picture.plan)
    if isinstance(question, Unclear):
        return words.unclear(question, picture)
    return TOPICS[question.topic](question, picture)


def _words(incoming: Incoming) -> str:
    """What was written, or what the pressed button asks; a button of another shape asks nothing."""
    if incoming.event is Event.BUTTON:
        asked = incoming.value.get(ASK)
        return asked if isinstance(asked, str) else ""
    return incoming.text
