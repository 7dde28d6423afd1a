"""The command line: ask, assess, manifest, doctor and serve, with every error in one sentence."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Protocol

import typer
from typer import _click

from bplan_bot.access import everything
from bplan_bot.errors import Refused, WrongUse
from bplan_bot.evaluation import read_questions
from bplan_bot.notation.periods import read_period
from bplan_bot.package import PARTS, app_package
from bplan_bot.settings import Settings
from bplan_bot.texts.speaker import Speaker
from db.engine import Database
from db.pictures import load_picture, load_plans
from dialogs import (
    assessing,
    doctor,
    evaluating,
    explaining,
    feedback_commands,
    figure_commands,
    import_commands,
    people_commands,
    round_commands,
)
from dialogs.incoming import Event, Incoming
from dialogs.router import Router
from dialogs.whole_file import write_whole

COMMAND_LINE = everything(people_commands.ACTOR)
"""Whoever runs commands has the database itself, so nothing is kept from them."""

TEMPLATES = Path(__file__).parent.parent / "manifest"


class Parts(Protocol):
    """What a command needs of the bot that bot.py builds."""

    @property
    def settings(self) -> Settings:
        """What the environment says."""

    @property
    def database(self) -> Database:
        """Where everything is kept."""

    @property
    def router(self) -> Router:
        """What answers."""

    @property
    def now(self) -> Callable[[], datetime]:
        """Tells the time."""

    async def prepare(self) -> None:
        """Bring the database up."""

    async def close(self) -> None:
        """Give everything back."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """What bot.py hands the commands: how to build the bot, how to serve it, the time, and the bot with its
    jobs, which the commands of jobs/ know."""

    build: Callable[[], Parts]
    serve: Callable[[Parts], None]
    now: Callable[[], datetime]
    working: Callable[[], Any]


app = typer.Typer(
    help="Bplan-bot: følger målene i beskæftigelsesplanen og svarer på spørgsmål om dem.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
import_commands.app.command("figures")(figure_commands.figures)
app.add_typer(import_commands.app, name="import")
app.add_typer(people_commands.app, name="people")
app.add_typer(round_commands.app, name="round")
app.command()(feedback_commands.feedback)
app.command()(figure_commands.template)


def run(wiring: Wiring, arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code; WrongUse says what was wrong with the call."""
    # Without the library's own exits, so that wrong use is said in our words.
    try:
        result = app(arguments, standalone_mode=False, obj=wiring)
    except _click.exceptions.NoSuchOption as wrong:
        raise WrongUse("command.no_such_option", option=wrong.option_name) from wrong
    except _click.exceptions.MissingParameter as wrong:
        name = (wrong.param.name or "").upper() if wrong.param else ""
        raise WrongUse("command.missing", name=name) from wrong
    except _click.exceptions.UsageError as wrong:
        raise WrongUse("command.wrong") from wrong
    return result if isinstance(result, int) else 0


@app.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """Bplan-bot: følger målene i beskæftigelsesplanen og svarer på spørgsmål om dem."""
    if context.invoked_subcommand is None:
        serve(context)


@app.command()
def serve(context: typer.Context) -> None:
    """Start serveren (det samme som uden kommando)."""
    wiring: Wiring = context.obj
    wiring.serve(wiring.build())


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="Spørgsmålet, i anførselstegn.")],
    as_json: Annotated[bool, typer.Option("--json", help="Svar som JSON: text, summary og card.")] = False,
) -> None:
    """Stil et spørgsmål, fx: ask "status for mål 6.2"."""
    _with_database(context, lambda parts: _ask(parts, question, as_json=as_json))


@app.command()
def assess(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Vis som JSON, ét objekt pr. mål.")] = False,
    as_of: Annotated[str, typer.Option(help="Vurdér som på en dag, fx 2025-05-01.")] = "",
    plan: Annotated[str, typer.Option(help="Planens nøgle, fx norddjurs-2024; ellers den, der gælder.")] = "",
) -> None:
    """Vurdér alle mål ud fra tallene."""
    today = context.obj.now().date()
    day = _day(as_of) if as_of else None
    _with_database(context, lambda parts: _assess(parts, day or today, plan, as_json=as_json))


