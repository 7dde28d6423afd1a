"""The scenes of the demonstration: a reminder, a figure, a goal that falls, an alert, its recovery, and new
figures of a source."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot import COPENHAGEN, Working
from bplan_bot.access import Grant, Role
from bplan_bot.answers import PlainAnswer
from bplan_bot.cards import plain_card
from bplan_bot.conversation import Conversation, ConversationKind
from bplan_bot.message import Phrase
from bplan_bot.round import Round
from bplan_bot.texts.speaker import Speaker
from db import acknowledgements, conversations, people, rounds
from db.engine import Session
from db.pictures import load_picture
from demo.captions import CAPTIONS, TITLE
from demo.clock import StatedClock
from demo.sources import MadeSources, mark_as_made
from dialogs.incoming import Event, Incoming

ACTOR = "demo"
PLAN = "norddjurs-2024"
REPORTED, REPORTED_INDICATOR = "5.2", "5.2.hires"
FALLING = "1.2"
FETCHED_GOAL = "1.1"

OPENING = datetime(2024, 8, 5, 8, 30, tzinfo=COPENHAGEN)
REMINDED = datetime(2024, 8, 16, 9, 0, tzinfo=COPENHAGEN)
FELL = datetime(2024, 9, 11, 9, 0, tzinfo=COPENHAGEN)
RECOVERED = datetime(2024, 10, 11, 9, 0, tzinfo=COPENHAGEN)
"""Figures are known on the tenth of the month after theirs (demo/figures.csv)."""

FETCHED = datetime(2024, 10, 24, 9, 20, tzinfo=COPENHAGEN)
"""The day on which the benchmark comes out anew (demo/sources.py)."""

COMMITTEE, AGENDA, FIGURES = date(2024, 9, 25), date(2024, 9, 19), date(2024, 9, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Seconds: `pause` between two scenes, `patience` that the viewer is waited for, `look` between two looks
    whether they did their part."""

    pause: float = 4.0
    patience: float = 90.0
    look: float = 0.5


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the scenes are played: the bot with its jobs, its clock, how fast, and the sources it asks."""

    parts: Working
    clock: StatedClock
    pace: Pace
    made: MadeSources

    async def play(self) -> None:
        """All scenes, one after the other, for the first person who opens a chat."""
        await self._poll()
        await self.parts.jobs.run("watch")
        guest = await self._guest()
        await self._cast(guest.person)
        await asyncio.sleep(self.pace.pause)
        await self._scene(guest, "reminder", REMINDED, "remind")
        await self._wait(self._reported)
        await asyncio.sleep(self.pace.pause)
        await self._scene(guest, "fall", FELL, "watch")
        await self._wait(self._acknowledged)
        await asyncio.sleep(self.pace.pause)
        await self._scene(guest, "recovery", RECOVERED, "watch")
        await asyncio.sleep(self.pace.pause)
        await self._fetch(guest)
        await self._tell(guest, "end")

    async def _scene(self, guest: Conversation, name: str, at: datetime, job: str) -> None:
        """Go to a day, say what happens on it, and let a job find it due."""
        self.clock.move(at)
        await self._tell(guest, name)
        await self.parts.jobs.run(job)
        await self.parts.jobs.run("deliver")

    async def _fetch(self, guest: Conversation) -> None:
        """A source has new figures: the bot fetches them, and answers with them what the viewer might ask."""
        self.made.publish()
        self.clock.move(FETCHED)
        await self._poll()
        await self._tell(guest, "fetched")
        asked = Incoming(
            event=Event.MESSAGE,
            text=f"status for mål {FETCHED_GOAL}",
            conversation_id=guest.id,
            user_id=guest.person,
            service_url=guest.service_url,
            bot_id=guest.bot_id,
            tenant_id=guest.tenant_id,
            locale=guest.locale,
        )
        reply = await self.parts.bot.router.answer(asked)
        if reply:
            await self.parts.messenger.send(guest, reply)

    async def _poll(self) -> None:
        await self.parts.jobs.run("poll")
        await mark_as_made(self.parts.bot.database, today=self.clock.now().date())

    async def _guest(self) -> Conversation:
        """The personal chat of the first person who opens one."""
        while True:
            async with self.parts.bot.database.reading() as session:
                found = await conversations.newest(session)
            if found and found.kind is ConversationKind.PERSONAL and found.person:
                return found
            await asyncio.sleep(self.pace.look)

    async def _cast(self, person: str) -> None:
        """Give the viewer the roles that the scenes speak to, and open the round."""
        now = self.clock.now()
        grants = (Grant(Role.HEAD), Grant(Role.PLANNER), Grant(Role.REPORTER, REPORTED))
        async with self.parts.bot.database.transaction() as session:
            for one in grants:
                await people.grant(session, person, one, by=ACTOR, now=now)
            await rounds.open_round(session, _round(now))

    async def _wait(self, done: Callable[[Session], Awaitable[bool]]) -> None:
        """Wait for the viewer, though not for ever."""
        waited = 0.0
        while waited < self.pace.patience:
            async with self.parts.bot.database.reading() as session:
                if await done(session):
                    return
            await asyncio.sleep(self.pace.look)
            waited += self.pace.look

    async def _reported(self, session: Session) -> bool:
        seen = await load_picture(self.parts.bot.database, today=self.clock.now().date())
        figures = seen.series.of(REPORTED_INDICATOR, seen.plan.area)
        return any(figure.period.start.year == COMMITTEE.year for figure in figures)

    async def _acknowledged(self, session: Session) -> bool:
        return bool(await acknowledgements.acknowledgements(session, PLAN, FALLING, since=OPENING))

    async def _tell(self, guest: Conversation, name: str) -> None:
        """Say in the chat what happens now, and on which stated day."""
        language = self.parts.bot.settings.language
        caption = PlainAnswer(heading=Phrase(TITLE), sentences=(Phrase(CAPTIONS[name]),))
        await self.parts.messenger.send(guest, plain_card.render(caption, Speaker(language)))


def _round(now: datetime) -> Round:
    return Round(
        plan=PLAN,
        half=1,
        committee_on=COMMITTEE,
        agenda_on=AGENDA,
        figures_by=FIGURES,
        opened_at=now,
        opened_by=ACTOR,
    )
