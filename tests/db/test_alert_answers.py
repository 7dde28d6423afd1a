"""What people answer to an alert is kept once, with its audit row, and renews everybody's cards."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bplan_bot.alert_state import Acknowledgement, Snooze
from bplan_bot.notice import NoticeKind, OptOut
from bplan_bot.status import Status
from db import acknowledgements, notices, opt_outs, snoozes
from db.audit import entries
from db.changes import record_change
from db.engine import Database
from db.plans import save_package
from tests.factories import NOW, make_change, make_notice, make_package

PLAN = "norddjurs-2024"
LATER = NOW + timedelta(hours=1)
CARDS = [make_notice("annas card", plan=PLAN), make_notice("bos card", plan=PLAN, recipient="bo")]


@pytest.fixture
async def fallen(database: Database) -> Database:
    """A database with a goal that fell, and the cards that tell it to anna and bo."""
    async with database.transaction() as session:
        await save_package(session, make_package(), now=NOW)
        await record_change(session, make_change(before=None, after=Status.MET), [], actor="test")
        cards = [replace(card, created_at=NOW + timedelta(minutes=1)) for card in CARDS]
        await record_change(session, make_change(at=NOW + timedelta(minutes=1)), cards, actor="test")
    return database


def acknowledgement(**changes: Any) -> Acknowledgement:
    values = {"plan": PLAN, "goal": "1.1", "person": "anna", "at": LATER, "notice": "annas card"}
    return Acknowledgement(**{**values, **changes})


def snooze(**changes: Any) -> Snooze:
    values = {
        "plan": PLAN,
        "goal": "1.1",
        "person": "anna",
        "until": date(2025, 5, 1),
        "reason": "Ferie",
        "at": LATER,
    }
    return Snooze(**{**values, **changes})


async def acknowledge(database: Database, given: Acknowledgement) -> bool:
    async with database.transaction() as session:
        return await acknowledgements.acknowledge(session, given)


async def put_off(database: Database, given: Snooze) -> bool:
    async with database.transaction() as session:
        return await snoozes.put_off(session, given)


async def renewed(database: Database) -> list[str]:
    """The cards that wait to be renewed, each as often as it is."""
    async with database.transaction() as session:
        claimed = await notices.claim(session, now=NOW + timedelta(days=9), limit=99, by="test")
    return sorted(one.updates for one in claimed if one.kind is NoticeKind.CARD_UPDATE)


async def audited(database: Database) -> list[tuple[str, str]]:
    async with database.reading() as session:
        found = await entries(session, limit=50)
    return [(entry.actor, entry.action) for entry in found if entry.actor != "test"]


async def test_an_acknowledgement_is_kept_as_it_was_given(fallen: Database) -> None:
    given = acknowledgement(note="Vi ser på det", follow_up_on=date(2025, 5, 1))

    assert await acknowledge(fallen, given)
    async with fallen.reading() as session:
        (found,) = await acknowledgements.acknowledgements(session, PLAN, "1.1", since=NOW)
        due = await acknowledgements.to_follow_up(session, on=date(2025, 5, 1))
        too_early = await acknowledgements.to_follow_up(session, on=date(2025, 4, 30))
    assert replace(found, id=0) == given
    assert (due, too_early) == ((found,), ())
    assert await audited(fallen) == [("anna", "acknowledged")]


async def test_an_answer_renews_every_card_of_the_fall(fallen: Database) -> None:
    await acknowledge(fallen, acknowledgement())

    assert await renewed(fallen) == ["annas card", "bos card"]


async def test_two_presses_at_once_are_one_answer(fallen: Database) -> None:
    kept = await asyncio.gather(*(acknowledge(fallen, acknowledgement()) for _ in range(2)))

    assert sorted(kept) == [False, True]
    assert await audited(fallen) == [("anna", "acknowledged")]
    assert await renewed(fallen) == ["annas card", "bos card"]


async def test_two_people_each_answer_their_own_card(fallen: Database) -> None:
    await acknowledge(fallen, acknowledgement())
    await acknowledge(fallen, acknowledgement(person="bo", notice="bos card"))

    assert await renewed(fallen) == ["annas card", "annas card", "bos card", "bos card"]


async def test_nothing_is_kept_when_the_transaction_is_lost(fallen: Database) -> None:
    with pytest.raises(RuntimeError, match="killed"):
        await killed_before_its_commit(fallen)

    assert (await renewed(fallen), await audited(fallen)) == ([], [])


async def killed_before_its_commit(database: Database) -> None:
    async with database.transaction() as session:
        await acknowledgements.acknowledge(session, acknowledgement())
        raise RuntimeError("killed")


async def test_what_was_answered_before_a_fall_is_not_an_answer_to_it(fallen: Database) -> None:
    await acknowledge(fallen, acknowledgement())
    async with fallen.reading() as session:
        since = LATER + timedelta(seconds=1)
        assert await acknowledgements.acknowledgements(session, PLAN, "1.1", since=since) == ()


async def test_a_goal_is_asleep_for_whom_put_it_off_until_the_day_comes(fallen: Database) -> None:
    assert await put_off(fallen, snooze())

    async with fallen.reading() as session:
        eve = await snoozes.asleep(session, PLAN, "1.1", on=date(2025, 4, 30))
        day = await snoozes.asleep(session, PLAN, "1.1", on=date(2025, 5, 1))
        other = await snoozes.asleep(session, PLAN, "1.2", on=date(2025, 4, 30))
    assert (eve, day, other) == (frozenset({"anna"}), frozenset(), frozenset())
    assert await audited(fallen) == [("anna", "put_off")]
    assert await renewed(fallen) == ["annas card", "bos card"]


async def test_two_presses_of_the_same_day_are_one_snooze(fallen: Database) -> None:
    kept = await asyncio.gather(*(put_off(fallen, snooze()) for _ in range(2)))

    assert sorted(kept) == [False, True]
    assert await audited(fallen) == [("anna", "put_off")]


@pytest.mark.parametrize("days", [(1, 20), (20, 1), (1, 20, 1)])
async def test_the_newest_snooze_counts_even_where_it_goes_back_to_an_earlier_day(
    fallen: Database, days: tuple[int, ...]
) -> None:
    for number, day in enumerate(days):
        at = LATER + timedelta(minutes=number)
        assert await put_off(fallen, snooze(until=date(2025, 5, day), at=at, reason=f"nr. {number}"))

    async with fallen.reading() as session:
        (found,) = await snoozes.snoozes(session, PLAN, "1.1")
        ended = await snoozes.ended(session, by=date(2025, 5, 1))
    assert (found.until.day, found.reason) == (days[-1], f"nr. {len(days) - 1}")
    assert [one.until.day for one in ended] == ([1] if days[-1] == 1 else [])


async def test_a_recovery_renews_the_cards_and_what_comes_after_it_no_longer_does(fallen: Database) -> None:
    back = make_change(before=Status.NOT_MET, after=Status.MET, at=LATER)
    async with fallen.transaction() as session:
        await record_change(session, back, [], actor="test")
    recovered = await renewed(fallen)
    again = make_change(at=LATER + timedelta(hours=1))
    async with fallen.transaction() as session:
        await record_change(session, again, [], actor="test")

    assert recovered == ["annas card", "bos card"]
    assert await renewed(fallen) == []


async def test_a_change_that_is_held_renews_nothing(fallen: Database) -> None:
    held = make_change(before=Status.NOT_MET, after=Status.MET, at=LATER, held=True)
    async with fallen.transaction() as session:
        await record_change(session, held, [], actor="test")

    assert await renewed(fallen) == []


async def test_opting_out_holds_until_one_opts_in(database: Database) -> None:
    async with database.transaction() as session:
        out = [await opt_outs.opt_out(session, "anna", OptOut.ALERTS, now=NOW) for _ in range(2)]
    async with database.reading() as session:
        meanwhile = await opt_outs.opted_out(session, OptOut.ALERTS)
    async with database.transaction() as session:
        back = [await opt_outs.opt_in(session, "anna", OptOut.ALERTS, now=NOW) for _ in range(2)]
    async with database.reading() as session:
        afterwards = await opt_outs.opted_out(session, OptOut.ALERTS)

    assert (out, back) == ([True, False], [True, False])
    assert (meanwhile, afterwards) == (frozenset({"anna"}), frozenset())
    assert await audited(database) == [("anna", "opt_in"), ("anna", "opt_out")]
