"""What is said to a file of figures in the chat, and how the words beside it are taken."""

import re
from dataclasses import dataclass

from bplan_bot.answers import PlainAnswer
from bplan_bot.figure_file import FileFigures
from bplan_bot.file_report import corrections, counts, doubts, left_out, problems
from bplan_bot.form import LONGEST
from bplan_bot.message import Message, message

MOST_POINTS = 15
"""Lines of one kind on a card; the rest are counted."""

_STOP = r"[,.:;\N{EN DASH}-]"
_YES = re.compile(
    rf"\s*(?:ja|yes)\b\s*(?P<explained>(?:{_STOP}\s*)?(?:fordi|because)\b|{_STOP})?\s*(?P<why>.*)",
    re.IGNORECASE | re.DOTALL,
)
"""A yes, and after a stop or a "fordi" the reason."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the words beside a file say: that doubtful figures are right, and why stored ones were wrong."""

    sure: bool = False
    reason: str = ""


def beside(words: str) -> Beside:
    """How the words are taken: "ja", or "ja, fordi kilden har rettet dem"; any others say nothing."""
    found = _YES.fullmatch(words)
    if found is None:
        return Beside()
    return Beside(sure=True, reason=found["why"].strip()[:LONGEST] if found["explained"] else "")


def taken(found: FileFigures) -> PlainAnswer:
    """Said of a file whose figures were stored, or all were stored before."""
    heading = "sent_file.stored" if found.news else "sent_file.nothing_new"
    return PlainAnswer(
        heading=message(heading, name=found.name, plan=found.plan.title),
        sentences=tuple(counts(found)),
        points=(*corrections(found, most=MOST_POINTS), *left_out(found, most=MOST_POINTS)),
    )


def not_taken(found: FileFigures, said: Beside) -> PlainAnswer:
    """Said of a file of which nothing was stored: what is wrong, or what must be said first."""
    if found.has_people:
        heading, what = message("sent_file.people.heading"), (message("sent_file.people.what"),)
        return PlainAnswer(heading=heading, sentences=what, points=problems(found, most=MOST_POINTS))
    if found.troubles:
        return PlainAnswer(
            heading=message("sent_file.refused", name=found.name, plan=found.plan.title),
            sentences=(message("sent_file.mend", n=len(found.troubles)),),
            points=problems(found, most=MOST_POINTS),
        )
    return PlainAnswer(
        heading=message("sent_file.asked", name=found.name, plan=found.plan.title),
        sentences=(*found.lacking(sure=said.sure, reason=said.reason), _how(found)),
        points=(*corrections(found, most=MOST_POINTS), *doubts(found, most=MOST_POINTS)),
    )


def _how(found: FileFigures) -> Message:
    """How to say what must be said: one word holds for all of the file."""
    return message("sent_file.say_why" if found.corrections else "sent_file.say_yes")
