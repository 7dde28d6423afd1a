"""A plan's three files: read into domain values, and refused with the place of the fault."""

import contextlib
import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml

from bplan_bot.errors import Refused
from bplan_bot.goal import Axis, Break
from bplan_bot.importers.plan_files import read_package
from bplan_bot.observation import Direction, ObservationStatus
from bplan_bot.period import Period
from bplan_bot.plan_package import PlanPackage
from bplan_bot.quantity import Noun, Unit
from bplan_bot.status import Status
from bplan_bot.target import Polarity
from tests.factories import text

PLAN = """
key: norddjurs-2024
title: {da: Beskæftigelsesplan 2024, en: Employment plan 2024}
area: "707"
municipality: Norddjurs Kommune
short_name: Norddjurs
committee: {da: Arbejdsmarkedsudvalget, en: the committee}
department: {da: Arbejdsmarkedsafdelingen, en: the department}
start: 2024-01-01
end: 2024-12-31
themes:
  - {number: 6, title: {da: Virksomheder, en: Companies}, minister_goal: 5}
sources:
  - {key: jobindsats, published: true, name: {da: jobindsats.dk, en: jobindsats.dk}}
nouns:
  case: {one: {da: sag, en: case}, many: {da: sager, en: cases}}
rhythms:
  half_yearly: {da: to gange om året, en: twice a year}
references: {}
goals:
  - number: "6.10"
    theme: 6
    title: {da: Timer, en: Hours}
    measure: {da: Andelen, en: The share}
    target_text: {da: "Mindst 80,5 % og færre sager", en: At least 80.5% and fewer cases}
    target:
      type: all_of
      parts:
        - label: {da: andelen, en: share}
          target: {type: at_least, indicator: 6.10.share, polarity: higher, value: "80.5"}
        - label: {da: antallet, en: number}
          target: {type: decrease, indicator: 6.10.cases, polarity: lower}
    assessed_on: "2024"
    source: jobindsats
    rhythm: half_yearly
    indicators:
      - key: 6.10.share
        unit: percent
        subject: {da: andelen, en: the share}
        statement: {da: "var {value}", en: "{value} were"}
        breaks:
          - {day: 2025-07-01, reason: {da: reformen, en: the reform}}
      - key: 6.10.cases
        unit: count
        noun: case
        subject: {da: antallet, en: the number}
        statement: {da: "var {value}", en: "{value} were"}
"""
FIGURES = """indicator,area,period,value,numerator,denominator,status,direction,document,known_at
6.10.share,707,2024-01-01/2024-06-15,82.7,48,58,final,,follow_up,2025-05-14
6.10.cases,707,2024,,,,final,not_increased,follow_up,2025-05-14
6.10.cases,000,2024,,,,missing,,follow_up,2025-05-14
"""
STATEMENTS = """
documents:
  - {key: follow_up, rank: 10, case: 23/6487, date: 2025-05-14, title: {da: Opfølgning, en: Follow-up}}
wordings:
  not_met: {da: Ikke nået, en: Not met}
follow_ups:
  - document: follow_up
    judged_on: 2025-05-01
    handled_on: 2025-05-14
    decision: {da: Godkendt, en: Approved}
    statuses: {not_met: ["6.10"]}
    due: {"6.10": 2030}
    reasons: {"6.10": {da: Fordi, en: Because}}
"""
TEXTS = {"plan.yaml": PLAN, "figures.csv": FIGURES, "statements.yaml": STATEMENTS}


def read(**changed: str) -> PlanPackage:
    """The package of the three files, some of them changed: by their name before the dot."""
    return read_package(
        {name: changed.get(name.split(".")[0], said).encode() for name, said in TEXTS.items()}
    )


def test_a_plan_is_read_with_its_goals_and_indicators() -> None:
    plan = read().plan

    (goal,) = plan.goals
    share, cases = goal.indicators
    assert (plan.key, plan.start, plan.end) == ("norddjurs-2024", date(2024, 1, 1), date(2024, 12, 31))
    assert goal.number == "6.10"
    assert goal.assessed_on == Period.year(2024)
    assert goal.rhythm == text("to gange om året", "twice a year")
    assert goal.target_text.da == "Mindst 80,5 % og færre sager"
    assert (share.goal, share.unit, share.short_subject) == (
        "6.10",
        Unit.PERCENT,
        text("andelen", "the share"),
    )
    assert share.breaks == (Break(date(2025, 7, 1), text("reformen", "the reform")),)
    assert cases.noun == Noun(text("sag", "case"), text("sager", "cases"))


