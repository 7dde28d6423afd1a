"""What a notice says when it is sent: its card as things stand then, or that there is nothing left to say."""

from dataclasses import dataclass
from datetime import date, datetime

from bplan_bot.cards.administration_card import secret_expires
from bplan_bot.cards.alert_card import alert
from bplan_bot.cards.held_card import held
from bplan_bot.local_text import Language
from bplan_bot.notice import Notice, NoticeKind
from bplan_bot.reply import Reply
from bplan_bot.secret_expiry import warning
from bplan_bot.texts.speaker import Speaker
from db import notices, people
from db.alert_states import alert_state
from db.engine import Database
from db.held_changes import held_changes
from jobs.form_letter import form_letter
from jobs.question_letters import answer_letter, question_letter
from jobs.round_letters import round_letter
from jobs.source_letters import source_letter


@dataclass(frozen=True, slots=True)
class Letters:
    """Words notices in one language. A new kind of notice is a case and a method here."""

    database: Database
    language: Language = "da"

    async def of(self, notice: Notice, now: datetime) -> Reply | None:
        """The card of a notice at `now` (aware); None where it is not worth sending any more."""
        match notice.kind:
            case NoticeKind.MANY_CHANGES:
                return await self._held(notice, now)
            case NoticeKind.CARD_UPDATE:
                return await self._renewed(notice, now)
            case NoticeKind.REMINDER | NoticeKind.SECOND_REMINDER:
                return await form_letter(self.database, notice, now, Speaker(self.language))
            case NoticeKind.MISSING:
                return await round_letter(self.database, notice, now, Speaker(self.language))
            case NoticeKind.ADMINISTRATION:
                return self._administration(notice, now.date())
            case NoticeKind.SOURCE_LATE | NoticeKind.SOURCE_BACK:
                return await source_letter(self.database, notice, now, Speaker(self.language))
            case NoticeKind.QUESTION:
                return await question_letter(self.database, notice, now, Speaker(self.language))
            case NoticeKind.ANSWER:
                return await answer_letter(self.database, notice)
            case _:  # of a goal that fell or recovered
                return await self._alert(notice, now)

    async def _alert(self, notice: Notice, now: datetime, *, renewed: bool = False) -> Reply | None:
        """An alert about a goal; one that was told already is renewed whether or not it is still news."""
        async with self.database.reading() as session:
            reader = await people.person(session, notice.recipient)
            state = await alert_state(session, notice, reader, now=now)
        return alert(state, Speaker(self.language)) if renewed or state.is_news else None

    async def _held(self, notice: Notice, now: datetime) -> Reply:
        async with self.database.reading() as session:
            return held(await held_changes(session, notice, now=now), Speaker(self.language))

    def _administration(self, notice: Notice, today: date) -> Reply | None:
        said = warning(date.fromisoformat(notice.facts["secret_expires"]), today)
        return secret_expires(said, Speaker(self.language)) if said else None

    async def _renewed(self, notice: Notice, now: datetime) -> Reply | None:
        async with self.database.reading() as session:
            card = await notices.by_key(session, notice.updates)
        if card and card.kind is NoticeKind.QUESTION:
            return await question_letter(self.database, card, now, Speaker(self.language), renewed=True)
        return await self._alert(card, now, renewed=True) if card else None
