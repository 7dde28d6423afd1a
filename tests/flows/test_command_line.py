"""The command line as a person types it: its words and its exit code."""

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import structlog

import bot as bot_module
from bplan_bot.asked import Asked, Thumb
from db.engine import Database
from db.questions import AnsweredQuestion, keep, note_thumb

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that a first `ask` brought up."""
    path = tmp_path_factory.mktemp("command-line") / "bplan.db"
    assert run("ask", "hej", database=path).returncode == 0
    return path


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of a command."""

    returncode: int
    stdout: str
    stderr: str


def environment_of(database: Path, settings: dict[str, str]) -> dict[str, str]:
    """All that a command is told by its environment."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, "DATABASE_URL": f"sqlite+aiosqlite:///{database}", **settings}


def run(*arguments: str, database: Path, **settings: str) -> Ran:
    """A command in this process, since starting another costs a second or two each time."""
    out, err, log = StringIO(), StringIO(), structlog.get_config()
    with pytest.MonkeyPatch.context() as here, redirect_stdout(out), redirect_stderr(err):
        wanted = environment_of(database, settings)
        for name in os.environ.keys() - wanted.keys():
            here.delenv(name)
        for name, value in wanted.items():
            here.setenv(name, value)
        here.chdir(database.parent)
        code = bot_module.main(list(arguments))
    structlog.configure(**log)
    return Ran(code, out.getvalue(), err.getvalue())


def start(*arguments: str, database: Path, **settings: str) -> Ran:
    """The same as a process of its own."""
    done = subprocess.run(  # noqa: S603  # our own interpreter and program
        [sys.executable, "-W", "error", "bot.py", *arguments],
        cwd=ROOT,
        env=environment_of(database, settings) | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def sentence(result: Ran) -> str:
    """The one line on stderr of a command that failed."""
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    (line,) = result.stderr.strip().splitlines()
    return line


def test_ask_names_figures_gap_and_status(loaded):
    answer = start("ask", "status for mål 6.2", database=loaded)

    assert (answer.returncode, answer.stderr) == (0, "")
    for words in ("36,7 %", "43,8 %", "7,1 procentpoint", "Ikke nået"):
        assert words in answer.stdout


def test_ask_about_something_unknown_is_answered_with_exit_code_0(loaded):
    answer = run("ask", "status for mål 6.14", database=loaded)

    assert answer.returncode == 0
    assert "Mål 6.14 findes ikke" in answer.stdout


@pytest.mark.parametrize("question", ["", "😀", "a" * 10_000])
def test_ask_is_polite_about_anything(loaded, question):
    answer = run("ask", question, database=loaded)

    assert answer.returncode == 0
    assert "Prøv:" in answer.stdout


def test_ask_as_json_gives_text_and_card(loaded):
    answer = json.loads(run("ask", "overblik", "--json", database=loaded).stdout)

    assert answer["card"]["type"] == "AdaptiveCard"
    assert "13 nået" in answer["text"]


def test_assess_as_json_gives_the_committees_table(loaded):
    goals = json.loads(run("assess", "--json", database=loaded).stdout)

    computed = [goal["computed"] for goal in goals]
    leading = [goal["leading"] for goal in goals]
    assert len(goals) == 22
    assert {status: computed.count(status) for status in set(computed)} == {
        "met": 12, "not_met": 6, "unlikely": 1, "not_assessable": 2, "needs_judgement": 1,
    }  # fmt: skip
    assert {status: leading.count(status) for status in set(leading)} == {
        "met": 13, "not_met": 6, "unlikely": 1, "not_assessable": 2,
    }  # fmt: skip
    assert leading == [goal["handled"] for goal in goals]


def test_assess_gives_the_figures_of_a_goal_and_of_its_parts(loaded):
    goals = {goal["goal"]: goal for goal in json.loads(run("assess", "--json", database=loaded).stdout)}

    assert goals["6.2"]["value"] == 36.7
    assert goals["6.2"]["reference"] == 43.8
    assert goals["6.2"]["gap"] == 7.1
    assert goals["6.2"]["gap_unit"] == "points"
    assert goals["2.2"]["value"] is None
    assert [part["gap"] for part in goals["2.2"]["parts"]] == [16, 1.1]


def test_assess_as_of_a_day_knows_only_what_was_known_then(loaded):
    before = run("assess", "--json", "--as-of", "2025-05-01", database=loaded)
    goals = {goal["goal"]: goal for goal in json.loads(before.stdout)}

    assert {goal["handled"] for goal in goals.values()} == {None}
    assert goals["1.1"]["computed"] == "met"
    assert goals["3.1"]["computed"] == "not_reported"


def test_the_doctor_finds_a_fresh_machine_well(tmp_path):
    report = run("doctor", database=tmp_path / "new.db")

    assert report.returncode == 0
    assert "22 mål" in report.stdout


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"HOST": "0.0.0.0"}, "0.0.0.0"),
        ({"HOST": "no-such-host.invalid", "MicrosoftAppId": "an-id"}, "no-such-host.invalid"),
        ({"BPLAN_MODE": "teams"}, "MicrosoftAppPassword"),
    ],
)
def test_the_doctor_says_what_would_keep_the_bot_from_serving(loaded, settings, word):
    report = run("doctor", database=loaded, **settings)

    assert report.returncode == 1
    assert any(word in line for line in report.stdout.splitlines() if line.startswith("✖"))


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("asc", "6.2"), "--help"),
        (("ask",), "QUESTION"),
        (("ask", "6.2", "--jason"), "--jason"),
        (("assess", "--as-of", "i går"), "i går"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_code_2(loaded, arguments, word):
    result = run(*arguments, database=loaded)

    assert result.returncode == 2
    assert word in sentence(result)


def test_a_wrong_setting_is_one_sentence_and_exit_code_2(loaded):
    result = start("doctor", database=loaded, PORT="mange")

    assert result.returncode == 2
    assert "PORT" in sentence(result)


@pytest.mark.parametrize("command", ["serve", "doctor"])
def test_an_administrator_nobody_can_be_is_one_sentence_and_exit_code_2(loaded, command):
    result = run(command, database=loaded, BPLAN_ADMINISTRATOR="anna@example.dk")

    assert result.returncode == 2
    assert sentence(result) == (
        "Indstillingen BPLAN_ADMINISTRATOR skal være et objekt-id i Entra, "
        "fx 1c2d3e4f-0000-0000-0000-000000000000, ikke »anna@example.dk«."
    )


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"BPLAN_MODE": "teams"}, "MicrosoftAppId"),
        ({"HOST": "0.0.0.0"}, "MicrosoftAppId"),
        ({"MicrosoftAppId": "an-id"}, "MicrosoftAppPassword"),
    ],
)
def test_serve_refuses_settings_that_would_leave_the_bot_open_or_shut(loaded, settings, word):
    result = run("serve", database=loaded, **settings)

    assert result.returncode == 1
    assert word in sentence(result)


def test_a_corrupt_database_is_one_sentence_and_a_failure(tmp_path):
    path = tmp_path / "bplan.db"
    path.write_bytes(b"this is no database" * 100)
    result = start("ask", "6.2", database=path)

    assert result.returncode == 1
    assert "ødelagt" in sentence(result)


def test_a_locked_database_is_one_sentence_and_a_failure(tmp_path):
    path = tmp_path / "bplan.db"
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    result = run("ask", "6.2", database=path)
    holder.close()

    assert result.returncode == 1
    assert "låst" in sentence(result)


def test_a_folder_in_the_place_of_the_database_is_one_sentence_and_a_failure(tmp_path):
    result = run("ask", "6.2", database=tmp_path)

    assert result.returncode == 1
    assert "mappe" in sentence(result)


def test_a_deleted_database_is_built_again(tmp_path):
    path = tmp_path / "bplan.db"
    first = run("ask", "6.2", database=path).stdout
    for file in tmp_path.iterdir():
        file.unlink()

    assert run("ask", "6.2", database=path).stdout == first


def test_a_job_is_run_once_and_says_so(loaded):
    result = run("run", "self-check", database=loaded)

    assert result.returncode == 0
    assert result.stdout.strip() == "Jobbet self-check er kørt."


@pytest.mark.parametrize("moment", ["0001-01-01", "9999-12-31T23:59", "2025-02-30"])
def test_a_job_is_not_run_as_on_a_day_that_can_only_be_a_slip(loaded, moment):
    result = run("run", "watch", "--now", moment, database=loaded)

    assert result.returncode == 2
    assert f"»{moment}« er ikke en dag" in sentence(result)


@pytest.mark.parametrize("job", ["watch", "remind", "tidy", "deliver"])
@pytest.mark.parametrize("ahead", ["{:%Y-%m-%d}", "{:%Y-%m-%dT%H:%M}"])
def test_a_job_is_not_run_as_on_a_day_that_has_not_come(loaded, job, ahead):
    moment = ahead.format(bot_module.now() + timedelta(days=2))
    result = run("run", job, "--now", moment, database=loaded)

    assert result.returncode == 2
    assert (
        sentence(result) == f"»{moment}« er ikke kommet endnu; et job kan køres som i dag eller en dag før."
    )


def test_a_job_is_run_as_on_this_day_or_one_before(loaded):
    today = f"{bot_module.now():%Y-%m-%d}"

    assert run("run", "self-check", "--now", today, database=loaded).returncode == 0
    assert run("run", "self-check", "--now", "2025-05-14T10:00", database=loaded).returncode == 0


def test_an_unknown_job_is_wrong_use(loaded):
    result = run("run", "sleep", database=loaded)

    assert result.returncode == 2
    assert "deliver, follow-up, inbox, poll, remind, self-check, tidy og watch" in sentence(result)


def test_people_get_and_lose_roles(loaded):
    person = "aaaaaaaa-0000-0000-0000-000000000009"
    given = run("people", "grant", person, "indberetter", "--goal", "6.13", database=loaded)
    listed = run("people", "list", database=loaded)
    shown = run("people", "show", person, database=loaded)
    taken = run("people", "take", person, "indberetter", "--goal", "6.13", database=loaded)

    assert given.returncode == taken.returncode == 0
    assert f"{person}: indberetter på mål 6.13" in listed.stdout
    assert shown.stdout.strip() == f"{person}: indberetter på mål 6.13"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("konge",), "administrator"),
        (("indberetter",), "--goal"),
        (("leder", "--goal", "6.2"), "udelad --goal"),
    ],
)
def test_a_role_that_cannot_be_given_is_one_sentence_and_exit_code_2(loaded, arguments, word):
    result = run("people", "grant", "somebody", *arguments, database=loaded)

    assert result.returncode == 2
    assert word in sentence(result)


@pytest.mark.parametrize("person", ["anna@example.dk", "Anna Hansen", "010203-1234", "x aaaaaaaa-0000-0000"])
def test_in_teams_nobody_gets_a_role_who_is_not_named_by_their_object_id(loaded, person):
    result = run("people", "grant", person, "leder", database=loaded, MicrosoftAppId="app")

    assert result.returncode == 2
    assert "objekt-id i Entra" in sentence(result)


def test_an_object_id_in_capitals_is_the_same_person(loaded):
    person = "AAAAAAAA-0000-0000-0000-00000000000B"
    given = run("people", "grant", person, "teamleder", database=loaded, MicrosoftAppId="app")

    assert f"{person.lower()} er nu teamleder" in given.stdout


def test_the_first_administrator_comes_from_the_environment_and_cannot_be_removed(tmp_path):
    path = tmp_path / "bplan.db"
    person = "aaaaaaaa-0000-0000-0000-00000000000c"
    listed = run("people", "list", database=path, BPLAN_ADMINISTRATOR=person.upper())
    taken = run("people", "take", person, "administrator", database=path)

    assert f"{person}: administrator" in listed.stdout
    assert taken.returncode == 1
    assert "administrator" in sentence(taken)


def test_a_file_of_questions_is_put_and_the_failures_are_shown(loaded, tmp_path):
    file = tmp_path / "questions.jsonl"
    right = {"id": "a1", "kind": "status", "text": "status for mål 6.2", "must": [["43,8 %"]]}
    wrong = {"id": "a2", "kind": "status", "text": "status for mål 6.2", "must": [["99,9 %"]]}
    file.write_text("\n".join(map(json.dumps, (right, wrong))), encoding="utf-8")

    found = run("evaluate-questions", str(file), "--at-least", "60", database=loaded)

    assert found.returncode == 1
    assert "status          1 / 2" in found.stdout
    assert "a2 status: status for mål 6.2\n    Mangler: 99,9 %." in found.stdout
    assert "a1" not in found.stdout


def test_a_file_of_questions_that_is_not_there_is_one_sentence(loaded, tmp_path):
    found = run("evaluate-questions", str(tmp_path / "none.jsonl"), database=loaded)

    assert found.returncode == 1
    assert "none.jsonl kan ikke læses" in sentence(found)


def test_the_log_goes_to_stderr_as_json_and_keeps_below_its_level_quiet(loaded):
    quiet = run("run", "watch", database=loaded)
    told = run("run", "watch", database=loaded, BPLAN_LOG_LEVEL="debug")

    assert quiet.stderr == ""
    assert json.loads(told.stderr.strip().splitlines()[-1])["event"] == "job_done"


async def ask_and_keep(path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{path}")
    asked = [("status for mål 6.2", "status"), ("hvad er\nder til frokost?", "")]
    async with database.transaction() as session:
        await keep(
            session,
            [
                AnsweredQuestion(
                    asked=Asked(text=text, topic=topic, unclear=not topic),
                    at=datetime(2025, 6, 2, 10, hour, tzinfo=UTC),
                    conversation="a:1",
                    activity=str(hour),
                )
                for hour, (text, topic) in enumerate(asked)
            ],
        )
        await note_thumb(session, "a:1", "0", Thumb.DOWN, comment="tallet er gammelt")
    await database.close()


def test_feedback_lists_what_was_asked_and_what_the_answers_got(tmp_path):
    path = tmp_path / "bplan.db"
    nothing = run("feedback", database=path)
    asyncio.run(ask_and_keep(path))
    everything = run("feedback", database=path)
    unclear = json.loads(run("feedback", "--unclear", "--json", database=path).stdout)
    down = run("feedback", "--thumbs", "down", database=path)

    assert nothing.stdout == "Ingen spørgsmål er gemt, som passer.\n"
    assert everything.stdout.splitlines() == [
        "2 spørgsmål: 0 med tommel op, 1 med tommel ned, 1 ikke forstået.",
        "",
        "02.06.2025 12:01 · ikke forstået · hvad er der til frokost?",
        "02.06.2025 12:00 · tommel ned · status for mål 6.2 · kommentar: tallet er gammelt",
    ]
    assert [(one["text"], one["unclear"], one["topic"]) for one in unclear] == [
        ("hvad er\nder til frokost?", True, None)
    ]
    assert "frokost" not in down.stdout


def test_feedback_says_which_thumbs_there_are(loaded):
    wrong = run("feedback", "--thumbs", "sideways", database=loaded)
    assert wrong.returncode == 2
    assert sentence(wrong) == '--thumbs skal være up eller down, ikke "sideways".'


def test_understand_explains_what_decided_and_what_nobody_knows(loaded):
    taken = run("understand", "hvorfor er fleksjobledigheden så frygtelig", database=loaded)
    not_taken = run("understand", "hvad er der til frokost", database=loaded)

    *told, examples, unknown, language = taken.stdout.splitlines()
    assert told == [
        "Emne: why",
        "Mål: 5.1",
        "Ord, der afgjorde det: hvorfor",
        "Emner, ordene peger på: why",
        "Navne på mål og temaer: fleksjobledigheden = 5.1",
    ]
    assert examples.startswith("Eksemplerne siger: why: fleksjobledigheden (")
    assert [unknown, language] == ["Ord, ingen kender: frygt", "Sprog: da"]
    assert not_taken.stdout.startswith("Ikke forstået; nærmeste mål: -\n")
    assert "Ord, ingen kender: frokost" in not_taken.stdout
