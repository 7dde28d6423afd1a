"""`import figures` and `template` as a person types them."""

import io

import openpyxl
import pytest

from tests.figure_files import csv_file, workbook
from tests.flows.test_command_line import run, sentence


@pytest.fixture
def database(tmp_path):
    """A database of its own, made by the first command."""
    return tmp_path / "own.db"


@pytest.fixture
def sent(tmp_path):
    """Writes a file and gives its path."""

    def write(content: bytes, name: str = "tal.csv") -> str:
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    return write


def test_new_figures_are_told_and_stored_and_answered_from(database, sent):
    told = run(
        "import", "figures", sent(csv_file("6.13;januar 2025;41;;")), "--reason", "Ny", database=database
    )

    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.splitlines() == [
        "tal.csv til Beskæftigelsesplan 2024:",
        "Nye tal: 0. Rettelser: 1. Gemt i forvejen: 0.",
        "Tal til mål 6.13.",
        "Rettelser af tal, der er gemt:",
        "Række 2, kolonne C: 41 i stedet for 38 (januar 2025).",
        "Det er gemt.",
    ]
    assert "41" in run("ask", "status for mål 6.13", database=database).stdout


def test_a_dry_run_stores_nothing(database, sent):
    file = sent(csv_file("6.2;2023;36,1;;"))
    for _ in range(2):
        told = run("import", "figures", file, "--dry-run", database=database)
        assert told.returncode == 0
        assert "Nye tal: 1." in told.stdout
        assert told.stdout.endswith("Intet er gemt (--dry-run).\n")


@pytest.mark.parametrize(
    ("line", "option", "asked"),
    [
        ("6.2;2024;37,1;;", ("--reason", "Rettet af kilden"), 'Kør igen med --reason "hvorfor".'),
        ("6.2;1. halvår 2024;80;;", ("--yes",), "Er tallene rigtige, så kør igen med --yes."),
    ],
)
def test_corrections_and_doubts_are_asked_about_first(database, sent, line, option, asked):
    run("import", "figures", sent(csv_file("6.2;1. halvår 2023;36;;")), database=database)
    file = sent(csv_file(line))
    first = run("import", "figures", file, database=database)
    second = run("import", "figures", file, *option, database=database)

    assert (first.returncode, second.returncode) == (1, 0)
    assert first.stdout.splitlines()[-1] == asked
    assert "Det er gemt." in second.stdout


def test_problems_are_all_told_and_from_the_51st_on_counted(database, sent):
    lines = [f"6.99;2024;{n};;" for n in range(60)]
    told = run("import", "figures", sent(csv_file(*lines)), database=database)

    assert told.returncode == 1
    assert "for 60 steder skal rettes" in told.stdout
    assert sum(line.startswith("Række ") for line in told.stdout.splitlines()) == 50
    assert told.stdout.splitlines()[-1] == "og 10 til."


def test_a_cpr_number_is_refused_and_repeated_nowhere(database, sent):
    file = sent(csv_file("6.2;2024;36,7;;", "010203-1234;2024;36,7;;"))
    told = run("import", "figures", file, database=database)

    assert told.returncode == 1
    assert told.stdout.startswith("Filen er afvist, fordi der ser ud til at stå CPR-numre i den.")
    assert "Række 3, kolonne A" in told.stdout
    assert "010203" not in told.stdout + told.stderr
    assert b"010203" not in database.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (("import", "figures", "findes-ikke.csv"), "kan ikke læses", 1),
        (("import", "figures"), "FILE", 2),
        (("template", "fasit", "--out", "x.xlsx"), "cvr_fasit", 2),
        (("template", "department", "--out", "x.csv"), ".xlsx", 2),
    ],
)
def test_wrong_use_is_one_sentence(database, arguments, said, code):
    told = run(*arguments, database=database)

    assert told.returncode == code
    assert said in sentence(told)


def test_a_reason_with_a_cpr_number_is_refused(database, sent):
    file = sent(csv_file("6.2;2024;37,1;;"))
    told = run("import", "figures", file, "--reason", "Jens 010203-1234", database=database)

    assert told.returncode == 1
    assert "010203" not in sentence(told)


def test_a_plan_can_be_named_and_an_unknown_one_is_wrong_use(database, sent):
    file = sent(csv_file("6.2;2023;36,1;;"))

    assert run("import", "figures", file, "--plan", "norddjurs-2024", database=database).returncode == 0
    unknown = run("import", "figures", file, "--plan", "aarhus-2024", database=database)
    assert unknown.returncode == 2
    assert "aarhus-2024" in sentence(unknown)


def test_a_template_is_written_filled_in_and_imported(database, tmp_path):
    out = tmp_path / "skabelon.xlsx"
    written = run("template", "department", "--out", str(out), database=database)
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    book["Tal"]["H4"] = 38
    book.save(out)
    told = run("import", "figures", str(out), database=database)

    assert (written.returncode, told.returncode) == (0, 0)
    assert "Gemt i forvejen: 1." in told.stdout


def test_a_workbook_is_imported_too(database, sent):
    content = workbook(("Mål", "Periode", "Værdi"), ("6.2", "2023", 36.1))
    told = run("import", "figures", sent(content, "tal.xlsx"), database=database)

    assert told.returncode == 0
    assert "Nye tal: 1." in told.stdout
