"""`round` on the command line, on a stated day: what it prints, what it refuses, and with which error."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from shutil import copy

import pytest

import bot
from bplan_bot.errors import Refused, WrongUse
from bplan_bot.settings import Settings
from dialogs import commands

MARCH = datetime(2025, 3, 24, 12, tzinfo=bot.COPENHAGEN)
OPEN = ["round", "open", "--half", "2", "--committee", "2025-05-14"]

Run = Callable[..., int]


@pytest.fixture
def run(sqlite_template: Path, tmp_path: Path) -> Run:
    """Runs one command as on 24 March 2025."""
    path = copy(sqlite_template, tmp_path / "bplan.db")
    settings = Settings.model_validate({"DATABASE_URL": f"sqlite+aiosqlite:///{path}"})
    wiring = commands.Wiring(
        build=lambda: bot.build(settings, now=lambda: MARCH),
        serve=lambda _: None,
        now=lambda: MARCH,
        working=lambda: None,
    )
    return lambda *arguments: commands.run(wiring, list(arguments))


def test_a_round_is_opened_shown_and_closed(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*OPEN) == 0
    assert "Runden for 2. halvår er åben." in capsys.readouterr().out

    assert run("round", "show") == 0
    shown = capsys.readouterr().out
    for words in ("Svar på 1 af 22 mål", "24.04.2025", "08.05.2025", "14.05.2025"):
        assert words in shown

    assert run("round", "close") == 0
    assert "Runden for 2. halvår er lukket." in capsys.readouterr().out


def test_the_planner_s_own_dates_overrule_the_count(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run(*OPEN, "--agenda", "07.05.2025", "--figures", "2025-04-15", "--plan", "norddjurs-2024")

    printed = capsys.readouterr().out
    assert "Frist for tal: 15.04.2025" in printed
    assert "Dagsorden: 07.05.2025" in printed


def test_a_committee_date_on_a_day_off_is_taken_and_asked_about(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run("round", "open", "--half", "2", "--committee", "2025-06-05")

    assert "Udvalgsmødet 05.06.2025 falder på en dag, der ikke er en arbejdsdag." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["round", "open", "--half", "3", "--committee", "2025-05-14"], "round.unknown_half"),
        (["round", "open", "--half", "2", "--committee", "mandag"], "command.not_a_date"),
        ([*OPEN, "--agenda", "2025-02-30"], "command.not_a_date"),
    ],
)
def test_a_command_that_was_called_wrongly_says_how(run: Run, arguments: list[str], says: str) -> None:
    with pytest.raises(WrongUse) as refused:
        run(*arguments)

    assert refused.value.said.id == says


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["round", "show"], "round.none"),
        (["round", "close"], "round.none_open"),
        (["round", "show", "--plan", "another"], "round.none"),
        ([*OPEN, "--plan", "another"], "round.unknown_plan"),
        (["round", "open", "--half", "2", "--committee", "2025-03-20"], "round.committee_passed"),
        ([*OPEN, "--figures", "2025-03-20"], "round.figures_passed"),
        ([*OPEN, "--agenda", "2025-05-20"], "round.order"),
    ],
)
def test_what_cannot_be_done_is_refused(run: Run, arguments: list[str], says: str) -> None:
    with pytest.raises(Refused) as refused:
        run(*arguments)

    assert refused.value.said.id == says
