"""A day that something is asked as of is found in the words, and told from dates that mean something else."""

from datetime import date

import pytest

from bplan_bot.understand.day_named import day_named

TODAY = date(2025, 6, 2)
FIRST_OF_MAY = date(2025, 5, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("status for mål 1.2 pr. 1. maj 2025", "status for mål 1.2"),
        ("status for mål 1.2 pr 1/5-2025", "status for mål 1.2"),
        ("1.2 per 1.5.2025?", "1.2 ?"),
        ("1.2 pr. 01.05.25", "1.2"),
        ("1.2 pr. 2025-05-01", "1.2"),
        ("den 01.05.2025, hvordan gik det med 6.2", ", hvordan gik det med 6.2"),
        ("overblik som det så ud den 1. maj 2025", "overblik"),
        ("overblik, som det saa ud pr. 1. maj 2025", "overblik,"),
        ("hvorfor pr. 1. maj", "hvorfor"),
        ("status of goal 6.2 as of 1 May 2025", "status of goal 6.2"),
        ("overview as it stood on May 1st, 2025", "overview"),
        ("overview as of the 1st of May 2025", "overview"),
    ],
)
def test_a_day_is_found_and_taken_out_of_the_words(text, words):
    named = day_named(text, TODAY)

    assert (named.day, named.words) == (FIRST_OF_MAY, words)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("6.2 som det så ud i april 2025", date(2025, 4, 30)),
        ("6.2 som det så ud i juni 2025", TODAY),  # which is not over
        ("6.2 som det så ud i 2024", date(2024, 12, 31)),
        ("6.2 som det så ud i 2030", date(2030, 12, 31)),
        ("6.2 som det så ud i juli 2025", date(2025, 7, 31)),
        ("6.2 som det så ud ved udgangen af 2024", date(2024, 12, 31)),
        ("6.2 as of April 2025", date(2025, 4, 30)),
        ("overblik pr. 1. december", date(2024, 12, 1)),  # the last one there was
        ("overblik pr. 29. februar 2024", date(2024, 2, 29)),
        ("overblik pr. 1. maj 2030", date(2030, 5, 1)),
    ],
)
def test_a_month_means_its_end_and_a_day_without_a_year_the_last_one(text, day):
    assert day_named(text, TODAY).day == day


@pytest.mark.parametrize(
    "text",
    [
        "6.2 i 2024",
        "6.13 i januar 2025",
        "hvor mange elever var der i januar 2025?",
        "pr. ultimo december 2024",
        "6.1 pr. 4. kvartal 2024",
        "6.1 pr. december 2024",
        "udvikling siden den 1. maj 2025",
        "fra den 1.1.2024 til den 1.1.2025",
        "fristen er senest den 1. maj 2025",
        "hvad er målet inden den 31.12.2030",
        "mål 1.5 pr. 6.2",
        "status for 6.2 den 1. maj",
        "hvor mange borgere pr. 100 virksomheder",
        "hvordan så det ud?",
        "mål 6.2",
        "",
    ],
)
def test_other_dates_and_numbers_stay_in_the_words(text):
    named = day_named(text, TODAY)

    assert not named.is_there
    assert named.words == text


def test_a_date_that_the_calendar_does_not_have_is_told_as_it_was_written():
    named = day_named("6.2 pr. 31. februar 2025", TODAY)

    assert (named.day, named.wrong) == (None, "31. februar 2025")


def test_where_two_days_are_named_none_of_them_is_meant():
    assert not day_named("6.2 pr. 1. maj 2025 og pr. 1. april 2025", TODAY).is_there


@pytest.mark.parametrize(("text", "loosely"), [("6.2 pr. 1.5.2025", True), ("6.2 as of 1 May 2025", False)])
def test_words_that_may_mean_the_day_of_a_figure_are_told_apart(text, loosely):
    assert day_named(text, TODAY).loosely is loosely


def test_a_long_letter_costs_no_more_than_its_length():
    assert not day_named("pr. " * 7000 + "den " * 7000, TODAY).is_there
