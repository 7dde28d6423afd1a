"""Reads the three files of a plan's folder: plan.yaml, figures.csv and statements.yaml."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from bplan_bot.assess.judge import check_target
from bplan_bot.errors import Refused
from bplan_bot.goal import Axis, Goal, Group, Indicator, Plan, Source, StatedAssessment, Theme
from bplan_bot.importers.fields import built
from bplan_bot.importers.plan_checks import check_plan
from bplan_bot.local_text import LocalText
from bplan_bot.observation import Direction, Document, Observation, ObservationStatus
from bplan_bot.period import Period
from bplan_bot.plan_package import PlanPackage
from bplan_bot.quantity import Noun
from bplan_bot.status import Status

PLAN, FIGURES, STATEMENTS = "plan.yaml", "figures.csv", "statements.yaml"

SHORT_SUBJECTS = {
    "percent": LocalText("andelen", "the share"),
    "points": LocalText("forskellen", "the difference"),
    "count": LocalText("antallet", "the number"),
    "rank": LocalText("placeringen", "the rank"),
}
"""What an indicator is called the second time, unless its plan says otherwise."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader in C where the wheel has it: five times as fast at every start."""


def read_package(files: Mapping[str, bytes]) -> PlanPackage:
    """The plan with its documents, figures and statements; Refused names the place of a fault."""
    for name in (PLAN, FIGURES, STATEMENTS):
        if name not in files:
            raise Refused("plan_files.missing", file=name)
    with _complete(PLAN):
        plan = _plan(_yaml(PLAN, files[PLAN]))
    with _complete(STATEMENTS):
        said = _yaml(STATEMENTS, files[STATEMENTS])
        documents = [built(Document, entry, f"{STATEMENTS}: documents") for entry in said["documents"]]
        _refuse_twice((document.key for document in documents), f"{STATEMENTS}: documents")
        by_key = {document.key: document for document in documents}
        statements = tuple(_statements(said, plan, by_key))
    observations = read_figures(files[FIGURES], plan, by_key)
    return PlanPackage(
        plan=plan, documents=tuple(documents), observations=observations, statements=statements
    )


def read_figures(
    content: bytes, plan: Plan, documents: Mapping[str, Document], *, name: str = FIGURES
) -> tuple[Observation, ...]:
    """The figures of a CSV file; `documents` by key are the ones it may name. Refused names the line."""
    with _complete(name):
        return tuple(_observations(content, plan, documents, name))


@contextmanager
def _complete(name: str) -> Iterator[None]:
    """Refuses a file that lacks a section, a field or a column, or that holds what cannot be read."""
    try:
        yield
    except KeyError as fault:
        problem = f"{fault.args[0]} is missing"
        raise Refused("plan_files.wrong_value", where=name, problem=problem) from fault
    except ValueError as fault:
        raise Refused("plan_files.wrong_value", where=name, problem=str(fault)) from fault
    except (AttributeError, LookupError, TypeError) as fault:
        # A text where a list belongs, or nothing at all: each place of a file can be filled wrongly.
        raise Refused("plan_files.wrong_shape", where=name) from fault


def _refuse_twice(keys: Iterable[str], where: str) -> None:
    """One key names one thing: the second of the same would be lost without a word."""
    for key, times in Counter(keys).items():
        if times > 1:
            raise Refused("plan_files.wrong_value", where=where, problem=f"{key} is there {times} times")


def _yaml(name: str, content: bytes) -> dict[str, Any]:
    try:
        loaded = yaml.load(content, Loader=_LOADER)  # noqa: S506  # both are safe loaders
    except yaml.YAMLError as fault:
        place = getattr(fault, "problem_mark", None)
        raise Refused("plan_files.not_yaml", file=name, line=place.line + 1 if place else 1) from fault
    if not isinstance(loaded, dict):
        raise Refused("plan_files.not_yaml", file=name, line=1)
    return loaded


def _plan(entry: dict[str, Any]) -> Plan:
    nouns = {key: built(Noun, noun, f"{PLAN}: nouns") for key, noun in entry.pop("nouns").items()}
    rhythms = entry.pop("rhythms")
    for anchors in ("references", "feeds"):
        entry.pop(anchors, None)  # for the goals below them
    entry["themes"] = tuple(built(Theme, theme, f"{PLAN}: themes") for theme in entry["themes"])
    entry["groups"] = tuple(built(Group, group, f"{PLAN}: groups") for group in entry.get("groups", ()))
    entry["sources"] = tuple(built(Source, source, f"{PLAN}: sources") for source in entry["sources"])
    entry["goals"] = tuple(_goal(goal, nouns, rhythms) for goal in entry["goals"])
    plan = built(Plan, entry, PLAN)
    _refuse_twice((goal.number for goal in plan.goals), f"{PLAN}: goals")
    _refuse_twice((i.key for goal in plan.goals for i in goal.indicators), f"{PLAN}: indicators")
    for goal in plan.goals:
        check_target(goal.target)
    check_plan(plan, where=PLAN)
    return plan


