"""The report that lies beside a file from the watched folder: what became of it, and what to do."""

from datetime import date
from pathlib import PurePath

from bplan_bot.errors import Refused
from bplan_bot.figure_file import FileFigures
from bplan_bot.file_report import report
from bplan_bot.message import Message, message

MOST_LINES = 1000
"""Lines of one kind; a file in which more is wrong is read no further."""

NAMELESS = "fil-med-cpr-nummer"
"""What a file with CPR numbers is called from then on: its own name may hold one, or somebody's."""


def lines_on(found: FileFigures, *, day: date, lies_at: PurePath, inbox: PurePath) -> tuple[Message, ...]:
    """The report on a file that was read on a day, was stored where it could be, and lies at a path now."""
    told = report(found, most=MOST_LINES)
    if found.is_ready():
        end = message("file.stored" if found.news else "file.nothing_new")
        return (message("inbox.accepted", day=day), *told, end)
    return (message("inbox.rejected", day=day), *told, *_what_to_do(found, lies_at, inbox))


def lines_on_unread(said: Refused, *, day: date) -> tuple[Message, ...]:
    """The report on a file that could not be read."""
    return (message("inbox.rejected", day=day), said.said)


def _what_to_do(found: FileFigures, lies_at: PurePath, inbox: PurePath) -> tuple[Message, ...]:
    if found.has_people:
        return (message("inbox.people", path=lies_at),)
    again = message("inbox.again", inbox=inbox)
    if found.troubles:
        return (again,)
    options = (" --yes" if found.doubts else "") + (' --reason "…"' if found.corrections else "")
    answer = message("inbox.answer", path=lies_at, options=options)
    return (*found.lacking(sure=False, reason=""), answer, again)
