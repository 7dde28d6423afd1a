"""Where the figures of goals come from: which document, table or file, who brought them, when, and what they
were before they were corrected."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from bplan_bot.fact import Fact
from bplan_bot.figure_answers.answer import Row, Said
from bplan_bot.figure_answers.beside import criteria
from bplan_bot.goal import Goal, Plan
from bplan_bot.message import Message, message
from bplan_bot.municipalities import names
from bplan_bot.observation import COUNTRY, Observation
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.answer import PlanAnswer, PlanTopic, Section, lacking, named, numbers, opened
from bplan_bot.provenance import (
    Provenance,
    Readers,
    brought_by,
    corrected,
    correction,
    document_of,
    place_of,
    provenance_of,
    recorded_on,
    said_who,
)

_IN_FULL = 3
"""Of more goals than this only the answer is told, so that a card stays readable and small."""

_MOST = 12
"""Corrected figures that are listed of the whole plan, the latest first."""


class About(StrEnum):
    """What of a figure's origin is asked; the answer opens with it."""

    WHO = "who"
    WHEN = "when"
    CORRECTED = "corrected"


def origins(
    picture: Picture,
    goals: tuple[Goal, ...],
    *,
    about: About,
    readers: Readers,
    sizes: tuple[Decimal, ...] = (),
    missing: tuple[str, ...] = (),
) -> PlanAnswer:
    """Where the newest figures of these goals come from, or those of the named `sizes`; without a goal, which
    figures have those sizes, or have been corrected at all."""
    if not goals:
        return _of_sizes(picture, about, readers, sizes) if sizes else _all_corrected(picture, missing)
    told = {goal.number: _chosen(picture, goal, sizes) for goal in goals}
    alone = len(goals) == 1
    main = told[goals[0].number]
    found = tuple(one for each in told.values() for one in each)
    said = _said(picture, goals[0], main, about=about, readers=readers)
    return PlanAnswer(
        plan=picture.plan,
        topic=PlanTopic.PROVENANCE,
        heading=numbers(goals),
        sentences=(*lacking(missing), *(said if alone else ())),
        summary=said if alone else tuple(_opening(each[0], about, readers) for each in told.values() if each),
        rows=_rows(main[0], readers) if alone and main else (),
        sections=()
        if alone
        else tuple(
            _section(picture, goal, told[goal.number], about=about, readers=readers, whole=len(goals))
            for goal in goals
        ),
        folded=_others(main[1:], picture.plan) if alone else (),
        fold=message("provenance.others") if alone and len(main) > 1 else None,
        facts=_facts(found),
        suggestions=opened(goals),
        handled_only=picture.handled_only,
        about=picture.of(goals[0]) if alone and not missing else None,
        people=brought_by(found) if readers.named else (),
    )


def with_origins(
    answer: PlanAnswer, picture: Picture, goals: tuple[Goal, ...], readers: Readers
) -> PlanAnswer:
    """The answer about the source of one goal with where its figures come from: the newest in a sentence,
    everything else to be unfolded."""
    told = tuple(_figures(picture, goals[0])) if len(goals) == 1 else ()
    if not told:
        return answer
    _, *rows = _rows(told[0], readers)
    own = Section(name=told[0].figure, rows=tuple(rows))
    return replace(
        answer,
        sentences=(*answer.sentences, _from(told[0])),
        folded=(own, *_others(told[1:], picture.plan)),
        fold=message("provenance.fold"),
        facts=(*answer.facts, *_facts(told)),
    )


def _figures(picture: Picture, goal: Goal) -> Iterator[Provenance]:
    """The figures that a goal's status rests on, its own newest ones first."""
    status = picture.of(goal)
    judged = criteria(picture, status)
    facts = [
        *(one.now for one in judged),
        *(fact for one in judged for fact in (one.before, one.reference, one.reference_before)),
    ]
    reports = [fact.observation for fact in facts if fact and fact.observation]
    if not reports and status.newest is not None and status.newest.direction is not None:
        reports = [status.newest]  # told in words
    for report in dict.fromkeys(reports):
        yield provenance_of(picture, goal, goal.indicator(report.indicator), report)


def _chosen(picture: Picture, goal: Goal, sizes: tuple[Decimal, ...]) -> tuple[Provenance, ...]:
    """The figures to tell of a goal: those of the named sizes first, where it has any."""
    told = tuple(_figures(picture, goal))
    asked = tuple(_sized(picture, goal, sizes)) if sizes else ()
    reports = {one.report for one in asked}
    return (*asked, *(one for one in told if one.report not in reports))


def _sized(picture: Picture, goal: Goal, sizes: tuple[Decimal, ...]) -> Iterator[Provenance]:
    """The figures of a goal that have one of these sizes, or had it before a correction; newest first."""
    for indicator in (one for one in goal.indicators if not one.is_check):
        for area in (picture.plan.area, COUNTRY):
            for report in reversed(picture.series.of(indicator.key, area)):
                told = provenance_of(picture, goal, indicator, report)
                if any(_has(fact, sizes) for fact in told.facts if fact.observation):
                    yield told


def _has(fact: Fact, sizes: tuple[Decimal, ...]) -> bool:
    seen = fact.observation
    return fact.quantity.rounded() in sizes or (seen is not None and seen.value in sizes)


