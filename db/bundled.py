"""The plan that comes with the bot: read from its files, and loaded where it is missing or has changed."""

from datetime import datetime
from hashlib import sha256
from importlib.resources import files

from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncSession

from bplan_bot.importers.plan_files import read_package
from bplan_bot.plan_package import PlanPackage
from db.engine import Database
from db.plans import Loaded, bundles, note_bundle, save_package

_FOLDER = "norddjurs_2024"
_PACKAGE = TypeAdapter(PlanPackage)


async def prepare(database: Database, *, now: datetime) -> Loaded | None:
    """Migrate, and load the bundled plan where there is no plan yet or its files have changed since.

    None when there was nothing to load. `now` is aware.
    """
    await database.migrate()
    package = read_bundled()
    async with database.reading() as session:
        stored = await bundles(session)
    if stored and (package.plan.key not in stored or stored[package.plan.key] == _digest(package)):
        return None
    async with database.transaction() as session:
        return await _save(session, package, now)


async def load_bundled(session: AsyncSession, *, now: datetime) -> Loaded:
    """Save the bundled plan; the second time nothing changes."""
    return await _save(session, read_bundled(), now)


def read_bundled() -> PlanPackage:
    """The bundled plan as its files say it."""
    folder = files("bplan_bot").joinpath("plans", _FOLDER)
    wanted = (".yaml", ".csv")
    return read_package({f.name: f.read_bytes() for f in folder.iterdir() if f.name.endswith(wanted)})


async def _save(session: AsyncSession, package: PlanPackage, now: datetime) -> Loaded:
    loaded = await save_package(session, package, now=now)
    await note_bundle(session, package.plan.key, _digest(package))
    return loaded


def _digest(package: PlanPackage) -> str:
    """Of what the files mean, not of their bytes: a parser that reads more from them counts as a change."""
    return sha256(_PACKAGE.dump_json(package)).hexdigest()
