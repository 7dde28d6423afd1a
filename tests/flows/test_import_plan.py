"""`python bot.py import plan` as the person runs it who writes the municipality's own plan."""

import asyncio
import shutil
from pathlib import Path

import pytest

from db.audit import entries
from db.engine import Database
from tests.flows.test_command_line import run, sentence

MADE = Path(__file__).parents[1] / "made_2025"


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """A database with the second plan, and what the command said."""
    path = tmp_path_factory.mktemp("import") / "bplan.db"
    return path, run("import", "plan", str(MADE), database=path)


@pytest.fixture
def folder(tmp_path):
    """A copy of the second plan to spoil."""
    return Path(shutil.copytree(MADE, tmp_path / "plan"))


def audited(path):
    async def read():
        database = Database(f"sqlite+aiosqlite:///{path}")
        async with database.reading() as session:
            found = await entries(session, subject="norddjurs-2025", limit=9)
        await database.close()
        return found

    return asyncio.run(read())


def test_a_plan_is_stored_with_its_figures_and_an_audit_row(imported):
    path, said = imported

    assert (said.returncode, said.stderr) == (0, "")
    assert "Beskæftigelsesplan 2025 (norddjurs-2025) med 4 mål, 01.01.2025-31.12.2025." in said.stdout
    assert "Det er gemt." in said.stdout
    (entry,) = audited(path)
    assert (entry.action, entry.actor, entry.detail["observations"]) == ("plan_imported", "command line", 4)


def test_a_second_import_changes_nothing_and_is_not_audited(imported):
    path, _ = imported
    said = run("import", "plan", str(MADE / "plan.yaml"), database=path)

    assert "intet er ændret" in said.stdout
    assert len(audited(path)) == 1


def test_a_corrected_target_is_all_that_is_changed(imported, folder):
    path, _ = imported
    plan = folder / "plan.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace('value: "85"', 'value: "86"'), encoding="utf-8")

    said = run("import", "plan", str(folder), "--dry-run", database=path)

    assert "Definitioner: 0 nye, 1 ændrede. Tal: 0 nye" in said.stdout
    assert "Intet er gemt" in said.stdout
    assert len(audited(path)) == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("figures.csv", "6.2.share,707,2025-Q1", "6.3.share,707,2025-Q1", "figures.csv:4: »6.3.share«"),
        ("statements.yaml", "Opdigtede tal", "Tal om 010203-1234", "statements.yaml, linje 4: "),
    ],
)
def test_a_fault_in_one_file_lets_nothing_be_stored(tmp_path, folder, file, old, new, said):
    path, spoilt = tmp_path / "bplan.db", folder / file
    spoilt.write_text(spoilt.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    result = run("import", "plan", str(folder), database=path)

    assert result.returncode == 1
    assert said in sentence(result)
    assert "010203" not in result.stderr
    assert not path.exists()


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path):
    result = run("import", "plan", str(tmp_path / "nowhere"), database=tmp_path / "bplan.db")

    assert result.returncode == 2
    assert "nowhere" in sentence(result)
