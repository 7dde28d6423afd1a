"""A plan comes back as it was saved, saving it again changes nothing, and nothing is ever deleted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine, event, func, select

from bplan_bot.errors import Refused
from bplan_bot.goal import Break, Decision, Discontinued, Plan
from bplan_bot.period import Period
from bplan_bot.plan_choice import usual_plan
from bplan_bot.plan_package import PlanPackage
from bplan_bot.quantity import Noun, Unit
from bplan_bot.target import NotMeasured, Part, Polarity, Reference, Target, Tolerance
from db import tables
from db.engine import Database
from db.observations import load_series
from db.plans import Loaded, load_plan, plan_keys, plan_sketches, save_package
from tests.factories import (
    NOW,
    make_document,
    make_goal,
    make_indicator,
    make_observation,
    make_package,
    make_plan,
    make_statement,
    text,
    with_goal,
)

RICH = make_goal(
    "6.10",
    title=text("Flere i ordinære timer", "More in ordinary hours"),
    measured_by=text("andelen med ordinære timer"),
    notes=(text("Opgøres halvårligt"), text("Foreløbig")),
    aliases=("ordinære timer", "6.10"),
    source=None,
    assessed_on=Period.rolling_year(2024, 3),
    withdrawn=Decision(date(2024, 9, 3), "24/77", text("Udgår")),
    indicators=(
        make_indicator(
            "6.10.persons",
            unit=Unit.COUNT,
            noun=Noun(text("sag", "case"), text("sager", "cases")),
            source="",
            accumulates=True,
            breaks=(Break(date(2025, 7, 1), text("reformen")),),
        ),
        make_indicator("6.10.first", discontinued=Discontinued(date(2024, 5, 1), "note"), yearly=True),
    ),
    target=Target(
        type="all_of",
        parts=(
            Part(text("antal"), Target(type="at_most", value=Decimal("0.50"), polarity=Polarity.LOWER)),
            Part(text("andel"), Target(type="by_date", due=2030, inner=Target(type="follow", strict=True))),
        ),
        reference=Reference(text("landet"), text("i landet"), area="000"),
        tolerance=Tolerance(Decimal("2"), "afdelingschefen", date(2024, 2, 1)),
        not_measured=NotMeasured(text("FGU"), text("opgøres ikke")),
    ),
)


def two_themes() -> Plan:
    return make_plan(goals=(make_goal("1.2"), make_goal("1.1"), RICH))


async def save(database: Database, package: PlanPackage) -> Loaded:
    async with database.transaction() as session:
        return await save_package(session, package, now=NOW)


async def load(database: Database, key: str = "norddjurs-2024", on: date | None = None) -> Plan | None:
    async with database.reading() as session:
        return await load_plan(session, key, on=on)


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    queries: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            queries.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield queries
    event.remove(Engine, "before_cursor_execute", note)


async def test_a_plan_comes_back_as_it_was_saved(database: Database) -> None:
    plan = two_themes()

    await save(database, make_package(plan=plan))

    loaded = await load(database)
    assert loaded == plan
    assert loaded is not None
    assert [goal.number for goal in loaded.goals] == ["1.2", "1.1", "6.10"]
    assert str(loaded.goals[2].target.parts[0].target.value) == "0.50"


async def test_saving_says_what_it_added_and_the_second_time_nothing_changes(database: Database) -> None:
    first = await save(database, make_package())
    second = await save(database, make_package())

    # a plan, a document, a theme, a source, two goals with an indicator and a target each
    assert first == Loaded(plan="norddjurs-2024", added=10, observations=1, statements=1)
    assert second == Loaded(plan="norddjurs-2024")
    assert second.nothing_new


async def test_changed_definitions_are_updated_and_reports_are_appended(database: Database) -> None:
    await save(database, make_package())
    reworded = replace(make_goal("1.1"), title=text("Kortere titel"), aliases=("ledige",))
    newer = make_document("benchmark", date=date(2025, 5, 1))

    loaded = await save(
        database,
        make_package(
            plan=with_goal(make_plan(title=text("Planen")), reworded),
            documents=(make_document(title=text("Anden opfølgning")), newer),
            observations=(make_observation(), make_observation(value="81.4", document=newer)),
            statements=(make_statement(), make_statement(document=newer)),
        ),
    )

    assert loaded == Loaded(plan="norddjurs-2024", added=1, changed=3, observations=1, statements=1)
    plan = await load(database)
    assert plan is not None
    assert (plan.title, plan.goal("1.1")) == (text("Planen"), reworded)


async def test_a_goal_that_leaves_the_plan_is_kept_with_its_figures_and_can_return(
    database: Database,
) -> None:
    await save(database, make_package())
    shorter = make_plan(goals=(make_goal("1.2"),))

    loaded = await save(database, make_package(plan=shorter, observations=(), statements=()))

    assert (loaded.added, loaded.changed) == (0, 4)  # the goal and its indicator, and the place of the others
    assert await load(database) == shorter
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(tables.goal)) == 2
        assert await session.scalar(select(func.count()).select_from(tables.observation)) == 1
    await save(database, make_package())
    assert await load(database) == make_plan()


async def test_a_target_changed_by_decision_is_a_version_and_the_old_one_stays(database: Database) -> None:
    await save(database, make_package())
    decided = replace(
        make_goal("1.1").target, value=Decimal("75"), valid_from=date(2024, 6, 1), decision="AU 24/900"
    )
    changed = with_goal(make_plan(), make_goal("1.1", target=decided))

    await save(database, make_package(plan=changed))
    again = await save(database, make_package(plan=changed))

    assert again.nothing_new
    before, after = await load(database, on=date(2024, 5, 31)), await load(database, on=date(2024, 6, 1))
    assert before is not None
    assert after == changed
    old = before.goals[0].target
    assert (old.value, old.valid_from, old.valid_to) == (Decimal("80.0"), None, date(2024, 5, 31))
    assert await load(database) == changed
    assert await load(database, on=date(2023, 1, 1)) == before, "before the first version it is the first"


async def test_a_target_valid_from_the_same_day_is_put_in_its_place(database: Database) -> None:
    await save(database, make_package())
    corrected = with_goal(
        make_plan(), make_goal("1.1", target=replace(make_goal().target, value=Decimal("81")))
    )

    loaded = await save(database, make_package(plan=corrected))

    assert (loaded.added, loaded.changed) == (0, 1)
    assert await load(database, on=date(2024, 1, 1)) == corrected


async def test_two_plans_may_use_the_same_indicator_keys_for_different_figures(database: Database) -> None:
    later = make_plan("norddjurs-2025", start=date(2025, 1, 1), end=date(2025, 12, 31))
    await save(database, make_package(observations=(make_observation(value="81.3"),)))
    await save(database, make_package(plan=later, observations=(make_observation(value="55"),)))

    async with database.reading() as session:
        one = await load_series(session, "norddjurs-2024")
        other = await load_series(session, "norddjurs-2025")
    values = [series.of("1.1.share", "707")[0].value for series in (one, other)]
    assert values == [Decimal("81.3"), Decimal("55")]


async def test_a_plan_nobody_saved_is_none(database: Database) -> None:
    assert await load(database, "norddjurs-1999") is None
    async with database.reading() as session:
        assert await plan_sketches(session) == ()
        assert await plan_keys(session) == ()


@pytest.mark.parametrize(
    ("today", "key"),
    [
        (date(2022, 6, 1), "p2026"),  # none has started: the newest
        (date(2024, 6, 1), "p2024"),
        (date(2024, 12, 31), "p2024"),
        (date(2025, 6, 1), "p2024"),  # between two: the newest that has started
        (date(2026, 1, 1), "p2026"),
        (date(2030, 1, 1), "p2026"),
    ],
)
async def test_the_plan_in_force_else_the_newest_started_else_the_newest(
    database: Database, today: date, key: str
) -> None:
    for year in (2026, 2023, 2024):
        plan = make_plan(f"p{year}", start=date(year, 1, 1), end=date(year, 12, 31))
        await save(database, make_package(plan=plan))

    async with database.reading() as session:
        found = usual_plan(await plan_sketches(session), today)

    assert found.key == key


async def test_a_package_that_is_refused_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(Refused) as refused:
        await save(database, make_package(observations=(make_observation("9.9.share"),)))

    assert refused.value.said.id == "database.unknown_indicator"
    async with database.reading() as session:
        assert await plan_keys(session) == ()


async def test_loading_a_plan_takes_as_many_queries_for_forty_goals_as_for_two(database: Database) -> None:
    counts = []
    for goals in (2, 40):
        plan = make_plan(f"p{goals}", goals=tuple(make_goal(f"1.{n}") for n in range(1, goals + 1)))
        await save(database, make_package(plan=plan))
        with counted_queries() as queries:
            loaded = await load(database, plan.key)
        assert loaded == plan
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 6
