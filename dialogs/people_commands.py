"""The command line's people: who has which role, given and taken with an audit row each."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated

import typer

from bplan_bot.access import OF_GOALS, Grant, Role
from bplan_bot.errors import WrongUse
from bplan_bot.object_id import person_id
from bplan_bot.texts.speaker import Speaker
from db import people as people_rows
from db.engine import Database, Session
from db.pictures import load_plans
from dialogs.command_parts import Parts, Wiring

ACTOR = "command line"

app = typer.Typer(help="Hvem der har hvilken rolle.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(help="Personens objekt-id i Entra.")]
RoleName = Annotated[str, typer.Argument(help="Rollen på dansk, fx indberetter.")]
GoalNumber = Annotated[str, typer.Option(help="Målets nummer, til roller på et mål.")]


@app.command("list")
def list_(context: typer.Context) -> None:
    """Vis alle med en rolle."""

    async def show(session: Session, parts: Parts, now: datetime) -> list[str]:
        say = Speaker("da").say
        people = await people_rows.load_people(session)
        lines = [
            say("people.line", person=person.id, roles=", ".join(sorted(map(_said, person.grants))))
            for person in people
        ]
        return lines or [say("people.none")]

    _run(context.obj, show)


@app.command("show")
def show_(context: typer.Context, person: Id) -> None:
    """Vis en persons roller."""

    async def show(session: Session, parts: Parts, now: datetime) -> list[str]:
        say = Speaker("da").say
        found = await people_rows.person(session, person)
        roles = sorted(map(_said, found.grants))
        if not roles:
            return [say("people.no_role", person=person)]
        return [say("people.line", person=person, roles=", ".join(roles))]

    _run(context.obj, show)


@app.command()
def grant(context: typer.Context, person: Id, role: RoleName, goal: GoalNumber = "") -> None:
    """Giv en person en rolle."""

    async def give(session: Session, parts: Parts, now: datetime) -> list[str]:
        id_ = person_id(person, local=parts.settings.local)
        if not id_:
            raise WrongUse("people.no_id", text=person)
        given = await _grant(parts.database, role, goal, now)
        await people_rows.grant(session, id_, given, by=ACTOR, now=now)
        return [Speaker("da").say("people.granted", person=id_, role=_said(given))]

    _run(context.obj, give)


@app.command()
def take(context: typer.Context, person: Id, role: RoleName, goal: GoalNumber = "") -> None:
    """Tag en rolle fra en person."""

    async def remove(session: Session, parts: Parts, now: datetime) -> list[str]:
        taken = await _grant(parts.database, role, goal, now)
        await people_rows.take(session, person, taken, by=ACTOR, now=now)
        return [Speaker("da").say("people.taken", person=person, role=_said(taken))]

    _run(context.obj, remove)


def _run(wiring: Wiring, step: Callable[[Session, Parts, datetime], Awaitable[list[str]]]) -> None:
    parts = wiring.build()

    async def run() -> list[str]:
        try:
            await parts.prepare()
            async with parts.database.transaction() as session:
                return await step(session, parts, wiring.now())
        finally:
            await parts.close()

    print("\n".join(asyncio.run(run())))


async def _grant(database: Database, role: str, goal: str, now: datetime) -> Grant:
    """The grant that was named; WrongUse for an unknown role or goal, or a goal too many or too few."""
    say = Speaker("da").say
    by_name = {say(f"role.{known}"): known for known in Role} | {known.value: known for known in Role}
    found = by_name.get(role.lower())
    if found is None:
        raise WrongUse("people.unknown_role", role=role, known=tuple(say(f"role.{r}") for r in Role))
    if (found in OF_GOALS) != bool(goal):
        raise WrongUse("people.goal_needed" if found in OF_GOALS else "people.goal_not_wanted", role=role)
    if goal and not any(goal in plan.goals for plan in await load_plans(database)):
        raise WrongUse("people.unknown_goal", goal=goal)
    return Grant(found, goal or None)


def _said(given: Grant) -> str:
    say = Speaker("da").say
    role = say(f"role.{given.role}")
    return say("people.role_on", role=role, goal=given.goal) if given.goal else role
