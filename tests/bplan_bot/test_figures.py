"""What is made of a typed figure: accepted, known, a correction, doubted, or refused with one sentence."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bplan_bot.figure_values import Field, Problem, Typed
from bplan_bot.figures import Asked, Figure, check, previous
from bplan_bot.goal import Break
from bplan_bot.notation.numbers import write_decimal
from bplan_bot.observation import COUNTRY, HOME, Series
from bplan_bot.period import Period
from bplan_bot.quantity import Unit
from bplan_bot.texts.speaker import Speaker
from tests.factories import make_goal, make_indicator, make_observation, make_plan, text
from tests.norddjurs import package

TODAY = date(2025, 4, 1)
JANUARY = Period.month(2025, 1)
DANISH = Speaker("da")


def asked(unit: Unit = Unit.COUNT, *, area: str = HOME, due: Period = JANUARY, **indicator) -> Asked:
    own = make_indicator("6.13.apprentices", goal="6.13", unit=unit, **indicator)
    goal = make_goal("6.13", indicators=(own,), assessed_on=due)
    return Asked(plan=make_plan(goals=(goal,)), goal=goal, indicator=own, area=area, due=due)


def figures(*values: tuple[str, Period, str]) -> Series:
    return Series(
        make_observation("6.13.apprentices", value, period=period, area=area)
        for value, period, area in values
    )


def checked(
    value: str = "", *, of: Asked | None = None, series: Series | None = None, **typed: str
) -> Figure | Problem:
    of = of or asked()
    written = Typed(value=value, **{"period": of.due.code, **typed})
    return check(written, asked=of, series=series or figures(), today=TODAY)


def sentence(found: Figure | Problem) -> str:
    assert isinstance(found, Problem), found
    return DANISH(found.said)


def accepted(found: Figure | Problem) -> Figure:
    assert isinstance(found, Figure), DANISH(found.said)
    return found


@pytest.mark.parametrize(
    ("unit", "written", "value"),
    [
        (Unit.COUNT, "38", "38"),
        (Unit.COUNT, " 38 ", "38"),
        (Unit.COUNT, "2.066", "2066"),
        (Unit.COUNT, "2 066", "2066"),
        (Unit.COUNT, "2066", "2066"),
        (Unit.COUNT, "0", "0"),
        (Unit.COUNT, "38,0", "38"),
        (Unit.RANK, "10", "10"),
        (Unit.PERCENT, "36,7", "36.7"),
        (Unit.PERCENT, "36,7 %", "36.7"),
        (Unit.PERCENT, "36,7%", "36.7"),
        (Unit.PERCENT, "36,7 pct.", "36.7"),
        (Unit.PERCENT, "36.7", "36.7"),
        (Unit.PERCENT, "0", "0"),
        (Unit.PERCENT, "100", "100"),
    ],
)
def test_a_figure_is_read_as_people_write_it(unit, written, value):
    assert accepted(checked(written, of=asked(unit))).value == Decimal(value)


@pytest.mark.parametrize(
    ("unit", "written", "said"),
    [
        (Unit.COUNT, "", "Tallet mangler; skriv det i feltet, fx 38."),
        (Unit.COUNT, "   ", "Tallet mangler; skriv det i feltet, fx 38."),
        (Unit.COUNT, "ca. 40", "Tallet kan ikke læses; skriv kun et tal i feltet, fx 38."),
        (Unit.COUNT, "38 elever", "Tallet kan ikke læses; skriv kun et tal i feltet, fx 38."),
        (Unit.COUNT, "38-40", "Tallet kan ikke læses; skriv kun et tal i feltet, fx 38."),
        (Unit.COUNT, "38 %", "Tallet er et antal; skriv det uden procenttegn, fx 38."),
        (Unit.COUNT, "1.000,5", "Tallet er et antal og skal være helt; skriv det uden decimaler, fx 38."),
        (Unit.COUNT, "36.7", "Tallet er et antal og skal være helt; skriv det uden decimaler, fx 38."),
        (Unit.COUNT, "-3", "Tallet kan ikke være under 0; skriv det som 38."),
        (Unit.COUNT, "10.000.000", "Tallet er større, end noget antal i planen kan være; skriv det som 38."),
        (Unit.RANK, "0", "Tallet er en placering og begynder med 1; skriv det som 38."),
        (Unit.PERCENT, "", "Tallet mangler; skriv det i feltet, fx 36,7 %."),
        (Unit.PERCENT, "x", "Tallet kan ikke læses; skriv kun et tal i feltet, fx 36,7 %."),
        (
            Unit.PERCENT,
            "2.066",
            "Tallet er en andel og kan højst være 100 %; skriv det med komma, fx 36,7 %.",
        ),
        (
            Unit.PERCENT,
            "100,1",
            "Tallet er en andel og kan højst være 100 %; skriv det med komma, fx 36,7 %.",
        ),
        (Unit.PERCENT, "-0,1", "Tallet kan ikke være under 0; skriv det som 36,7 %."),
        (
            Unit.PERCENT,
            "2 procentpoint",
            "Tallet er en andel i procent, ikke procentpoint; skriv det som 36,7 %.",
        ),
    ],
)
def test_what_cannot_be_right_is_told_in_one_sentence_with_an_example(unit, written, said):
    found = checked(written, of=asked(unit))

    assert sentence(found) == said
    assert isinstance(found, Problem)
    assert found.field is Field.VALUE


@pytest.mark.parametrize(
    ("share", "numerator", "denominator", "value"),
    [
        ("", "48", "58", "82.8"),
        ("82,8", "48", "58", "82.8"),
        ("83", "48", "58", "83"),
        ("82,76", "48", "58", "82.76"),
        ("", "0", "58", "0.0"),
        ("", "58", "58", "100.0"),
        ("", "358", "2.066", "17.3"),
        ("82,7", "", "", "82.7"),
    ],
)
def test_a_share_goes_with_its_parts_or_is_made_of_them(share, numerator, denominator, value):
    found = accepted(checked(share, of=asked(Unit.PERCENT), numerator=numerator, denominator=denominator))

    assert str(found.value) == value
    assert found.numerator == (Decimal(numerator) if numerator else None)


@pytest.mark.parametrize(
    ("share", "numerator", "denominator", "field", "said"),
    [
        ("", "60", "58", Field.NUMERATOR, "Tælleren (60) er større end nævneren (58)"),
        ("", "48", "", Field.DENOMINATOR, "Skriv både tælleren og nævneren, fx 48 og 58"),
        ("82,8", "", "58", Field.NUMERATOR, "Skriv både tælleren og nævneren, fx 48 og 58"),
        ("", "48", "0", Field.DENOMINATOR, "Nævneren kan ikke være 0"),
        ("", "48,5", "58", Field.NUMERATOR, "Tælleren er et antal og skal være helt"),
        ("", "48", "58 %", Field.DENOMINATOR, "Nævneren er et antal; skriv det uden procenttegn"),
        # The slip of the published follow-up, 82,7 for 48 of 58.
        ("82,7", "48", "58", Field.VALUE, "48 af 58 er 82,8 %, men andelen er skrevet som 82,7 %"),
    ],
)
def test_parts_that_do_not_hold_together_are_told(share, numerator, denominator, field, said):
    found = checked(share, of=asked(Unit.PERCENT), numerator=numerator, denominator=denominator)

    assert sentence(found).startswith(said)
    assert isinstance(found, Problem)
    assert found.field is field


@pytest.mark.parametrize("written", ["2025-M01", "januar 2025", "2024-M01", "marts 2024"])
def test_a_period_of_the_usual_kind_is_taken(written):
    assert accepted(checked("38", period=written)).period.months == 1


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "Perioden kan ikke læses; vælg en på listen, fx januar 2025."),
        ("i går", "Perioden kan ikke læses; vælg en på listen, fx januar 2025."),
        ("april 2025", "Perioden april 2025 er ikke slut endnu; vælg en periode, der er slut."),
        ("2030", "Perioden 2030 er ikke slut endnu; vælg en periode, der er slut."),
        (
            "marts 2019",
            "Perioden ligger uden for planen; vælg en, der slutter mellem 01.01.2023 og 31.03.2025.",
        ),
        (
            "2024",
            "Tallet plejer ikke at blive opgjort for sådan en periode; vælg en på listen, fx januar 2025.",
        ),
    ],
)
def test_a_period_that_cannot_be_meant_is_told(written, said):
    of = asked(due=Period.month(2025, 3)) if "2019" in written else asked()
    found = checked("38", of=of, period=written)

    assert sentence(found) == said
    assert isinstance(found, Problem)
    assert found.field is Field.PERIOD


def test_a_period_like_one_in_the_history_is_taken():
    series = figures(("48", Period(date(2024, 1, 1), date(2024, 6, 15)), HOME))

    assert accepted(checked("50", series=series, period="2024-01-01/2024-06-15")).value == 50


@pytest.mark.parametrize(
    ("unit", "before", "now", "doubt"),
    [
        (Unit.COUNT, "34", "38", None),
        (Unit.COUNT, "10", "12", None),
        (Unit.COUNT, "1", "3", None),
        (Unit.COUNT, "34", "383", "383 er over halvanden gang så meget som tallet før: 34 (januar 2024)."),
        (Unit.COUNT, "34", "3", "3 er under to tredjedele af tallet før: 34 (januar 2024)."),
        (Unit.COUNT, "34", "0", "0 er under to tredjedele af tallet før: 34 (januar 2024)."),
        (Unit.COUNT, "2111", "2066", None),
        (Unit.COUNT, "2111", "1066", "1.066 er under to tredjedele af tallet før: 2.111 (januar 2024)."),
        (Unit.PERCENT, "58", "55", None),
        (Unit.PERCENT, "36.7", "46,7", None),
        (Unit.PERCENT, "36.7", "63,7", "63,7 % er 27,0 procentpoint fra tallet før: 36,7 % (januar 2024)."),
        (Unit.RANK, "69", "10", None),
    ],
)
def test_a_jump_beyond_what_such_figures_do_is_doubted(unit, before, now, doubt):
    series = figures((before, Period.month(2024, 1), HOME))
    found = accepted(checked(now, of=asked(unit), series=series))

    assert (DANISH(found.doubt) if found.doubt else None) == doubt


def test_no_figure_of_the_plan_itself_is_doubted():
    plan, reported = package().plan, package().observations
    goals = {indicator.key: (goal, indicator) for goal in plan.goals for indicator in goal.indicators}
    doubted = []
    for one in reported:
        goal, indicator = goals[one.indicator]
        of = Asked(plan=plan, goal=goal, indicator=indicator, area=one.area, due=one.period)
        if one.value is None or one.period.end.year < 2023:
            continue
        typed = Typed(period=one.period.code, value=write_decimal(one.value, "da"))
        figure = accepted(check(typed, asked=of, series=Series(reported), today=date(2025, 6, 1)))
        doubted += [one.indicator] if figure.doubt or not figure.is_known else []

    assert doubted == []


def test_no_jump_is_seen_across_a_break_nor_to_a_period_of_another_length():
    change = Break(date(2024, 7, 1), text("reformen"))
    series = figures(("34", Period.month(2024, 1), HOME))
    yearly = figures(("3400", Period.year(2024), HOME))

    assert accepted(checked("380", of=asked(breaks=(change,)), series=series)).doubt is None
    assert accepted(checked("38", series=yearly)).doubt is None


def test_the_figure_before_is_the_own_one_nearest_in_time():
    months = [Period.month(2023, 1), Period.month(2024, 1), JANUARY]
    series = figures(
        *((str(30 + i), month, HOME) for i, month in enumerate(months)), ("9", months[1], COUNTRY)
    )
    found = previous(asked(), series, JANUARY)

    assert found is not None
    assert found.value == 31


@pytest.mark.parametrize(
    ("stored", "written", "known", "corrects"),
    [
        ("38", "38", True, False),
        ("38", "38,0", True, False),
        ("38", "39", False, True),
        (None, "38", False, False),
    ],
)
def test_a_stored_figure_is_known_again_or_corrected(stored, written, known, corrects):
    series = figures((stored, JANUARY, HOME)) if stored else figures()
    found = accepted(checked(written, series=series))

    assert (found.is_known, found.corrects is not None) == (known, corrects)


def test_the_parts_of_a_share_that_is_stored_without_them_are_news_but_no_correction():
    series = figures(("82.8", JANUARY, HOME))
    found = accepted(checked("82,8", of=asked(Unit.PERCENT), series=series, numerator="48", denominator="58"))

    assert not found.is_known
    assert found.corrects is None


@given(st.integers(0, 9_999_999), st.sampled_from(["da", "plain"]))
def test_every_count_is_read_as_it_is_written(number, notation):
    written = write_decimal(Decimal(number), "da") if notation == "da" else str(number)

    assert accepted(checked(written)).value == number


@given(st.decimals(0, 100, places=1))
def test_every_share_is_read_as_it_is_written(share):
    written = write_decimal(share, "da") + " %"

    assert accepted(checked(written, of=asked(Unit.PERCENT))).value == share


@given(st.integers(1, 100_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_the_share_that_parts_give_is_never_refused_beside_them(parts):
    numerator, denominator = map(str, parts)
    of = asked(Unit.PERCENT)
    given_by_parts = accepted(checked("", of=of, numerator=numerator, denominator=denominator)).value
    written = write_decimal(given_by_parts, "da")
    found = checked(written, of=of, numerator=numerator, denominator=denominator)

    assert accepted(found).value == given_by_parts


@given(st.text(max_size=40), st.sampled_from(list(Unit)))
def test_whatever_is_typed_is_a_figure_in_range_or_one_sentence(written, unit):
    found = checked(written, of=asked(unit))

    if isinstance(found, Problem):
        assert DANISH(found.said).endswith(".")
    else:
        assert 0 <= found.value < 10_000_000
