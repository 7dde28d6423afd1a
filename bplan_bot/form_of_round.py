"""Makes the form that one person gets, of a round or outside one: which goals and fields, what is settled."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from bplan_bot.access import OF_GOALS, Person, Role
from bplan_bot.alerts import plan_is_closed
from bplan_bot.figure_values import Field, Typed
from bplan_bot.figures import Asked, previous
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
from bplan_bot.form_fields import (
    Written,
    areas_of,
    choices_of,
    filled_in,
    named_in,
    outside_a_round,
    told_in,
)
from bplan_bot.goal import Goal
from bplan_bot.message import Message, message
from bplan_bot.notation.periods import read_period
from bplan_bot.observation import Observation
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A plan as it lies before one person who reports, at a moment (aware): what is known, and what was
    answered and asked in its `round`; None outside one, where nothing is."""

    picture: Picture
    round: Round | None
    answers: tuple[RoundAnswer, ...]
    people: tuple[Person, ...]
    person: str
    now: datetime

    def own_goals(self) -> tuple[str, ...]:
        """The numbers of the goals that the round asks this person for, those settled already too."""
        asked = asked_for(self.picture, self.round) if self.round else ()
        return tuple(due.goal.number for due in asked if self.person in self.asked_of(due.goal.number))

    def asked_of(self, goal: str) -> tuple[str, ...]:
        """The ids of those whom the round asks for a goal, or would."""
        return tuple(one.id for one in reporters(goal, self.people, self.answers))

    def is_with(self, person: str, goal: str) -> bool:
        """Whether the round asks them for a goal, and not this person."""
        asked = self.asked_of(goal)
        return person in asked and self.person not in asked

    def lacking(self) -> Mapping[str, tuple[DueFigure, ...]]:
        """By goal the figures that are still to be reported."""
        left = outstanding(self.picture, self.round, self.answers) if self.round else ()
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
            notes=self._notes(),
        )

    def told(self, goal: Goal, figure: Typed) -> GoalForm:
        """The form of a goal with a figure in it that was told in words, of which anything may be lacking;
        without fields where none of the goal's figures can be reported."""
        if self.round is None:
            figures: Sequence[DueFigure] = outside_a_round(goal, self.picture, figure.period)
        else:
            lacking = self.lacking().get(goal.number, ())
            if not (lacking or figure.period) and figure.is_blank:
                return self.corrected(goal)
            meant = (due for due in self.asked(goal) if due.period.code == figure.period)
            figures = tuple(dict.fromkeys((*lacking, *meant))) or self.asked(goal)
        return self.goal_form(goal, figures, written=told_in(self.goal_form(goal, figures), figure))

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
        figures = dict.fromkeys((*named_in(written, goal, self.picture), *lacking))
        return self.goal_form(goal, tuple(figures) or self.asked(goal), written=written)

    def corrected(self, goal: Goal) -> GoalForm:
        """The form of a goal that is settled: with the figures of this round in their fields, else empty."""
        reported = tuple(due for due, _ in self._reported(goal))
        figures = reported or self.asked(goal)
        written = filled_in(self.goal_form(goal, figures), self.picture)
        return self.goal_form(goal, figures, written=written)

    def asked(self, goal: Goal) -> tuple[DueFigure, ...]:
        """The figures that the round asks of a goal, whether they are in or not; outside one those that can
        be reported."""
        if self.round is None:
            return outside_a_round(goal, self.picture, "")
        return next((due.figures for due in asked_for(self.picture, self.round) if due.goal == goal), ())

    def _notes(self) -> tuple[Message, ...]:
        """That nothing of it changes what the committee has handled, where that is all."""
        plan = self.picture.plan
        if self.round is not None or not plan_is_closed(self.picture.all()):
            return ()
        return (message("form.plan_closed", plan=plan.title, committee=plan.committee),)

    def _period_form(
        self, goal: Goal, due: Period, figures: Sequence[DueFigure], read: Callable[..., str]
    ) -> PeriodForm:
        chosen = read(due.code, Field.PERIOD) or due.code
        forms = tuple(self._figure_form(goal, one, chosen, read) for one in figures)
        choices = choices_of(self.picture, forms[0].asked)
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
            last=previous(asked, self.picture.series, read_period(chosen) or due.period),
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
        """The figures of a goal that were reported in this round and stand, the newest of each first; outside
        one what was reported last, in one go."""
        key = document_key(self.picture.plan.key, self.round)
        found = tuple(
            (DueFigure(indicator, area, one.period), one)
            for indicator in goal.indicators
            for area in areas_of(self.picture)
            for one in reversed(self.picture.series.of(indicator.key, area))
            if one.document.key == key
        )
        if self.round is not None:
            return found
        last = max((one.recorded_at for _, one in found if one.recorded_at), default=None)
        return tuple((due, one) for due, one in found if one.recorded_at == last)

    def _concerns_me(self, answer: RoundAnswer) -> bool:
        return answer.kind is RoundAnswerKind.NO_NEWS or answer.person == self.person

    def _colleagues(self, goal: Goal) -> tuple[Colleague, ...]:
        roles = [role for role in Role if role in OF_GOALS]
        held = ((one.id, [r for r in roles if one.has_for(goal.number, r)]) for one in self.people)
        return tuple(Colleague(id_, own[0]) for id_, own in held if own and id_ != self.person)