@pytest.mark.parametrize(
    ("rhythm", "times"),
    [
        ("{da: to gange om året, en: twice a year, times_a_year: 2}", 2),
        ("{da: to gange om året, en: twice a year}", None),
    ],
)
def test_how_often_a_goal_is_followed_up_is_read_where_it_is_told(rhythm: str, times: int | None) -> None:
    (goal,) = read(**in_plan("{da: to gange om året, en: twice a year}", rhythm)).plan.goals

    assert goal.times_a_year == times
    assert goal.rhythm == text("to gange om året", "twice a year")


def test_a_wheel_is_read_with_its_months() -> None:
    entry = "{what: {da: Budget, en: Budget}, when: {da: juni, en: June}, months: [6]}"

    wheel = read(**in_plan("themes:", f"wheel: {{year: 2022, entries: [{entry}]}}\nthemes:")).plan.wheel

    assert wheel
    assert (wheel.year, [one.months for one in wheel.entries]) == (2022, [(6,)])


def test_a_target_is_read_with_its_parts_and_exact_values() -> None:
    first, second = (part.target for part in read().plan.goals[0].target.parts)

    assert type(first.value) is Decimal
    assert str(first.value) == "80.5"
    assert (second.type, second.polarity) == ("decrease", Polarity.LOWER)


def test_figures_are_read_exactly_with_their_document_and_the_day_they_were_known() -> None:
    share, told, missing = read().observations

    assert str(share.value) == "82.7"
    assert (share.numerator, share.denominator) == (Decimal(48), Decimal(58))
    assert share.period == Period(date(2024, 1, 1), date(2024, 6, 15))
    assert (share.document.case, share.known_at) == ("23/6487", date(2025, 5, 14))
    assert (told.value, told.direction) == (None, Direction.NOT_INCREASED)
    assert (missing.value, missing.status, missing.area) == (None, ObservationStatus.MISSING, "000")


def test_a_follow_up_gives_the_judgement_and_what_was_handled_each_on_its_day() -> None:
    judged, handled = read().statements

    assert (judged.axis, judged.day, judged.decision) == (Axis.JUDGED, date(2025, 5, 1), None)
    assert (handled.axis, handled.day, handled.decision) == (
        Axis.HANDLED,
        date(2025, 5, 14),
        text("Godkendt", "Approved"),
    )
    for statement in (judged, handled):
        assert (statement.goal, statement.status, statement.due) == ("6.10", Status.NOT_MET, 2030)
        assert statement.reason == text("Fordi", "Because")


def test_a_spreadsheet_that_saves_a_byte_order_mark_is_read_too() -> None:
    assert read(figures="\ufeff" + FIGURES).observations == read().observations


def in_plan(old: str, new: str) -> dict[str, str]:
    assert old in PLAN
    return {"plan": PLAN.replace(old, new)}


def fed(feed: str) -> dict[str, str]:
    own = "      - key: 6.10.share\n"
    return in_plan(own, f"{own}        feed: {{{feed}}}\n")


def in_figures(old: str, new: str) -> dict[str, str]:
    assert old in FIGURES
    return {"figures": FIGURES.replace(old, new)}


def in_statements(old: str, new: str) -> dict[str, str]:
    assert old in STATEMENTS
    return {"statements": STATEMENTS.replace(old, new)}


