"""The benchmark: its figures are the note's, the areas do not have to add up, and two are not mixed up."""

from dataclasses import replace
from datetime import date

import pytest

from bplan_bot.observation import Series
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.benchmark import benchmark, benchmark_goal
from bplan_bot.texts.speaker import Speaker
from tests.bplan_bot.plan_answers.said import DANISH, ids, opening, rows, sections
from tests.factories import make_observation, make_plan
from tests.norddjurs import package, picture
from tests.plan_answers import goal

SEEN = picture()
GOAL = goal(SEEN, "1.1")


def changed(key: str, value: str) -> Picture:
    """The picture with another figure of 2024."""
    newer = make_observation(key, value, known_at=date(2025, 5, 20))
    return replace(SEEN, series=Series([*package().observations, newer], as_of=SEEN.today))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("I alt", "1.950 mod 2.030 forventet, 80 færre (forskel −80) · nr. 10 (nr. 10 i 2023)"),
        ("A-dagpenge", "390 mod 410 forventet, 20 færre (forskel −20) · nr. 23 (nr. 20 i 2023)"),
        ("Kontanthjælp", "720 mod 730 forventet, 10 færre (forskel −10) · nr. 45 (nr. 38 i 2023)"),
        ("Sygedagpenge", "840 mod 900 forventet, 60 færre (forskel −60) · nr. 6 (nr. 10 i 2023)"),
        (
            "Placering i alt over tid",
            "nr. 69 (2018), nr. 23 (3. kvartal 2020-2. kvartal 2021), nr. 29 (marts 2023), nr. 10 (2023)"
            " og nr. 10 (2024)",
        ),
    ],
)
def test_each_row_is_the_notes(row, said):
    assert rows(benchmark(SEEN, GOAL))[row] == said


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((), "Benchmark 2024, I alt: nr. 10"),
        ((1,), "Benchmark 2024, A-dagpenge: nr. 23 (nr. 20 i 2023), 390 fuldtidspersoner mod 410"),
        ((2,), "Benchmark 2024, Kontanthjælp: nr. 45"),
    ],
)
def test_an_answer_opens_with_the_area_that_was_asked_about(asked, said):
    answer = benchmark(SEEN, GOAL, asked=tuple(GOAL.benchmark[line] for line in asked))

    assert opening(answer).startswith(said)
    assert DANISH(answer.summary[0]).startswith(
        said if asked else "Mål 1.1 Nået: nr. 10 (nr. 10 i 2023), 1.950"
    )


def test_every_area_that_was_asked_about_is_told_of():
    answer = benchmark(SEEN, GOAL, asked=GOAL.benchmark[1:3])

    assert ids(answer.sentences)[:2] == ["benchmark.told", "benchmark.told"]


def test_that_the_areas_do_not_add_up_is_said_with_both_numbers():
    said = " ".join(DANISH(one) for one in benchmark(SEEN, GOAL).sentences)

    assert "Lagt sammen giver områderne 90 færre, men i alt er det 80 færre." in said


def test_areas_that_add_up_need_no_word():
    answer = benchmark(changed("1.1.actual.sygedagpenge", "850"), GOAL)

    assert "benchmark.parts_differ" not in ids(answer.sentences)


def test_a_number_that_is_the_expected_one_is_told_as_that():
    answer = benchmark(changed("1.1.actual", "2030"), GOAL)

    assert "2.030 mod 2.030 forventet, som forventet" in rows(answer)["I alt"]


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (SEEN, True),
        (picture(date(2025, 4, 1)), False),
        (SEEN.handled(), True),
    ],
    ids=["after the follow-up", "before it", "where others read along"],
)
def test_the_stopped_benchmark_is_told_from_this_one_once_that_is_known(seen, told):
    assert ("benchmark.another" in ids(benchmark(seen, GOAL).sentences)) is told


@pytest.mark.parametrize(
    ("seen", "told"),
    [(SEEN, True), (picture(date(2025, 4, 1)), False), (SEEN.handled(), True)],
    ids=["after the meeting", "before it", "where others read along"],
)
def test_what_the_committee_said_is_told_after_it_said_so(seen, told):
    (remarks,) = [one for one in benchmark(seen, GOAL).sections if DANISH(one.name) == "Om benchmarken"]
    said = " ".join(DANISH(one) for one in remarks.sentences)

    assert ("roste" in said) is told
    assert ("skærpet tilsyn" in said) is told
    assert "24. marts 2025" in said


def test_what_was_not_handled_is_not_shown_where_others_read_along():
    answer = benchmark(picture(date(2025, 4, 1)).handled(), GOAL)

    assert ids(answer.sentences) == ["benchmark.nothing", "not_handled.reason"]
    assert answer.facts == ()
    assert answer.sections == ()


def test_an_earlier_period_has_a_part_of_its_own():
    assert sections(benchmark(SEEN, GOAL))[0] == "Tidligere: 3. kvartal 2020-2. kvartal 2021"


def test_expected_and_actual_are_drawn_for_each_area_but_not_for_the_whole():
    drawing = benchmark(SEEN, GOAL).drawing
    assert drawing

    assert [[float(one.quantity.value) for one in line.points] for line in drawing.lines] == [
        [410, 730, 900],
        [390, 720, 840],
    ]
    assert [[DANISH(one) for one in line.labels] for line in drawing.lines] == [
        ["A-dagpenge", "Kontanthjælp", "Sygedagpenge"]
    ] * 2


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_name_of_an_area_has_room_under_its_bar(language):
    drawing = benchmark(SEEN, GOAL).drawing
    assert drawing

    assert [one for one in map(Speaker(language), drawing.lines[0].labels) if len(one) > 13] == []


def test_a_plan_without_a_benchmark_has_no_goal_of_one():
    assert benchmark_goal(SEEN) == GOAL
    assert benchmark_goal(replace(SEEN, plan=make_plan())) is None
