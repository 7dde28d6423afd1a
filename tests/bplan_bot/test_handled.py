"""Where others read along, only what the committee has handled is shown, with the figures of that day."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bplan_bot.cards.render import render
from bplan_bot.goal import Axis, Decision, StatedAssessment
from bplan_bot.goal_status import GoalStatus
from bplan_bot.observation import Series
from bplan_bot.period import Period
from bplan_bot.picture import Picture
from bplan_bot.reply import Reply
from bplan_bot.status import Status
from bplan_bot.texts.speaker import Speaker
from bplan_bot.understand.question import Question, Topic
from dialogs.topics import TOPICS
from tests.factories import (
    make_document,
    make_observation,
    make_plan,
    make_statement,
    text,
    with_goal,
)
from tests.norddjurs import package, picture

BEFORE, HANDLED_ON, AFTER = date(2025, 5, 13), date(2025, 5, 14), date(2026, 11, 21)
NUMBERS = [goal.number for goal in package().plan.goals]
SPEAKER = Speaker("da")

CASE = make_document(date=date(2025, 3, 10))
LATER = make_document("typed-later", date=date(2025, 6, 1), rank=2)
HANDLED = make_statement("1.1", axis=Axis.HANDLED, status=Status.MET, day=CASE.date, document=CASE)


def reply_to(question: Question, seen: Picture) -> Reply:
    return render(TOPICS[question.topic](question, seen), SPEAKER)


def every_question() -> Iterator[Question]:
    """One of each kind of answer about goals, and each goal, status and theme of it."""
    yield Question(topic=Topic.OVERVIEW)
    yield Question(topic=Topic.STATUS, goals=tuple(NUMBERS))
    for number in NUMBERS:
        yield Question(topic=Topic.STATUS, goals=(number,))
        yield Question(topic=Topic.STATUS, goals=(number, "1.1"), missing=("9.9",))
    for status in Status:
        yield Question(topic=Topic.LIST, statuses=(status,))
        yield Question(topic=Topic.LIST, statuses=(status, Status.WITHDRAWN))
    for theme in package().plan.themes:
        yield Question(topic=Topic.THEME, theme=theme.number)


def everything_in(reply: Reply) -> str:
    return f"{reply.summary}\n{reply.text}\n{json.dumps(reply.card, ensure_ascii=False)}"


def all_known_and_nothing_handled() -> Picture:
    """The day before the meeting: every figure is in and judged, and the committee has seen none of it."""
    found = package()
    judged = tuple(replace(one, day=BEFORE) for one in found.statements if one.axis is Axis.JUDGED)
    known = [replace(one, known_at=min(one.known_at, BEFORE)) for one in found.observations]
    return Picture(found.plan, Series(known), judged, BEFORE)


def written_figures() -> set[str]:
    """How an answer writes the figures of the follow-up; not those below 100 without decimals, which may as
    well be a goal's limit or a day."""
    values = {o.value for o in package().observations if o.value is not None}
    shares = {o.amount for o in package().observations if o.amount is not None and o.numerator}
    parts = {one for o in package().observations for one in (o.numerator, o.denominator) if one}
    whole = {value for value in values | parts if value % 1 == 0 and value >= 100}
    return {f"{value:.1f}".replace(".", ",") for value in values | shares if value % 1} | {
        f"{int(value):,}".replace(",", ".") for value in whole
    }


FIGURES = written_figures()
TOLD = [f"● {SPEAKER.say(f'status.{status}')}" for status in set(Status) - {Status.NOT_HANDLED}] + [
    "vurdering)", "vurderet af", "beregnet,", "eløbig beregning", "Forvaltningen:",
]  # fmt: skip
"""What would tell a status that was computed or judged."""


def status_of(seen: Picture, number: str = "1.1") -> GoalStatus:
    goal = seen.plan.goal(number)
    assert goal is not None
    return seen.of(goal)