@app.command(name="evaluate-questions")
def evaluate_questions(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Spørgsmålene: ét JSON-objekt på hver linje.")],
    at_least: Annotated[int, typer.Option(help="Fejl, hvis færre procent end dette er rigtige.")] = 0,
) -> None:
    """Stil alle spørgsmål i en fil, og vis, hvor mange der besvares rigtigt."""
    try:
        questions = read_questions(file.read_bytes(), name=str(file))
    except OSError as problem:
        raise Refused("questions.cannot_read", file=file) from problem
    right = 0

    async def put(parts: Parts) -> None:
        nonlocal right
        judged = await evaluating.evaluate(questions, partial(parts.router.answer, asker=COMMAND_LINE))
        print("\n".join(evaluating.as_lines(judged, Speaker("da"))))
        right = sum(one.right for one in judged)

    _with_database(context, put)
    if right * 100 < at_least * len(questions):
        raise typer.Exit(1)


@app.command()
def understand(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="Spørgsmålet, i anførselstegn.")],
) -> None:
    """Forklar, hvordan et spørgsmål forstås, og hvilke ord der afgør det."""
    today = context.obj.now().date()

    async def explain(parts: Parts) -> None:
        picture = await load_picture(parts.database, today=today)
        print("\n".join(explaining.as_lines(question, picture.plan, Speaker("da"))))

    _with_database(context, explain)


@app.command()
def manifest(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="Filen, der skrives, fx bplan-bot.zip.")],
    version: Annotated[str, typer.Option(help="Appens version, fx 1.0.1; højere for hver opdatering.")] = "",
) -> None:
    """Lav app-pakken, der lægges op i Teams."""
    settings = context.obj.build().settings
    write_whole(out, app_package(settings, _templates(), version=version))
    print(Speaker("da").say("package.written", path=out))


@app.command(name="doctor")
def doctor_(context: typer.Context) -> None:
    """Vis, hvad der er sat op, og hvad der mangler."""
    wiring: Wiring = context.obj
    if not asyncio.run(_examine(wiring.build(), wiring.now)):
        raise typer.Exit(1)


def _with_database(context: typer.Context, command: Callable[[Parts], Awaitable[None]]) -> None:
    """Run one command on a database that has been brought up."""
    parts = context.obj.build()

    async def prepared() -> None:
        try:
            await parts.prepare()
            await command(parts)
        finally:
            await parts.close()

    asyncio.run(prepared())


async def _ask(parts: Parts, question: str, *, as_json: bool) -> None:
    reply = await parts.router.answer(Incoming(event=Event.MESSAGE, text=question), asker=COMMAND_LINE)
    if reply is None:  # said of departures only
        return
    if as_json:
        print(_json({"text": reply.text, "summary": reply.summary, "card": reply.card}))
    else:
        print(reply.text)


async def _assess(parts: Parts, today: date, plan: str, *, as_json: bool) -> None:
    known = tuple(one.key for one in await load_plans(parts.database))
    if plan and plan not in known:
        raise WrongUse("round.unknown_plan", plan=plan, known=known)
    picture = await load_picture(parts.database, today=today, plan_key=plan)
    if as_json:
        print(_json([assessing.as_fields(goal) for goal in picture.all()]))
    else:
        print("\n".join(assessing.as_lines(picture)))


async def _examine(parts: Parts, now: Callable[[], datetime]) -> bool:
    """Print what the doctor finds; whether all is well."""
    try:
        findings = await doctor.examine(parts.settings, parts.database, prepare=parts.prepare, now=now)
    finally:
        await parts.close()
    print("\n".join(doctor.as_lines(findings)))
    return all(finding.well for finding in findings)


def _templates() -> dict[str, bytes]:
    """What the app package is made from, by file name."""
    try:
        return {name: (TEMPLATES / name).read_bytes() for name in PARTS}
    except OSError as problem:
        raise Refused("package.no_templates", path=TEMPLATES) from problem


def _day(text: str) -> date:
    period = read_period(text)
    if period is None or period.start != period.end:
        raise WrongUse("command.not_a_date", text=text)
    return period.start


def _json(found: object) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2)
