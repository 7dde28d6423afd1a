"""How far a figure is from its target: in its unit, in people, per year; and what is lacking for that."""

from typing import Any

import pytest

from bplan_bot.figure_answers.answer import FigureTopic, GoalFigures
from bplan_bot.goal import Axis
from bplan_bot.quantity import Unit
from bplan_bot.status import Status
from bplan_bot.target import Polarity
from tests.bplan_bot.cases import AFTER, NATIONALLY, make_target
from tests.bplan_bot.figure_answers.invented import figures_said, ids, size
from tests.factories import make_statement, text
from tests.figure_answers import told
from tests.norddjurs import picture

COUNT, SHARE = Unit.COUNT, Unit.POINTS
AT_LEAST: dict[str, Any] = {"type": "at_least", "polarity": Polarity.HIGHER, "value": "80"}
AT_MOST: dict[str, Any] = {"type": "at_most", "polarity": Polarity.LOWER, "value": "20"}
RISE: dict[str, Any] = {"type": "increase", "polarity": Polarity.HIGHER}
FALL: dict[str, Any] = {"type": "decrease", "polarity": Polarity.LOWER}
HELD: dict[str, Any] = {"type": "maintain", "polarity": Polarity.LOWER}
FOLLOWS: dict[str, Any] = {
    "type": "follows_reference",
    "polarity": Polarity.HIGHER,
    "reference": NATIONALLY,
}
STRICT = {**AT_LEAST, "strict": True}


def gap(rule: Any, figures: str, *said: Any, unit: Unit = SHARE) -> GoalFigures:
    return figures_said(FigureTopic.GAP, rule, figures, *said, unit=unit)


@pytest.mark.parametrize(
    ("rule", "figures", "unit", "said"),
    [
        (AT_LEAST, "own 2024=90.6", SHARE, "gap.beyond"),
        (AT_LEAST, "own 2024=80", SHARE, "gap.on_the_mark"),
        (AT_LEAST, "own 2024=79.9", SHARE, "gap.lacks"),
        (STRICT, "own 2024=80", SHARE, "gap.only_on_the_mark"),
        (AT_MOST, "own 2024=21", SHARE, "gap.too_high"),
        (AT_MOST, "own 2024=19", SHARE, "gap.beyond"),
        (FALL, "own 2023=342 2024=358", COUNT, "gap.too_many"),
        (RISE, "own 2023=342 2024=300", COUNT, "gap.lacks"),
        (RISE, "own 2023=26 2024=31", COUNT, "gap.beyond"),
        (RISE, "own 2023=26 2024=26", COUNT, "gap.only_on_the_mark"),
    ],
)
def test_the_distance_comes_first_in_words_for_its_side(
    rule: dict[str, Any], figures: str, unit: Unit, said: str
) -> None:
    assert ids(gap(rule, figures, unit=unit))[:2] == [said, "gap.demanded"]


@pytest.mark.parametrize(
    ("rule", "figures", "said"),
    [
        (STRICT, "own 2024=48/58", "gap.people.least.over"),
        (AT_LEAST, "own 2024=40/50", "gap.people.least.exact"),
        (AT_LEAST, "own 2024=30/50", "gap.people.least.under"),
        (AT_MOST, "own 2024=30/50", "gap.people.most.over"),
        (AT_MOST, "own 2024=10/50", "gap.people.most.exact"),
        (AT_MOST, "own 2024=1/50", "gap.people.most.under"),
        (AT_LEAST, "own 2024=60", "gap.no_people"),
    ],
)
def test_a_share_is_told_in_people_where_its_parts_are_known(
    rule: dict[str, Any], figures: str, said: str
) -> None:
    assert [one for one in ids(gap(rule, figures)) if "people" in one] == [said]


@pytest.mark.parametrize(
    ("rule", "figures", "said"),
    [
        (RISE, "own 2023=26 2024=20", ["gap.count.more"]),
        (FALL, "own 2023=20 2024=26", ["gap.count.fewer"]),
        (RISE, "own 2023=20 2024=26", []),
    ],
)
def test_a_count_that_falls_short_says_how_many_it_would_take(
    rule: dict[str, Any], figures: str, said: list[str]
) -> None:
    assert [one for one in ids(gap(rule, figures, unit=COUNT)) if one.startswith("gap.count")] == said