def small(
    *values: tuple[str, date], said: tuple[StatedAssessment, ...] = (HANDLED,), today: date = AFTER
) -> Picture:
    """A picture of goal 1.1 (at least 80 per cent), its figure for 2024 reported anew on each day."""
    reports = [
        make_observation(value=value, known_at=day, document=replace(LATER, date=day))
        for value, day in values
    ]
    return Picture(make_plan(), Series(reports, as_of=today), said, today)


@pytest.mark.parametrize("question", list(every_question()), ids=str)
def test_before_the_committee_has_handled_anything_no_figure_and_no_status_leaks(question: Question) -> None:
    shown = everything_in(reply_to(question, all_known_and_nothing_handled().handled()))

    leaked = [one for one in FIGURES if re.search(rf"(?<![\d,.]){re.escape(one)}(?![\d,])", shown)]
    assert leaked == []
    if question.topic is not Topic.LIST:
        assert [told for told in TOLD if told in shown] == []
    assert "Vist: det, udvalget har behandlet" in shown


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("topic", sorted(set(TOPICS) - {Topic.LIST, Topic.THEME}))
def test_no_topic_there_is_or_will_be_tells_a_figure_that_was_not_handled(topic: Topic, number: str) -> None:
    question = Question(topic=topic, goals=(number,))
    shown = everything_in(reply_to(question, all_known_and_nothing_handled().handled()))

    assert [one for one in FIGURES if re.search(rf"(?<![\d,.]){re.escape(one)}(?![\d,])", shown)] == []


def test_the_full_picture_of_the_same_day_would_have_told_nearly_every_figure() -> None:
    full = all_known_and_nothing_handled()
    questions = [Question(topic=Topic.STATUS, goals=(number,)) for number in NUMBERS]
    shown = " ".join(everything_in(reply_to(question, full)) for question in questions)

    told = {one for one in FIGURES if one in shown}
    assert len(told) > len(FIGURES) / 2
    assert {"36,7", "43,8", "1.950", "326", "90,6"} <= told


@pytest.mark.parametrize("number", NUMBERS)
def test_a_goal_that_was_never_handled_says_so_first(number: str) -> None:
    reply = reply_to(Question(topic=Topic.STATUS, goals=(number,)), picture(BEFORE).handled())

    assert reply.summary.startswith(f"Mål {number} Ikke behandlet i udvalget endnu: tallene vises ikke her.")
    assert "Arbejdsmarkedsudvalget har ikke behandlet målet endnu." in reply.text


def test_the_overview_says_that_nothing_is_handled_instead_of_counting_goals_as_not_met() -> None:
    reply = reply_to(Question(topic=Topic.OVERVIEW), picture(BEFORE).handled())

    assert "Ingen af de 22 mål er behandlet i udvalget endnu" in json.dumps(reply.card, ensure_ascii=False)
    assert reply.summary.startswith("22 ikke behandlet i udvalget endnu.")
    assert "0 af 22 mål er behandlet politisk" in reply.text


@pytest.mark.parametrize("today", [HANDLED_ON, AFTER])
def test_what_was_handled_is_the_published_thirteen_six_one_and_two(today: date) -> None:
    reply = reply_to(Question(topic=Topic.OVERVIEW), picture(today).handled())

    assert reply.summary.startswith("13 nået, 6 ikke nået, 1 bliver næppe nået og 2 kan ikke opgøres.")
    assert "Alle mål er behandlet i Arbejdsmarkedsudvalget 14.05.2025 (sag 23/6487)." in reply.text


@pytest.mark.parametrize("number", NUMBERS)
def test_a_handled_goal_is_shown_with_the_figures_of_its_day_and_no_other_status(number: str) -> None:
    question = Question(topic=Topic.STATUS, goals=(number,))
    shown = reply_to(question, picture(AFTER).handled())
    full = reply_to(question, picture(AFTER))

    assert shown.summary.replace(" (vurdering)", "") == full.summary.replace(" (vurdering)", "")
    assert "Tallene alene giver" not in everything_in(shown)
    assert "Forvaltningen:" not in everything_in(shown)
    assert shown.text.endswith("Vist: det, udvalget har behandlet")


