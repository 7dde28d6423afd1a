"""The Excel file a source fills in: what stands in it, and that the import reads it when it is filled in."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from bplan_bot.errors import Refused, WrongUse
from bplan_bot.goal import Discontinued
from bplan_bot.importers.figure_template import template_for
from bplan_bot.observation import Series
from bplan_bot.picture import Picture
from bplan_bot.texts.speaker import Speaker
from tests.factories import make_goal, make_indicator, make_plan
from tests.figure_files import TODAY, figures, read, refused
from tests.norddjurs import picture

SOURCES = ("ungeindsatsen", "cvr_fasit", "job_og_sprog", "quarterly_counts", "department")


def opened(source: str, today: date = TODAY) -> Any:
    return openpyxl.load_workbook(io.BytesIO(template_for(source, picture(today))))


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def rows_of(sheet: Any) -> list[int]:
    return [row for row in range(4, sheet.max_row + 1) if sheet.cell(row, 1).value]


@pytest.mark.parametrize("source", SOURCES)
def test_a_template_that_was_filled_in_is_read_again_figure_by_figure(source):
    book = opened(source)
    sheet = book["Tal"]
    for row in rows_of(sheet):
        sheet.cell(row, 8).value = 30 + row
    found = read(saved(book), "skabelon.xlsx", series=Series(()))

    expected = [(sheet.cell(row, 2).value, f"{30 + row}") for row in rows_of(sheet)]
    assert expected
    assert [(key, value) for key, _, _, value in figures(found)] == expected


@pytest.mark.parametrize("source", SOURCES)
def test_an_empty_template_has_no_figures_yet(source):
    (sentence,) = refused(read(template_for(source, picture(TODAY)), "skabelon.xlsx"))

    assert sentence == "Filen: Der er ingen tal i tabellen; udfyld kolonnen Værdi."


def test_it_shows_last_times_figure_and_the_period_that_is_due():
    sheet = opened("department")["Tal"]

    assert [cell.value for cell in sheet[4]][:7] == [
        "6.13",
        "6.13.apprentices",
        "antallet af voksenlærlinge ansat i Norddjurs Kommune",
        "antal",
        "34",
        "januar 2024",
        "januar 2025",
    ]


def test_parts_are_asked_for_where_a_figure_is_told_by_them():
    book = opened("cvr_fasit")
    sheet = book["Tal"]
    sheet["I4"], sheet["J4"] = 48, 58

    ((_, _, _, value),) = figures(read(saved(book), "skabelon.xlsx", series=Series(())))
    assert value == "82.8"


def test_excel_is_told_what_may_be_written_in_the_yellow_cells():
    rules = opened("cvr_fasit")["Tal"].data_validations.dataValidation

    assert {str(rule.sqref): (rule.type, rule.formula2) for rule in rules} == {
        "H4": ("decimal", "100"),
        "I4": ("whole", "9999999"),
        "J4": ("whole", "9999999"),
    }


def test_a_goals_number_is_text_so_that_6_10_stays_what_it_is():
    sheet = opened("jobindsats")["Tal"]
    numbers = {sheet.cell(row, 1).value: sheet.cell(row, 1) for row in rows_of(sheet)}

    assert (numbers["6.10"].data_type, numbers["6.10"].number_format) == ("s", "@")


def test_the_help_sheet_says_how_and_that_no_persons_belong_there():
    guide = opened("department")["Vejledning"]
    words = " ".join(str(row[0].value) for row in guide.iter_rows())

    assert "gule celle" in words
    assert "CPR-numre" in words


def test_a_source_the_plan_does_not_have_is_wrong_use():
    with pytest.raises(WrongUse) as wrong:
        template_for("fasit", picture(TODAY))

    sentence = Speaker("da")(wrong.value.said)
    assert "ungeindsatsen" in sentence
    assert "cvr_fasit" in sentence


def test_a_source_whose_figures_have_all_stopped_has_no_template():
    stopped = Discontinued(date(2025, 1, 1), "follow_up")
    indicator = make_indicator("1.1.share", discontinued=stopped)
    plan = make_plan(goals=(make_goal("1.1", indicators=(indicator,)),))

    with pytest.raises(Refused, match=r"template\.no_figures"):
        template_for("jobindsats", Picture(plan, Series(()), (), TODAY))