def test_a_target_years_ahead_has_its_years_and_its_pace() -> None:
    by_2030 = make_target("by_date", indicator="", due=2030, inner=make_target(**{**AT_LEAST, "value": "90"}))

    answer = gap(by_2030, "own 2023=76")

    assert size(answer, "gap.years", "years") == 7
    assert size(answer, "gap.pace.points", "pace") == 2


@pytest.mark.parametrize("figures", ["own 2030=76", "own 2031=76", "own 2030=95"])
def test_a_target_whose_year_has_come_has_neither(figures: str) -> None:
    by_2024 = make_target("by_date", indicator="", due=2024, inner=make_target(**AT_LEAST))

    answer = gap(by_2024, figures.replace("2030", "2024").replace("2031", "2024"))

    assert not [one for one in ids(answer) if one.startswith(("gap.years", "gap.pace"))]


def test_a_rule_about_the_movement_tells_the_mark_and_the_level() -> None:
    answer = gap(FOLLOWS, "own 2023=58 2024=55 | country 2023=39 2024=43")

    assert ids(answer)[:4] == ["gap.lacks", "gap.demanded", "gap.mark.moved_along", "gap.level.over"]
    assert size(answer, "gap.lacks", "away") == 7


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        ("own", "lacking.not_reported_by"),
        ("own 2024=?", "lacking.not_published_then"),
        ("own 2024=x", "lacking.suppressed"),
        ("own 2024=not_increased", "direction.not_increased"),
    ],
)
def test_without_a_figure_it_says_what_is_lacking(figures: str, reason: str) -> None:
    answer = gap(RISE, figures)

    assert ids(answer)[0] == reason
    assert ids(answer)[-1] == "gap.cannot_tell"


def test_a_goal_for_people_to_judge_says_that() -> None:
    assert ids(gap(make_target("qualitative", indicator=""), "own")) == ["qualitative.reason"]


@pytest.mark.parametrize(
    ("rule", "figures", "status", "judged"),
    [
        (HELD, "own 2023=10 2024=12", Status.MET, True),
        (HELD, "own 2023=10 2024=12", Status.NOT_MET, False),
        (RISE, "own 2023=10 2024=12", Status.NOT_MET, True),
        (RISE, "own 2023=10 2024=12", Status.MET, False),
        (RISE, "own 2023=10 2024=12", Status.NEEDS_JUDGEMENT, False),
    ],
)
def test_no_mark_of_ours_contradicts_what_people_judged(
    rule: dict[str, Any], figures: str, status: Status, judged: bool
) -> None:
    reason = text("Niveauet er holdt.")
    said = make_statement("1.1", axis=Axis.HANDLED, status=status, day=AFTER)
    told_why = make_statement("1.1", axis=Axis.JUDGED, status=status, day=AFTER, reason=reason)

    answer = gap(rule, figures, said, told_why, unit=COUNT)

    assert ("gap.judged" in ids(answer)) is judged
    assert (reason in answer.sentences) is judged


def test_each_criterion_of_several_has_its_own_distance() -> None:
    (answer,) = told(picture(), FigureTopic.GAP, "2.2").goals

    assert [one for one in ids(answer) if one.startswith(("gap.part", "gap.people", "gap.count"))] == [
        "gap.part",
        "gap.count.fewer",
        "gap.part",
        "gap.people.most.over",
    ]


def test_of_several_goals_the_one_that_lacks_most_comes_first() -> None:
    answer = told(picture(), FigureTopic.GAP, "1.2", "1.3", "6.2", "6.6", "3.1")

    assert [one.status.goal.number for one in answer.goals][:2] == ["6.6", "6.2"]
    assert [str(abs(fact.quantity.value)) for fact in answer.facts] == ["14.3", "7.1", "10.6", "6.3"]
