"""Forms of the second round of 2024 as tests use them: on 10 April 2025, with last year's figures known."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bplan_bot.access import Grant, Person, Role
from bplan_bot.figure_values import Field, Problem, Typed
from bplan_bot.form import Form, GoalForm, judge
from bplan_bot.form_fields import Written
from bplan_bot.form_of_round import Desk
from bplan_bot.message import message
from bplan_bot.observation import Observation, Series
from bplan_bot.period import Period
from bplan_bot.round import RoundAnswer, RoundAnswerKind
from tests.factories import make_document, make_observation, make_round, make_round_answer, text
from tests.norddjurs import package, picture

APRIL = datetime(2025, 4, 10, 14, 5, tzinfo=ZoneInfo("Europe/Copenhagen"))

REPORTED = make_document(
    "norddjurs-2024/indberetning-2",
    title=text("Indberetning til 2. opfølgning på Beskæftigelsesplan 2024", "Figures reported for 2024"),
    case="",
    date=date(2025, 4, 1),
    rank=20,
)

PEOPLE = (
    Person("anna", frozenset({Grant(Role.REPORTER, "6.13"), Grant(Role.REPORTER, "5.2")})),
    Person("bo", frozenset({Grant(Role.STAND_IN, "6.13")})),
    Person("chief", frozenset({Grant(Role.OWNER, "6.13")})),
)


def desk(*reported: Observation, answers: tuple[RoundAnswer, ...] = (), person: str = "anna") -> Desk:
    """What lies before anna, who reports 6.13 and 5.2, with the figures of the years before in."""
    seen = picture(APRIL.date())
    before = [replace(one, known_at=date(2024, 5, 1)) for one in package().observations if _is_old(one)]
    known = [one for one in package().observations if one.known_at <= APRIL.date()]
    return Desk(
        picture=replace(seen, series=Series([*known, *before, *reported], as_of=APRIL.date())),
        round=make_round(figures_by=date(2025, 4, 24)),
        answers=answers,
        people=PEOPLE,
        person=person,
        now=APRIL,
    )


def _is_old(one: Observation) -> bool:
    return one.period.end < date(2024, 2, 1)


def reported(indicator: str, value: str, **changes: Any) -> Observation:
    """A figure that was reported in this round."""
    values = {"document": REPORTED, "known_at": date(2025, 4, 10), "recorded_at": APRIL}
    return make_observation(indicator, value, **{**values, **changes})


def outside_any_round(*reported: Observation) -> Desk:
    """What lies before anna while no round is open."""
    return replace(desk(*reported), round=None)


def reported_outside(indicator: str, value: str) -> Observation:
    """A figure that was reported while no round was open."""
    title = text(
        "Indberetning til Beskæftigelsesplan 2024 uden for opfølgningerne", "Figures reported for 2024"
    )
    document = make_document(
        "norddjurs-2024/indberetning", title=title, case="", date=date(2024, 1, 1), rank=30
    )
    return reported(indicator, value, document=document)


def typed(lying: Desk, number: str, written: Written) -> GoalForm:
    """The form of a goal that came back with this written in it, judged."""
    goal = lying.picture.plan.goal(number)
    assert goal is not None
    return judge(lying.typed_in(goal, written), lying.picture)


def every_form() -> dict[str, Form]:
    """By the name of its golden file."""
    lying = desk()
    mine = lying.own_goals()
    value = "6.13|2025-M01|6.13.apprentices|707|value"
    january = reported("6.13.apprentices", "38", period=Period.month(2025, 1))
    settled = desk(
        january,
        reported("5.2.hires", "30", known_at=date(2025, 4, 9)),
        reported("5.2.hires", "31"),
    )
    answered = desk(
        answers=(
            make_round_answer("6.13", person="anna", at=APRIL),
            make_round_answer("5.2", person="anna", at=APRIL, kind=RoundAnswerKind.HANDED_ON, handed_to="bo"),
        )
    )
    share = "6.8|2024|6.8.share|707"
    parts = typed(lying, "6.8", {f"{share}|numerator": "60", f"{share}|denominator": "58"})
    correction = typed(desk(january), "6.13", {value: "39"})
    missing = Problem(Field.COLLEAGUE, message("form.colleague.missing"))
    nobody = replace(typed(lying, "6.13", {value: "38"}), problem=missing)
    assert lying.round is not None
    closed = replace(lying, round=replace(lying.round, closed_at=APRIL, closed_by="planner"))
    came_late = typed(closed, "6.13", {value: "38"})

    told = lying.picture.plan.goal("6.13"), lying.picture.plan.goal("6.8")
    assert told[0]
    assert told[1]
    january_told = lying.told(told[0], Typed(value="38", period="2025-M01"))
    june = Typed(numerator="48", denominator="58", period="2024-01-01/2024-06-15")
    outside = outside_any_round()
    stored = outside_any_round(reported_outside("5.2.hires", "30"))
    handled = replace(outside, picture=picture())

    def letter(form: Form, head: str) -> Form:
        return replace(form, head=message(head, n=form.left), foot=message("round.why_me"))

    def after(form: Form, said: str, *, went_well: bool = False, **args: object) -> Form:
        return replace(form, said=message(said, **args), went_well=went_well)

    return {
        "form": lying.form(mine),
        "form-reminder": letter(lying.form(mine), "round.reminder.head"),
        "form-second-reminder-repeated": replace(
            letter(lying.form(mine), "round.second_reminder.head"), notes=(message("alert.repeated"),)
        ),
        "form-one-goal": lying.form(("4.1",)),
        "form-everything": lying.form(tuple(lying.lacking())),
        "form-problem": after(lying.form(("6.8",), shown=parts), "form.said.problem", goal="6.8"),
        "form-doubt": after(
            lying.form(mine, shown=typed(lying, "6.13", {value: "380"})), "form.said.question", goal="6.13"
        ),
        "form-correction": after(
            desk(january).form(mine, shown=correction), "form.said.problem", goal="6.13"
        ),
        "form-receipt": after(
            desk(january).form(mine), "form.said.received", went_well=True, goal="6.13", n=1
        ),
        "form-all-in": settled.form(mine),
        "form-answered": answered.form(mine),
        "form-no-colleague": lying.form(("6.13",), shown=nobody),
        "form-told": lying.form(("6.13",), shown=january_told),
        "form-outside": outside.form(("6.8",), shown=outside.told(told[1], june)),
        "form-outside-receipt": after(
            stored.form(("5.2",)), "form.said.received", went_well=True, goal="5.2", n=1
        ),
        "form-outside-closed-plan": handled.form(("6.13",), shown=handled.told(told[0], Typed(value="38"))),
        "form-closed": after(closed.form(mine, shown=came_late), "form.said.closed", day=date(2025, 4, 10)),
    }