def test_where_the_committee_followed_a_judgement_its_reason_is_told_and_not_what_the_figures_gave() -> None:
    shown = reply_to(Question(topic=Topic.STATUS, goals=("2.1",)), picture(AFTER).handled())

    assert "Nået\n" in shown.text
    assert "Forvaltningen vurderede, at niveauet efter alle praktiske formål er fastholdt" in shown.text
    assert "Et menneske må vurdere" not in everything_in(shown)


def test_a_figure_known_after_the_handling_does_not_take_the_place_of_the_one_that_was_handled() -> None:
    seen = small(("81.3", CASE.date), ("70.4", CASE.date + timedelta(days=1)))
    shown = everything_in(reply_to(Question(topic=Topic.STATUS, goals=("1.1",)), seen.handled()))
    full = everything_in(reply_to(Question(topic=Topic.STATUS, goals=("1.1",)), seen))

    assert "70,4" in full
    assert "70,4" not in shown
    assert "81,3" in shown


def test_a_figure_of_the_day_of_the_handling_is_handled() -> None:
    seen = small(("81.3", CASE.date)).handled()

    assert seen.series.at("1.1.share", "707", Period.year(2024)) is not None


def test_no_figure_of_a_goal_that_was_not_handled_can_be_read_from_the_view_at_all() -> None:
    seen = small(("81.3", CASE.date), said=()).handled()

    assert seen.series.at("1.1.share", "707", Period.year(2024)) is None
    assert status_of(seen).leading.status is Status.NOT_HANDLED


def test_a_judgement_made_after_the_handling_or_that_was_not_followed_is_not_shown() -> None:
    other = make_statement(status=Status.NOT_MET, day=CASE.date, document=CASE, reason=text("Ikke enig"))
    later = make_statement(status=Status.MET, day=LATER.date, document=LATER, reason=text("Senere"))

    for judged in (other, later):
        seen = small(("70.4", CASE.date), said=(HANDLED, judged)).handled()
        assert seen.said == (HANDLED,)
        assert status_of(seen).judged is None


def test_where_the_figures_gave_another_status_the_committees_wording_stands_after_the_figure() -> None:
    seen = status_of(small(("70.4", CASE.date)).handled())

    assert seen.leading.status is Status.MET
    assert not seen.differs
    reasons = [SPEAKER(reason) for reason in seen.assessment.verdict.reasons]
    assert reasons[-1] == "Målet er nået"
    assert not any("under målet" in reason for reason in reasons)


@pytest.mark.parametrize(
    ("decided", "today", "status"),
    [
        (None, AFTER, Status.MET),
        (CASE.date + timedelta(days=30), CASE.date + timedelta(days=29), Status.MET),
        (CASE.date + timedelta(days=30), AFTER, Status.WITHDRAWN),
        (CASE.date - timedelta(days=30), AFTER, Status.MET),
    ],
)
def test_a_goal_that_was_withdrawn_after_its_handling_is_withdrawn(
    decided: date | None, today: date, status: Status
) -> None:
    seen = small(("81.3", CASE.date), today=today)
    goal = seen.plan.goals[0]
    gone = Decision(decided, "25/1", text("ingen måler det længere")) if decided else None
    seen = replace(seen, plan=with_goal(seen.plan, replace(goal, withdrawn=gone)))

    assert status_of(seen.handled()).leading.status is status
    if status is Status.WITHDRAWN:
        reply = reply_to(Question(topic=Topic.STATUS, goals=("1.1",)), seen.handled())
        assert "udgået ved beslutning" in reply.text
        assert "ikke politisk behandlet" not in reply.text


def test_an_empty_list_says_that_only_handled_goals_are_in_it() -> None:
    reply = reply_to(Question(topic=Topic.LIST, statuses=(Status.NOT_MET,)), picture(BEFORE).handled())

    assert "Ingen mål." in reply.text
    assert reply.text.endswith("Vist: det, udvalget har behandlet")
