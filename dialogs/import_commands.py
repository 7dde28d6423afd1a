"""The command line's imports: a plan from its folder, whole or not at all."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bplan_bot.errors import Refused, WrongUse
from bplan_bot.importers.plan_files import FIGURES, PLAN, STATEMENTS, read_package
from bplan_bot.personal import holds_cpr
from bplan_bot.plan_package import PlanPackage
from bplan_bot.texts.speaker import Speaker
from db.plans import Loaded, import_package
from dialogs.command_parts import Wiring

ACTOR = "command line"

LARGEST = 5 * 1024 * 1024
"""Bytes of one file; the plan that comes with the bot has 50.000 in all three."""

app = typer.Typer(help="Læg en plan ind fra filer.", no_args_is_help=True)

DryRun = Annotated[bool, typer.Option("--dry-run", help="Vis, hvad der ville ske, uden at gemme noget.")]


class _NotKept(Exception):
    """Ends a trial, so that nothing of it is stored."""


@app.callback()
def imports() -> None:
    """Læg en plan ind fra filer."""


@app.command("plan")
def plan(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Planens mappe, eller plan.yaml i den.")],
    dry_run: DryRun = False,
) -> None:
    """Læg en plan ind, eller ret den, der har samme nøgle."""
    wiring: Wiring = context.obj
    package = read_package(read_files(folder))
    loaded = asyncio.run(_import(wiring, package, dry_run=dry_run))
    print("\n".join(_told(package, loaded, dry_run=dry_run)))


def read_files(folder: Path) -> dict[str, bytes]:
    """The plan's three files as far as they are there, by name; WrongUse where there is no such folder,
    Refused where one cannot be read, is too large, or holds what may be a CPR number."""
    if folder.is_file() and folder.name == PLAN:
        folder = folder.parent
    if not folder.is_dir():
        raise WrongUse("import.no_folder", path=folder)
    found = {}
    for name in (PLAN, FIGURES, STATEMENTS):
        file = folder / name
        if not file.exists():
            continue
        try:
            if file.stat().st_size > LARGEST:
                raise Refused("import.too_large", file=name, most=LARGEST // 1024 // 1024)
            found[name] = file.read_bytes()
        except OSError as problem:
            raise Refused("import.cannot_read", path=file) from problem
        lines = found[name].decode("utf-8", "replace").splitlines()
        for number, line in enumerate(lines, start=1):
            if holds_cpr(line):
                raise Refused("import.personal", file=name, line=number)
    return found


async def _import(wiring: Wiring, package: PlanPackage, *, dry_run: bool) -> Loaded:
    parts = wiring.build()
    loaded = Loaded(plan=package.plan.key)
    try:
        await parts.prepare()
        async with parts.database.transaction() as session:
            loaded = await import_package(session, package, by=ACTOR, now=wiring.now())
            if dry_run:
                raise _NotKept
    except _NotKept:
        pass
    finally:
        await parts.close()
    return loaded


def _told(package: PlanPackage, loaded: Loaded, *, dry_run: bool) -> list[str]:
    """What was stored, or would be."""
    say, plan_ = Speaker("da").say, package.plan
    head = say(
        "import.plan",
        plan=plan_.title,
        key=plan_.key,
        goals=len(plan_.goals),
        start=plan_.start,
        end=plan_.end,
    )
    if loaded.nothing_new:
        return [head, say("import.nothing_new")]
    counts = say(
        "import.counts",
        added=loaded.added,
        changed=loaded.changed,
        figures=loaded.observations,
        statements=loaded.statements,
    )
    return [head, counts, say("import.trial" if dry_run else "import.done")]
