"""Counts of 1 and 2 from own lists are not told where others read along, nor anything that tells them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bplan_bot.cards.render import render
from bplan_bot.goal import Source
from bplan_bot.observation import Hidden, Observation, ObservationStatus, Series
from bplan_bot.period import Period
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.premise import Claim, ClaimKind, premise
from bplan_bot.plan_answers.worry import worry
from bplan_bot.quantity import Noun, Quantity, Unit
from bplan_bot.small_counts import without_small_counts
from bplan_bot.status import Status
from bplan_bot.texts.speaker import Speaker
from bplan_bot.understand.question import Question, Topic
from dialogs.figures import in_short
from dialogs.of_plan import ASKED
from dialogs.topics import TOPICS
from tests.factories import make_goal, make_indicator, make_observation, make_plan, text
from tests.norddjurs import package, picture

AFTER = date(2026, 11, 21)
NUMBERS = [goal.number for goal in package().plan.goals]
FEW, BESIDE = Hidden.FEW, Hidden.BESIDE_FEW


def counted(value: str, period: Period, **changes: object) -> Observation:
    return make_observation("1.1.count", value, period=period, **changes)


def plan(*, published: bool = False, source: str | None = "hr", unit: Unit = Unit.COUNT):
    indicators = (
        make_indicator("1.1.count", unit=unit, noun=Noun(text("sag"), text("sager")), source=""),
        make_indicator("1.1.share", source=""),
    )
    goal = make_goal("1.1", indicators=indicators, source=source)
    return make_plan(goals=(goal,), sources=(Source("hr", text("HR"), published=published),))


def hidden(*reports: Observation, **how: object) -> dict[str, Hidden | None]:
    """Why each figure is hidden, by indicator and period."""
    seen = without_small_counts(plan(**how), Series(reports))  # type: ignore[arg-type]
    return {f"{one.indicator} {one.period.code}": one.hidden for one in seen.every()}


YEAR, BEFORE = Period.year(2024), Period.year(2023)


@pytest.mark.parametrize(
    ("value", "why"), [("0", None), ("1", FEW), ("2", FEW), ("3", None), ("12", None), ("1.0", FEW)]
)
def test_a_count_of_one_or_two_is_hidden(value, why):
    assert hidden(counted(value, YEAR)) == {"1.1.count 2024": why}


@pytest.mark.parametrize(
    ("source", "published", "why"), [("hr", False, FEW), ("hr", True, None), (None, True, FEW)]
)
def test_only_figures_that_somebody_else_publishes_are_left_alone(source, published, why):
    assert hidden(counted("2", YEAR), source=source, published=published) == {"1.1.count 2024": why}


def test_a_rank_is_no_count():
    assert hidden(counted("2", YEAR), unit=Unit.RANK) == {"1.1.count 2024": None}


def test_nothing_is_left_in_a_hidden_figure():
    seen = without_small_counts(plan(), Series([counted("2", YEAR, note=text("to ansat"))]))
    (one,) = seen.every()

    assert (one.value, one.numerator, one.denominator, one.note) == (None, None, None, None)
    assert one.status is ObservationStatus.SUPPRESSED


@pytest.mark.parametrize(
    ("numerator", "denominator", "why"),
    [
        ("2", "58", BESIDE),
        ("56", "58", BESIDE),
        ("1", "2", BESIDE),
        ("3", "58", None),
        ("55", "58", None),
        ("0", "58", None),
        ("58", "58", None),
    ],
)
def test_a_share_that_tells_a_small_count_is_hidden_whole(numerator, denominator, why):
    parts = {"numerator": Decimal(numerator), "denominator": Decimal(denominator)}
    share = make_observation("1.1.share", "50", **parts)

    assert hidden(share) == {"1.1.share 2024": why}


def test_the_goals_other_figures_of_the_period_go_with_it():
    share = make_observation("1.1.share", "5.0")

    assert hidden(counted("2", YEAR), share) == {"1.1.count 2024": FEW, "1.1.share 2024": BESIDE}


def test_a_report_that_was_corrected_goes_with_the_one_that_stands():
    first = counted("2", YEAR, known_at=date(2025, 1, 1))
    seen = without_small_counts(plan(), Series([first, counted("5", YEAR)]))

    assert [one.value for one in seen.every()] == [None, None]


@pytest.mark.parametrize(
    ("quarters", "whole", "hides"),
    [
        (("5", "2", "4", "6"), "17", True),
        (("5", "3", "4", "6"), "18", False),
        (("5", "3", "4"), "14", True),  # the last quarter would be the rest
        (("5", "3", "4"), "15", False),
        (("5", "0", "4", "6"), "15", False),
        (("16",), "17", True),
    ],
)
def test_no_sum_of_shorter_periods_tells_a_small_count(quarters, whole, hides):
    reports = [counted(value, Period.quarter(2024, nth)) for nth, value in enumerate(quarters, start=1)]
    found = hidden(*reports, counted(whole, YEAR))

    assert found.pop("1.1.count 2024") is None
    assert {why is not None for why in found.values()} == {hides}


def test_a_year_beside_another_hides_nothing_of_it():
    assert hidden(counted("2", YEAR), counted("12", BEFORE)) == {
        "1.1.count 2024": FEW,
        "1.1.count 2023": None,
    }


def with_counts(first: int, second: int, **seen: bool) -> Picture:
    """Norddjurs 2024 with made figures in which these two small counts stand in every place they can."""
    now = picture(AFTER)
    one, other = Decimal(first), Decimal(second)
    changed = []
    for report in package().observations:
        match report.indicator, report.period.code:
            case ("6.13.apprentices" | "2.1.cases", "2025-M01" | "2024"):
                changed.append(replace(report, value=one))
            case ("6.13.apprentices" | "2.1.cases", _):
                changed.append(replace(report, value=other))
            case ("5.2.hires", "2024"):
                changed.append(replace(report, value=one))
            case ("6.8.share", _):
                whole = Decimal(58)
                share = round(100 * (whole - one) / whole, 1)
                changed.append(replace(report, value=share, numerator=whole - one, denominator=whole))
            case ("3.1.starters", "2024"):
                half = replace(report, period=Period.half_year(2024, 1), value=(report.value or one) - one)
                changed += [report, half]
            case _:
                changed.append(report)
    return replace(now, series=Series(changed, as_of=AFTER))


SWAPPED = [with_counts(1, 2), with_counts(2, 1)]


def every_topic() -> Iterator[Question]:
    """Each topic that is answered from the picture, of the plan and of each goal, in full and in short."""
    for topic in TOPICS:
        if topic not in (Topic.LIST, Topic.THEME):
            yield Question(topic=topic, goals=tuple(NUMBERS))
            yield from (Question(topic=topic, goals=(number,)) for number in NUMBERS)
        if topic not in (Topic.STATUS, Topic.LIST, Topic.THEME, *ASKED):
            yield Question(topic=topic)
    yield from (Question(topic=Topic.LIST, statuses=(status,)) for status in Status)
    yield from (Question(topic=Topic.THEME, theme=theme.number) for theme in package().plan.themes)


def told(question: Question, seen: Picture, speaker: Speaker) -> str:
    reply = render(TOPICS[question.topic](question, seen), speaker)
    return f"{reply.summary}\n{reply.text}\n{json.dumps(reply.card, ensure_ascii=False)}"


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("question", list(every_topic()), ids=str)
def test_no_answer_of_any_topic_depends_on_which_small_count_it_is(question, language):
    speaker = Speaker(language)
    first, second = (told(question, seen.handled().without_small_counts(), speaker) for seen in SWAPPED)

    assert first == second


@pytest.mark.parametrize("number", NUMBERS)
def test_no_sentence_to_read_aloud_does_either(number):
    speaker = Speaker("da")
    seen = [one.handled().without_small_counts() for one in SWAPPED]
    questions = (
        Question(topic=Topic.STATUS, goals=(number,), short=True),
        Question(topic=Topic.OVERVIEW, short=True),
    )

    for question in questions:
        first, second = (render(in_short(question, one), speaker) for one in seen)
        assert first == second
    assert render(worry(seen[0]), speaker) == render(worry(seen[1]), speaker)


@pytest.mark.parametrize("number", ["2.1", "5.2", "6.8", "6.13", "3.1"])
@pytest.mark.parametrize("unit", [Unit.COUNT, Unit.PERCENT])
def test_nobody_finds_it_out_by_claiming_one_figure_after_the_other(number, unit):
    seen = [one.handled().without_small_counts() for one in SWAPPED]
    goal = seen[0].plan.goal(number)
    for value in (*map(Decimal, range(60)), Decimal("98.3"), Decimal("96.6")):
        claim = Claim(kind=ClaimKind.FIGURE, quantity=Quantity(value, unit))
        assert premise(seen[0], claim, goal) == premise(seen[1], claim, goal)


@pytest.mark.parametrize("number", ["2.1", "5.2", "6.8", "6.13"])
def test_without_hiding_them_the_answers_would_tell(number):
    question = Question(topic=Topic.STATUS, goals=(number,))
    first, second = (told(question, seen.handled(), Speaker("da")) for seen in SWAPPED)

    assert first != second


@pytest.mark.parametrize("topic", [Topic.STATUS, Topic.TREND, Topic.COUNT, Topic.WHY, Topic.GAP])
@pytest.mark.parametrize(("language", "words"), [("da", "ærre end 3"), ("en", "ewer than 3")])
def test_a_small_count_is_told_as_fewer_than_three(topic, language, words):
    seen = SWAPPED[0].handled().without_small_counts()

    assert words in told(Question(topic=topic, goals=("6.13",)), seen, Speaker(language))