GOAL = PLAN[PLAN.index("  - number") :]
BENCHMARK = """    benchmark:
      - {label: {da: I alt, en: In all}, actual: 6.10.cases, expected: 6.10.cases, rank: 6.10.rank}
"""
TWICE = "6.10.cases,707,2024,1,,,final,,follow_up,2025-05-14\n"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (in_plan("area:", "aera:"), r"wrong_value\(where=plan.yaml: area, problem=Field required\)"),
        (
            in_plan("unit: percent", "unit: percent\n        colour: red"),
            r"unknown_field\(where=plan.yaml: mål 6.10: 6.10.share, field=colour\)",
        ),
        (
            in_plan('"Mindst 80,5 % og færre sager"', "Mindst 80, helst flere"),
            r"unknown_field\(where=plan.yaml: mål 6.10, field=helst flere\)",
        ),
        (
            in_plan("type: at_least, ", "type: at_least, colour: red, "),
            r"unknown_field\(where=plan.yaml: mål 6.10, field=colour\)",
        ),
        (in_plan("start: 2024-01-01", "start: i går"), r"wrong_value\(where=plan.yaml: start, problem="),
        (
            in_plan('number: "6.10"', "number: 6.10"),
            r"wrong_value\(where=plan.yaml: mål 6.1: .*valid string",
        ),
        (
            in_plan('assessed_on: "2024"', 'assessed_on: "2024-"'),
            r"wrong_value\(where=plan.yaml: mål 6.10, problem=assessed_on: 2024-\)",
        ),
        (in_plan("start: 2024-01-01\n", ""), r"wrong_value\(where=plan.yaml: start, problem="),
        (in_plan("nouns:", "nuons:"), r"wrong_value\(where=plan.yaml, problem=nouns is missing\)"),
        (
            in_plan("    rhythm: half_yearly\n", ""),
            r"wrong_value\(where=plan.yaml, problem=rhythm is missing\)",
        ),
        (
            in_plan("rhythm: half_yearly\n", "rhythm: weekly\n"),
            r"unknown_key\(where=plan.yaml: mål 6.10, key=weekly\)",
        ),
        (
            in_plan("en: twice a year}", "en: thrice a year, times_a_year: 3}"),
            r"wrong_value\(where=plan.yaml: mål 6.10: times_a_year",
        ),
        (
            in_plan("{da: to gange om året, en: twice a year}", "5"),
            r"wrong_value\(where=plan.yaml: mål 6.10: rhythm",
        ),
        (
            in_plan(GOAL, GOAL.replace("    indicators:", BENCHMARK + "    indicators:")),
            r"unknown_key\(where=plan.yaml: mål 6.10, key=6.10.rank\)",
        ),
        (
            in_plan("themes:", "wheel: {year: 2022, entries: [{what: {da: a, en: a}}]}\nthemes:"),
            r"wrong_value\(where=plan.yaml: wheel.entries.0.when",
        ),
        (
            in_plan("noun: case", "noun: sag"),
            r"unknown_key\(where=plan.yaml: mål 6.10: 6.10.cases, key=sag\)",
        ),
        (in_plan("theme: 6", "theme: 7"), r"unknown_key\(where=plan.yaml: mål 6.10, key=7\)"),
        (
            in_plan("source: jobindsats", "source: jobindstas"),
            r"unknown_key\(where=plan.yaml: mål 6.10, key=jobindstas\)",
        ),
        (
            in_plan("indicator: 6.10.cases", "indicator: 6.1.cases"),
            r"unknown_key\(where=plan.yaml: mål 6.10, key=6.1.cases\)",
        ),
        (in_plan("type: at_least", "type: at_leats"), r"target.unknown_type\(type=at_leats"),
        (in_plan(', value: "80.5"', ""), r"target.lacks\(type=at_least, field=value\)"),
        (in_plan(", polarity: higher", ""), r"target.lacks\(type=at_least, field=polarity"),
        (in_plan(", polarity: lower", ""), r"target.lacks\(type=decrease, field=polarity"),
        (in_plan(GOAL, GOAL * 2), r"wrong_value\(where=plan.yaml: goals, problem=6.10 is there 2 times\)"),
        (
            in_plan("key: 6.10.cases", "key: 6.10.share"),
            r"wrong_value\(where=plan.yaml: indicators, problem=6.10.share is there 2 times\)",
        ),
        (in_plan("key: norddjurs-2024", "key: Norddjurs 2024"), r"problem=key: Norddjurs 2024"),
        (in_plan('area: "707"', 'area: "Norddjurs"'), r"problem=area: Norddjurs"),
        (in_plan("end: 2024-12-31", "end: 2023-12-31"), r"problem=end: 2023-12-31 is before start"),
        (in_plan('number: "6.10"', 'number: "6a"'), r"problem=goals: 6a: two numbers"),
        (in_plan('number: "6.10"', 'number: "6.100"'), r"problem=goals: 6.100: two numbers"),
        (in_plan("goals:\n" + GOAL, "goals: []\n"), r"problem=goals: none"),
        (in_plan("goals:\n" + GOAL, "goals:\n"), r"wrong_shape\(where=plan.yaml\)"),
        (fed("source: jobindsats, table: a, column: b, trusted: false"), r"6.10.share: a feed that is not"),
        (fed("source: cvr"), r"feed.source"),
        (fed("source: jobindsats, periode: M"), r"unknown_field\(.*field=periode\)"),
        ({"plan": "key: [1,"}, r"not_yaml\(file=plan.yaml, line=\d\)"),
        ({"plan": "just text"}, r"not_yaml\(file=plan.yaml, line=1\)"),
        ({"plan": ""}, r"not_yaml\(file=plan.yaml, line=1\)"),
    ],
)
def test_a_fault_in_the_plan_is_refused_with_its_place(changed: dict[str, str], said: str) -> None:
    with pytest.raises(Refused) as refused:
        read(**changed)

    refused.match(said)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (in_figures("82.7", "82,7"), r"wrong_value\(where=figures.csv:2, problem=too many columns\)"),
        (in_figures("82.7", '"82,7"'), r"wrong_value\(where=figures.csv:2, problem=82,7 is not a number\)"),
        (in_figures("82.7", "NaN"), r"wrong_value\(where=figures.csv:2, problem=NaN is not a number\)"),
        (in_figures("82.7", "mange"), r"wrong_value\(where=figures.csv:2, problem=mange is not a number\)"),
        (in_figures("82.7", ""), r"wrong_value\(where=figures.csv:2, problem=.*a value, or a reason why"),
        (in_figures("missing", "lost"), r"wrong_value\(where=figures.csv:4, problem="),
        (in_figures("not_increased", "sideways"), r"wrong_value\(where=figures.csv:3, problem="),
        (in_figures("2024-01-01/2024-06-15", "2024-"), r"wrong_value\(where=figures.csv:2, problem="),
        (in_figures("2025-05-14", "14-05-2025"), r"wrong_value\(where=figures.csv:2, problem="),
        (in_figures("6.10.share", "6.1.share"), r"unknown_key\(where=figures.csv:2, key=6.1.share\)"),
        (in_figures("follow_up", "mail"), r"unknown_key\(where=figures.csv:2, key=mail\)"),
        (in_figures("known_at", "known"), r"wrong_value\(where=figures.csv, problem=known_at is missing\)"),
        (
            in_figures("indicator,", "Indicator,"),
            r"wrong_value\(where=figures.csv, problem=indicator is missing\)",
        ),
        (
            in_statements("key: follow_up,", "key: follow_up, colour: red,"),
            r"unknown_field\(where=statements.yaml: documents, field=colour\)",
        ),
        (
            in_statements('not_met: ["6.10"]', 'not_met: ["6.11"]'),
            r"unknown_key\(where=statements.yaml, key=6.11\)",
        ),
        (
            in_statements('{not_met: ["6.10"]}', '{not_met: ["6.10"], met: ["6.10"]}'),
            r"problem=6.10 is there 2 times\)",
        ),
        (
            in_statements("statuses: {not_met", "statuses: {missed"),
            r"wrong_value\(where=statements.yaml, problem=.*missed",
        ),
        (
            in_statements("statuses: {not_met", "statuses: {not_handled"),
            r"wrong_value\(where=statements.yaml, problem=not_handled is no status that anybody states",
        ),
        (
            in_statements("not_met: {da: Ikke", "not_handled: {da: Ikke"),
            r"wrong_value\(where=statements.yaml, problem=not_handled is no status that anybody states",
        ),
        (
            in_statements("statuses: {not_met", "statuses: {met"),
            r"wrong_value\(where=statements.yaml, problem=met is missing\)",
        ),
        (
            in_statements("document: follow_up", "document: mail"),
            r"wrong_value\(where=statements.yaml, problem=mail is missing\)",
        ),
        (
            in_statements("documents:", "papers:"),
            r"wrong_value\(where=statements.yaml, problem=documents is missing\)",
        ),
    ],
)
def test_a_fault_in_figures_or_statements_is_refused_with_its_place(
    changed: dict[str, str], said: str
) -> None:
    with pytest.raises(Refused) as refused:
        read(**changed)

    refused.match(said)


