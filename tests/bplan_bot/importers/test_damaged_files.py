"""Files that are damaged, made wrongly or made to do harm: each is refused with the place named."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest

from tests.figure_files import csv_file, read, refused, with_parts, workbook

HEAD = ("Mål", "Periode", "Værdi", "Tæller", "Nævner")
GOOD = workbook(HEAD, ("6.2", "2024", 36.7))
SHEET = "xl/worksheets/sheet1.xml"


def sheet_with(cell: str) -> bytes:
    """A workbook whose cell C2 has this XML."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        text = archive.read(SHEET).decode()
    start = text.index('<c r="C2"')
    end = text.index("</c>", start) + 4
    return with_parts(GOOD, {SHEET: (text[:start] + cell + text[end:]).encode()})


def bomb() -> bytes:
    """Some kilobytes that unpack to more than may be unpacked."""
    return with_parts(GOOD, {"xl/media/image1.png": b"\x00" * 40_000_000})


def wrong_checksum() -> bytes:
    at = GOOD.index(SHEET.encode()) + len(SHEET) + 20
    return GOOD[:at] + bytes([GOOD[at] ^ 0xFF]) + GOOD[at + 1 :]


def changed(change: Any, *rows: Any) -> bytes:
    return workbook(HEAD, *(rows or (("6.2", "2024", 36.7),)), change=change)


def far_cell(sheet: Any) -> None:
    sheet["XFD1"] = "x"


def deep_cell(sheet: Any) -> None:
    sheet["A1048576"] = "x"


def merged_figures(sheet: Any) -> None:
    sheet.append(("6.2", "2023", None))
    sheet.merge_cells("C2:C3")


def formula(sheet: Any) -> None:
    sheet["C2"] = "=40+1"


def elsewhere(sheet: Any) -> None:
    sheet["C2"] = "=[1]Ark1!A1"


