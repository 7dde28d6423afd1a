"""What is kept of a question: its words without numbers that may name somebody, and how it was answered."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bplan_bot.personal import without_numbers_of_people
from bplan_bot.understand.question import Question, Unclear

MOST_CHARACTERS = 500


class Thumb(StrEnum):
    """What somebody thought of an answer."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question that was answered. `topic` is what it was understood as; empty where it was `unclear`."""

    text: str
    topic: str
    unclear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptQuestion:
    """A question as it was kept, with the thumb and the comment its answer got, if any. `at` is aware.

    `handed_on`: it is one that went to the planansvarlig, with the `answer`, empty while there is none.
    """

    at: datetime
    text: str
    topic: str
    unclear: bool
    thumb: Thumb | None
    comment: str
    handed_on: bool = False
    answer: str = ""


def asked(words: str, understood: Question | Unclear) -> Asked:
    """What is kept of these words."""
    unclear = isinstance(understood, Unclear)
    topic = "" if isinstance(understood, Unclear) else understood.topic.value
    return Asked(text=kept(words), topic=topic, unclear=unclear)


def kept(words: str) -> str:
    """Words as they may be kept: without numbers that may name somebody, at most 500 characters of them."""
    # Neither NUL nor half a character can be stored, and what commands a terminal is none of the words.
    whole = "".join(sign for sign in words if sign.isprintable() or sign.isspace())
    return without_numbers_of_people(whole.strip())[:MOST_CHARACTERS]
