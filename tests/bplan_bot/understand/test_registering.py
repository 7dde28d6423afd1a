"""Somebody who wants to report a figure is heard, with the figure as they wrote it; a question never is."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bplan_bot.figure_values import Typed
from bplan_bot.notation.numbers import read_number, write_decimal
from bplan_bot.notation.periods import write_period
from bplan_bot.period import Period
from bplan_bot.quantity import Unit
from bplan_bot.understand.question import Question, Topic
from bplan_bot.understand.understand import understand

QUESTIONS = Path(__file__).parents[2] / "questions"


def asked(*goals, missing=(), **figure):
    return Question(
        topic=Topic.REGISTER, goals=goals, missing=missing, figure=Typed(**figure) if figure else None
    )


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("registrér 38 på 6.13 for januar 2025", asked("6.13", value="38", period="2025-M01")),
        ("registrer 6.13: 38", asked("6.13", value="38")),
        ("mål 6.13: registrér 38", asked("6.13", value="38")),
        ("indberet 36,7 % på 6.2 for 2024", asked("6.2", value="36,7 %", period="2024")),
        ("Hej, jeg vil gerne indberette tal for 6.8", asked("6.8")),
        ("registrér 48 af 58 på 6.8", asked("6.8", numerator="48", denominator="58")),
        (
            "indberet 82,8 % (48 ud af 58) på 6.8 for januar-medio juni 2024",
            asked("6.8", value="82,8 %", numerator="48", denominator="58", period="2024-01-01/2024-06-15"),
        ),
        ("REGISTRER 38 paa maal 6.13 for jan. 2025", asked("6.13", value="38", period="2025-M01")),
        ("regstrer 38 på 6.13", asked("6.13", value="38")),
        ("indberrette 38 på 6.13", asked("6.13", value="38")),
        ("registrér 38 voksenlærlinge for januar", asked("6.13", value="38", period="2025-M01")),
        ("indberet 55 % på 6.1 for 4. kvartal", asked("6.1", value="55 %", period="2024-Q4")),
        ("registrér 5,1 på 5,1", asked("5.1", value="5,1")),
        ("registrér 5.1: 5,1", asked("5.1", value="5,1")),
        ("sæt 6.13 til 38", asked("6.13", value="38")),
        ("registrér 1950 på 1.1 for 2024", asked("1.1", value="1950", period="2024")),
        ("registrér 2 066 på 2.2", asked("2.2", value="2 066")),
        ("registrér 38 på seks tretten", asked("6.13", value="38")),
        ("registrér 6.2 og 6.3", asked("6.2", "6.3")),
        ("registrér 9,9 på 6.99", asked(missing=("6.99",))),
        ("registrér 38", asked(value="38")),
        ("registrér tal", asked()),
        ("hvordan registrerer jeg tal?", asked()),
        ("Hvad skal jeg indberette?", asked()),
        ("report 38 for 6.13 January 2025", asked("6.13", value="38", period="2025-M01")),
        ("Can I report 36.7% for goal 6.2 in Q1 2024?", asked("6.2", value="36.7 %", period="2024-Q1")),
        ("I would like to report figures for 6.8", asked("6.8")),
        ("register 31 for 5.2 for the first half of 2024", asked("5.2", value="31", period="2024-S1")),
    ],
)
def test_who_reports_a_figure_is_heard(text, question, plan):
    assert understand(text, plan) == question


@pytest.mark.parametrize(
    "text",
    [
        "hvor mange er registreret på 6.13",
        "hvor mange har I indberettet på 6.13 for januar 2025?",
        "er der registreret 38 på 6.13?",
        "skal jeg indberette 6.13?",
        "hvornår skal jeg indberette 6.13",
        "hvem indberetter 6.13?",
        "hvem er indberetter på 6.13",
        "gør mig til indberetter på 6.13",
        "hvilket register kommer tallet fra",
        "indberetning af 6.13",
        "registrerede ledige",
        "registrér hvor mange der er på 6.13",
        "registrér 6.2 til nået",
        "registrér 38 ledige i Randers",
        "report on 6.2",
        "give me a report for 6.13 January 2025",
        "skriv to linjer om 6.2",
        "skriv tallene for 6.13",
        "skriv 22 mål",
        "sæt 6.13 på dagsordenen den 14. maj 2025",
        "har du indberettet 38 på 6.13",
        "opdater mig på 6.2",
        "how many are registered on 6.13",
    ],
)
def test_what_only_sounds_like_it_is_not_taken_for_it(text, plan):
    understood = understand(text, plan)

    assert not isinstance(understood, Question) or understood.topic is not Topic.REGISTER


@pytest.mark.parametrize("file", ["seen.jsonl", "further.jsonl"])
def test_no_question_that_was_ever_collected_is_taken_for_a_figure(file, plan):
    for line in (QUESTIONS / file).read_text().splitlines():
        text = json.loads(line)["text"]
        understood = understand(text, plan)
        assert not isinstance(understood, Question) or understood.topic is not Topic.REGISTER, text


counts = st.integers(0, 9_999_999).map(Decimal)
shares = st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 10)
years = st.integers(2015, 2035)
periods = st.one_of(
    years.map(Period.year),
    st.builds(Period.half_year, years, st.integers(1, 2)),
    st.builds(Period.quarter, years, st.integers(1, 4)),
    st.builds(Period.month, years, st.integers(1, 12)),
    st.builds(Period.rolling_year, years, st.integers(1, 3)),
    years.map(Period.school_year),
    years.map(lambda year: Period(date(year, 1, 1), date(year, 6, 15))),
    st.builds(
        lambda year, month, day: Period.point(date(year, month, day)),
        years,
        st.integers(1, 12),
        st.integers(1, 28),
    ),
)
TEMPLATES = [
    "registrér {value} på {goal} for {period}",
    "Hej, jeg vil gerne indberette {value} på mål {goal} for {period}, tak",
    "registrer {goal}: {value} for {period}",
    "indberet {value} for mål {goal} ({period})",
    "kan du registrere {value} på {goal} {period}?",
    "mål {goal}: indberet {value} for {period}",
    "sæt mål {goal} til {value} for {period}",
]


@given(
    data=st.data(),
    value=st.one_of(
        st.tuples(counts, st.sampled_from(["", " stk."])),
        st.tuples(shares, st.sampled_from([" %", "%", " procent", " pct."])),
    ),
    period=periods,
    template=st.sampled_from(TEMPLATES),
)
def test_every_goal_figure_and_period_written_in_danish_is_read_as_it_was_meant(
    data, value, period, template, plan
):
    goal = data.draw(st.sampled_from([goal.number for goal in plan.goals]))
    number, unit = value
    written = write_decimal(number, "da") + unit
    text = template.format(value=written, goal=goal, period=write_period(period, "da"))

    understood = understand(text, plan)

    assert isinstance(understood, Question), text
    assert (understood.topic, understood.goals) == (Topic.REGISTER, (goal,)), text
    assert understood.figure is not None
    assert understood.figure.period == period.code, text
    read = read_number(understood.figure.value)
    assert read is not None, text
    assert read.value == number, text
    assert (read.unit is Unit.PERCENT) == ("stk" not in unit and unit != ""), text


@given(
    data=st.data(),
    question=st.sampled_from(
        [
            "hvor mange er {done} på",
            "er der {done} tal for",
            "hvad er der {done} på",
            "blev {value} {done} på",
            "hvem har {done}",
            "hvornår er der {done} tal på",
            "har I {done} {value} på",
            "status: er {value} {done} for",
        ]
    ),
    done=st.sampled_from(["registreret", "indberettet", "indrapporteret", "indtastet", "registrert"]),
    value=shares,
    period=periods,
)
def test_a_question_after_a_figure_never_reports_one(data, question, done, value, period, plan):
    goal = data.draw(st.sampled_from([goal.number for goal in plan.goals]))
    begin = question.format(done=done, value=write_decimal(value, "da"))
    text = f"{begin} {goal} for {write_period(period, 'da')}"

    understood = understand(text, plan)

    assert not isinstance(understood, Question) or understood.topic is not Topic.REGISTER, text


@given(tail=st.text(alphabet="0123456789.,:/%()- aeårgkplt;", max_size=60))
def test_whatever_follows_the_verb_is_read_without_falling(plan, tail):
    understand(f"registrér {tail}", plan)
