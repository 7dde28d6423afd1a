"""The fields of a form in which figures are typed, each with last time's figure beside it."""

from collections.abc import Sequence
from itertools import groupby

from microsoft_teams.cards import CardElement, Container

from bplan_bot.cards.form_words import last_time, period_choices, period_label, place_label
from bplan_bot.cards.parts import beside, block, box, capital, choice_input, text_input
from bplan_bot.figure_values import Field, Problem
from bplan_bot.form import FigureForm, PeriodForm
from bplan_bot.texts.speaker import Speaker


def period_fields(period: PeriodForm, speaker: Speaker, *, several: bool) -> list[CardElement]:
    """The choice of a period, then its figures; `several`: it is one of the goal's periods."""
    label = period_label(period, speaker) if several else speaker.say("form.period")
    problems = [form.found for form in period.figures if _is_about(form, Field.PERIOD)]
    chosen = choice_input(period.id, label, period_choices(period, speaker), period.chosen)
    return [
        chosen,
        *(_complaint(problem, speaker) for problem in problems[:1] if isinstance(problem, Problem)),
        *(
            element
            for subject, forms in groupby(period.figures, key=lambda form: form.asked.indicator.subject)
            for element in _figures(capital(speaker(subject)), list(forms), speaker)
        ),
    ]


def _figures(subject: str, forms: Sequence[FigureForm], speaker: Speaker) -> list[CardElement]:
    """What is counted, then a field for each place it is counted in."""
    return [
        block(subject, weight="Bolder", size="Small", spacing="Medium"),
        *(element for form in forms for element in _figure(form, speaker)),
    ]


def _figure(form: FigureForm, speaker: Speaker) -> list[CardElement]:
    last = block(last_time(form, speaker), size="Small", isSubtle=True)
    value = text_input(form.id(Field.VALUE), place_label(form, speaker), form.typed.value)
    shown: list[CardElement] = [beside(value, last)]
    if form.in_parts:
        parts = [
            text_input(form.id(Field.NUMERATOR), speaker.say("form.numerator"), form.typed.numerator),
            text_input(form.id(Field.DENOMINATOR), speaker.say("form.denominator"), form.typed.denominator),
        ]
        shown = [beside(*parts), *shown]
    wrong = form.found if isinstance(form.found, Problem) and not _is_about(form, Field.PERIOD) else None
    return [*shown, *([_complaint(wrong, speaker)] if wrong else [])]


def _complaint(problem: Problem, speaker: Speaker) -> Container:
    return box([block(f"⚠ {speaker(problem.said)}")], "attention")


def _is_about(form: FigureForm, field: Field) -> bool:
    return isinstance(form.found, Problem) and form.found.field is field
