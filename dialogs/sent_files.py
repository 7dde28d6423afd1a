"""A file of figures that is sent in the chat: fetched, read, and stored for somebody who may report it."""

import asyncio
from dataclasses import dataclass

from bplan_bot.access import Person
from bplan_bot.answers import PlainAnswer
from bplan_bot.errors import Refused
from bplan_bot.figure_file import FileFigures
from bplan_bot.file_name import may_hold_figures, told_name
from bplan_bot.form import may_report_in
from bplan_bot.importers.figure_files import read_figures
from bplan_bot.message import message
from bplan_bot.picture import Picture
from bplan_bot.plan_choice import usual_plan
from bplan_bot.round import RoundAnswer, reporters
from bplan_bot.sent_file import Beside, beside, not_taken, taken
from db import rounds
from db.engine import Session
from db.figure_files import take_file
from db.people import load_people
from db.pictures import load_picture
from dialogs import plan_asked
from dialogs.incoming import ConversationKind, Incoming, SentFile
from dialogs.visit import Visit


@dataclass(frozen=True, slots=True)
class Rights:
    """Who may report what of a plan now: everybody known, and what was answered in its open round."""

    people: tuple[Person, ...]
    answers: tuple[RoundAnswer, ...]

    def lacking(self, person: Person, goals: frozenset[str]) -> frozenset[str]:
        """Which of these goals the person may not report on."""
        return frozenset(goal for goal in goals if not may_report_in(person, goal, self.answers))

    def represented(self, person: Person, goals: frozenset[str]) -> tuple[str, ...]:
        """The ids of those whose goals these are, where the person is not among them."""
        asked = [{one.id for one in reporters(goal, self.people, self.answers)} for goal in goals]
        return tuple(sorted({id_ for ids in asked if person.id not in ids for id_ in ids}))


def files_of_figures(incoming: Incoming) -> tuple[SentFile, ...]:
    """The attached files that may hold figures."""
    return tuple(file for file in incoming.files if may_hold_figures(file.name))


async def take(visit: Visit) -> PlainAnswer:
    """Store the figures of the file that was sent, all or none, or say what is in the way."""
    if visit.incoming.kind is not ConversationKind.PERSONAL:
        return PlainAnswer(
            heading=message("sent_file.alone.heading"), sentences=(message("sent_file.alone.what"),)
        )
    if no_plan := plan_asked.no_such_plan(visit.asked):
        return no_plan
    picture = await load_picture(visit.database, today=visit.now.date(), plan_key=_plan_of(visit))
    await _refuse_strangers(visit, picture)
    found = await _read(visit, picture)
    said = beside(visit.asked.words)
    if found.troubles:
        return not_taken(found, said)
    async with visit.database.transaction() as session:
        rights = await _rights(session, found.plan.key)
        # Before anything is told: what a file corrects tells what is stored.
        if lacking := rights.lacking(visit.person, found.goals):
            raise Refused("sent_file.not_yours", goals=_in_order(lacking, picture))
        if not found.is_ready(sure=said.sure, reason=said.reason):
            return not_taken(found, said)
        await _store(session, visit, found, said, rights)
    return taken(found)


def _plan_of(visit: Visit) -> str:
    """The key of the plan the figures are for: the one named beside the file, else the one in force; not one
    that was only spoken of before. Refused where another is being followed up: it may be for either."""
    asked, today = visit.asked, visit.now.date()
    if asked.named:
        return asked.named
    usual = usual_plan(asked.choice.plans, today)
    others = [plan for plan in asked.choice.plans if plan.round_open and plan.key != usual.key]
    if others and not usual.round_open:
        plans = tuple(message("plan.title", plan=plan.title) for plan in (usual, *others))
        raise Refused("sent_file.which_plan", plans=plans)
    return usual.key


async def _refuse_strangers(visit: Visit, picture: Picture) -> None:
    """Refuse whoever may report nothing at all, before their file is fetched."""
    goals = frozenset(goal.number for goal in picture.plan.goals)
    async with visit.database.reading() as session:
        rights = await _rights(session, picture.plan.key)
    if rights.lacking(visit.person, goals) == goals:
        raise Refused("sent_file.no_reporter")


async def _read(visit: Visit, picture: Picture) -> FileFigures:
    """What is in the file; outside of any transaction, and off the loop that answers everybody else."""
    file, *others = files_of_figures(visit.incoming)
    if others:
        raise Refused("sent_file.one_at_a_time")
    if file.fetch is None:
        raise Refused("sent_file.not_fetched")
    content = await file.fetch()
    return await asyncio.to_thread(
        read_figures,
        told_name(file.name),
        content,
        plan=picture.plan,
        series=picture.series,
        today=visit.now.date(),
    )


async def _rights(session: Session, plan: str) -> Rights:
    round_ = await rounds.open_round_of(session, plan)
    answers = await rounds.answers(session, round_) if round_ else ()
    return Rights(await load_people(session), answers)


async def _store(session: Session, visit: Visit, found: FileFigures, said: Beside, rights: Rights) -> None:
    news = frozenset(one.asked.goal.number for one in found.news)
    await take_file(
        session,
        found,
        by=visit.person.id,
        now=visit.now,
        reason=said.reason,
        on_behalf_of=rights.represented(visit.person, news),
    )


def _in_order(numbers: frozenset[str], picture: Picture) -> tuple[str, ...]:
    return tuple(goal.number for goal in picture.plan.goals if goal.number in numbers)
