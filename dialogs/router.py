"""From what came in to what goes out: load, understand, hand to the topic's module, render."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

import structlog

from bplan_bot.access import Person, Sees, everything, sees
from bplan_bot.answers import Answer
from bplan_bot.asked import asked
from bplan_bot.cards.parts import LANGUAGE
from bplan_bot.cards.plan_beside import beside
from bplan_bot.cards.render import render
from bplan_bot.errors import Refused, Unavailable
from bplan_bot.message import message
from bplan_bot.personal import holds_cpr
from bplan_bot.picture import Picture
from bplan_bot.reply import Reply
from bplan_bot.settings import Settings
from bplan_bot.texts.speaker import Speaker
from bplan_bot.understand.language import language_of
from bplan_bot.understand.question import Question, Topic, Unclear
from db.engine import Database
from db.kept import Marks
from db.people import recall_person
from db.pictures import load_picture, load_plans
from db.recall import marks
from dialogs import (
    alerts,
    handed_on,
    held_changes,
    other_plans,
    people,
    plan_asked,
    registering,
    reporting,
    rounds,
    sent_files,
    topics,
    words,
)
from dialogs.incoming import ConversationKind, Event, Incoming
from dialogs.plan_asked import PlanAsked, words_of
from dialogs.presence import Presence
from dialogs.talk import Talk
from dialogs.visit import DO, NOBODY, Members, Visit

ACTING: dict[Topic, Callable[[Question, Visit], Awaitable[Answer]]] = {
    **rounds.TOPICS,
    **people.TOPICS,
    **registering.TOPICS,
}
"""The topics whose answer does something, or depends on who asks."""

BUTTONS: dict[str, Callable[[Visit], Awaitable[Reply]]] = {
    **alerts.BUTTONS,
    **held_changes.BUTTONS,
    **handed_on.BUTTONS,
    **reporting.BUTTONS,
    **rounds.BUTTONS,
    **people.BUTTONS,
}
"""What a button does, by what it carries under `DO`; one that only asks a question needs no line."""

ALONE = frozenset({*alerts.BUTTONS, *held_changes.BUTTONS, *handed_on.BUTTONS, *reporting.BUTTONS})
"""Buttons of cards that show what nobody has handled; only somebody's own chat ever gets such a card."""

log = structlog.get_logger()


