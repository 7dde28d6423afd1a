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
from bplan_bot.reply import Reply
from bplan_bot.settings import Settings
from bplan_bot.texts.speaker import Speaker
from bplan_bot.understand.day_named import DayNamed
from bplan_bot.understand.language import language_of
from bplan_bot.understand.question import Question, Topic, Unclear
from db.engine import Database
from db.kept import Marks
from db.people import recall_person
from db.pictures import load_picture, load_plans
from db.recall import marks
from dialogs import (
    alerts,
    day_asked,
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
from dialogs.day_asked import DayAsked
from dialogs.incoming import ConversationKind, Event, Incoming
from dialogs.plan_asked import PlanAsked, words_of
from dialogs.presence import Presence
from dialogs.talk import Talk, Understood
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
        named = day_asked.day_named_in(incoming, now.date())
        asked, day = await self._asked_of(incoming, named, now, at)
        visit = Visit(
            incoming=incoming,
            person=person,
            sees=sees(person, incoming.kind, self._settings.strangers),
            picture=await load_picture(
                self._database, today=day.as_of or now.date(), plan_key=asked.choice.plan.key, at=at
            ),
            database=self._database,
            settings=self._settings,
            speaker=self._speaker_to(incoming).of(asked.choice.plan.key).on(day.as_of),
            now=now,
            asked=asked,
            day=day,
            members=members,
        )
        return _as_seen(visit)

    async def _as_of(self, visit: Visit, named: DayNamed) -> Visit:
        """The same visit as of another day than its words seemed to name."""
        at = await marks(self._database)
        asked, day = await self._asked_of(visit.incoming, named, visit.now, at)
        key, on = asked.choice.plan.key, day.as_of or visit.now.date()
        picture = await load_picture(self._database, today=on, plan_key=key, at=at)
        speaker = visit.speaker.of(key).on(day.as_of)
        return _as_seen(replace(visit, picture=picture, speaker=speaker, asked=asked, day=day))

    async def _asked_of(
        self, incoming: Incoming, named: DayNamed, now: datetime, at: Marks
    ) -> tuple[PlanAsked, DayAsked]:
        """The plan that is named, else the one that the conversation is about, else the usual one, on the day
        that is named."""
        plans = await load_plans(self._database, at=at)
        today = now.date()
        on = min(named.day or today, today)
        if on < today:
            # Whether a round was open then is not known.
            plans = tuple(replace(plan, round_open=False) for plan in plans)
        plan = plan_asked.plan_named_in(incoming, named.words, plans, on)
        carried = ""
        if len(plans) > 1 and not plan.key:
            before = await self._talk.about(incoming, now)
            carried = before.plan if before else ""
        asked = plan_asked.asked_of(plan, plans, on, carried=carried)
        day = day_asked.day_asked(replace(named, words=plan.words), asked.choice.plan, today)
        return asked, day

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

    async def _understood(self, visit: Visit) -> tuple[Visit, Understood]:
        """What the words ask; the visit as of the day that they really name, or that they go on from."""
        found = await self._talk.understood(visit)
        if visit.day.is_named:
            if day_asked.is_asked_as_of(found.question, visit.day):
                return visit, found
            visit = await self._as_of(visit, DayNamed(words_of(visit.incoming)))
            return visit, await self._talk.understood(visit)
        day = found.before.as_of if found.before and found.went_on else None
        if day and day_asked.is_asked_as_of(found.question, visit.day):
            visit = await self._as_of(visit, DayNamed(words_of(visit.incoming), day=day))
            found = await self._talk.understood(visit)
        return visit, found

    async def _answer_words(self, visit: Visit) -> Reply:
        """The answer to what was asked, or a word to somebody who asked nothing."""
        aside = _aside(visit)
        if aside:
            return render(aside, visit.speaker)
        if sent_files.files_of_figures(visit.incoming):
            return render(await sent_files.take(visit), visit.speaker)
        visit, understood = await self._understood(visit)
        said, named = words_of(visit.incoming), visit.asked
        question, before = understood.question, understood.before
        if no_plan := plan_asked.not_there(named, question):
            return _kept(no_plan, said, question, visit)
        if visit.day.problem:
            return _kept(day_asked.no_answer(visit.day.problem), said, question, visit)
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
        reply = plan_asked.with_plan(reply, named, question, visit.speaker, leant=before is not None)
        return day_asked.with_day(reply, visit.day, visit.speaker, leant=before is not None)


def _as_seen(visit: Visit) -> Visit:
    """The visit with what its person may see of the picture."""
    if visit.sees is Sees.EVERYTHING:
        return visit
    handled = visit.picture.handled()
    small = visit.settings.hide_small_counts
    return replace(visit, picture=handled.without_small_counts() if small else handled)


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
