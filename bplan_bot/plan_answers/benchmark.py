"""The benchmark that a goal is held against: expected, actual, difference and rank, in all and per area."""

from dataclasses import dataclass
from decimal import Decimal

from bplan_bot.assess.sentences import distance
from bplan_bot.fact import Fact, FactKind, observed
from bplan_bot.figure_answers.answer import Drawing, Line, Role, Row, Said, Shape
from bplan_bot.goal import BenchmarkLine, Goal
from bplan_bot.goal_status import GoalStatus, label
from bplan_bot.message import Message, message
from bplan_bot.period import Period
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.answer import PlanAnswer, PlanTopic, Section, is_shown, opened
from bplan_bot.quantity import Quantity


@dataclass(frozen=True, slots=True)
class _Seen:
    """A line with its figures of one period; `off` is actual minus expected."""

    line: BenchmarkLine
    actual: Fact
    expected: Fact
    off: Fact
    rank: Fact | None
    rank_before: Fact | None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Those of its figures that there are."""
        every = (self.actual, self.expected, self.off, self.rank, self.rank_before)
        return tuple(fact for fact in every if fact)


def benchmark_goal(picture: Picture) -> Goal | None:
    """The goal that is held against a benchmark of several areas, or None."""
    return next((goal for goal in picture.plan.goals if goal.benchmark), None)


def benchmark(picture: Picture, goal: Goal, *, asked: tuple[BenchmarkLine, ...] = ()) -> PlanAnswer:
    """The goal's benchmark, opening with the lines that were `asked` about, else with the whole."""
    periods = _periods(picture, goal)
    newest = _seen(picture, goal, periods[-1]) if periods else ()
    source = picture.plan.source(goal.source).name if goal.source else goal.title
    heading = message("benchmark.heading", source=source)
    if not newest:
        return _nothing(picture, goal, heading)
    whole = next((one for one in newest if one.line.whole), newest[0])
    first = tuple(one for one in newest if one.line in asked) or (whole,)
    ranks = _ranks(picture, goal, whole.line)
    earlier = tuple(_seen(picture, goal, period) for period in reversed(periods[:-1]))
    lead, facts = _lead(newest, whole)
    short = tuple(_told(one) for one in first) if asked else (_summary(picture.of(goal), whole),)
    return PlanAnswer(
        plan=picture.plan,
        topic=PlanTopic.BENCHMARK,
        heading=heading,
        sentences=(
            *(_told(one) for one in first),
            *lead,
            *picture.of(goal).goal.notes,
            *_other_benchmarks(picture, goal),
        ),
        summary=(*short, *lead),
        drawing=_drawing(newest),
        rows=(*(_row(one) for one in newest), *_history(ranks)),
        sections=(*(_section(seen) for seen in earlier), *_remarks(picture, goal)),
        facts=(*(f for seen in (newest, *earlier) for one in seen for f in one.facts), *facts, *ranks),
        suggestions=opened((goal,)),
        handled_only=picture.handled_only,
    )


def _nothing(picture: Picture, goal: Goal, heading: Message) -> PlanAnswer:
    """Why there are no figures to tell."""
    return PlanAnswer(
        plan=picture.plan,
        topic=PlanTopic.BENCHMARK,
        heading=heading,
        sentences=(
            message("benchmark.nothing", number=goal.number),
            *picture.of(goal).assessment.verdict.reasons,
        ),
        suggestions=opened((goal,)),
        handled_only=picture.handled_only,
    )


def _periods(picture: Picture, goal: Goal) -> tuple[Period, ...]:
    """The periods with an actual and an expected number of the whole, oldest first."""
    whole = next((line for line in goal.benchmark if line.whole), goal.benchmark[0])
    found = picture.series.of(whole.actual, picture.plan.area)
    return tuple(
        one.period
        for one in found
        if _fact(picture, goal, whole.expected, one.period) and one.amount is not None
    )


def _seen(picture: Picture, goal: Goal, period: Period) -> tuple[_Seen, ...]:
    """The lines that have figures of a period."""
    told = []
    for line in goal.benchmark:
        actual = _fact(picture, goal, line.actual, period)
        expected = _fact(picture, goal, line.expected, period, FactKind.REFERENCE)
        if actual and expected:
            told.append(
                _Seen(
                    line,
                    actual,
                    expected,
                    actual.difference(FactKind.DISTANCE, expected),
                    _fact(picture, goal, line.rank, period),
                    _fact(picture, goal, line.rank, period.year_before(), FactKind.BASELINE),
                )
            )
    return tuple(told)


def _fact(
    picture: Picture, goal: Goal, key: str, period: Period, kind: FactKind = FactKind.FIGURE
) -> Fact | None:
    found = picture.series.at(key, picture.plan.area, period)
    if found is None or found.amount is None:
        return None
    return observed(kind, goal.indicator(key), found)


def _told(one: _Seen) -> Message:
    """One line in a sentence: place, actual, expected and difference."""
    place = _place(one)
    name = "benchmark.told" if place else "benchmark.told.unranked"
    figures = _figures(one, "benchmark.figures.noun")
    return message(name, label=one.line.label, period=one.actual.period, place=place, figures=figures)


