"""The watched folder: each file is stored whole or not at all, moved once, and reported on in words."""

import asyncio
import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import bot
from bplan_bot.observation import OriginKind
from bplan_bot.settings import Settings
from db.audit import entries
from db.bundled import prepare
from db.engine import Database
from db.inbox_folder import InboxFolder, Waiting
from db.job_runs import last_runs
from db.observations import load_series
from jobs.inbox import Inbox
from tests.figure_files import csv_file, workbook

NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)
PLAN = "norddjurs-2024"
NEW = csv_file("6.2;2023;36,1;;", "6.3;2023;35,1;;")


@dataclass
class Watched:
    """A bot's folder on 2 June 2025."""

    database: Database
    folder: InboxFolder

    def put(self, name: str, content: bytes = NEW) -> Path:
        path = self.folder.path / name
        path.write_bytes(content)
        return path

    async def look(self, now: datetime = NOON) -> dict[str, Any]:
        return dict(await Inbox(self.database, self.folder, settled=0.01).look(now))

    @property
    def accepted(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.accepted.iterdir()}

    @property
    def rejected(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.rejected.iterdir()}

    def report(self, name: str) -> list[str]:
        """The lines of the report on a file."""
        content = (self.accepted | self.rejected)[f"{name}.txt"].decode()
        assert content.endswith("\n")
        return content.splitlines()

    async def stored(self) -> dict[str, str]:
        """The figures that came by file, with their values."""
        async with self.database.reading() as session:
            series = await load_series(session, PLAN, as_of=NOON.date() + timedelta(days=30))
        return {
            f"{one.indicator} {one.period.code}": str(one.value)
            for key in ("6.2.share", "6.3.share", "6.8.share")
            for one in series.of(key, "707")
            if one.origin and one.origin.kind is OriginKind.FILE
        }

    async def audited(self) -> list[dict[str, Any]]:
        async with self.database.reading() as session:
            found = await entries(session, limit=50)
        return [{"actor": one.actor, **one.detail} for one in found if one.action == "figures_taken"]


@pytest.fixture
async def watched(database: Database, tmp_path: Path) -> Watched:
    await prepare(database, now=NOON - timedelta(days=1))
    (tmp_path / "inbox").mkdir()
    return Watched(database, InboxFolder(str(tmp_path / "inbox")))


async def test_a_good_file_is_stored_moved_and_reported_on(watched):
    watched.put("tal.csv")

    assert await watched.look() == {"accepted": 1, "rejected": 0, "figures": 2}
    assert await watched.stored() == {"6.2.share 2023": "36.1", "6.3.share 2023": "35.1"}
    assert list(watched.folder.path.iterdir()) == []
    assert watched.accepted["tal.csv"] == NEW
    assert watched.report("tal.csv") == [
        "Taget 2. juni 2025.",
        "tal.csv til Beskæftigelsesplan 2024:",
        "Nye tal: 2. Rettelser: 0. Gemt i forvejen: 0.",
        "Tal til mål 6.2 og 6.3.",
        "Det er gemt.",
    ]
    [audit] = await watched.audited()
    assert (audit["actor"], audit["file"], audit["new"]) == ("job:inbox", "tal.csv", 2)


async def test_the_next_look_finds_nothing(watched):
    watched.put("tal.csv")
    await watched.look()

    assert await watched.look() == {"accepted": 0, "rejected": 0, "figures": 0}
    assert len(watched.accepted) == 2


async def test_the_same_figures_again_are_accepted_with_nothing_new(watched):
    for name in ("tal.csv", "tal.csv", "igen.xlsx"):
        content = workbook(("Mål", "Periode", "Værdi"), ("6.2", "2023", 36.1)) if "igen" in name else NEW
        watched.put(name, content)
        await watched.look()

    assert watched.report("tal (2).csv")[-1] == "Alt var gemt i forvejen, så intet er ændret."
    assert watched.report("igen.xlsx")[-1] == "Alt var gemt i forvejen, så intet er ændret."
    assert len(await watched.audited()) == 1


