"""The command line's figures: a file of them into the plan, and the file that a source fills in."""

import asyncio
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bplan_bot.errors import Refused, WrongUse
from bplan_bot.figure_file import FileFigures
from bplan_bot.file_report import report
from bplan_bot.importers.figure_files import read_figures
from bplan_bot.importers.figure_template import template_for
from bplan_bot.importers.grid import MOST_BYTES
from bplan_bot.personal import holds_cpr
from bplan_bot.picture import Picture
from bplan_bot.texts.speaker import Speaker
from db.engine import Database
from db.figure_files import take_file
from db.pictures import load_picture, picture_of
from db.plans import plan_keys
from dialogs.command_parts import Parts, Wiring
from dialogs.import_commands import DryRun
from dialogs.whole_file import write_whole

ACTOR = "command line"

PlanKey = Annotated[str, typer.Option("--plan", help="Planens nøgle; ellers den, der er i kraft.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How a file is to be taken: `plan` is empty for the one in force; what is doubtful needs `sure`, what
    corrects a stored figure needs a `reason`."""

    plan: str
    dry_run: bool
    sure: bool
    reason: str


def figures(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="En .csv- eller .xlsx-fil med tal.")],
    dry_run: DryRun = False,
    plan: PlanKey = "",
    yes: Annotated[bool, typer.Option("--yes", help="Tal, der afviger meget, er rigtige.")] = False,
    reason: Annotated[str, typer.Option(help="Hvorfor tal, der er gemt, skal rettes.")] = "",
) -> None:
    """Læg tal ind fra en fil, hele filen eller intet."""
    if holds_cpr(reason):
        raise Refused("file.cpr.reason")
    wanted = Wanted(plan=plan, dry_run=dry_run, sure=yes, reason=reason)
    lines, went_well = asyncio.run(_import(context.obj, file.name, _content(file), wanted))
    print("\n".join(lines))
    if not went_well:
        raise typer.Exit(1)


def template(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="Kilden, fx ungeindsatsen.")],
    out: Annotated[Path, typer.Option(help="Filen, der skrives, fx ungeindsatsen.xlsx.")],
    plan: PlanKey = "",
) -> None:
    """Lav en Excel-skabelon, som en kilde udfylder med sine tal."""
    wiring: Wiring = context.obj
    if out.suffix.lower() != ".xlsx":
        raise WrongUse("template.not_xlsx")
    today = wiring.now().date()
    picture = asyncio.run(_picture(wiring.build(), today, plan))
    write_whole(out, template_for(source, picture))
    print(Speaker("da").say("template.written", source=source, path=out))


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise Refused("file.too_large", most=MOST_BYTES // 1_000_000)
        return file.read_bytes()
    except OSError as problem:
        raise Refused("file.cannot_read", path=_shown(file)) from problem


def _shown(file: Path) -> str:
    """The path as it may be said: not where it holds what looks like a CPR number."""
    return "" if holds_cpr(str(file)) else str(file)


async def _import(wiring: Wiring, name: str, content: bytes, wanted: Wanted) -> tuple[list[str], bool]:
    """What is told, and whether all is well."""
    parts, now = wiring.build(), wiring.now()
    try:
        await parts.prepare()
        picture = await _chosen(parts.database, now.date(), wanted.plan)
        found = read_figures(name, content, plan=picture.plan, series=picture.series, today=now.date())
        went_well = found.is_ready(sure=wanted.sure, reason=wanted.reason)
        if went_well and not wanted.dry_run:
            async with parts.database.transaction() as session:
                await take_file(session, found, by=ACTOR, now=now, reason=wanted.reason)
    finally:
        await parts.close()
    said = Speaker("da")
    return [said(line) for line in report(found)] + [said.say(end) for end in _ends(found, wanted)], went_well


def _ends(found: FileFigures, wanted: Wanted) -> list[str]:
    """The ids of the sentences that say what was done, or what to do."""
    if found.troubles:
        return []
    if found.lacking(sure=wanted.sure, reason=wanted.reason):
        asks = ["file.add_yes"] if found.doubts and not wanted.sure else []
        return asks + (["file.add_reason"] if found.corrections and not wanted.reason.strip() else [])
    if not found.news:
        return ["file.nothing_new"]
    return ["file.trial" if wanted.dry_run else "file.stored"]


async def _picture(parts: Parts, today: date, plan: str) -> Picture:
    try:
        await parts.prepare()
        return await _chosen(parts.database, today, plan)
    finally:
        await parts.close()


async def _chosen(database: Database, today: date, plan: str) -> Picture:
    """What is known of the plan with that key, else of the one in force."""
    if not plan:
        return await load_picture(database, today=today)
    async with database.reading() as session:
        if plan not in await plan_keys(session):
            raise WrongUse("file.no_plan", key=plan)
        return await picture_of(session, plan, today=today)