def _of_sizes(picture: Picture, about: About, readers: Readers, sizes: tuple[Decimal, ...]) -> PlanAnswer:
    """The goals with figures of these sizes, or that there are none."""
    found = tuple(goal for goal in picture.plan.goals if next(_sized(picture, goal, sizes), None) is not None)
    if found:
        return origins(picture, found, about=about, readers=readers, sizes=sizes)
    return replace(_all_corrected(picture, ()), sentences=(message("provenance.no_such_figure"),), rows=())


def _all_corrected(picture: Picture, missing: tuple[str, ...]) -> PlanAnswer:
    """Which figures of the plan have been corrected, the latest first."""
    told = [
        provenance_of(picture, goal, indicator, report)
        for goal in picture.plan.goals
        for indicator in goal.indicators
        if not indicator.is_check
        for area in (picture.plan.area, COUNTRY)
        for report in picture.series.of(indicator.key, area)
    ]
    changed = sorted((one for one in told if one.earlier), key=lambda one: one.report.known_at, reverse=True)
    shown = tuple(changed[:_MOST])
    name = "provenance.any_corrected" if changed else "provenance.none_corrected"
    return PlanAnswer(
        plan=picture.plan,
        topic=PlanTopic.PROVENANCE,
        heading=message("provenance.heading"),
        sentences=(*lacking(missing), message(name, n=len(changed), most=len(shown))),
        rows=tuple(
            Row(
                message("provenance.of_goal", number=one.goal.number, named=_named(one, picture.plan)),
                _line(one),
            )
            for one in shown
        ),
        facts=(*_facts(shown), *_facts(tuple(changed[_MOST:]))),
        suggestions=opened(()),
        handled_only=picture.handled_only,
    )


def _said(
    picture: Picture, goal: Goal, told: tuple[Provenance, ...], *, about: About, readers: Readers
) -> tuple[Said, ...]:
    """The answer about one goal, or why it has no figure."""
    if told:
        return (_opening(told[0], about, readers),)
    reasons = picture.of(goal).assessment.verdict.reasons
    return (message("freshness.none", number=goal.number), *reasons)


def _opening(told: Provenance, about: About, readers: Readers) -> Message:
    """The sentence that answers the question."""
    said = {"figure": told.named, "number": told.goal.number}
    match about:
        case About.WHO:
            origin = told.report.origin
            kind = origin.kind if origin else "document"
            who = said_who(told, readers)
            return message(f"provenance.opening.{kind}", **said, who=who, document=document_of(told.report))
        case About.WHEN:
            recorded, known = recorded_on(told.report, readers), told.report.known_at
            if recorded is None:
                return message("provenance.opening.known", **said, known=known)
            return message("provenance.opening.recorded", **said, recorded=recorded, known=known)
        case About.CORRECTED:
            if not told.earlier:
                return message("provenance.opening.never_corrected", **said)
            before = told.told(told.earlier[-1])
            return message("provenance.opening.corrected", **said, n=len(told.earlier), before=before)


def _from(told: Provenance) -> Message:
    return message(
        "provenance.from", figure=told.named, document=document_of(told.report), known=told.report.known_at
    )


def _section(
    picture: Picture,
    goal: Goal,
    told: tuple[Provenance, ...],
    *,
    about: About,
    readers: Readers,
    whole: int,
) -> Section:
    """One goal of `whole` many."""
    return Section(
        name=named(goal),
        sentences=_said(picture, goal, told, about=about, readers=readers),
        rows=_rows(told[0], readers) if told and whole <= _IN_FULL else (),
    )


def _rows(told: Provenance, readers: Readers) -> tuple[Row, ...]:
    """Everything that is known of where a figure comes from."""
    report = told.report
    place, recorded = place_of(report), recorded_on(report, readers)
    rows = [Row(message("row.figure"), told.figure), Row(message("row.from"), document_of(report))]
    if place:
        rows.append(Row(message("row.place"), place))
    rows.append(Row(message("row.who"), said_who(told, readers)))
    if recorded:
        rows.append(Row(message("row.recorded"), message("said.day", day=recorded)))
    rows.append(Row(message("row.known"), message("said.day", day=report.known_at)))
    rows.append(Row(message("row.corrected"), corrected(told)))
    for before, after in told.corrections:
        name = message("provenance.corrected_on", day=after.known_at)
        rows.append(Row(name, correction(told, before, after)))
    return tuple(rows)


def _others(told: tuple[Provenance, ...], plan: Plan) -> tuple[Section, ...]:
    """The other figures, each in a line, where there are any."""
    rows = tuple(Row(_named(one, plan), _line(one)) for one in told)
    return (Section(name=message("provenance.others"), rows=rows),) if rows else ()


def _named(told: Provenance, plan: Plan) -> Message:
    """Whose figure it is, of what and when."""
    return message(
        "provenance.named",
        subject=told.indicator.short_subject,
        area=_area(told.report, plan),
        period=told.report.period,
    )


def _area(report: Observation, plan: Plan) -> Message | str:
    if report.area == COUNTRY:
        return message("provenance.country")
    return plan.short_name if report.area == plan.area else names().get(report.area, report.area)


def _line(told: Provenance) -> Message:
    """A figure with its origin in one line."""
    report = told.report
    place = place_of(report)
    line = message(
        "provenance.line.place" if place else "provenance.line",
        told=told.told(report),
        document=document_of(report),
        place=place,
        known=report.known_at,
    )
    if not told.earlier:
        return line
    return message("provenance.line.corrected", line=line, corrected=corrected(told))


def _facts(told: tuple[Provenance, ...]) -> tuple[Fact, ...]:
    return tuple(fact for one in told for fact in one.facts)
