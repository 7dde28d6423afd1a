"""The house's rules: where each outside library lives, how long files are, what starts without what."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bplan_bot", "db", "demo", "dialogs", "jobs")
SOURCES = [*sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")), ROOT / "bot.py"]

SDK = (
    "dialogs/messenger.py",
    "dialogs/channel.py",
    "dialogs/handler.py",
    "dialogs/activities.py",
    "dialogs/connector.py",
    "dialogs/request_body.py",
    "dialogs/sdk_repairs.py",
    "dialogs/sending.py",
    "dialogs/wire.py",
)
HOMES = {
    "botbuilder": SDK,
    "botframework": SDK,
    "msrest": ("dialogs/wire.py",),
    "sqlalchemy": ("db/",),
    "alembic": ("db/",),
    "asyncpg": ("db/",),
    "aiosqlite": ("db/",),
    "apscheduler": ("jobs/schedule.py",),
    "aiohttp": (
        *SDK,
        *("dialogs/outbound_http.py", "dialogs/outbound_token.py", "dialogs/signing_keys.py"),
        "dialogs/file_download.py",
        "dialogs/health.py",
        "jobs/sources/",
        "demo/__main__.py",
        "bot.py",
    ),
    "jwt": ("dialogs/inbound_token.py", "dialogs/signing_keys.py"),
    "pandas": ("bplan_bot/importers/",),
    "docx": ("bplan_bot/reports/", "bplan_bot/importers/"),
    "openpyxl": ("bplan_bot/importers/",),
    "microsoft_teams": ("bplan_bot/cards/",),
    "holidays": ("bplan_bot/working_days.py",),
    "babel": ("bplan_bot/texts/", "bplan_bot/notation/"),
    "rapidfuzz": ("bplan_bot/understand/",),
    "snowballstemmer": ("bplan_bot/understand/",),
    "typer": (
        "dialogs/commands.py",
        "dialogs/people_commands.py",
        "dialogs/round_commands.py",
        "dialogs/feedback_commands.py",
        "dialogs/figure_commands.py",
        "dialogs/import_commands.py",
        "jobs/commands.py",
        "jobs/source_commands.py",
        "bot.py",
    ),
}
"""Each outside library may be imported from these places only."""

HEAVY = ("pandas", "docx", "pypdf", "openpyxl", "icalendar")
"""Libraries that cost most of the start-up time and memory, so they are imported where they are used."""


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("library", HOMES)
def test_each_outside_library_is_imported_in_its_home_only(library):
    strangers = [
        place(path)
        for path in SOURCES
        if library in imported(path) and not place(path).startswith(HOMES[library])
    ]

    assert strangers == []


@pytest.mark.parametrize(("room", "neighbour"), [("dialogs", "jobs"), ("jobs", "dialogs")])
def test_dialogs_and_jobs_never_import_each_other(room, neighbour):
    assert [place(p) for p in SOURCES if place(p).startswith(f"{room}/") and neighbour in imported(p)] == []


def test_the_domain_imports_nothing_of_ours_but_itself():
    ours = {"db", "dialogs", "jobs", "bot"}

    assert [place(p) for p in SOURCES if place(p).startswith("bplan_bot/") and ours & set(imported(p))] == []


def test_only_bot_py_reads_the_environment_and_the_clock_of_the_machine():
    told = ("os.environ", "getenv", "datetime.now(", "date.today(", "time.time(")
    readers = [place(p) for p in SOURCES if any(word in p.read_text(encoding="utf-8") for word in told)]

    assert readers == ["bot.py"]


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_no_module_is_longer_than_300_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_functions_are_mostly_under_30_lines_and_never_above_50():
    lengths = [
        (node.end_lineno - node.lineno + 1, f"{place(path)}:{node.name}")
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    ]

    assert [name for length, name in lengths if length > 50] == []
    assert sum(length > 30 for length, _ in lengths) / len(lengths) < 0.05


@pytest.mark.parametrize("path", [p for p in SOURCES if p.stat().st_size], ids=place)
def test_every_module_opens_with_what_it_owns(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "starting",
    ["import bot", "import bot, dialogs.channel, dialogs.health"],
    ids=["ask", "serve"],
)
def test_ask_and_serve_start_without_the_heavy_libraries(starting):
    script = f"{starting}, sys; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    seen = subprocess.run(  # noqa: S603  # our own interpreter and a fixed script
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert seen.stdout.strip() == ""


def test_asking_on_the_command_line_starts_without_http():
    script = "import bot, sys; print('aiohttp' in sys.modules)"
    seen = subprocess.run(  # noqa: S603  # our own interpreter and a fixed script
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert seen.stdout.strip() == "False"
