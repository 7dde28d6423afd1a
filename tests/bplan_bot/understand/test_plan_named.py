"""Which plan a message names: by its year, by its place in time, or none at all."""

from datetime import date

import pytest

from bplan_bot.understand.plan_named import PlanNamed, plan_named
from tests.factories import make_plan, make_sketch

TODAY = date(2025, 4, 1)


def plans(*years: int):
    return tuple(
        make_sketch(make_plan(f"p{year}", start=date(year, 1, 1), end=date(year, 12, 31))) for year in years
    )


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("mål 6.2 i planen for 2024", "p2024", "mål 6.2 i planen"),
        ("status på 6.2, Beskæftigelsesplan 2024", "p2024", "status på 6.2, Beskæftigelsesplan"),
        ("beskæftigelsesplanen fra 2024: overblik", "p2024", "beskæftigelsesplanen: overblik"),
        ("hvordan står 2024-planen?", "p2024", "hvordan står planen?"),
        ("hvordan står 2024 planen?", "p2024", "hvordan står planen?"),
        ("og i 2025-planen", "p2025", "og i planen"),
        ("6.2 i bplan 2024", "p2024", "6.2 i bplan"),
        ("6.2 i sidste års plan", "p2024", "6.2 i plan"),
        ("6.2 i SIDSTE AARS beskaeftigelsesplan", "p2024", "6.2 i beskaeftigelsesplan"),
        ("planen fra sidste år, mål 6.2", "p2024", "planen, mål 6.2"),
        ("den forrige plan", "p2024", "den plan"),
        ("den gamle plan, 6.2", "p2024", "den plan, 6.2"),
        ("årets mål i dette års plan", "p2025", "årets mål i plan"),
        ("den gældende plan", "p2025", "den plan"),
        ("goal 6.2 in the 2024 plan", "p2024", "goal 6.2 in the plan"),
        ("goal 6.2 in 2024's plan", "p2024", "goal 6.2 in plan"),
        ("the employment plan for 2024", "p2024", "the employment plan"),
        ("goal 6.2 in last year's plan", "p2024", "goal 6.2 in plan"),
    ],
)
def test_a_plan_is_found_by_its_name_and_taken_out_of_the_words(text, key, words):
    assert plan_named(text, plans(2024, 2025), TODAY) == PlanNamed(words, key=key)


@pytest.mark.parametrize(
    "text",
    [
        "status for mål 6.2",
        "hvornår skrives den nye plan?",
        "hvornår skrives næste års plan?",
        "vi planlægger det i 2025, 2024 og 2023",
        "planen blev vedtaget 14.05.2024",
        "planen fra 2024-05-01",
        "handleplan 2024 og 2025",
        "",
    ],
)
def test_words_that_name_no_plan_are_left_alone(text):
    assert plan_named(text, plans(2024, 2025), TODAY) == PlanNamed(text)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("planen for 2019", 2019),
        ("2026-planen", 2026),
        ("the 2030 plan", 2030),
        ("sidste års plan", 2024),
        ("den forrige plan", 0),
    ],
)
def test_a_plan_that_is_not_there_is_unknown_by_its_year(text, year):
    assert plan_named(text, plans(2025), TODAY).unknown == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("mål 6.2 i 2024", 2024),
        ("6.2 fra 2024 til 2025", None),
        ("6.2 pr. 31.12.2024", None),
    ],
)
def test_a_single_year_is_told_though_it_names_no_plan(text, year):
    assert plan_named(text, plans(2024, 2025), TODAY).year == year


def test_of_two_plans_that_are_named_the_first_is_meant_and_the_other_told():
    named = plan_named("sammenlign 6.2 i 2024-planen og 2025-planen", plans(2024, 2025), TODAY)

    assert (named.key, named.year) == ("p2024", 2025)


def test_a_plan_of_several_years_is_named_by_each_of_them():
    long = make_sketch(make_plan("p2024-2026", start=date(2024, 1, 1), end=date(2026, 12, 31)))

    assert plan_named("planen for 2026", (long,), TODAY).key == "p2024-2026"
    assert plan_named("planen for 2025", (long, *plans(2025)), TODAY).key == "p2025"
