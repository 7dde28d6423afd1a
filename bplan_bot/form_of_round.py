"""Makes the form that a round has for one person: which goals, which fields, and what is settled."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from bplan_bot.access import OF_GOALS, Person, Role
from bplan_bot.figure_values import Field, Typed
from bplan_bot.figures import Asked, previous, usual_periods, window
from bplan_bot.form import (
    LONGEST,
    Colleague,
    FigureForm,
    Form,
    GoalForm,
    PeriodForm,
    Receipt,
    document_key,
    field_id,
)
from bplan_bot.goal import Goal
from bplan_bot.notation.numbers import write_decimal
from bplan_bot.observation import COUNTRY, Observation
from bplan_bot.period import Period
from bplan_bot.picture import Picture
from bplan_bot.round import (
    DueFigure,
    Round,
    RoundAnswer,
    RoundAnswerKind,
    asked_for,
    handings_on,
    outstanding,
    reporters,
)

_PERIODS = 6
"""Periods that are offered to choose from."""

Written = Mapping[str, str]
"""What stands in the fields of a card, by the id of the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A round as it lies before one person at a moment (aware): what is known, answered and asked."""

    picture: Picture
    round: Round
    answers: tuple[RoundAnswer, ...]
    people: tuple[Person, ...]
    person: str
    now: datetime

    def own_goals(self) -> tuple[str, ...]:
        """The numbers of the goals that the round asks this person for, those settled already too."""
        return tuple(
            due.goal.number
            for due in asked_for(self.picture, self.round)
            if self.person in self.asked_of(due.goal.number)
        )

    def asked_of(self, goal: str) -> tuple[str, ...]:
        """The ids of those whom the round asks for a goal."""
        return tuple(one.id for one in reporters(goal, self.people, self.answers))

    def is_with(self, person: str, goal: str) -> bool:
        """Whether the round asks them for a goal, and not this person."""
        asked = self.asked_of(goal)
        return person in asked and self.person not in asked

    def lacking(self) -> Mapping[str, tuple[DueFigure, ...]]:
        """By goal the figures that are still to be reported."""
        left = outstanding(self.picture, self.round, self.answers)
        return {due.goal.number: due.figures for due in left}

    def form(
        self, numbers: Sequence[str], *, written: Written | None = None, shown: GoalForm | None = None
    ) -> Form:
        """The form of these goals: fields for what is lacking, a receipt for what is settled.

        `shown` stands in place of its goal's own form, as one with problems does. Where nothing is written
        anywhere the first goal is open.
        """
        lacking = self.lacking()
        forms, receipts = [], []
        for goal in self.picture.plan.goals:
            number = goal.number
            if shown and shown.goal.number == number:
                forms.append(replace(shown, is_open=True))
            elif number in numbers and number in lacking and not self._handed_on(number):
                form = self.goal_form(goal, lacking[number], written=written)
                forms.append(replace(form, is_open=form.is_touched))
            settled = self._receipt(goal, is_asked=any(form.goal is goal for form in forms))
            if number in numbers and settled:
                receipts.append(settled)
        if forms and not any(form.is_open for form in forms):
            forms[0] = replace(forms[0], is_open=True)
        left = [number for number in numbers if number in lacking and not self._handed_on(number)]
        return Form(
            picture=self.picture,
            round=self.round,
            goals=tuple(forms),
            receipts=tuple(receipts),
            left=len(left),
            now=self.now,
        )

    def goal_form(
        self, goal: Goal, figures: Sequence[DueFigure], *, written: Written | None = None
    ) -> GoalForm:
        """The form of a goal for these figures, with what was `written` in it."""
        fields = written or {}

        def read(*name: str) -> str:
            return fields.get(field_id(goal, *name), "")

        ordered = sorted(figures, key=lambda due: due.period, reverse=True)
        return GoalForm(
            goal=goal,
            periods=tuple(
                self._period_form(goal, period, tuple(due), read)
                for period, due in groupby(ordered, key=lambda due: due.period)
            ),
            colleagues=self._colleagues(goal),
            note=read("note")[:LONGEST],
            reason=read(Field.REASON)[:LONGEST],
            colleague=read(Field.COLLEAGUE),
        )

    def typed_in(self, goal: Goal, written: Written) -> GoalForm:
        """The form of a goal as it came back: the fields something was written in, whatever is lacking now,
        and those that are lacking; some clients leave out the empty ones."""
        lacking = self.lacking().get(goal.number, ())
        figures = dict.fromkeys((*_named(written, goal, self.picture), *lacking))
        return self.goal_form(goal, tuple(figures) or self._asked(goal), written=written)

    def corrected(self, goal: Goal) -> GoalForm:
        """The form of a goal that is settled: with the figures of this round in their fields, else empty."""
        reported = tuple(due for due, _ in self._reported(goal))
        figures = reported or self._asked(goal)
        written = _filled_in(self.goal_form(goal, figures), self.picture)
        return self.goal_form(goal, figures, written=written)

    def _asked(self, goal: Goal) -> tuple[DueFigure, ...]:
        """The figures that the round asks of a goal, whether they are in or not."""
        return next((due.figures for due in asked_for(self.picture, self.round) if due.goal == goal), ())

    def _period_form(
        self, goal: Goal, due: Period, figures: Sequence[DueFigure], read: Callable[..., str]
    ) -> PeriodForm:
        chosen = read(due.code, Field.PERIOD) or due.code
        forms = tuple(self._figure_form(goal, one, chosen, read) for one in figures)
        choices = _choices(self.picture, forms[0].asked)
        return PeriodForm(goal=goal, due=due, choices=choices, chosen=chosen, figures=forms)

    def _figure_form(self, goal: Goal, due: DueFigure, chosen: str, read: Callable[..., str]) -> FigureForm:
        plan, indicator, code = self.picture.plan, due.indicator, due.period.code
        asked = Asked(plan=plan, goal=goal, indicator=indicator, area=due.area, due=due.period)
        typed = {
            field.value: read(code, indicator.key, due.area, field)
            for field in (Field.VALUE, Field.NUMERATOR, Field.DENOMINATOR)
        }
        return FigureForm(
            asked=asked,
            typed=Typed(period=chosen, **typed),
            last=previous(asked, self.picture.series, due.period),
            in_parts=indicator.statement_of_parts is not None and due.area == plan.area,
        )

    def _handed_on(self, goal: str) -> bool:
        """Whether this person handed the goal on and did not get it back."""
        handed = any(one.person == self.person for one in handings_on(goal, self.answers))
        return handed and self.person not in self.asked_of(goal)

    def _receipt(self, goal: Goal, *, is_asked: bool) -> Receipt | None:
        """What is settled of a goal: its figures first, else the answer given instead; or None."""
        reported = self._reported(goal)
        if reported:
            figures = tuple((one, self.picture.series.differing(one)) for _, one in reported)
            return Receipt(status=self.picture.of(goal), figures=figures)
        mine = [one for one in self.answers if one.goal == goal.number and self._concerns_me(one)]
        if is_asked or not mine:
            return None
        return Receipt(status=self.picture.of(goal), figures=(), answer=max(mine, key=lambda one: one.at))

    def _reported(self, goal: Goal) -> tuple[tuple[DueFigure, Observation], ...]:
        """The figures of a goal that were reported in this round and stand, the newest of each first."""
        key = document_key(self.round)
        return tuple(
            (DueFigure(indicator, area, one.period), one)
            for indicator in goal.indicators
            for area in _areas(self.picture)
            for one in reversed(self.picture.series.of(indicator.key, area))
            if one.document.key == key
        )

    def _concerns_me(self, answer: RoundAnswer) -> bool:
        return answer.kind is RoundAnswerKind.NO_NEWS or answer.person == self.person

    def _colleagues(self, goal: Goal) -> tuple[Colleague, ...]:
        roles = [role for role in Role if role in OF_GOALS]
        held = ((one.id, [r for r in roles if one.has_for(goal.number, r)]) for one in self.people)
        return tuple(Colleague(id_, own[0]) for id_, own in held if own and id_ != self.person)


def _choices(picture: Picture, asked: Asked) -> tuple[Period, ...]:
    """The due period, then others that such a figure has or could have now, the newest first."""
    first, last = window(asked.plan, asked.goal)
    usual = usual_periods(asked, picture.series)
    others = {each for period in usual for each in (period, period.next(), period.year_before())}
    fitting = [one for one in others if first <= one.end <= min(last, picture.today) and one != asked.due]
    newest = sorted(fitting, key=lambda one: (one.end, one.start), reverse=True)
    return (asked.due, *newest[: _PERIODS - 1])


def _named(written: Written, goal: Goal, picture: Picture) -> tuple[DueFigure, ...]:
    """The figures that the fields of a card are for; a name that is none of ours is nobody's."""
    found: dict[DueFigure, None] = {}
    indicators = {indicator.key: indicator for indicator in goal.indicators}
    for name in written:
        match name.split("|"):
            case [goal.number, code, key, area, _] if key in indicators and area in _areas(picture):
                try:
                    found[DueFigure(indicators[key], area, Period.from_code(code))] = None
                except (ValueError, KeyError, IndexError):
                    continue
    return tuple(found)


def _filled_in(form: GoalForm, picture: Picture) -> Written:
    """The fields of a form as the stored figures fill them."""
    written: dict[str, str] = {}
    for one in form.figures:
        asked = one.asked
        stored = picture.series.at(asked.indicator.key, asked.area, asked.due)
        if stored is None or stored.value is None:
            continue
        values = {Field.VALUE: stored.value}
        if one.in_parts and stored.numerator is not None and stored.denominator is not None:
            # Not the share: it follows from its parts, and would stand against new ones.
            values = {Field.NUMERATOR: stored.numerator, Field.DENOMINATOR: stored.denominator}
        written |= {one.id(field): write_decimal(value, "da") for field, value in values.items()}
    return written


def _areas(picture: Picture) -> tuple[str, str]:
    """The areas that figures can be for."""
    return (picture.plan.area, COUNTRY)
