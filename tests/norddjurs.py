"""The bundled plan as tests use it: the picture of a day, and every answer the bot has a card for."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from bplan_bot.access import Grant, Person, Role, everything
from bplan_bot.alert_answers import (
    ACKNOWLEDGE,
    PUT_OFF,
    Draft,
    Mistake,
    draft,
    read_acknowledgement,
    read_put_off,
)
from bplan_bot.alert_state import Acknowledgement, AlertState, Snooze
from bplan_bot.alerts import changes, notice_of_many, notices_of
from bplan_bot.answers import Answer, GoalAnswer, RoleForm, RoundClosing, RoundStanding
from bplan_bot.cards import round_card
from bplan_bot.cards.administration_card import secret_expires
from bplan_bot.cards.render import render
from bplan_bot.cards.source_card import source_news
from bplan_bot.feed import FeedSource
from bplan_bot.figure_answers.answer import FigureAnswer
from bplan_bot.figure_values import Typed
from bplan_bot.held_changes import HeldAct, HeldChanges, HeldDecision
from bplan_bot.importers.figure_files import read_figures
from bplan_bot.message import message
from bplan_bot.notice import Notice, NoticeKind
from bplan_bot.observation import Series
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.answer import Corrected, PlanAnswer
from bplan_bot.plan_choice import choose
from bplan_bot.plan_package import PlanPackage
from bplan_bot.reply import Reply
from bplan_bot.round import RoundAnswerKind
from bplan_bot.round_picture import RoundPicture
from bplan_bot.secret_expiry import warning
from bplan_bot.sent_file import Beside, not_taken, taken
from bplan_bot.source_news import SourceNews
from bplan_bot.status import Status
from bplan_bot.status_change import StatusChange
from bplan_bot.texts.speaker import Speaker
from bplan_bot.understand.question import Question, Topic, Unclear
from db.bundled import read_bundled
from dialogs import goals, of_plan, registering, words
from dialogs.help import help_for
from dialogs.plan_asked import PlanAsked, not_there, with_plan
from tests.factories import make_plan, make_round, make_round_answer, make_sketch, text
from tests.figure_answers import proofread
from tests.origins import every_origin
from tests.plan_answers import plan_said, source_states

AFTER_THE_FOLLOW_UP = date(2025, 6, 1)
BEFORE_THE_DEADLINE = date(2025, 4, 22)
NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)
LATER = datetime(2025, 6, 3, 14, 5, tzinfo=ZoneInfo("Europe/Copenhagen"))
HEAD = Person("head", frozenset({Grant(Role.HEAD)}))
OWNER = Person("owner", frozenset({Grant(Role.OWNER, "6.2")}))


@cache
def package() -> PlanPackage:
    return read_bundled()


def picture(today: date = AFTER_THE_FOLLOW_UP) -> Picture:
    """What was known on `today`."""
    found = package()
    said = tuple(statement for statement in found.statements if statement.day <= today)
    return Picture(found.plan, Series(found.observations, as_of=today), said, today)


def every_answer() -> dict[str, Answer | FigureAnswer | PlanAnswer | Corrected]:
    """By the name of its golden file."""
    seen = picture()
    statuses = (Status.NOT_MET, Status.MET, Status.UNLIKELY, Status.NOT_ASSESSABLE, Status.NEEDS_JUDGEMENT)
    before = picture(date(2025, 4, 1))
    return {
        **{f"goal-{goal.number}": GoalAnswer(seen.of(goal)) for goal in seen.plan.goals},
        **{f"goal-{n}-before-the-follow-up": goal_answer(before, n) for n in ("1.1", "3.1", "6.6")},
        "goal-6.2-after-the-plan": goal_answer(picture(date(2026, 11, 21)), "6.2"),
        "overview": goals.overview(Question(topic=Topic.OVERVIEW), seen),
        **{f"list-{s}": goals.listed(Question(topic=Topic.LIST, statuses=(s,)), seen) for s in statuses},
        **{
            f"theme-{t.number}": goals.theme(Question(topic=Topic.THEME, theme=t.number), seen)
            for t in seen.plan.themes
        },
        "list-red": goals.listed(
            Question(topic=Topic.LIST, statuses=(Status.NOT_MET, Status.UNLIKELY)), seen
        ),
        "overview-before-the-follow-up": goals.overview(Question(topic=Topic.OVERVIEW), before),
        "several": asked(Question(topic=Topic.STATUS, goals=("3.1", "4.1"), missing=("7.4",))),
        "unknown-goal": asked(Question(topic=Topic.STATUS, missing=("6.14",))),
        "unknown-goals": asked(Question(topic=Topic.STATUS, missing=("7.4", "9.9"))),
        **answers_where_others_read_along(seen.handled(), before.handled()),
        "role-form": RoleForm(plan=seen.plan, role=Role.REPORTER, goal="6.13"),
        "role-form-wrong": RoleForm(
            plan=seen.plan, taking=True, role=Role.HEAD, problem=message("roles.no_person")
        ),
        **registering_said(seen),
        "strangers": words.not_for_strangers("aaaaaaaa-0000-0000-0000-000000000001", seen),
        "welcome": words.welcome(seen),
        "help": help_for(seen, None),
        "help-administrator": help_for(seen, everything("anna")),
        "help-reporter": help_for(seen, Person("bo", frozenset({Grant(Role.REPORTER, "6.13")}))),
        "help-stranger": help_for(seen, Person("carl")),
        "greeting": words.greeting(Question(topic=Topic.GREETING), seen),
        "thanks": words.thanks(Question(topic=Topic.THANKS), seen),
        "languages": words.languages(Question(topic=Topic.LANGUAGES), seen),
        "every-goal": goals.every(Question(topic=Topic.EVERY_GOAL), seen),
        "every-theme": of_plan.every_theme(Question(topic=Topic.EVERY_THEME), seen),
        "empty": words.empty(seen),
        "files": words.files(),
        "personal": words.personal(),
        "unclear": words.unclear(Unclear(candidates=("6.2", "6.4")), seen),
        "outside": words.unclear(Unclear(candidates=("6.2",), outside=True), seen),
        "not-here": words.unclear(Unclear(), seen),
        "apology": words.apology("ab12cd34"),
        "refused": words.unavailable(message("database.no_plan")),
        "declined": words.declined(message("form.unknown")),
        "declined-alone": words.declined(message("button.alone")),
        **proofread(seen, before),
        **plan_said(seen, before, picture(BEFORE_THE_DEADLINE)),
        **every_round(),
        **every_sent_file(),
        **every_origin(),
    }


def registering_said(seen: Picture) -> dict[str, Answer]:
    """What is said to those who want to report a figure, where no form opens."""
    plan, blank = seen.plan, Typed()
    theirs = [goal for goal in plan.goals if goal.number in ("5.2", "6.13")]
    told = Typed(numerator="48", denominator="58", period="2024-01-01/2024-06-15")
    return {
        "register-elsewhere": registering.elsewhere(plan),
        "register-not-yours": registering.not_theirs(plan, message("register.not_yours", goal="6.13")),
        "register-none-yours": registering.not_theirs(plan, message("register.none_yours")),
        "register-none-of-these": registering.not_theirs(
            plan, message("register.none_of_these", goals=("6.2", "6.3"))
        ),
        "register-goals": registering.to_choose_from(theirs, plan, blank, of_all=False),
        "register-every-goal": registering.to_choose_from(plan.goals, plan, blank, of_all=True),
        "register-which-goal": registering.to_choose_from(theirs, plan, told, of_all=False),
    }


def answers_where_others_read_along(handled: Picture, not_yet: Picture) -> dict[str, Answer]:
    """What a channel is shown, after the follow-up and before it."""
    not_met = Question(topic=Topic.LIST, statuses=(Status.NOT_MET,))
    return {
        "handled-goal-2.1": goal_answer(handled, "2.1"),
        "handled-goal-6.2": goal_answer(handled, "6.2"),
        "handled-goal-6.2-not-yet": goal_answer(not_yet, "6.2"),
        "handled-goal-2.2-not-yet": goal_answer(not_yet, "2.2"),
        "handled-overview": goals.overview(Question(topic=Topic.OVERVIEW), handled),
        "handled-overview-not-yet": goals.overview(Question(topic=Topic.OVERVIEW), not_yet),
        "handled-list": goals.listed(not_met, handled),
        "handled-list-not-yet": goals.listed(not_met, not_yet),
        **few_where_others_read_along(),
    }


def few_where_others_read_along() -> dict[str, Answer]:
    """Small counts of own lists as a channel is shown them: the newest, that of the year before, a share made
    of one, and a list with such goals. The figures are made."""
    made: dict[tuple[str, str], dict[str, Any]] = {
        ("6.13.apprentices", "2025-M01"): {"value": Decimal(2)},
        ("5.2.hires", "2023"): {"value": Decimal(1)},
        ("6.8.share", "2024-01-01/2024-06-15"): {"value": Decimal("96.6"), "numerator": Decimal(56)},
    }
    seen = picture()
    found = [replace(one, **made.get((one.indicator, one.period.code), {})) for one in seen.series.every()]
    few = replace(seen, series=Series(found)).handled().without_small_counts()
    return {
        **{f"handled-goal-{number}-few": goal_answer(few, number) for number in ("5.2", "6.8", "6.13")},
        "handled-list-few": goals.listed(Question(topic=Topic.LIST, statuses=(Status.MET,)), few),
    }


def goal_answer(seen: Picture, number: str) -> GoalAnswer:
    goal = seen.plan.goal(number)
    assert goal is not None
    return GoalAnswer(seen.of(goal))


def asked(question: Question) -> Answer:
    return goals.status(question, picture())


def round_picture(
    today: date = BEFORE_THE_DEADLINE, *, settled: bool = False, **changes: Any
) -> RoundPicture:
    """The second follow-up of 2024 on `today`, with some figures lacking, or all of them `settled`."""
    found = package()
    seen = Picture(found.plan, Series(found.observations), (), today)
    people = (
        Person("anna", frozenset({Grant(Role.REPORTER, "6.1"), Grant(Role.REPORTER, "6.6")})),
        Person("bo", frozenset({Grant(Role.OWNER, "6.8"), Grant(Role.OWNER, "6.4")})),
    )
    silent = ("6.1", "6.4", "6.6", "6.7", "6.8") if settled else ("6.4",)
    handed = make_round_answer("6.6", kind=RoundAnswerKind.HANDED_ON, person="anna", handed_to="carl")
    return RoundPicture(
        round=make_round(**changes),
        picture=seen,
        answers=(handed, *(make_round_answer(goal) for goal in silent)),
        people=people,
    )


def every_sent_file() -> dict[str, Answer]:
    """What became of a file that was sent in the chat."""
    rows = {
        "stored": ("6.2;2023;36,1;;", "6.8;1. halvår 2024;;48;58", "6.13;januar 2025;38;;"),
        "nothing-new": ("6.2;2024;36,7;;",),
        "refused": ("6.99;2024;36,7;;", "6.2;2024;370;;"),
        "asked": ("6.2;2024;80;;", "6.2;2023;36;;"),
        "sure": ("6.2;1. halvår 2023;36;;", "6.2;1. halvår 2024;80;;"),
        "people": ("6.2;2024;36,7;;", "010203-1234;2024;36,7;;"),
    }
    own = package()
    found = {
        name: read_figures(
            "tal.csv",
            "\n".join(("Mål;Periode;Værdi;Tæller;Nævner", *lines)).encode(),
            plan=own.plan,
            series=Series(own.observations),
            today=AFTER_THE_FOLLOW_UP,
        )
        for name, lines in rows.items()
    }
    return {
        f"sent-file-{name}": taken(one) if one.is_ready() else not_taken(one, Beside())
        for name, one in found.items()
    }


def every_round() -> dict[str, Answer]:
    """A round while it is open, when it is late, when all is in and when it is closed, and its closing."""
    odd = message("round.odd_committee_day", day=date(2025, 5, 11))
    return {
        "round-opened": RoundStanding(
            seen=round_picture(), notes=(message("round.opened", half=2), odd), may_run=True
        ),
        "round-late": RoundStanding(seen=round_picture(date(2025, 4, 25))),
        "round-all-in": RoundStanding(seen=round_picture(settled=True), may_run=True),
        "round-closed": RoundStanding(
            seen=round_picture(date(2025, 5, 15), closed_at=datetime(2025, 5, 14, 15, tzinfo=UTC)),
            may_run=True,
        ),
        "round-closing": RoundClosing(round_picture()),
        "round-closing-all-in": RoundClosing(round_picture(settled=True)),
    }


def every_letter() -> dict[str, Callable[[Speaker], Reply]]:
    """What people are sent about a round, and administrators about the bot."""
    seen, late = round_picture(), round_picture(date(2025, 4, 25))
    expires, today = date(2027, 11, 20), date(2027, 11, 13)
    return {
        "administration-secret": partial(secret_expires, warning(expires, today) or message("")),
        **every_source_news(),
        "round-missing": partial(round_card.missing, seen),
        "round-missing-late": partial(round_card.missing, late, repeated=True),
        **every_plan_beside(),
    }


def every_source_news() -> dict[str, Callable[[Speaker], Reply]]:
    """What administrators are told of sources: two tables that do not come, one of them, and that it does."""
    fails, late, _ = source_states()
    told = (replace(fails, told_late=date(2025, 6, 30)), replace(late, told_late=date(2025, 6, 26)))
    news = SourceNews(source=FeedSource.JOBINDSATS, late=True, tables=told, goals=("1.1",), zone=UTC)
    well = replace(
        late,
        succeeded_at=datetime(2025, 7, 2, 8, 20, tzinfo=UTC),
        published=date(2025, 7, 2),
        expected=date(2025, 7, 26),
    )
    return {
        "source-late": partial(source_news, news),
        "source-late-repeated": partial(source_news, replace(news, tables=told[1:], goals=(), repeated=True)),
        "source-back": partial(source_news, replace(news, late=False, tables=(well,))),
    }


def every_plan_beside() -> dict[str, Callable[[Speaker], Reply]]:
    """An answer that another plan is offered beside, one where no plan is in force, and a plan that is not
    there."""
    own = make_sketch(picture().plan, round_open=True)
    newer = make_sketch(
        make_plan(
            "norddjurs-2025",
            title=text("Beskæftigelsesplan 2025", "Employment plan 2025"),
            start=date(2025, 1, 1),
            end=date(2025, 12, 31),
        )
    )
    today, question = AFTER_THE_FOLLOW_UP, Question(topic=Topic.STATUS, goals=("6.2",))
    carried = PlanAsked(choice=choose((own, newer), today, carried=own.key), words="status for mål 6.2")
    nothing = PlanAsked(choice=choose((own,), today), words="status for mål 6.2")
    gone = PlanAsked(choice=choose((own, newer), today), words="status for mål 6.2", unknown=2019)
    told = goal_answer(picture(), "6.2")

    def answered(asked: PlanAsked, speaker: Speaker) -> Reply:
        return with_plan(render(told, speaker), asked, question, speaker, leant=False)

    return {
        "plan-offered": partial(answered, carried),
        "plan-none-in-force": partial(answered, nothing),
        "plan-unknown": partial(render, not_there(gone, question) or told),
    }


def last_changes(seen: Picture, other: Mapping[str, Status] | None = None) -> dict[str, StatusChange]:
    """By goal its only change, by which it came to stand where it stands, or at some `other` status."""
    return {
        status.goal.number: StatusChange(
            plan=seen.plan.key,
            goal=status.goal.number,
            before=None,
            after=(other or {}).get(status.goal.number, status.assessment.status),
            at=NOON,
            number=1,
        )
        for status in seen.all()
    }


def every_notice() -> dict[str, Notice]:
    """By the name of its golden file: goal 6.2 fell, 6.9 recovered, and too much changed at once."""
    seen = picture()
    last = last_changes(seen, {"6.2": Status.MET, "6.9": Status.NOT_MET})
    fell, recovered = changes(seen, last, now=NOON)
    by_number = {status.goal.number: status for status in seen.all()}
    people = [replace(HEAD, grants=HEAD.grants | {Grant(Role.ADMINISTRATOR)})]
    (told,) = notices_of(fell, by_number["6.2"], people)
    (back,) = notices_of(recovered, by_number["6.9"], people)
    (many,) = notice_of_many([fell, recovered], people, seen.plan)
    return {"alert-fell": told, "alert-recovered": back, "alert-many": many}


def every_held() -> dict[str, HeldChanges]:
    """Changes that were held back: put to the administrator, told, told to nobody, and let be."""
    many = every_notice()["alert-many"]
    return {
        "alert-many": HeldChanges(many, NOON),
        "alert-many-told": HeldChanges(many, NOON, HeldDecision(HeldAct.RELEASE, NOON, "head", 4)),
        "alert-many-nobody": HeldChanges(many, NOON, HeldDecision(HeldAct.RELEASE, NOON, "head", 0)),
        "alert-many-dropped": HeldChanges(many, NOON, HeldDecision(HeldAct.DROP, NOON, "head")),
    }


def every_alert() -> dict[str, tuple[AlertState, Draft | None]]:
    """By the name of its golden file: an alert of goal 6.2 or 6.9 in each state it can come to."""
    notices = every_notice()
    fell, back = (_standing(notices[name]) for name in ("alert-fell", "alert-recovered"))
    told = fell.notice
    own = _acknowledged(HEAD, "Taget op med jobcentret. Se [planen](https://example.org) og **skynd jer**")
    others = _acknowledged(OWNER, "", follow_up_on=date(2025, 7, 1))
    snooze = Snooze(
        plan=told.plan, goal="6.2", person="owner", until=date(2025, 8, 1), reason="Ferie", at=LATER
    )
    ended = replace(snooze, person="head", until=LATER.date())
    recovery = StatusChange(
        plan=told.plan,
        goal="6.2",
        before=Status.NOT_MET,
        after=Status.MET,
        at=LATER + timedelta(hours=1),
        number=3,
    )
    over = replace(fell, history=(recovery,), acknowledgements=(own, others))
    states = {
        "alert-fell": fell,
        "alert-repeated": replace(fell, notice=replace(told, repeat_of=told.key)),
        "alert-fell-owner": replace(fell, reader=OWNER),
        "alert-fell-acknowledged": replace(fell, acknowledgements=(own, others)),
        "alert-fell-put-off": replace(fell, snoozes=(snooze,)),
        "alert-fell-opted-out": replace(fell, opted_out=True),
        "alert-fell-over": over,
        "alert-put-off": replace(fell, notice=replace(told, kind=NoticeKind.PUT_OFF), snoozes=(ended,)),
        "alert-follow-up": replace(
            fell, notice=replace(told, kind=NoticeKind.FOLLOW_UP), reader=OWNER, acknowledgements=(others,)
        ),
        "alert-recovered": back,
    }
    drafts = {
        "alert-no-reason": (PUT_OFF, {"until": "2025-08-01"}),
        "alert-past-day": (ACKNOWLEDGE, {"note": "Vi følger op", "follow_up_on": "2025-05-01"}),
    }
    return {name: (state, None) for name, state in states.items()} | {
        name: (fell, _refused(answer, typed)) for name, (answer, typed) in drafts.items()
    }


def _standing(notice: Notice) -> AlertState:
    return AlertState(
        notice=replace(notice, id=17), reader=HEAD, now=LATER, people={one.id: one for one in (HEAD, OWNER)}
    )


def _acknowledged(person: Person, note: str, *, follow_up_on: date | None = None) -> Acknowledgement:
    told = every_notice()["alert-fell"]
    return Acknowledgement(
        plan=told.plan,
        goal="6.2",
        person=person.id,
        at=LATER,
        note=note,
        follow_up_on=follow_up_on,
        notice=told.key,
    )


def _refused(answer: str, typed: dict[str, str]) -> Draft:
    read = read_acknowledgement if answer == ACKNOWLEDGE else read_put_off
    try:
        read(typed, today=LATER.date())
    except Mistake as mistake:
        return draft(answer, typed, mistake)
    raise AssertionError("it was to be refused")