FILES: dict[str, tuple[str, bytes, str]] = {
    "empty": ("tal.csv", b"", "Filen: Filen er tom"),
    "only blanks": ("tal.csv", b" \r\n\r\n ", "Filen: Filen er tom"),
    "only a byte order mark": ("tal.csv", b"\xef\xbb\xbf", "Filen: Der er ingen række med overskrifter"),
    "a picture": ("tal.png", b"\x89PNG\r\n\x1a\n", "Filen: Filen er hverken .csv eller .xlsx"),
    "no ending": ("tal", csv_file("6.2;2024;36,7;;"), "Filen: Filen er hverken"),
    "a document": ("tal.docx", b"PK\x03\x04", "Filen: Filen er hverken"),
    "PDF called CSV": ("tal.csv", b"%PDF-1.7\n", "Filen: Filen er hverken"),
    "PDF called workbook": ("tal.xlsx", b"%PDF-1.7\n", "Filen: Filen er hverken"),
    "the old Excel": ("tal.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "gem den som .xlsx"),
    "old Excel called new": ("tal.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "låst med adgangskode"),
    "macros": ("tal.xlsm", GOOD, "gem den som .xlsx"),
    "web page called Excel": ("tal.xls", b"<html><table><tr><td>6.2</td></tr></table>", "gem den som .xlsx"),
    "web page called workbook": ("tal.xlsx", b"<html><table></table></html>", "Filen er en webside"),
    "web page called CSV": ("tal.csv", b"\xef\xbb\xbf<!DOCTYPE html><html></html>", "Filen er en webside"),
    "workbook called CSV": ("tal.csv", GOOD, "kald den .xlsx"),
    "CSV called workbook": ("tal.xlsx", csv_file("6.2;2024;36,7;;"), "ingen Excel-projektmappe"),
    "cut off archive": ("tal.xlsx", GOOD[: len(GOOD) // 2], "Projektmappen er beskadiget"),
    "archive without its end": ("tal.xlsx", GOOD[:-30], "Projektmappen er beskadiget"),
    "archive of nothing": ("tal.xlsx", b"PK\x05\x06" + b"\x00" * 18, "ingen Excel-projektmappe"),
    "archive of rubbish": ("tal.xlsx", b"PK\x03\x04" + b"\xff" * 200, "Projektmappen er beskadiget"),
    "wrong checksum": ("tal.xlsx", wrong_checksum(), "Projektmappen er beskadiget"),
    "another kind of archive": (
        "tal.xlsx",
        with_parts(GOOD, {"xl/workbook.xml": None}),
        "ingen Excel-projekt",
    ),
    "no sheet in it": ("tal.xlsx", with_parts(GOOD, {SHEET: None}), "Filen: Der er ingen række med"),
    "sheet of rubbish": ("tal.xlsx", with_parts(GOOD, {SHEET: b"<worksheet><oops"}), "er beskadiget"),
    "styles of rubbish": ("tal.xlsx", with_parts(GOOD, {"xl/styles.xml": b"\xff\xfe"}), "er beskadiget"),
    "bomb": ("tal.xlsx", bomb(), "Projektmappen fylder over 30 MB"),
    "thousands of parts": (
        "tal.xlsx",
        with_parts(GOOD, {f"xl/media/{n}.png": b"" for n in range(1100)}),
        "Projektmappen fylder over 30 MB",
    ),
    "entities that grow": (
        "tal.xlsx",
        with_parts(GOOD, {SHEET: b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'}),
        "Projektmappen er beskadiget",
    ),
    "too many columns": ("tal.xlsx", changed(far_cell), "Ark1: Der er flere end 200 kolonner"),
    "too many rows": ("tal.xlsx", changed(deep_cell), "Ark1: Der er flere end 100000 rækker"),
    "huge cell in a workbook": (
        "tal.xlsx",
        workbook(HEAD, ("6.2", "2024", "9" * 3000)),
        "Ark1, række 2, kolonne C: Cellen har over 2000 tegn",
    ),
    "formula never calculated": ("tal.xlsx", changed(formula), "Ark1, række 2, kolonne C: Formlen er ikke"),
    "formula from another file": ("tal.xlsx", changed(elsewhere), "Ark1, række 2, kolonne C: Cellen henter"),
    "an error of Excel's": (
        "tal.xlsx",
        sheet_with('<c r="C2" t="e"><v>#DIV/0!</v></c>'),
        "Ark1, række 2, kolonne C: Cellen viser en fejl",
    ),
    "infinite cell": (
        "tal.xlsx",
        sheet_with('<c r="C2"><v>1e400</v></c>'),
        "Ark1, række 2, kolonne C: Tallet",
    ),
    "cell that is no number": ("tal.xlsx", sheet_with('<c r="C2"><v>NaN</v></c>'), "er beskadiget"),
    "cell of an unknown text": (
        "tal.xlsx",
        sheet_with('<c r="C2" t="s"><v>99</v></c>'),
        "Projektmappen er beskadiget",
    ),
    "yes or no for a figure": (
        "tal.xlsx",
        workbook(HEAD, ("6.2", "2024", True)),
        "Ark1, række 2, kolonne C: Tallet kan ikke læses",
    ),
    "date for a figure": (
        "tal.xlsx",
        workbook(HEAD, ("6.2", "2024", date(2024, 1, 1))),
        "Ark1, række 2, kolonne C: Tallet kan ikke læses",
    ),
    "date for a goal": (
        "tal.xlsx",
        workbook(HEAD, (date(2025, 2, 6), "2024", 36.7)),
        "Ark1, række 2, kolonne A: Excel har gjort målets nummer til en dato",
    ),
    "number for goal 6.10": (
        "tal.xlsx",
        workbook(HEAD, (6.10, "2024", 36.7)),
        "Ark1, række 2, kolonne A: Cellen kan være både mål 6.1 og 6.10",
    ),
    "merged figures": ("tal.xlsx", changed(merged_figures), "Ark1, række 3, kolonne C: Cellen er flettet"),
    "share without its sign": (
        "tal.xlsx",
        workbook(HEAD, ("6.2", "2024", 0.367)),
        "Ark1, række 2, kolonne C: Tallet ligger mellem 0 og 1",
    ),
    "no table": ("tal.xlsx", workbook(("Hej",), ("med dig",)), "Ark1: Der er ingen række med overskrifter"),
    "binary": ("tal.csv", bytes(range(256)), "Række 1: Der står tegn, som ikke er tekst"),
    "a nought byte": ("tal.csv", csv_file("6.2;2024;36\x00,7;;"), "Række 2: Der står tegn"),
    "0xFF bytes": ("tal.csv", csv_file("6.2;2024;ÿÿ;;", encoding="cp1252"), "Række 2, kolonne C: Tallet kan"),
    "a million empty rows": (
        "tal.csv",
        csv_file("\n" * 1_000_001),
        "Række 1000001: Der er flere end",
    ),
    "no letter in any alphabet": (
        "tal.csv",
        csv_file("6.2;2024;36,7;;") + b"\x81\x8d",
        "Række 3: Der står tegn",
    ),
    "half a UTF-16 letter": ("tal.csv", b"\xff\xfe\x4d", "Række 1: Der står tegn"),
    "lone quotation mark": ("tal.csv", csv_file('6.2;2024;"36,7;;'), "Række 2: Et anførselstegn"),
    "words after a quotation": ("tal.csv", csv_file('6.2;2024;"36"7;;'), "Række 2: Et anførselstegn"),
    "huge cell": ("tal.csv", csv_file(f"6.2;2024;{'9' * 3000};;"), "Række 2, kolonne C: Cellen har over"),
    "cell beyond the reader": ("tal.csv", csv_file(f"6.2;2024;{'9' * 200_000};;"), "Række 2"),
    "hundreds of columns": ("tal.csv", csv_file(";" * 400), "Række 2: Der er flere end 200 kolonner"),
    "no headings": ("tal.csv", b"6.2;2024;36,7\r\n", "Filen: Der er ingen række med overskrifter"),
    "column of goals missing": (
        "tal.csv",
        csv_file(head="Periode;Værdi"),
        "Række 1: Der mangler en kolonne, der",
    ),
    "column of periods missing": (
        "tal.csv",
        csv_file(head="Mål;Værdi"),
        "Række 1: Der mangler en kolonne, der",
    ),
    "column of figures missing": ("tal.csv", csv_file(head="Mål;Periode;Tæller"), "Række 1: Der mangler"),
    "two headings alike": (
        "tal.csv",
        csv_file(head="Mål;Periode;Værdi;Resultat"),
        "Række 1, kolonne D: Over",
    ),
    "headings again": (
        "tal.csv",
        csv_file("6.2;2024;36,7;;", ";".join(HEAD)),
        "Række 3: Overskrifterne står",
    ),
    "no figures": ("tal.csv", csv_file("6.2;2024;;;"), "Filen: Der er ingen tal i tabellen"),
    "decimal commas between commas": (
        "tal.csv",
        b"goal,period,value\n6.2,2024,36,7\n",
        "Række 2, kolonne D: Rækken har celler efter de 3",
    ),
    "cut off in a row": ("tal.csv", csv_file()[:-2] + b"\r\n6.8;2024;82", "Række 2: Rækken har kun 3 celler"),
    "no goal": ("tal.csv", csv_file(";2024;36,7;;"), "Række 2, kolonne A: Målets nummer mangler"),
    "unknown goal": ("tal.csv", csv_file("6.99;2024;36,7;;"), "Række 2, kolonne A: Målet findes ikke"),
    "figure of another goal": (
        "tal.csv",
        csv_file("6.2;6.3.share;2024;36,7", head="Mål;Indikator;Periode;Værdi"),
        "Række 2, kolonne B: Sådan et tal har mål 6.2 ikke",
    ),
    "unknown area": (
        "tal.csv",
        csv_file("6.2;Atlantis;2024;36,7", head="Mål;Område;Periode;Værdi"),
        "Række 2, kolonne B: Området kendes ikke",
    ),
    "wrong unit": (
        "tal.csv",
        csv_file("6.2;2024;36;antal", head="Mål;Periode;Værdi;Enhed"),
        "Række 2, kolonne D: Tallet er en andel i procent",
    ),
    "no period": ("tal.csv", csv_file("6.2;;36,7;;"), "Række 2, kolonne B: Perioden kan ikke læses"),
    "month 13": ("tal.csv", csv_file("6.2;2024-M13;36,7;;"), "Række 2, kolonne B: Perioden kan ikke læses"),
    "period to come": (
        "tal.csv",
        csv_file("6.2;2026;36,7;;"),
        "Række 2, kolonne B: Perioden 2026 er ikke slut",
    ),
    "period long gone": (
        "tal.csv",
        csv_file("6.2;1999;36,7;;"),
        "Række 2, kolonne B: Perioden ligger uden for",
    ),
    "period of a wrong kind": ("tal.csv", csv_file("6.2;jan-24;36,7;;"), "Række 2, kolonne B: Tallet plejer"),
    "infinite": ("tal.csv", csv_file("6.2;2024;1e400;;"), "Række 2, kolonne C: Tallet kan ikke læses"),
    "not a number": ("tal.csv", csv_file("6.2;2024;NaN;;"), "Række 2, kolonne C: Tallet kan ikke læses"),
    "forty decimals": (
        "tal.csv",
        csv_file(f"6.8;2024;82,{'7' * 40};48;58"),
        "Række 2, kolonne C: Tallet kan ikke læses",
    ),
    "words": ("tal.csv", csv_file("6.2;2024;mange;;"), "Række 2, kolonne C: Tallet kan ikke læses"),
    "formula in a text file": (
        "tal.csv",
        csv_file("6.2;2024;=1+1;;"),
        "Række 2, kolonne C: Tallet kan ikke læses",
    ),
    "negative": (
        "tal.csv",
        csv_file("6.13;2025-M01;-38;;"),
        "Række 2, kolonne C: Tallet kan ikke være under 0",
    ),
    "half a person": ("tal.csv", csv_file("6.13;2025-M01;38,5;;"), "Række 2, kolonne C: Tallet er et antal"),
    "share of a count": (
        "tal.csv",
        csv_file("6.13;2025-M01;38 %;;"),
        "Række 2, kolonne C: Tallet er et antal",
    ),
    "more than all": ("tal.csv", csv_file("6.2;2024;367;;"), "Række 2, kolonne C: Tallet er en andel"),
    "more than all people": (
        "tal.csv",
        csv_file("6.13;2025-M01;99999999;;"),
        "Række 2, kolonne C: Tallet er st",
    ),
    "swapped parts": ("tal.csv", csv_file("6.8;2024;;58;48"), "Række 2, kolonne D: Tælleren (58) er større"),
    "parts of nothing": (
        "tal.csv",
        csv_file("6.8;2024;;0;0"),
        "Række 2, kolonne E: Nævneren kan ikke være 0",
    ),
    "one part": ("tal.csv", csv_file("6.8;2024;;48;"), "Række 2, kolonne E: Skriv både tælleren og nævneren"),
    "parts that do not fit": (
        "tal.csv",
        csv_file("6.8;2024;82,7;48;58"),
        "Række 2, kolonne C: 48 af 58 er 82,8 %",
    ),
    "two figures of one period": (
        "tal.csv",
        csv_file("6.2;2024;36,7;;", "6.2;2024;37;;"),
        "Række 3, kolonne C: Tallet for den periode står også i række 2, kolonne C",
    ),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_damaged_file_is_refused_and_the_place_is_named(kind):
    name, content, sentence = FILES[kind]
    told = refused(read(content, name))

    assert len(told) == 1, told
    assert sentence in told[0]


def test_there_are_at_least_sixty_of_them():
    assert len(FILES) >= 60


def test_every_problem_of_a_file_is_told_at_once():
    told = refused(read(csv_file("6.99;2024;1;;", "6.2;2026;36,7;;", "6.2;2024;mange;;")))

    assert [sentence.partition(":")[0] for sentence in told] == [
        "Række 2, kolonne A",
        "Række 3, kolonne B",
        "Række 4, kolonne C",
    ]


def test_one_bad_row_among_good_ones_refuses_them_all():
    found = read(csv_file("6.2;2023;36,7;;", "6.3;2024;mange;;"))

    assert len(refused(found)) == 1
