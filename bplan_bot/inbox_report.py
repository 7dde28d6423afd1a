"""The report that lies beside a file from the watched folder: what became of it, and what to do."""

from datetime import date
from pathlib import PurePath

from bplan_bot.errors import Refused
from bplan_bot.figure_file import FileFigures
from bplan_bot.file_name import told_name
from bplan_bot.file_report import report
from bplan_bot.message import Message, message

MOST_LINES = 1000
"""Lines of one kind; a file in which more is wrong is read no further."""

NAMELESS = "fil-med-cpr-nummer"
"""What a file with CPR numbers is called from then on: its own name may hold one, or somebody's."""


def lines_on(found: FileFigures, *, day: date, lies_at: PurePath, inbox: PurePath) -> tuple[Message, ...]:
    """The report on a file that was read on a day, was stored where it could be, and lies at a path now."""
    told = (message("inbox.read_on", day=day), *report(found, most=MOST_LINES))
    path = told_name(str(lies_at))
    if found.has_people:
        return (*told, message("inbox.people", path=path))
    if found.troubles:
        return (*told, message("inbox.mend", inbox=inbox))
    lacking = found.lacking(sure=False, reason="")
    if lacking:
        options = (" --yes" if found.doubts else "") + (' --reason "…"' if found.corrections else "")
        answer = message("inbox.answer", path=path, options=options)
        return (*told, *lacking, answer, message("inbox.answer.else", inbox=inbox))
    return (*told, message("file.stored" if found.news else "file.nothing_new"))


def lines_on_unread(said: Refused, *, day: date) -> tuple[Message, ...]:
    """The report on a file that could not be read."""
    return (message("inbox.read_on", day=day), said.said)
