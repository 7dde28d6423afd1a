"""The command line's rounds: open one, show it, close it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Annotated

import typer

from bplan_bot.answers import RoundStanding
from bplan_bot.cards.render import render
from bplan_bot.deadlines import Wanted
from bplan_bot.errors import WrongUse
from bplan_bot.notation.periods import read_period
from bplan_bot.settings import Settings
from bplan_bot.texts.speaker import Speaker
from db.engine import Session
from dialogs import rounds
from dialogs.command_parts import Wiring

ACTOR = "command line"

app = typer.Typer(help="Opfølgningsrunder: åbn, vis og luk.", no_args_is_help=True)

Plan = Annotated[str, typer.Option(help="Planens nøgle, fx norddjurs-2024; ellers den, der følges op.")]


@app.command("open")
def open_(
    context: typer.Context,
    half: Annotated[int, typer.Option(help="1 eller 2: det halvår, der følges op.")],
    committee: Annotated[str, typer.Option(help="Dagen for udvalgets møde, fx 2025-05-14.")],
    plan: Plan = "",
    agenda: Annotated[str, typer.Option(help="Dagen, dagsordenen sendes ud; ellers regnes den ud.")] = "",
    figures: Annotated[str, typer.Option(help="Sidste dag for tal; ellers regnes den ud.")] = "",
) -> None:
    """Åbn en runde."""
    if half not in (1, 2):
        raise WrongUse("round.unknown_half", half=half)
    wanted = Wanted(
        half=half,
        committee_on=_day(committee),
        agenda_on=_day(agenda) if agenda else None,
        figures_by=_day(figures) if figures else None,
    )

    async def step(session: Session, settings: Settings, now: datetime) -> RoundStanding:
        return await rounds.opened(session, wanted, settings.lead, by=ACTOR, now=now, plan_key=plan)

    _run(context.obj, step)


@app.command()
def show(context: typer.Context, plan: Plan = "") -> None:
    """Vis den åbne runde, ellers den sidste."""

    async def step(session: Session, settings: Settings, now: datetime) -> RoundStanding:
        return RoundStanding(seen=await rounds.current(session, now=now, plan_key=plan))

    _run(context.obj, step)


@app.command()
def close(context: typer.Context, plan: Plan = "") -> None:
    """Luk den åbne runde."""

    async def step(session: Session, settings: Settings, now: datetime) -> RoundStanding:
        seen = await rounds.current(session, now=now, plan_key=plan, is_open=True)
        return await rounds.closed(session, seen.round, by=ACTOR, now=now)

    _run(context.obj, step)


def _run(wiring: Wiring, step: Callable[[Session, Settings, datetime], Awaitable[RoundStanding]]) -> None:
    parts = wiring.build()

    async def run() -> RoundStanding:
        try:
            await parts.prepare()
            async with parts.database.transaction() as session:
                return await step(session, parts.settings, wiring.now())
        finally:
            await parts.close()

    print(render(asyncio.run(run()), Speaker(parts.settings.language)).text)


def _day(text: str) -> date:
    period = read_period(text)
    if period is None or period.start != period.end:
        raise WrongUse("command.not_a_date", text=text)
    return period.start