class Router:
    """Answers one update at a time from the database; `now` tells the time (aware)."""

    def __init__(
        self,
        database: Database,
        *,
        settings: Settings,
        now: Callable[[], datetime],
        talk: Talk | None = None,
    ) -> None:
        self._database = database
        self._settings = settings
        self._now = now
        self._presence = Presence(database, now=now)
        self._talk = talk or Talk(database)
        self._speaker = Speaker(settings.language)

    async def answer(
        self, incoming: Incoming, *, asker: Person | None = None, members: Members = NOBODY
    ) -> Reply | None:
        """The reply to what a person wrote or pressed, or the welcome; None to a departure.

        `asker` is who that is, where it is known otherwise than by the message; `members` tells who was
        mentioned.
        """
        await self._presence.note(incoming)
        if incoming.event is Event.DEPARTED:
            return None
        try:
            return await self._answer(await self._visit(incoming, asker, members))
        except Unavailable as fault:
            # Something is in the way for a reason somebody can mend, so the person is told that reason.
            log.error("answer_refused", reason=str(fault))
            return render(words.unavailable(fault.said), self._speaker)
        except Refused as refused:
            # Theirs, and no fault. Without what the sentence quotes, which may be what they wrote.
            log.info("answer_declined", reason=refused.said.id)
            return render(words.declined(refused.said), self._speaker)

    async def close(self) -> None:
        """Store what waits."""
        await self._talk.close()

    async def _visit(self, incoming: Incoming, asker: Person | None, members: Members) -> Visit:
        now = self._now()
        at = await marks(self._database)
        person = asker or await self._person(incoming.user_id, at)
        asked = await self._plan_asked(incoming, now, at)
        key = asked.choice.plan.key
        picture = await load_picture(self._database, today=now.date(), plan_key=key, at=at)
        seen = sees(person, incoming.kind, self._settings.strangers)
        return Visit(
            incoming=incoming,
            person=person,
            sees=seen,
            picture=picture if seen is Sees.EVERYTHING else self._public(picture),
            database=self._database,
            settings=self._settings,
            speaker=self._speaker_to(incoming).of(key),
            now=now,
            asked=asked,
            members=members,
        )

    def _public(self, picture: Picture) -> Picture:
        handled = picture.handled()
        return handled.without_small_counts() if self._settings.hide_small_counts else handled

    async def _plan_asked(self, incoming: Incoming, now: datetime, at: Marks) -> PlanAsked:
        """The plan that is named, else the one that the conversation is about, else the usual one."""
        plans = await load_plans(self._database, at=at)
        named = plan_asked.plan_named_in(incoming, plans, now.date())
        carried = ""
        if len(plans) > 1 and not named.key:
            before = await self._talk.about(incoming, now)
            carried = before.plan if before else ""
        return plan_asked.asked_of(named, plans, now.date(), carried=carried)

    def _speaker_to(self, incoming: Incoming) -> Speaker:
        """Who speaks the language that was written, or that of the card whose button was pressed."""
        pressed = incoming.value.get(LANGUAGE) if incoming.event is Event.BUTTON else None
        language = pressed or language_of(incoming.text)
        return Speaker("en" if language == "en" else "da") if language in ("da", "en") else self._speaker

    async def _person(self, person_id: str, at: Marks) -> Person:
        if self._settings.local:
            return everything(person_id)
        return await recall_person(self._database, person_id, at=at)

    async def _answer(self, visit: Visit) -> Reply:
        incoming = visit.incoming
        does = str(incoming.value.get(DO, ""))
        act = BUTTONS.get(does)
        if act is None or _holds_cpr(incoming.value):
            return await self._answer_words(visit)
        if does in ALONE and incoming.kind is not ConversationKind.PERSONAL:
            raise Refused("button.alone")
        return await act(visit)

    async def _answer_words(self, visit: Visit) -> Reply:
        """The answer to what was asked, or a word to somebody who asked nothing."""
        aside = _aside(visit)
        if aside:
            return render(aside, visit.speaker)
        if sent_files.files_of_figures(visit.incoming):
            return render(await sent_files.take(visit), visit.speaker)
        said, named = words_of(visit.incoming), visit.asked
        question, before = await self._talk.understood(visit)
        if no_plan := plan_asked.not_there(named, question):
            return _kept(no_plan, said, question, visit)
        if isinstance(question, Unclear):
            self._talk.remember_choice(question.candidates, before, visit)
            answer = await handed_on.offered(words.unclear(question, visit.picture), said, visit)
            reply = _kept(answer, said, question, visit)
            return reply if question.candidates else await other_plans.or_of_another(reply, visit)
        if question.topic in ACTING:
            # No thumbs, and nothing kept: what is done here names people, and has rows of its own.
            return render(await ACTING[question.topic](question, visit), visit.speaker)
        found = await topics.found(question, visit)
        self._talk.remember(question, topics.told_of(question, found), before, visit)
        reply = _kept(found, said, question, visit)
        if question.guessed:
            reply = beside(reply, (message("guessed.note"),), None, visit.speaker)
        return plan_asked.with_plan(reply, named, question, visit.speaker, leant=before is not None)


def _kept(found: topics.Found, said: str, question: Question | Unclear, visit: Visit) -> Reply:
    return replace(render(found, visit.speaker), asked=asked(said, question))


def _aside(visit: Visit) -> Answer | None:
    """What is said where there is no question, or none that may be answered."""
    incoming, picture = visit.incoming, visit.picture
    if incoming.event is Event.WELCOME:
        return words.welcome(picture)
    said = words_of(incoming)
    if holds_cpr(said) or _holds_cpr(incoming.value):
        return words.personal()
    if visit.sees is Sees.NOTHING:
        return words.not_for_strangers(visit.person.id, picture)
    if not said.strip() and not sent_files.files_of_figures(incoming):
        return words.files() if incoming.files else words.empty(picture)
    return None


def _holds_cpr(value: object) -> bool:
    """Each text by itself: a count of six digits beside one of four is no number of anybody."""
    return any(map(holds_cpr, _written(value)))


def _written(value: object) -> Iterator[str]:
    """Every text among what a button carries, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _written(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _written(inner)
