"""Storing what was read from a file: all of it in one transaction, and only on what it was held against."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bplan_bot.errors import Refused
from bplan_bot.figure_file import FileFigures
from db.audit import entries
from db.figure_files import take_file
from db.observations import load_series
from db.plans import save_package
from tests.figure_files import TODAY, csv_file, read
from tests.norddjurs import package

NOW = datetime(2025, 6, 2, 12, tzinfo=UTC)
KEY = "norddjurs-2024"


@pytest.fixture
async def plan(database):
    async with database.transaction() as session:
        await save_package(session, package(), now=datetime(2025, 5, 14, tzinfo=UTC))
    return database


async def found_in(database, *lines: str) -> FileFigures:
    async with database.reading() as session:
        series = await load_series(session, KEY, as_of=TODAY)
    return read(csv_file(*lines), series=series)


async def test_new_figures_and_corrections_are_stored_with_their_origin_and_one_audit_row(plan):
    found = await found_in(plan, "6.2;2024;37,1;;", "6.8;1. halvår 2024;;48;58", "6.13;januar 2025;38;;")

    async with plan.transaction() as session:
        taken = await take_file(session, found, by="command line", now=NOW, reason="Rettet af kilden")

    assert (taken.new, taken.corrected, taken.same) == (1, 1, 1)
    async with plan.reading() as session:
        series = await load_series(session, KEY, as_of=TODAY)
        (audit,) = await entries(session, subject=f"{KEY}/files", limit=5)
    stored = [one for key in ("6.2.share", "6.8.share") for one in series.of(key, "707") if one.origin]
    assert [(str(one.value), one.origin.place if one.origin else "") for one in stored] == [
        ("37.1", "C2"),
        ("82.8", "C3"),
    ]
    assert (audit.action, audit.actor, audit.detail["reason"]) == (
        "figures_taken",
        "command line",
        "Rettet af kilden",
    )
    assert (audit.detail["new"], audit.detail["corrected"], audit.detail["same"]) == (1, 1, 1)


async def test_the_corrected_figure_is_kept_beside_the_new_one(plan):
    found = await found_in(plan, "6.2;2024;37,1;;")

    async with plan.transaction() as session:
        await take_file(session, found, by="command line", now=NOW, reason="Rettet")

    async with plan.reading() as session:
        series = await load_series(session, KEY, as_of=TODAY)
    standing = found.corrections[0].stored
    assert standing is not None
    newest = series.at("6.2.share", "707", standing.period)
    assert newest is not None
    assert [str(one.value) for one in series.differing(newest)] == ["36.7"]


async def test_the_same_file_again_stores_nothing(plan):
    lines = ("6.2;2023;36,1;;", "6.8;1. halvår 2024;;48;58")
    for _ in range(2):
        found = await found_in(plan, *lines)
        async with plan.transaction() as session:
            taken = await take_file(session, found, by="command line", now=NOW)

    assert (taken.new, taken.corrected, taken.same) == (0, 0, 2)
    async with plan.reading() as session:
        assert len(await entries(session, subject=f"{KEY}/files", limit=5)) == 1


@pytest.mark.parametrize("line", ["6.2;2024;37,2;;", "6.8;2024;;40;58"])
async def test_a_figure_that_somebody_reported_meanwhile_is_not_overwritten(plan, line):
    found, other = (
        await found_in(plan, line),
        await found_in(plan, line.replace("37,2", "38").replace("40", "41")),
    )
    async with plan.transaction() as session:
        await take_file(session, other, by="somebody", now=NOW, reason="Først")

    with pytest.raises(Refused, match=r"file\.changed_meanwhile"):
        async with plan.transaction() as session:
            await take_file(session, found, by="command line", now=NOW, reason="Sidst")


async def test_a_refusal_by_the_database_stores_nothing_of_the_file(plan):
    found = await found_in(plan, "6.2;2023;36,1;;", "6.3;2023;35,1;;")
    stranger = replace(found.new[1].asked.indicator, key="6.3.unknown")
    broken = replace(found.new[1], asked=replace(found.new[1].asked, indicator=stranger))

    with pytest.raises(Refused, match="unknown_indicator"):
        async with plan.transaction() as session:
            await take_file(session, replace(found, new=(found.new[0], broken)), by="command line", now=NOW)

    assert len((await found_in(plan, "6.2;2023;36,1;;")).new) == 1
