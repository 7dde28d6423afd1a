"""docs/sources.md says of every goal what the plan does: which source, which table, fetched or not."""

from pathlib import Path

import pytest

from bplan_bot.goal import Indicator
from tests.norddjurs import package

PAGE = (Path(__file__).parent.parent / "docs" / "sources.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.partition("## Goal by goal")[2].partition("\n## ")[0].splitlines()
    if line.startswith("| ") and line[2].isdigit()
]
FED = [one for goal in package().plan.goals for one in goal.indicators if one.feed is not None]


def row_of(indicator: Indicator) -> list[str]:
    [found] = [row for row in ROWS if f"`{indicator.key}`" in row[1] or f"`{indicator.goal}.*`" == row[1]]
    return found


def test_every_goal_has_its_row():
    assert {row[0] for row in ROWS} == {goal.number for goal in package().plan.goals}


def test_every_row_says_who_how_how_often_how_late_and_on_what_evidence():
    assert [row[0] for row in ROWS if len(row) != 7 or not all(row)] == []


@pytest.mark.parametrize("indicator", FED, ids=lambda one: one.key)
def test_a_feed_of_the_plan_stands_on_the_page_with_its_table(indicator):
    assert indicator.feed is not None
    _, _, source, how, *_ = row_of(indicator)

    assert source == indicator.feed.source
    assert ("fetched" in how) is indicator.feed.is_chosen
    assert ("to be chosen" in how) is not indicator.feed.is_chosen
    assert ("as a check" in how) is indicator.is_check
    assert not indicator.feed.table or f"`{indicator.feed.table.upper()}`" in how


@pytest.mark.parametrize("row", [row for row in ROWS if "fetched" in row[3]], ids=lambda row: row[1])
def test_the_page_promises_no_table_that_the_plan_does_not_have(row):
    tables = {f"`{one.feed.table.upper()}`" for one in FED if one.feed and one.feed.is_chosen}

    assert any(table in row[3] for table in tables)


@pytest.mark.parametrize(
    "indicator", [one for one in FED if one.feed and one.feed.table], ids=lambda one: one.key
)
def test_a_table_in_the_plan_says_where_it_is_known_from(indicator):
    assert indicator.feed is not None
    assert indicator.feed.evidence
