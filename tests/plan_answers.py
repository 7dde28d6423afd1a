"""The answers about the plan that have golden files, and every one of them for every goal."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from bplan_bot.access import Grant, Person, Role
from bplan_bot.answers import Answer, GoalAnswer
from bplan_bot.deadlines import Lead
from bplan_bot.feed import FeedSource
from bplan_bot.figure_answers.answer import FigureAnswer
from bplan_bot.goal import BenchmarkLine, Goal
from bplan_bot.message import Message
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.answer import Corrected, PlanAnswer
from bplan_bot.plan_answers.benchmark import benchmark
from bplan_bot.plan_answers.definition import Asked, definition
from bplan_bot.plan_answers.freshness import freshness
from bplan_bot.plan_answers.lists import Kind, followed_up, of_kind, of_person, of_sources
from bplan_bot.plan_answers.origins import About, origins, with_origins
from bplan_bot.plan_answers.premise import Claim, ClaimKind, premise
from bplan_bot.plan_answers.responsible import responsible
from bplan_bot.plan_answers.schedule import schedule
from bplan_bot.plan_answers.sources import Fetching, source_answer
from bplan_bot.plan_answers.worry import worry
from bplan_bot.provenance import Readers
from bplan_bot.quantity import Quantity, Unit
from bplan_bot.round_picture import RoundPicture
from bplan_bot.source_state import Failure, FailureKind, SourceState
from bplan_bot.working_days import WorkingDays
from tests.factories import make_round
from tests.figure_answers import goals

PEOPLE = (
    Person("anna", frozenset({Grant(Role.REPORTER, "6.1"), Grant(Role.REPORTER, "6.6")})),
    Person("bo", frozenset({Grant(Role.OWNER, "6.1"), Grant(Role.REPORTER, "6.1"), Grant(Role.PLANNER)})),
)

SEEN_AT = datetime(2025, 7, 2, 10, tzinfo=UTC)

BASES = (Kind.CHANGE, Kind.LEVEL, Kind.LIMIT, Kind.COUNTRY, Kind.REFERENCE, Kind.DUE, Kind.STAND_IN)


def goal(picture: Picture, number: str) -> Goal:
    (found,) = goals(picture, number)
    return found


def claim(
    kind: ClaimKind, value: str, unit: Unit, *, theme: int | None = None, line: BenchmarkLine | None = None
) -> Claim:
    return Claim(kind, Quantity(Decimal(value), unit), theme, line)


def corrects(picture: Picture, made: Claim, number: str | None = None) -> Message:
    """The correction of a claim that is wrong."""
    found = premise(picture, made, goal(picture, number) if number else None)
    assert found is not None
    return found


def open_round(picture: Picture) -> RoundPicture:
    """The second follow-up, nothing of it reported since it was opened."""
    return RoundPicture(round=make_round(), picture=picture, answers=(), people=PEOPLE)


def about_goals(picture: Picture, *numbers: str) -> Iterator[PlanAnswer]:
    """Every answer that can be given about these goals alone."""
    found = goals(picture, *numbers)
    for asked in Asked:
        yield definition(picture, found, asked=asked)
    yield freshness(picture, found)
    for about in About:
        yield origins(picture, found, about=about, readers=Readers(PEOPLE))
    yield with_origins(definition(picture, found, asked=Asked.SOURCE), picture, found, Readers(PEOPLE))
    yield responsible(picture, found, PEOPLE)


def about_the_plan(picture: Picture) -> Iterator[PlanAnswer]:
    """Every answer about the plan as a whole, with an open round."""
    yield from about_goals(picture)
    yield benchmark(picture, goal(picture, "1.1"))
    yield schedule(picture, lead=Lead(), rounds=(make_round(),))
    yield worry(picture, (open_round(picture),))
    yield origins(picture, (), about=About.CORRECTED, readers=Readers(PEOPLE))
    yield worry(picture)


def sources_said(seen: Picture) -> dict[str, PlanAnswer]:
    """What is said of sources to those who are told why one fails, and to the others."""
    told, others = fetching(in_words=True), fetching(in_words=False)
    off = replace(told, off=[FeedSource.JOBINDSATS], states={})
    return {
        "freshness-sources": freshness(seen, goals(seen), fetching=told),
        "freshness-sources-for-others": freshness(seen, goals(seen, "1.1"), fetching=others),
        "sources-well": source_answer(seen, ["statbank"], told),
        "sources-failing": source_answer(seen, ["jobindsats"], told),
        "sources-for-others": source_answer(seen, ["jobindsats"], others),
        "sources-several": source_answer(seen, ["jobindsats", "ungeindsatsen"], off),
    }


def fetching(*, in_words: bool) -> Fetching:
    """A table that fails, one that is late, and one that is well, as seen on 2 July 2025 by somebody who is
    told why or not."""
    return Fetching(
        off=[],
        states={(state.source, state.table): state for state in source_states()},
        in_words=in_words,
        now=SEEN_AT,
        working=WorkingDays(),
    )


def source_states() -> tuple[SourceState, ...]:
    """How the tables are doing that the bundled plan is fed from."""
    at = datetime(2025, 5, 27, 8, 20, tzinfo=UTC)
    return (
        SourceState(
            source=FeedSource.JOBINDSATS,
            table="y30r21",
            asked_at=at,
            succeeded_at=at,
            published=date(2025, 3, 24),
            expected=date(2025, 10, 24),
            failure=Failure(FailureKind.CREDENTIALS, "HTTP 403"),
            failing_since=datetime(2025, 6, 30, 6, 20, tzinfo=UTC),
        ),
        SourceState(
            source=FeedSource.JOBINDSATS,
            table="otij01",
            asked_at=at,
            succeeded_at=at,
            published=date(2025, 5, 26),
            expected=date(2025, 6, 26),
        ),
        SourceState(
            source=FeedSource.STATBANK,
            table="HFUDD11",
            asked_at=at,
            succeeded_at=at,
            published=date(2025, 4, 1),
        ),
    )


def plan_said(
    seen: Picture, before: Picture, due: Picture
) -> dict[str, Answer | FigureAnswer | PlanAnswer | Corrected]:
    """By the name of their golden file: after the follow-up, before it, and just before its deadline."""
    lines = goal(seen, "1.1").benchmark
    wheel = seen.plan.wheel
    assert wheel
    return {
        **{
            f"definition-{n}": definition(seen, goals(seen, n))
            for n in ("1.1", "2.2", "6.1", "6.3", "6.6", "6.11")
        },
        **{f"definition-6.8-{asked}": definition(seen, goals(seen, "6.8"), asked=asked) for asked in Asked},
        "definition-3.1-source": definition(seen, goals(seen, "3.1"), asked=Asked.SOURCE),
        "definition-6.7-source": definition(seen, goals(seen, "6.7"), asked=Asked.SOURCE),
        "definition-several": definition(
            seen, goals(seen, "6.2", "6.3", "6.8"), asked=Asked.SOURCE, missing=("7.4",)
        ),
        "benchmark": benchmark(seen, goal(seen, "1.1")),
        "benchmark-area": benchmark(seen, goal(seen, "1.1"), asked=lines[1:2]),
        "benchmark-before-the-follow-up": benchmark(before, goal(before, "1.1")),
        "freshness": freshness(seen, goals(seen)),
        **sources_said(replace(seen, today=SEEN_AT.date())),
        "freshness-6.1": freshness(seen, goals(seen, "6.1")),
        "freshness-6.4": freshness(seen, goals(seen, "6.4")),
        "freshness-several": freshness(seen, goals(seen, "1.1", "6.6"), missing=("7.4",)),
        "schedule": schedule(seen, lead=Lead()),
        "schedule-round": schedule(due, lead=Lead(), rounds=(make_round(),)),
        "schedule-asked": schedule(seen, lead=Lead(), asked=wheel.in_months(11, 12)),
        "responsible-6.1": responsible(seen, goals(seen, "6.1"), PEOPLE),
        "responsible-1.1": responsible(seen, goals(seen, "1.1"), ()),
        "responsible-several": responsible(seen, goals(seen, "6.1", "6.6"), PEOPLE),
        "responsible-plan": responsible(seen, goals(seen), PEOPLE),
        "worry": worry(seen),
        "worry-round": worry(due, (open_round(due),)),
        "list-source": of_sources(seen, ("ungeindsatsen",)),
        "list-no-source": of_kind(seen, Kind.NO_SOURCE),
        "list-rhythm": followed_up(seen, (4, 1)),
        "list-no-rhythm": of_kind(seen, Kind.NO_RHYTHM),
        **{f"list-basis-{kind}": of_kind(seen, kind) for kind in BASES},
        **{f"list-{kind}": of_kind(seen, kind) for kind in (Kind.HANDLED, Kind.NOT_HANDLED, Kind.JUDGED)},
        "list-own": of_person(seen, PEOPLE[0]),
        "corrected-target": Corrected(
            definition(seen, goals(seen, "6.3")),
            corrects(seen, claim(ClaimKind.TARGET, "40", Unit.PERCENT), "6.3"),
        ),
        "corrected-figure": Corrected(
            GoalAnswer(seen.of(goal(seen, "6.2"))),
            corrects(seen, claim(ClaimKind.FIGURE, "40", Unit.PERCENT), "6.2"),
        ),
        "handled-benchmark-not-yet": benchmark(before.handled(), goal(before, "1.1")),
        "handled-freshness-not-yet": freshness(before.handled(), goals(before)),
        "handled-schedule": schedule(due.handled(), lead=Lead(), rounds=(make_round(),)),
        "handled-worry": worry(seen.handled()),
        "handled-worry-not-yet": worry(before.handled()),
    }
