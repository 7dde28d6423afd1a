"""The watched folder: which files are taken from it, and how they leave it without a name being lost."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bplan_bot.errors import Refused
from db.inbox_folder import InboxFolder

NOBODY = 65534
ANOTHER_DRIVE = Path("/dev/shm")  # noqa: S108  (nothing is kept there)
BY_ROOT = pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0, reason="only root can become somebody else"
)


@pytest.fixture
def folder(tmp_path: Path) -> InboxFolder:
    (tmp_path / "inbox").mkdir()
    made = InboxFolder(str(tmp_path / "inbox"))
    made.prepare()
    return made


def put(folder: InboxFolder, name: str, content: bytes = b"tal") -> Path:
    path = folder.path / name
    path.write_bytes(content)
    return path


def names(folder: InboxFolder) -> list[str]:
    return [one.name for one in folder.waiting()]


def put_away(folder: InboxFolder, name: str, words: str = "rapport") -> str:
    """The name under which a file lies in accepted now."""
    (one,) = [one for one in folder.waiting() if one.name == name]
    target = folder.report(folder.accepted, name, lambda _: words)
    assert folder.move(one, target)
    return target.name


def test_the_two_folders_are_made_beside_it(folder):
    assert folder.accepted.is_dir()
    assert folder.rejected.is_dir()
    assert folder.accepted.parent == folder.path.parent
    folder.prepare()


def test_tables_are_taken_and_everything_else_is_left_where_it_is(folder, tmp_path):
    taken = ["a.csv", "B.XLSX", "c.xls", "tal for 6.2.csv"]
    left = [
        "~$a.xlsx",
        ".a.csv",
        ".~lock.a.xlsx#",
        "a.csv.part",
        "a.tmp",
        "laes-mig.txt",
        "Thumbs.db",
        "csv",
        "a.pdf",
    ]
    for name in (*taken, *left):
        put(folder, name)
    (folder.path / "mappe.csv").mkdir()
    put(folder, "mappe.csv/a.csv")
    (tmp_path / "elsewhere.csv").write_bytes(b"tal")
    (folder.path / "link.csv").symlink_to(tmp_path / "elsewhere.csv")
    (folder.path / "broken.csv").symlink_to(tmp_path / "nowhere.csv")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder.path / "pipe.csv")

    assert sorted(names(folder)) == sorted(taken)


def test_the_oldest_file_is_first(folder):
    for age, name in enumerate(("newest.csv", "middle.csv", "oldest.csv")):
        os.utime(put(folder, name), (1_000_000 - age, 1_000_000 - age))

    assert names(folder) == ["oldest.csv", "middle.csv", "newest.csv"]


def test_a_name_that_is_taken_gets_a_number_and_nothing_is_overwritten(folder):
    for words in ("one", "two", "three"):
        put(folder, "tal.csv", words.encode())
        put_away(folder, "tal.csv", words)

    assert {path.name: path.read_text() for path in folder.accepted.iterdir()} == {
        "tal.csv": "one",
        "tal (2).csv": "two",
        "tal (3).csv": "three",
        "tal.csv.txt": "one",
        "tal (2).csv.txt": "two",
        "tal (3).csv.txt": "three",
    }


@pytest.mark.parametrize("there", ["tal.csv", "tal.csv.txt"])
def test_a_file_or_a_report_that_somebody_left_there_keeps_its_name(folder, there):
    (folder.accepted / there).write_text("theirs")
    put(folder, "tal.csv")

    assert put_away(folder, "tal.csv") == "tal (2).csv"
    assert (folder.accepted / there).read_text() == "theirs"


def test_two_who_report_at_once_are_given_two_names(folder):
    given = {folder.report(folder.accepted, "tal.csv", str).name for _ in range(3)}

    assert given == {"tal.csv", "tal (2).csv", "tal (3).csv"}


@pytest.mark.parametrize("name", ["å" * 125 + ".csv", "a" * 251 + ".csv"])
def test_the_longest_names_are_cut_to_have_a_report(folder, name):
    put(folder, name)
    put(folder, name[1:])
    first, second = put_away(folder, name), put_away(folder, name[1:])

    assert first != second
    assert {first, second, f"{first}.txt", f"{second}.txt"} == {one.name for one in folder.accepted.iterdir()}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("name", [b"m\xe5l.csv", b"to\nlinjer.csv"])
def test_a_name_that_is_no_text_is_moved_as_it_is(folder, name):
    put(folder, os.fsdecode(name))

    assert os.fsencode(put_away(folder, os.fsdecode(name))) == name


@pytest.mark.parametrize("change", ["grown", "another", "gone", "link"])
def test_a_file_that_is_another_by_now_is_neither_read_nor_moved(folder, tmp_path, change):
    path = put(folder, "tal.csv")
    (one,) = folder.waiting()
    target = folder.report(folder.accepted, "tal.csv", lambda _: "rapport")
    if change == "grown":
        with path.open("ab") as file:
            file.write(b" og flere")
    else:
        path.rename(tmp_path / "kept.csv")
    if change == "another":
        put(folder, "tal.csv")
    if change == "link":
        path.symlink_to(tmp_path / "kept.csv")

    if change == "link":
        with pytest.raises(OSError, match="symbolic links"):
            folder.read(one)
    else:
        assert folder.read(one) is None
    assert not folder.move(one, target)
    assert list(folder.accepted.iterdir()) == []
    assert path.exists() is (change != "gone")


def test_a_report_that_cannot_be_written_leaves_nothing(folder):
    def fail(_: Path) -> str:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        folder.report(folder.accepted, "tal.csv", fail)
    assert list(folder.accepted.iterdir()) == []


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        InboxFolder(str(path)).prepare()
    return refused.value.said.id


def test_a_folder_that_is_not_there_is_not_made(tmp_path):
    assert refusal(tmp_path / "inbox") == "inbox.no_folder"
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("")
    assert refusal(tmp_path / "file") == "inbox.no_folder"
    assert refusal(Path("/")) == "inbox.no_folder"


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path):
    (tmp_path / "inbox").mkdir()
    (tmp_path / "accepted").write_text("")

    assert refusal(tmp_path / "inbox") == "inbox.cannot_use"


@pytest.mark.skipif(not ANOTHER_DRIVE.is_dir(), reason="needs a second drive")
def test_a_folder_on_another_drive_is_told(tmp_path):
    (tmp_path / "inbox").mkdir()
    with tempfile.TemporaryDirectory(dir=ANOTHER_DRIVE) as other:
        if os.stat(other).st_dev == os.stat(tmp_path).st_dev:
            pytest.skip("it is the same drive")
        (tmp_path / "accepted").symlink_to(other)
        assert refusal(tmp_path / "inbox") == "inbox.other_drive"


@contextmanager
def somebody_else() -> Iterator[None]:
    """The process as one that owns nothing."""
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that everybody may enter; those of the tests are for their owner."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        (Path(made) / "inbox").mkdir()
        yield Path(made)


@BY_ROOT
@pytest.mark.parametrize("mode", [0o000, 0o555, 0o722])
def test_a_folder_without_permission_is_told_before_anything_is_read(public, mode):
    InboxFolder(str(public / "inbox")).prepare()
    for name in ("accepted", "rejected"):
        (public / name).chmod(0o777)
    (public / "inbox").chmod(mode)

    with somebody_else():
        assert refusal(public / "inbox") == "inbox.cannot_use"


@BY_ROOT
def test_folders_that_cannot_be_made_are_told(public):
    (public / "inbox").chmod(0o777)

    with somebody_else():
        assert refusal(public / "inbox") == "inbox.cannot_use"


@BY_ROOT
def test_a_file_that_may_not_be_read_is_an_error_and_can_be_moved(public):
    folder = InboxFolder(str(public / "inbox"))
    folder.prepare()
    for made in (folder.path, folder.accepted, folder.rejected):
        made.chmod(0o777)
    put(folder, "tal.csv").chmod(0o000)

    with somebody_else():
        (one,) = folder.waiting()
        with pytest.raises(PermissionError):
            folder.read(one)
        assert folder.move(one, folder.report(folder.rejected, "tal.csv", lambda _: "rapport"))