def _summary(status: GoalStatus, whole: _Seen) -> Message:
    """Goal, status, rank and figures in what a notification shows."""
    place = _place(whole)
    return message(
        "benchmark.summary" if place else "benchmark.summary.unranked",
        number=status.goal.number,
        status=label(status.leading, source=None),
        place=place,
        figures=_figures(whole, "benchmark.figures"),
    )


def _figures(one: _Seen, name: str) -> Message:
    off = one.off.quantity
    away = message("benchmark.as_expected") if off.value == 0 else distance(off)
    return message(name, actual=one.actual.quantity, expected=one.expected.quantity, away=away)


def _place(one: _Seen) -> Message | None:
    """The rank, and that of the year before where it is known."""
    if one.rank is None:
        return None
    if one.rank_before is None:
        return message("benchmark.place", rank=one.rank.quantity)
    before = one.rank_before
    return message(
        "benchmark.place.before", rank=one.rank.quantity, before=before.quantity, period=before.period
    )


def _row(one: _Seen) -> Row:
    """The same as a row, with the difference signed for those who copy it into a table."""
    place = _place(one)
    name = "benchmark.row" if place else "benchmark.row.unranked"
    return Row(
        one.line.label,
        message(name, figures=_figures(one, "benchmark.figures"), off=one.off.quantity, place=place),
    )


def _lead(newest: tuple[_Seen, ...], whole: _Seen) -> tuple[list[Said], list[Fact]]:
    """Which area ranks best and worst, and that the areas do not add up to the whole where they do not."""
    said: list[Said] = []
    parts = [one for one in newest if one is not whole]
    ranked = sorted((one for one in parts if one.rank), key=lambda one: _value(one.rank))
    if len(ranked) > 1:
        best, worst = ranked[0], ranked[-1]
        said.append(
            message(
                "benchmark.best",
                best=best.line.label,
                best_rank=best.rank.quantity if best.rank else None,
                worst=worst.line.label,
                worst_rank=worst.rank.quantity if worst.rank else None,
            )
        )
    if not parts:
        return said, []
    summed = Fact(
        kind=FactKind.DISTANCE,
        quantity=Quantity(
            sum((one.off.quantity.value for one in parts), Decimal(0)),
            whole.off.quantity.unit,
            whole.off.quantity.noun,
        ),
        period=whole.off.period,
        operation="sum",
        of=tuple(one.off for one in parts),
    )
    if summed.quantity.value != whole.off.quantity.value:
        said.append(
            message(
                "benchmark.parts_differ",
                parts=distance(summed.quantity),
                whole=distance(whole.off.quantity),
            )
        )
    return said, [summed]


def _value(rank: Fact | None) -> Decimal:
    return rank.quantity.value if rank else Decimal(0)


def _other_benchmarks(picture: Picture, goal: Goal) -> list[Message]:
    """That a benchmark another goal was to be held against is not this one, and has stopped."""
    said = []
    for other in picture.plan.goals:
        reference = other.target.reference
        if other is goal or reference is None or reference.indicator is None:
            continue
        stopped = other.indicator(reference.indicator).discontinued
        if stopped and is_shown(picture, other, stopped.known_at):
            said.append(message("benchmark.another", reference=reference.name, number=other.number))
    return said


def _ranks(picture: Picture, goal: Goal, whole: BenchmarkLine) -> tuple[Fact, ...]:
    """Every rank of the whole that is known, oldest first."""
    indicator = goal.indicator(whole.rank)
    found = picture.series.of(whole.rank, picture.plan.area)
    return tuple(observed(FactKind.FIGURE, indicator, one) for one in found if one.amount is not None)


def _history(ranks: tuple[Fact, ...]) -> tuple[Row, ...]:
    if len(ranks) < 2:
        return ()
    told = tuple(message("said.rank_in", value=rank.quantity, period=rank.period) for rank in ranks)
    return (Row(message("benchmark.history"), message("said.several", said=told)),)


def _section(seen: tuple[_Seen, ...]) -> Section:
    """The lines of an earlier period."""
    period = seen[0].actual.period
    return Section(name=message("benchmark.earlier", period=period), rows=tuple(_row(one) for one in seen))


def _remarks(picture: Picture, goal: Goal) -> tuple[Section, ...]:
    """What the documents tell beside it, as far as it was known, and handled where only that is shown."""
    told = tuple(remark.text for remark in goal.remarks if is_shown(picture, goal, remark.known_at))
    return (Section(name=message("benchmark.remarks"), sentences=told),) if told else ()


def _drawing(newest: tuple[_Seen, ...]) -> Drawing | None:
    """Expected beside actual for each area; the whole would make them too small to see."""
    parts = [one for one in newest if not one.line.whole]
    if len(parts) < 2:
        return None
    labels = tuple(one.line.label for one in parts)
    return Drawing(
        Shape.BARS,
        message("benchmark.drawn", period=parts[0].actual.period),
        (
            Line(Role.REFERENCE, message("benchmark.expected"), tuple(one.expected for one in parts), labels),
            Line(Role.OWN, message("benchmark.actual"), tuple(one.actual for one in parts), labels),
        ),
    )
