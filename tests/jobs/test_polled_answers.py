"""What is fetched is in the answers: neighbours beside us, a break in the series, a month that may change."""

from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bplan_bot.cards.render import render
from bplan_bot.figure_answers.answer import FigureTopic, Role
from bplan_bot.figure_answers.areas import beside_areas
from bplan_bot.goal import Goal
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.origins import About, origins
from bplan_bot.plan_package import PlanPackage
from bplan_bot.provenance import Readers
from bplan_bot.settings import Settings
from bplan_bot.texts.speaker import Speaker
from db.engine import Database
from db.pictures import load_picture
from db.plans import save_package
from jobs.poll import Poll
from jobs.sources.on import sources_on
from tests.fake_jobindsats import FakeJobindsats, hours_table
from tests.figure_answers import goals, told
from tests.norddjurs import package

AFTER_THE_REFORM = datetime(2026, 1, 12, 12, tzinfo=UTC)
DANISH = Speaker("da")


def fed_monthly() -> PlanPackage:
    """The bundled plan with goal 6.11 fed from a table of months, as if one had been chosen for it."""
    found = package()
    (hours,) = [one for one in goals_of(found, "6.10").indicators if one.key == "6.10.check"]
    assert hours.feed is not None
    feed = replace(hours.feed, trusted=True)
    goal = goals_of(found, "6.11")
    fed = replace(
        goal,
        indicators=tuple(
            replace(one, feed=feed) if one.key == "6.11.share" else one for one in goal.indicators
        ),
    )
    whole = tuple(fed if one.number == "6.11" else one for one in found.plan.goals)
    return replace(found, plan=replace(found.plan, goals=whole))


def goals_of(found: PlanPackage, number: str) -> Goal:
    goal = found.plan.goal(number)
    assert goal is not None
    return goal


async def polled(database: Database, fake: FakeJobindsats, found: PlanPackage, **settings: str) -> Picture:
    """What is known after one poll with the fake turned on."""
    async with database.transaction() as session:
        await save_package(session, found, now=AFTER_THE_REFORM)
    given = Settings.model_validate({**fake.settings, **settings})
    async with AsyncExitStack() as stack:
        on = sources_on(given)
        stack.push_async_callback(on.close)
        await Poll(database, on.all, given).poll(AFTER_THE_REFORM)
    return await load_picture(database, today=AFTER_THE_REFORM.date(), plan_key=found.plan.key)


@pytest.fixture
async def on_both_sides(database, jobindsats):
    """Months of goal 6.11 before and after the reform of 1 July 2025."""
    jobindsats.publish("otij01", periods=hours_table("2025M11").periods, published="2026-01-05")
    return await polled(database, jobindsats, fed_monthly())


async def test_a_goal_is_shown_beside_the_municipalities_whose_figures_were_fetched(database, jobindsats):
    seen = await polled(database, jobindsats, package(), BPLAN_COMPARE_AREAS="Syddjurs, Randers")

    answer = beside_areas(seen, goals(seen, "1.1"), areas=())
    said = render(answer, DANISH).text
    assert "i Syddjurs: Norddjurs ligger" in said
    assert "i Randers: Norddjurs ligger" in said
    assert answer.goals[0].drawing is not None

    other = beside_areas(seen, goals(seen, "1.1"), areas=("751",))
    assert "Tal for Aarhus har jeg ikke på mål 1.1." in render(other, DANISH).text


async def test_without_any_chosen_nothing_of_others_is_held(database, jobindsats):
    seen = await polled(database, jobindsats, package())

    answer = beside_areas(seen, goals(seen, "1.1"), areas=())
    assert "Tal for andre kommuner har jeg ikke på mål 1.1." in render(answer, DANISH).text


@pytest.mark.parametrize("topic", [topic for topic in FigureTopic if topic is not FigureTopic.SHORT])
async def test_every_answer_tells_of_the_reform_that_lies_between_its_figures(on_both_sides, topic):
    said = render(told(on_both_sides, topic, "6.11"), DANISH).text

    assert "kontanthjælpsreformen" in said
    assert "2025" in said


async def test_the_development_marks_what_lies_before_it_and_draws_only_what_lies_after(on_both_sides):
    (answer,) = told(on_both_sides, FigureTopic.TREND, "6.11").goals
    rows = {DANISH(row.name): DANISH(row.value) for row in answer.rows}

    assert "fra før bruddet 1. juli 2025" in rows["juni 2025"]
    assert "bruddet" not in rows["juli 2025"]
    assert answer.drawing is not None
    (own,) = [line for line in answer.drawing.lines if line.role is Role.OWN]
    assert min(point.when.start for point in own.points) == date(2025, 7, 1)


async def test_the_newest_month_is_called_preliminary_where_it_is_shown(on_both_sides):
    (answer,) = told(on_both_sides, FigureTopic.TREND, "6.11").goals
    rows = {DANISH(row.name): DANISH(row.value) for row in answer.rows}

    assert "(foreløbigt tal)" in rows["november 2025"]
    assert "(foreløbigt tal)" not in rows["oktober 2025"]


async def test_a_fetched_figure_says_from_which_table_and_with_what_it_was_asked(on_both_sides):
    newest = on_both_sides.series.of("6.11.share", "707")[-1]
    assert newest.value is not None
    answer = origins(
        on_both_sides,
        goals(on_both_sides, "6.11"),
        about=About.WHO,
        readers=Readers(),
        sizes=(Decimal(newest.value),),
    )

    said = render(answer, DANISH).text
    assert "er hentet af botten selv fra jobindsats.dk, OTIJ01, opdateret 05.01.2026" in said
    assert "tabel otij01, spurgt med mgroup.*=*&period.M=latest:" in said
    assert "Registreret: 12. januar 2026" in said
