"""The bundled plan against the municipality's own documents, typed again from them."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from bplan_bot.cards.goal_words import foot
from bplan_bot.observation import Observation
from bplan_bot.period import Period
from bplan_bot.quantity import Unit
from bplan_bot.target import Target
from bplan_bot.texts.speaker import Speaker
from tests.bplan_bot.bundled import FOLDER, HANDLED, NUMBERS, PUBLISHED, package, status_of

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"

ROLLING = "2022-10-01/2023-09-30", "2023-10-01/2024-09-30"
HALVES = "2020-07-01/2021-06-30"
FIGURES = {
    "2.1.cases 707": {"2023": "10", "2024": "12"},
    "2.2.number 707": {"2023-M12": "342", "2024-M12": "358"},
    "2.2.share 707": {"2023-M12": "16.1 = 342 / 2111", "2024-M12": "17.2 = 358 / 2066"},
    "3.1.starters 707": {"2023": "288", "2024": "326"},
    "4.1.share 707": {"2023-M12": "51.4", "2024-M12": "53.3"},
    "4.1.share 000": {"2023-M12": "55.3", "2024-M12": "55.4"},
    "5.1.rate 707": {"2023": "14.1", "2024": "14.6"},
    "5.1.rate 000": {"2023": "13.4", "2024": "13.5"},
    "5.2.hires 707": {"2023": "26", "2024": "31"},
    "6.1.fill_rate 707": {ROLLING[0]: "58", ROLLING[1]: "55"},
    "6.1.fill_rate 000": {ROLLING[0]: "39", ROLLING[1]: "43"},
    "6.2.share 707": {"2024": "36.7"},
    "6.2.share 000": {"2024": "43.8"},
    "6.3.share 707": {"2024": "35.2"},
    "6.4.share 707": {"2024": "missing"},
    "6.5.share 707": {"2024": "56.8"},
    "6.6.share 707": {"2023": "75.7"},
    "6.8.share 707": {"2024-01-01/2024-06-15": "82.7 = 48 / 58"},
    "6.9.share 707": {"2023": "11.0", "2024": "12.2"},
    "6.10.share 707": {"2023": "20.8", "2024": "22.7"},
    "6.11.share 707": {"2024": "76.1"},
    "6.11.share 000": {"2024": "69.2"},
    "6.12.students 707": {"2024": "not_increased"},
    "6.13.apprentices 707": {"2024-M01": "34", "2025-M01": "38"},
    "1.2.share 707": {"2024": "90.6"},
    "1.3.share 707": {"2024": "76.3"},
    "1.1.actual 707": {"2024": "1950", HALVES: "2320"},
    "1.1.expected 707": {"2024": "2030", HALVES: "2380"},
    "1.1.rank 707": {"2024": "10", "2023": "10", HALVES: "23", "2018": "69", "2023-M03": "29"},
    "1.1.actual.a_dagpenge 707": {"2024": "390", HALVES: "580"},
    "1.1.expected.a_dagpenge 707": {"2024": "410", HALVES: "600"},
    "1.1.rank.a_dagpenge 707": {"2024": "23", "2023": "20", HALVES: "37"},
    "1.1.actual.kontanthjaelp 707": {"2024": "720", HALVES: "1000"},
    "1.1.expected.kontanthjaelp 707": {"2024": "730", HALVES: "970"},
    "1.1.rank.kontanthjaelp 707": {"2024": "45", "2023": "38", HALVES: "68"},
    "1.1.actual.sygedagpenge 707": {"2024": "840", HALVES: "740"},
    "1.1.expected.sygedagpenge 707": {"2024": "900", HALVES: "810"},
    "1.1.rank.sygedagpenge 707": {"2024": "6", "2023": "10", HALVES: "5"},
}
"""Indicator and area -> period -> what the documents say."""


def told(observation: Observation) -> str:
    """What a report says, as the table above writes it."""
    if observation.numerator is not None:
        return f"{observation.value} = {observation.numerator} / {observation.denominator}"
    return str(observation.value or observation.direction or observation.status)


def test_every_figure_is_the_documents_and_no_other_is_there() -> None:
    found: dict[str, dict[str, str]] = {}
    for observation in package().observations:
        cells = found.setdefault(f"{observation.indicator} {observation.area}", {})
        assert observation.period.code not in cells
        cells[observation.period.code] = told(observation)

    assert found == FIGURES


def test_no_value_exists_for_what_was_only_told_in_words() -> None:
    assert [o.amount for o in package().observations if o.indicator.startswith("6.12")] == [None]


@pytest.mark.parametrize(
    ("key", "case", "dated", "known", "figures"),
    [
        ("follow_up_2024_2", "23/6487", HANDLED, HANDLED, 40),
        ("benchmark_2024", "20/20618", HANDLED, PUBLISHED, 16),
        ("introduction_2021", "", date(2021, 12, 17), date(2021, 12, 17), 12),
        ("status_2023", "", date(2023, 4, 19), date(2023, 4, 19), 2),
    ],
)
def test_every_figure_carries_its_document_with_case_number_and_date(
    key: str, case: str, dated: date, known: date, figures: int
) -> None:
    own = [o for o in package().observations if o.document.key == key]

    assert {(o.document.case, o.document.date, o.known_at) for o in own} == {(case, dated, known)}
    assert len(own) == figures


RULES = {
    "1.1": "below_expected lower",
    "1.2": "at_least higher 80",
    "1.3": "at_least higher 70",
    "2.1": "maintain lower",
    "2.2": "decrease lower + decrease lower",
    "3.1": "increase higher",
    "4.1": "follows_reference higher",
    "5.1": "follows_reference lower",
    "5.2": "increase higher",
    "6.1": "follows_reference higher + at_least higher 50",
    "6.2": "equals_reference higher",
    "6.3": "at_least higher 35",
    "6.4": "increase higher",
    "6.5": "at_least higher 55",
    "6.6": "by 2030 at_least higher 90",
    "6.7": "equals_reference lower",
    "6.8": "at_least higher 80 strict",
    "6.9": "increase higher",
    "6.10": "increase higher",
    "6.11": "at_most_reference_plus lower 4",
    "6.12": "increase higher",
    "6.13": "increase higher",
}


def rule(target: Target) -> str:
    """A target in short."""
    if target.parts:
        return " + ".join(rule(part.target) for part in target.parts)
    if target.inner:
        return f"by {target.due} {rule(target.inner)}"
    words = [target.type, target.polarity, "" if target.value is None else str(target.value)]
    return " ".join(filter(None, [*words, "strict" if target.strict else ""]))


def test_the_targets_are_the_plans() -> None:
    assert {goal.number: rule(goal.target) for goal in package().plan.goals} == RULES
    assert all(_tolerances(goal.target) == [] for goal in package().plan.goals)


def _tolerances(target: Target) -> list[object]:
    inner = [*(part.target for part in target.parts), *([target.inner] if target.inner else [])]
    return [target.tolerance] * (target.tolerance is not None) + [
        t for one in inner for t in _tolerances(one)
    ]


def test_themes_carry_the_ministers_numbers_which_are_shifted_by_one() -> None:
    plan = package().plan

    assert {theme.number: theme.minister_goal for theme in plan.themes} == {
        1: None,
        2: 1,
        3: 2,
        4: 3,
        5: 4,
        6: 5,
    }
    assert all(goal.theme == int(goal.number.split(".")[0]) for goal in plan.goals)
    assert tuple(goal.number for goal in plan.goals) == NUMBERS
    assert (plan.start, plan.end) == (date(2024, 1, 1), date(2024, 12, 31))


def test_sources_and_rhythm_are_the_plan_texts() -> None:
    by_source: dict[str | None, list[str]] = {}
    for goal in package().plan.goals:
        by_source.setdefault(goal.source, []).append(goal.number)

    assert by_source == {
        "benchmark": ["1.1"],
        "jobindsats": ["1.2", "1.3", "2.2", "6.1", "6.2", "6.4", "6.9", "6.10", "6.11"],
        "quarterly_counts": ["2.1"],
        None: ["3.1", "4.1", "5.1", "5.2"],
        "ungeindsatsen": ["6.3", "6.5", "6.6", "6.7"],
        "cvr_fasit": ["6.8"],
        "job_og_sprog": ["6.12"],
        "department": ["6.13"],
    }
    rhythms = {goal.number: goal.rhythm.da for goal in package().plan.goals}
    assert (rhythms["2.1"], rhythms["2.2"]) == ("hvert kvartal", "én gang om året")


@pytest.mark.parametrize("number", ["3.1", "4.1", "5.1", "5.2"])
def test_a_source_the_plan_does_not_name_is_said_to_be_missing_and_never_guessed(number: str) -> None:
    found = status_of(number)

    assert foot(found, Speaker("da")).startswith("Kilden fremgår ikke af planen")
    assert "fremgår ikke af planen" in found.goal.rhythm.da
    assert all(not indicator.source for indicator in found.goal.indicators)


@pytest.mark.parametrize("number", ["2.1", "2.2", "5.2", "6.2", "6.3", "6.5", "6.6", "6.13"])
def test_what_stands_in_for_the_real_thing_is_named(number: str) -> None:
    assert status_of(number).goal.measured_by is not None


def test_the_two_goals_on_education_support_end_with_the_reform() -> None:
    plan = package().plan

    broken = {goal.number: [b.day for i in goal.indicators for b in i.breaks] for goal in plan.goals}
    assert {number: days for number, days in broken.items() if days} == {
        "6.2": [date(2025, 7, 1)],
        "6.11": [date(2025, 7, 1)],
    }


def test_the_parts_of_the_benchmark_are_kept_though_they_do_not_add_up() -> None:
    amounts = {o.indicator: o.amount for o in package().observations if o.period == Period.year(2024)}

    parts = [
        amounts[f"1.1.actual.{part}"] - amounts[f"1.1.expected.{part}"]  # type: ignore[operator]
        for part in ("a_dagpenge", "kontanthjaelp", "sygedagpenge")
    ]
    assert parts == [-20, -10, -60]
    assert amounts["1.1.actual"] - amounts["1.1.expected"] == -80  # type: ignore[operator]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[start : start + 8]) for start in range(len(words) - 7)}


def _texts(value: object, field: str = "") -> Iterator[str]:
    """Every text of a file but titles: a goal, a theme or a document is called what it is called."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != "title":
                yield from _texts(inner, str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, field)
    elif isinstance(value, str):
        yield value


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the municipality's documents are not beside this checkout")
@pytest.mark.parametrize("name", ["plan.yaml", "statements.yaml"])
def test_no_plan_text_is_copied(name: str) -> None:
    seeds = set().union(*(_runs(path.read_text("utf-8")) for path in SEEDS.glob("*.txt")))

    texts = _texts(yaml.safe_load(FOLDER.joinpath(name).read_text("utf-8")))
    assert [text for text in texts if _runs(text) & seeds] == []


def test_how_often_a_goal_is_followed_up_agrees_with_the_words() -> None:
    words = {1: "én gang om året", 2: "to gange om året", 4: "hvert kvartal"}
    told = {goal.number: (goal.times_a_year, goal.rhythm.da) for goal in package().plan.goals}

    assert told.pop("1.1") == (2, "halvårligt, når resultatmålet opdateres")
    assert {number for number, (times, _) in told.items() if times is None} == {"3.1", "4.1", "5.1", "5.2"}
    assert {rhythm for times, rhythm in told.values() if times} == set(words.values())
    assert all(words[times] == rhythm for times, rhythm in told.values() if times)


def test_the_lines_of_the_benchmark_read_indicators_of_one_unit_each() -> None:
    goal = package().plan.goal("1.1")
    assert goal

    units = [
        [goal.indicator(key).unit for key in (one.actual, one.expected, one.rank)] for one in goal.benchmark
    ]

    assert units == [[Unit.COUNT, Unit.COUNT, Unit.RANK]] * 4
    assert [one.label.da for one in goal.benchmark if one.whole] == ["I alt"]