async def test_every_problem_is_reported_with_its_place_and_nothing_is_stored(watched):
    watched.put("tal.csv", csv_file("6.2;2023;36,1;;", *(f"6.99;2024;{n};;" for n in range(120))))

    assert await watched.look() == {"accepted": 0, "rejected": 1, "figures": 0}
    report = watched.report("tal.csv")
    assert sum(line.startswith("Række ") for line in report) == 120
    assert report[0] == "Afvist 2. juni 2025; intet er gemt."
    assert report[3].startswith("Række 3, kolonne A: Målet findes ikke")
    assert report[-1] == f"Ret filen, og læg den i {watched.folder.path} igen."
    assert await watched.stored() == {}


@pytest.mark.parametrize(
    ("lines", "options"),
    [
        (("6.2;1. halvår 2023;36;;", "6.2;1. halvår 2024;80;;"), " --yes"),
        (("6.2;2024;37,1;;",), ' --reason "…"'),
        (("6.2;2023;36;;", "6.2;2024;80;;"), ' --yes --reason "…"'),
    ],
)
async def test_what_a_person_must_answer_for_is_rejected_with_the_way_to_answer(watched, lines, options):
    watched.put("tal fra job.csv", csv_file(*lines))

    assert (await watched.look())["rejected"] == 1
    path = watched.folder.rejected / "tal fra job.csv"
    assert path.is_file()
    assert f'python bot.py import figures "{path}"{options}' in watched.report("tal fra job.csv")[-2]
    assert await watched.stored() == {}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Jens 010203-1234.csv", NEW),
        ("jens_010203_1234.CSV", NEW),
        ("jens.csv", csv_file("6.2;2024;36,7;;", "010203-1234;2024;36,7;;")),
        ("jens.csv", csv_file("6.2;2024;36,7;;010203-1234;")),
    ],
)
async def test_a_cpr_number_in_the_name_or_in_a_cell_is_told_by_its_place_alone(
    watched, capsys, name, content
):
    watched.put(name, content)

    assert (await watched.look())["rejected"] == 1
    names = set(watched.rejected)
    assert {one.lower() for one in names} == {"fil-med-cpr-nummer.csv", "fil-med-cpr-nummer.csv.txt"}
    told = "\n".join(watched.report("fil-med-cpr-nummer.csv"))
    assert "CPR" in told
    assert str(watched.folder.rejected / "fil-med-cpr-nummer.csv") in told
    seen = capsys.readouterr()
    assert not any(word in (told + seen.out + seen.err).lower() for word in ("0203", "jens"))
    assert await watched.audited() == []
    assert watched.rejected["fil-med-cpr-nummer.csv"] == content


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
async def test_the_command_of_a_report_does_nothing_but_import_the_file(watched):
    watched.put('$(touch x) `y`".csv', csv_file("6.2;2024;37,1;;"))
    await watched.look()

    (name,) = [one for one in watched.rejected if one.endswith(".csv")]
    assert f'"{watched.folder.rejected / name}"' in watched.report(name)[-2]
    assert not set(name) & set('$`"')


class Locked(InboxFolder):
    """A folder whose files the bot may not read, which root would be let read all the same."""

    fault: OSError = PermissionError(13, "Permission denied")

    def read(self, one: Waiting) -> bytes | None:
        raise self.fault


async def test_a_file_that_may_not_be_read_is_rejected_with_what_to_do(watched):
    watched.put("tal.csv")
    watched.folder = Locked(str(watched.folder.path))

    assert (await watched.look())["rejected"] == 1
    assert "giv botten lov til at læse den" in " ".join(watched.report("tal.csv"))


async def test_a_file_on_a_drive_that_fails_is_left_for_the_next_look(watched):
    path = watched.put("tal.csv")
    watched.folder = Locked(str(watched.folder.path))
    watched.folder.fault = OSError(5, "Input/output error")

    assert await watched.look() == {"accepted": 0, "rejected": 0, "figures": 0}
    assert path.exists()
    assert watched.accepted == watched.rejected == {}


async def test_two_files_with_cpr_numbers_get_two_names(watched):
    for name in ("010203-1234.csv", "010203-1235.csv"):
        watched.put(name)
    await watched.look()

    assert "fil-med-cpr-nummer (2).csv" in watched.rejected


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("tal.csv", b"", "Filen er tom"),
        ("tal.xlsx", workbook(("Mål",), ("6.2",))[:-40], "beskadiget"),
        ("tal.xls", b"\xd0\xcf\x11\xe0", "gem den som .xlsx"),
        ("tal.csv", b"<html>", "webside"),
        ("tal.csv", b"Beskrivelse\n", "overskrifter"),
    ],
)
async def test_a_file_that_is_none_is_rejected_with_what_to_do(watched, name, content, said):
    watched.put(name, content)

    assert (await watched.look())["rejected"] == 1
    assert said in " ".join(watched.report(name))