def _goal(entry: dict[str, Any], nouns: Mapping[str, Noun], rhythms: Mapping[str, Any]) -> Goal:
    where = f"{PLAN}: mål {entry.get('number')}"
    indicators = tuple(
        _indicator({**indicator, "goal": entry["number"]}, nouns, where) for indicator in entry["indicators"]
    )
    if entry["rhythm"] not in rhythms:
        raise Refused("plan_files.unknown_key", where=where, key=entry["rhythm"])
    _refuse_silent_polarity(entry["target"], where)
    return built(
        Goal,
        {
            "source": None,
            **entry,
            **_rhythm(rhythms[entry["rhythm"]]),
            "assessed_on": _period(entry["assessed_on"], where),
            "indicators": indicators,
        },
        where,
    )


def _rhythm(entry: Any) -> dict[str, Any]:
    """The words of a rhythm, and how often a year that is where the plan tells."""
    if not isinstance(entry, dict):
        return {"rhythm": entry}
    words = {key: value for key, value in entry.items() if key != "times_a_year"}
    return {"rhythm": words, "times_a_year": entry.get("times_a_year")}


def _refuse_silent_polarity(target: Any, where: str) -> None:
    """Which way is better does not follow from a figure, so a plan must say it for each one it judges."""
    if not isinstance(target, dict):
        return
    if "indicator" in target and "polarity" not in target:
        raise Refused("target.lacks", type=target.get("type"), field=f"polarity ({where})")
    _refuse_silent_polarity(target.get("inner"), where)
    for part in target.get("parts") or ():
        _refuse_silent_polarity(part.get("target"), where)


def _indicator(entry: dict[str, Any], nouns: Mapping[str, Noun], where: str) -> Indicator:
    place = f"{where}: {entry.get('key')}"
    noun = entry.get("noun")
    if noun is not None and noun not in nouns:
        raise Refused("plan_files.unknown_key", where=place, key=noun)
    short = SHORT_SUBJECTS.get(entry.get("unit", ""))
    return built(Indicator, {"short_subject": short, **entry, "noun": nouns[noun] if noun else None}, place)


def _period(code: object, where: str) -> Period:
    try:
        return Period.from_code(str(code))
    except (ValueError, KeyError) as fault:
        raise Refused("plan_files.wrong_value", where=where, problem=f"assessed_on: {code}") from fault


def _observations(
    content: bytes, plan: Plan, documents: Mapping[str, Document], name: str
) -> Iterator[Observation]:
    indicators = {indicator.key for goal in plan.goals for indicator in goal.indicators}
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    for line, row in enumerate(rows, start=2):
        where = f"{name}:{line}"
        if None in row:  # a decimal comma moves all that follows it one column on
            raise Refused("plan_files.wrong_value", where=where, problem="too many columns")
        if row["indicator"] not in indicators:
            raise Refused("plan_files.unknown_key", where=where, key=row["indicator"])
        if row["document"] not in documents:
            raise Refused("plan_files.unknown_key", where=where, key=row["document"])
        try:
            yield _observation(row, documents[row["document"]])
        except ValueError as fault:
            raise Refused("plan_files.wrong_value", where=where, problem=str(fault)) from fault


def _observation(row: Mapping[str, str], document: Document) -> Observation:
    return Observation(
        indicator=row["indicator"],
        area=row["area"],
        period=Period.from_code(row["period"]),
        value=_decimal(row["value"]),
        numerator=_decimal(row["numerator"]),
        denominator=_decimal(row["denominator"]),
        status=ObservationStatus(row["status"]),
        direction=Direction(row["direction"]) if row["direction"] else None,
        document=document,
        known_at=date.fromisoformat(row["known_at"]),
    )


def _decimal(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation as fault:
        raise ValueError(f"{text} is not a number") from fault
    if not number.is_finite():
        raise ValueError(f"{text} is not a number")
    return number


def _statements(
    said: Mapping[str, Any], plan: Plan, documents: Mapping[str, Document]
) -> Iterator[StatedAssessment]:
    wordings = {
        _said_status(code): built(LocalText, text, f"{STATEMENTS}: wordings")
        for code, text in said["wordings"].items()
    }
    for follow_up in said["follow_ups"]:
        judged = (number for numbers in follow_up["statuses"].values() for number in numbers)
        _refuse_twice(judged, f"{STATEMENTS}: {follow_up['document']}")
        for code, numbers in follow_up["statuses"].items():
            for number in numbers:
                if plan.goal(number) is None:
                    raise Refused("plan_files.unknown_key", where=STATEMENTS, key=number)
                status = _said_status(code)
                yield from _both_axes(
                    follow_up, number, status, wordings[status], documents[follow_up["document"]]
                )


def _said_status(code: str) -> Status:
    """A status that people can state; that nothing was handled is only how others are shown a goal."""
    if Status(code) is Status.NOT_HANDLED:
        raise ValueError(f"{code} is no status that anybody states")
    return Status(code)


def _both_axes(
    follow_up: Mapping[str, Any], number: str, status: Status, wording: LocalText, document: Document
) -> Iterator[StatedAssessment]:
    """The administration's judgement, and the same status as handled by the committee on its day."""
    reason = follow_up["reasons"].get(number)
    for axis, day in ((Axis.JUDGED, "judged_on"), (Axis.HANDLED, "handled_on")):
        decision = follow_up["decision"] if axis is Axis.HANDLED else None
        yield StatedAssessment(
            goal=number,
            axis=axis,
            status=status,
            wording=wording,
            document=document,
            day=follow_up[day],
            decision=built(LocalText, decision, STATEMENTS) if decision else None,
            reason=built(LocalText, reason, STATEMENTS) if reason else None,
            due=follow_up["due"].get(number),
        )
