"""What the commands of one subject need of the bot and of what bot.py hands the command line."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bplan_bot.settings import Settings
from db.engine import Database


class Parts(Protocol):
    """The bot, as a command knows it that asks it no question."""

    @property
    def settings(self) -> Settings:
        """What the environment says."""

    @property
    def database(self) -> Database:
        """Where everything is kept."""

    async def prepare(self) -> None:
        """Bring the database up."""

    async def close(self) -> None:
        """Give everything back."""


class Wiring(Protocol):
    """What bot.py hands the command line."""

    @property
    def build(self) -> Callable[[], Parts]:
        """Makes the bot."""

    @property
    def now(self) -> Callable[[], datetime]:
        """Tells the time."""
