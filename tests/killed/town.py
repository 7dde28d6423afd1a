"""A plan whose goals move, the people who follow them, and what became of everything they were owed."""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import cycle

from sqlalchemy import select

from bplan_bot.access import Grant, Role
from bplan_bot.alerts import MOST_AT_ONCE
from bplan_bot.conversation import Conversation, ConversationKind
from bplan_bot.notice import LEASE, Notice, NoticeKind, NoticeState
from bplan_bot.observation import Document, Observation
from bplan_bot.period import Period
from bplan_bot.status import Status
from bplan_bot.status_change import StatusChange
from bplan_bot.texts.speaker import Speaker
from db import changes, conversations, notices, people, tables
from db.documents import save_documents
from db.engine import Database
from db.observations import add_observations
from db.plans import save_package
from jobs.watch import watch
from tests.factories import text
from tests.killed.faulty_teams import BLOCKED
from tests.norddjurs import package

PLAN = "a plan that nobody has handled"
START = datetime(2025, 6, 2, 12, tzinfo=UTC)
NEWS = Document(key="news", title=text("Ny opgørelse"), case="", date=date(2025, 6, 1), rank=30)

GOALS = {
    "1.2": ("1.2.share", Decimal(80)),
    "1.3": ("1.3.share", Decimal(70)),
    "3.1": ("3.1.starters", Decimal(288)),
    "5.2": ("5.2.hires", Decimal(26)),
    "6.3": ("6.3.share", Decimal(35)),
    "6.5": ("6.5.share", Decimal(55)),
    "6.9": ("6.9.share", Decimal(11)),
    "6.10": ("6.10.share", Decimal(20)),
}
"""Goals that are met at first: the indicator, and about where the line is."""

AT_ONCE = len(package().plan.goals) // MOST_AT_ONCE
"""Goals that may move before the next look without being held back."""

TOLD_OF_ALL = "the head"
FOLLOWERS = {goal: frozenset({TOLD_OF_ALL, f"the owner of {goal}"}) for goal in GOALS}
FOLLOWERS["1.2"] |= {BLOCKED}
PEOPLE = (
    (TOLD_OF_ALL, Grant(Role.HEAD)),
    (BLOCKED, Grant(Role.REPORTER, "1.2")),
    *((f"the owner of {goal}", Grant(Role.OWNER, goal)) for goal in GOALS),
    ("the owner of a goal that never moves", Grant(Role.OWNER, "6.2")),
    ("an administrator", Grant(Role.ADMINISTRATOR)),
)


@dataclass(slots=True)
class Town:
    """What is known of the town by a witness who only writes figures and looks at rows."""

    database: Database
    now: datetime = START
    moved: dict[str, list[Status]] = field(default_factory=lambda: {goal: [] for goal in GOALS})
    turns: Iterator[str] = field(default_factory=lambda: cycle(GOALS))

    async def found(self, service_url: str) -> None:
        """Store the plan and the people, of whom the bot knows one; look at all goals for the first time."""
        given = package()
        async with self.database.transaction() as session:
            await save_package(
                session, replace(given, plan=replace(given.plan, key=PLAN), statements=()), now=START
            )
            await save_documents(session, [NEWS])
            for person, role in PEOPLE:
                await people.grant(session, person, role, by="test", now=START)
            await conversations.remember(session, _chat(service_url), now=START)
        await watch(self.database, START)

    async def move(self, count: int) -> None:
        """Store figures by which so many goals fall or recover; only of goals whose last move was seen, and
        fewer where nobody has looked for long: too many at once would be held back."""
        unseen = [goal for goal, moves in self.moved.items() if len(await self.recorded(goal)) < len(moves)]
        for goal in [next(self.turns) for _ in range(min(count, AT_ONCE - len(unseen)))]:
            if goal in unseen:
                continue
            moves = self.moved[goal]
            indicator, line = GOALS[goal]
            # A value of its own for each move, so that a card tells which one it is about.
            step = len(moves) + 2
            falls = len(moves) % 2 == 0
            figure = Observation(
                indicator=indicator,
                area="707",
                period=Period.year(2024),
                value=line - step if falls else line + step,
                document=NEWS,
                known_at=NEWS.date,
            )
            async with self.database.transaction() as session:
                await add_observations(session, PLAN, [figure], now=self.now)
            moves.append(Status.NOT_MET if falls else Status.MET)

    async def recorded(self, goal: str) -> list[StatusChange]:
        """The changes of a goal since the first look, oldest first."""
        async with self.database.reading() as session:
            found = await changes.changes(session, PLAN, goal=goal, limit=1000)
        return [change for change in reversed(found) if change.before is not None]

    async def all_seen(self) -> bool:
        """Whether every move is recorded."""
        async with self.database.reading() as session:
            last = await changes.last_changes(session, PLAN)
        return all(last[goal].after is moves[-1] for goal, moves in self.moved.items() if moves)

    async def due(self, *, within: timedelta) -> int:
        """How many notices wait for the time up to then, or are in somebody's hands."""
        end = {
            NoticeState.QUEUED: self.now + within,
            # Theirs is the end of a lease, and not when they are due.
            NoticeState.CLAIMED: self.now + within + LEASE,
            NoticeState.SENDING: self.now + within + LEASE,
        }
        return sum(one.state in end and one.next_at <= end[one.state] for one in await self.notices())

    async def until(self, state: NoticeState) -> None:
        """Wait for a notice in that state."""
        async with asyncio.timeout(30):
            while all(one.state is not state for one in await self.notices()):
                await asyncio.sleep(0.1)

    async def notices(self) -> list[Notice]:
        """Every notice there is."""
        async with self.database.reading() as session:
            rows = (await session.execute(select(tables.notice))).mappings()
            return [notices._notice(row) for row in rows]


def families(given: Iterable[Notice]) -> list[list[Notice]]:
    """Each alert with its repetition, the alert first."""
    found: dict[str, list[Notice]] = {}
    for notice in sorted(given, key=lambda one: one.id):
        if notice.kind in (NoticeKind.GOAL_FELL, NoticeKind.GOAL_RECOVERED):
            found.setdefault(notice.repeat_of or notice.key, []).append(notice)
    return list(found.values())


def head(summary: str) -> str:
    """What a card says first: which goal, and whether it fell or came back."""
    return summary.partition(":")[0]


def head_of(notice: Notice) -> str:
    """The head of its card."""
    return Speaker("da").say(f"alert.{notice.kind}", number=notice.goal)


def tells(summary: str, notice: Notice) -> bool:
    """Whether a card of that summary is certainly of this notice: each move has figures of its own."""
    return summary.startswith(f"Mål {notice.goal} ") and notice.facts["figures"]["da"] in summary


def _chat(service_url: str) -> Conversation:
    return Conversation(
        id=TOLD_OF_ALL,
        kind=ConversationKind.PERSONAL,
        tenant_id="tenant",
        service_url=service_url,
        bot_id="bot",
        person=TOLD_OF_ALL,
    )
