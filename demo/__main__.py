"""`make demo`: the bot on a stated clock with made figures, playing a round to whoever opens a chat."""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from pathlib import Path
from time import monotonic

from aiohttp import web

import bot
from bplan_bot.settings import Settings
from db.documents import save_documents
from db.observations import add_observations
from db.pictures import load_picture
from demo.clock import StatedClock
from demo.figures import MADE, made_figures
from demo.scenes import OPENING, Pace, Stage
from demo.sources import MadeSources


def settings(folder: Path, port: int, sources: Mapping[str, str]) -> Settings:
    """Local mode on a database of its own with these sources, whatever the environment says."""
    database = f"sqlite+aiosqlite:///{folder / 'demo.db'}"
    own = {"DATABASE_URL": database, "PORT": port, "BPLAN_LOG_LEVEL": "warning"}
    return Settings.model_validate({**own, **sources})


async def load_made_figures(parts: bot.Bot) -> None:
    """Put the made figures beside the bundled plan."""
    picture = await load_picture(parts.database, today=parts.now().date())
    async with parts.database.transaction() as session:
        await save_documents(session, [MADE])
        await add_observations(session, picture.plan.key, made_figures(picture.plan), now=parts.now())


async def demo_app(folder: Path, port: int, pace: Pace) -> web.Application:
    """The bot's own app, which plays the scenes while it runs."""
    made = MadeSources()
    chosen = settings(folder, port, await made.open())
    clock = StatedClock(OPENING, monotonic)
    parts = bot.build(chosen, now=clock.now)
    working = bot.working(parts)
    app = bot.web_app_of(working)
    stage = Stage(working, clock, pace, made)

    async def play(_: web.Application) -> AsyncIterator[None]:
        await parts.prepare()
        await load_made_figures(parts)
        playing = asyncio.create_task(stage.play())
        yield
        playing.cancel()
        with suppress(asyncio.CancelledError):
            await playing
        await made.close()

    app.cleanup_ctx.append(play)
    return app


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


def main(arguments: list[str] | None = None) -> int:
    """Play it until Ctrl-C; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--port", type=int, default=3978)
    parser.add_argument("--folder", type=Path, default=Path("var"), help="where demo.db is made anew")
    parser.add_argument("--pause", type=float, default=4.0, help="seconds between two scenes")
    parser.add_argument("--patience", type=float, default=90.0, help="seconds the viewer is waited for")
    chosen = parser.parse_args(arguments)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for old in chosen.folder.glob("demo.db*"):
        old.unlink()
    bot.set_up_log("warning")
    _say(f"Demonstrationen svarer på http://127.0.0.1:{chosen.port}. Åbn en Playground: make playground")
    try:
        app = demo_app(chosen.folder, chosen.port, Pace(pause=chosen.pause, patience=chosen.patience))
        web.run_app(app, host="127.0.0.1", port=chosen.port, print=None, access_log=None)
    except OSError:
        _say(f"Port {chosen.port} er optaget: stop den anden bot, eller vælg en anden med --port.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
