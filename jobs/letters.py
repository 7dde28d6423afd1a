"""What a notice says when it is sent: its card as things stand then, or that there is nothing left to say."""

from dataclasses import dataclass
from datetime import datetime

from bplan_bot.cards.alert_card import alert
from bplan_bot.local_text import Language
from bplan_bot.notice import Notice
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker
from db.engine import Database


@dataclass(frozen=True, slots=True)
class Letters:
    """Words notices in one language."""

    database: Database
    language: Language = "da"

    async def of(self, notice: Notice, now: datetime) -> Reply | None:
        """The card of a notice at `now` (aware); None where it is not worth sending any more."""
        return alert(notice, Speaker(self.language))