async def test_a_file_that_is_too_large_is_rejected_without_being_read_to_its_end(watched):
    path = watched.put("tal.csv", b"x")
    os.truncate(path, 200_000_000)

    assert (await watched.look())["rejected"] == 1
    assert "større end 100 MB" in " ".join(watched.report("tal.csv"))


async def test_a_file_that_grows_is_left_until_it_has_stopped(watched):
    path = watched.put("tal.csv", NEW[:-20])
    growing = asyncio.create_task(Inbox(watched.database, watched.folder, settled=0.3).look(NOON))
    await asyncio.sleep(0.1)
    path.write_bytes(NEW)

    assert await growing == {"accepted": 0, "rejected": 0, "figures": 0}
    assert path.exists()
    assert (await watched.look())["figures"] == 2


async def test_a_file_that_is_written_to_while_it_is_read_is_read_again(watched):
    path = watched.put("tal.csv", csv_file("6.2;2023;36,1;;"))

    def write_on(_: object) -> None:
        path.write_bytes(NEW)

    first = await Inbox(watched.database, watched.folder, write_on, settled=0.01).look(NOON)

    assert first["accepted"] == 0
    assert watched.accepted == {}
    assert (await watched.look())["figures"] == 1
    assert len(await watched.stored()) == 2
    assert watched.accepted["tal.csv"] == NEW


async def test_one_bad_file_holds_up_none_of_the_others(watched):
    watched.put("a.csv", csv_file("6.99;2024;1;;"))
    watched.put("b.csv")
    watched.put("c.csv", csv_file("6.8;1. halvår 2024;;48;58"))

    assert await watched.look() == {"accepted": 2, "rejected": 1, "figures": 3}


async def test_two_looks_at_once_store_and_move_each_file_once(watched):
    lines = [*(f"6.2;{number}. kvartal 2023;36;;" for number in range(1, 5)), "6.3;2023;35,1;;"]
    contents = [csv_file(line) for line in lines]
    for number, content in enumerate(contents):
        watched.put(f"{number}.csv", content)
    await asyncio.gather(*(watched.look() for _ in range(3)))
    for _ in range(3):
        await watched.look()

    lying = watched.accepted | watched.rejected
    moved = {name: content for name, content in lying.items() if name.endswith(".csv")}
    # One may be called "3 (2).csv", where another look held the name for a moment.
    assert sorted(moved.values()) == sorted(contents)
    assert lying.keys() == moved.keys() | {f"{name}.txt" for name in moved}
    assert list(watched.folder.path.iterdir()) == []
    figures = sum(one["new"] for one in await watched.audited())
    assert figures == len(await watched.stored())


async def test_a_folder_that_is_away_fails_the_job_with_its_sentence_and_takes_nothing(watched, tmp_path):
    settings = {"BPLAN_INBOX": str(tmp_path / "away")}
    parts = bot.working(
        bot.build(Settings.model_validate(settings | url(watched.database)), now=lambda: NOON)
    )

    try:
        assert not await parts.jobs.run("inbox")
    finally:
        await parts.close()
    async with watched.database.reading() as session:
        run = (await last_runs(session))["inbox"]
    assert run.outcome == "failed"
    assert "inbox.no_folder" in run.error
    assert not (tmp_path / "accepted").exists()


async def test_without_the_setting_the_job_does_nothing(watched):
    assert await Inbox(watched.database, None).look(NOON) == {"accepted": 0, "rejected": 0, "figures": 0}


async def test_figures_are_known_from_the_day_they_were_taken(watched):
    watched.put("tal.csv")
    await watched.look(NOON + timedelta(days=3))

    async with watched.database.reading() as session:
        series = await load_series(session, PLAN, as_of=date(2025, 6, 4))
    assert not [one for one in series.of("6.2.share", "707") if one.origin]


def url(database: Database) -> dict[str, str]:
    return {"DATABASE_URL": database.place.url.render_as_string(hide_password=False)}
