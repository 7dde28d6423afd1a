"""Tells what kind of file somebody sent by what is in it, and reads its sheets."""

from bplan_bot.importers.csv_grid import read_csv
from bplan_bot.importers.grid import MOST_BYTES, Place, Unreadable, Workbook
from bplan_bot.importers.xlsx_grid import read_xlsx

_TEXT = (".csv", ".txt", ".tsv")
_ZIP, _OLD_OFFICE, _PDF = b"PK", b"\xd0\xcf\x11\xe0", b"%PDF"
_MARKUP = (b"<", b"\xef\xbb\xbf<")


def read_file(name: str, content: bytes) -> Workbook:
    """The sheets of a CSV file or a workbook; Unreadable for anything else, with what to do instead."""
    kind = "." + name.lower().rpartition(".")[2]
    start = content[:4096].lstrip()
    if not start:
        raise Unreadable(Place(), "file.empty")
    if len(content) > MOST_BYTES:
        raise Unreadable(Place(), "file.too_large", most=MOST_BYTES // 1_000_000)
    if kind not in (*_TEXT, ".xlsx"):
        raise Unreadable(Place(), "file.kind.old" if kind in (".xls", ".xlsb", ".xlsm") else "file.kind")
    if start.startswith(_OLD_OFFICE):
        raise Unreadable(Place(), "file.kind.old")
    if start.startswith(_MARKUP):
        raise Unreadable(Place(), "file.kind.markup")
    if start.startswith(_PDF):
        raise Unreadable(Place(), "file.kind")
    is_zip = content.startswith(_ZIP)
    if is_zip != (kind == ".xlsx"):
        raise Unreadable(Place(), "file.kind.named_text" if is_zip else "file.kind.named_workbook")
    return read_xlsx(content) if is_zip else Workbook((read_csv(content),))
