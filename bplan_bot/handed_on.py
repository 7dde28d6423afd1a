"""A question that is handed on to the planansvarlig: who gets it, what is kept of it, which answer counts."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from bplan_bot.access import Person, may_answer_questions
from bplan_bot.asked import kept
from bplan_bot.errors import Refused
from bplan_bot.local_text import Language
from bplan_bot.message import Message
from bplan_bot.notice import Notice, NoticeKind

HAND_ON = "question.hand_on"
ANSWER = "question.answer"

WORDS = "question"
"""The key under which the button that hands on carries the words."""

TYPED = "answer"
"""The field that an answer is typed into."""

LONGEST = 2000
"""Characters of an answer."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOn:
    """A question as it is kept, with its answer where it has one. `key` tells it from every other, also from
    the same words asked again after they were forgotten; `same` is what those have in common."""

    key: str
    same: str
    text: str
    language: Language
    asker: str
    asked_at: datetime
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCard:
    """The card that puts a question to a planansvarlig, the `reader`, as things stand `now` (aware).

    `problem` is what was wrong with what they `typed`; `late`: a colleague's answer came before theirs.
    """

    notice: Notice
    question: HandedOn
    asker: Person
    reader: str
    now: datetime
    typed: str = ""
    problem: Message | None = None
    late: bool = False


def handed_on(words: str, *, asker: str, language: Language, now: datetime) -> HandedOn:
    """The question of these words at `now` (aware), as it may be kept; Refused where there are none."""
    text = kept(words)
    if not text:
        raise Refused("handed.no_question")
    same = _digest(asker, " ".join(_WORD.findall(text.casefold())) or text)
    key = _digest(same, now.isoformat())
    return HandedOn(key=key, same=same, text=text, language=language, asker=asker, asked_at=now)


def who_may_answer(people: Iterable[Person], *, asker: str) -> tuple[str, ...]:
    """The ids of those a question goes to: every planansvarlig but whoever asks."""
    return tuple(one.id for one in people if may_answer_questions(one) and one.id != asker)


def notices_of_question(question: HandedOn, recipients: Iterable[str]) -> tuple[Notice, ...]:
    """The notice to each of them. It holds no words: they are kept for a while only, and notices for good."""
    return tuple(
        _notice(question, NoticeKind.QUESTION, to, question.asked_at, f"{cards_of(question)}{to}")
        for to in recipients
    )


def notice_of_answer(question: HandedOn, *, now: datetime) -> Notice:
    """The notice that brings the answer to whoever asked."""
    return _notice(question, NoticeKind.ANSWER, question.asker, now, f"question/{question.key}/answered")


def cards_of(question: HandedOn) -> str:
    """What the key of every notice that puts the question to somebody begins with."""
    return f"question/{question.key}/to/"


def read_answer(pressed: Mapping[str, Any]) -> str:
    """What was typed, trimmed; Refused where there is nothing, or more than a card can hold."""
    typed = typed_answer(pressed)
    if not typed:
        raise Refused("handed.mistake.empty")
    if len(typed) > LONGEST:
        raise Refused("handed.mistake.too_long", most=LONGEST, length=len(typed))
    return typed


def typed_answer(pressed: Mapping[str, Any]) -> str:
    """The text of the field, of whatever shape it came; what no database can store is left out."""
    found = pressed.get(TYPED)
    if not isinstance(found, str):
        return ""
    return "".join(sign for sign in found if sign.isprintable() or sign.isspace()).strip()


def _notice(question: HandedOn, kind: NoticeKind, recipient: str, at: datetime, key: str) -> Notice:
    facts = {"question": question.key}
    return Notice(key=key, kind=kind, recipient=recipient, facts=facts, created_at=at, next_at=at)


def _digest(*parts: str) -> str:
    return blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()