@pytest.mark.parametrize("name", TEXTS)
def test_a_file_that_is_not_there_is_named(name: str) -> None:
    files = {other: said.encode() for other, said in TEXTS.items() if other != name}

    with pytest.raises(Refused, match=rf"plan_files\.missing\(file={name}\)"):
        read_package(files)


@pytest.mark.parametrize("name", TEXTS)
def test_a_file_in_another_encoding_is_refused(name: str) -> None:
    files = {other: said.encode() for other, said in TEXTS.items()}

    with pytest.raises(Refused, match=name):
        read_package({**files, name: "indicator\næøå".encode("latin-1")})


def places(value: Any, *path: Any) -> Iterator[tuple[Any, ...]]:
    """Every place in what a file holds, by the steps that lead there."""
    if path:
        yield path
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield from places(inner, *path, step)


@pytest.mark.parametrize("instead", [None, "text", 7, [], {}, ["text"], {"text": "text"}], ids=repr)
@pytest.mark.parametrize("name", ["plan.yaml", "statements.yaml"])
def test_whatever_stands_in_a_place_is_read_or_refused_in_a_sentence(name: str, instead: object) -> None:
    whole = yaml.safe_load(TEXTS[name])
    for path in places(whole):
        holder = spoilt = deepcopy(whole)
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = instead
        files = {**TEXTS, name: json.dumps(spoilt, default=str)}  # JSON is YAML, and quicker to write
        with contextlib.suppress(Refused):
            read_package({file: said.encode() for file, said in files.items()})
