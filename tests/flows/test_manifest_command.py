"""`python bot.py manifest` as the person who installs the bot runs it."""

import json
import os
from zipfile import ZipFile

import pytest

from tests.bplan_bot.test_package import APP_ID, WELL
from tests.flows.test_command_line import run, sentence


def make(out, database, *more, **changed):
    return run("manifest", "--out", str(out), *more, database=database, **WELL | changed)


@pytest.fixture
def database(tmp_path):
    return tmp_path / "unused.db"


@pytest.fixture
def folder(tmp_path):
    """A folder that is looked at afterwards."""
    folder = tmp_path / "packages"
    folder.mkdir()
    return folder


def test_the_command_writes_the_package_and_says_where(folder, database):
    out = folder / "bplan-bot.zip"
    made = make(out, database, "--version", "1.0.2")

    assert made.returncode == 0
    assert (made.stderr, str(out) in made.stdout) == ("", True)
    with ZipFile(out) as archive:
        filled = json.loads(archive.read("manifest.json"))
    assert (filled["id"], filled["version"]) == (APP_ID, "1.0.2")
    assert list(folder.iterdir()) == [out]
    assert not database.exists()


def test_a_package_that_is_there_is_replaced_whole(folder, database):
    out = folder / "bplan-bot.zip"
    out.write_bytes(b"old" * 100_000)
    make(out, database)

    with ZipFile(out) as archive:
        assert archive.testzip() is None
    assert list(folder.iterdir()) == [out]


def test_a_link_stays_a_link_to_the_new_package(folder, database):
    out, link = folder / "bplan-bot.zip", folder / "newest.zip"
    out.write_bytes(b"old")
    link.symlink_to(out)
    make(link, database)

    assert link.is_symlink()
    assert out.read_bytes().startswith(b"PK")


def test_without_an_id_it_says_what_to_set_and_keeps_the_old_package(folder, database):
    out = folder / "bplan-bot.zip"
    out.write_bytes(b"old")
    made = make(out, database, MicrosoftAppId="")

    assert made.returncode == 1
    assert "MicrosoftAppId" in sentence(made)
    assert out.read_bytes() == b"old"


def test_a_folder_is_no_place_for_a_package(folder, database):
    made = make(folder, database)

    assert made.returncode == 1
    assert "mappe" in sentence(made)


@pytest.mark.parametrize("place", ["missing/x.zip", "file/x.zip", "x" * 300 + ".zip"])
def test_a_place_that_cannot_be_written_is_one_sentence_and_a_failure(folder, database, place):
    (folder / "file").touch()
    made = make(folder / place, database)

    assert made.returncode == 1
    assert "kan ikke skrives" in sentence(made)
    assert [path.name for path in folder.iterdir()] == ["file"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_one_sentence_and_a_failure(folder, database):
    folder.chmod(0o500)
    made = make(folder / "bplan-bot.zip", database)

    assert made.returncode == 1
    assert "kan ikke skrives" in sentence(made)


@pytest.mark.parametrize(
    ("more", "word"), [(("--version", "2"), "1.0.1"), (("--colour",), "--colour")], ids=["version", "option"]
)
def test_wrong_use_is_one_sentence_and_exit_code_2(folder, database, more, word):
    made = make(folder / "bplan-bot.zip", database, *more)

    assert made.returncode == 2
    assert word in sentence(made)
