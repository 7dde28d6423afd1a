"""`feedback` on the command line: what was handed on stands among the other questions, with its answer."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copy

import pytest

import bot
from bplan_bot.asked import Asked
from bplan_bot.handed_on import handed_on
from bplan_bot.settings import Settings
from db import handed_on as rows
from db import questions
from db.engine import Database
from dialogs import commands

NOON = datetime(2025, 6, 2, 12, tzinfo=bot.COPENHAGEN)

Run = Callable[..., str]


async def ask(url: str) -> None:
    """A question that was answered, one that was handed on and answered, and one that waits."""
    database = Database(url)
    plain = questions.AnsweredQuestion(
        asked=Asked(text="status for mål 6.2", topic="status", unclear=False),
        at=NOON,
        conversation="a:1",
        activity="1",
    )
    done, waits = (
        handed_on(words, asker="anna", language="da", now=NOON + timedelta(minutes=minute))
        for minute, words in ((1, "hvem godkender\nbudgettet?"), (2, "hvornår er der frokost?"))
    )
    async with database.transaction() as session:
        await questions.keep(session, [plain])
        for one in (done, waits):
            await rows.hand_on(session, one, to=["planner"])
        await rows.answer(session, done, "Byrådet,\ni oktober.", by="planner", now=NOON)
    await database.close()


@pytest.fixture
def run(sqlite_template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """What `feedback` prints."""
    url = f"sqlite+aiosqlite:///{copy(sqlite_template, tmp_path / 'bplan.db')}"
    asyncio.run(ask(url))
    wiring = commands.Wiring(
        build=lambda: bot.build(Settings.model_validate({"DATABASE_URL": url})),
        serve=lambda _: None,
        now=lambda: NOON,
        working=lambda: None,
    )

    def running(*arguments: str) -> str:
        commands.run(wiring, ["feedback", *arguments])
        return capsys.readouterr().out

    return running


HANDED_ON = [
    "02.06.2025 12:02 · venter på planansvarlig · hvornår er der frokost?",
    "02.06.2025 12:01 · besvaret af planansvarlig · hvem godkender budgettet? · svar: Byrådet, i oktober.",
]
COUNTED = "Sendt videre til planansvarlig: 2."


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (
            (),
            [
                "1 spørgsmål: 0 med tommel op, 0 med tommel ned, 0 ikke forstået.",
                COUNTED,
                "",
                *HANDED_ON,
                "02.06.2025 12:00 · status for mål 6.2",
            ],
        ),
        (("--handed-on",), [COUNTED, "", *HANDED_ON]),
        (("--unclear",), [COUNTED, "", *HANDED_ON]),
        (("--thumbs", "up"), ["Ingen spørgsmål er gemt, som passer."]),
    ],
)
def test_what_was_handed_on_is_listed_with_what_became_of_it(run: Run, arguments, printed):
    assert run(*arguments).splitlines() == printed


def test_as_json_each_says_whether_it_was_handed_on_and_its_answer_but_not_who_asked(run: Run):
    found = json.loads(run("--json"))

    assert [(one["handed_on"], one["answer"]) for one in found] == [
        (True, None),
        (True, "Byrådet,\ni oktober."),
        (False, None),
    ]
    assert "anna" not in str(found)
