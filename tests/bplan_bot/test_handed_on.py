"""Who is asked what the bot cannot answer, when two questions are the same, and which answers can be read."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bplan_bot.access import Grant, Person, Role
from bplan_bot.errors import Refused
from bplan_bot.handed_on import (
    LONGEST,
    TYPED,
    HandedOn,
    handed_on,
    notice_of_answer,
    notices_of_question,
    read_answer,
    who_may_answer,
)
from bplan_bot.notice import NoticeKind
from tests.factories import NOW


def question(words: str = "Hvem godkender budgettet?", *, asker: str = "anna", days: int = 0) -> HandedOn:
    return handed_on(words, asker=asker, language="da", now=NOW + timedelta(days=days))


PEOPLE = [
    Person("planner", frozenset({Grant(Role.PLANNER)})),
    Person("another", frozenset({Grant(Role.PLANNER), Grant(Role.OWNER, "6.2")})),
    Person("head", frozenset({Grant(Role.HEAD), Grant(Role.ADMINISTRATOR)})),
    Person("owner", frozenset({Grant(Role.OWNER, "6.2")})),
]


@pytest.mark.parametrize(
    ("asker", "asked"),
    [
        ("anna", ("planner", "another")),
        ("owner", ("planner", "another")),
        ("planner", ("another",)),
        ("head", ("planner", "another")),
    ],
)
def test_every_planner_but_the_asker_is_asked(asker, asked):
    assert who_may_answer(PEOPLE, asker=asker) == asked


def test_the_only_planner_has_nobody_to_ask():
    assert who_may_answer(PEOPLE[:1], asker="planner") == ()


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (question(), question("  hvem godkender BUDGETTET "), True),
        (question(), question(days=40), True),
        (question(), question("Hvem godkendte budgettet?"), False),
        (question(), question(asker="bo"), False),
        (question("?!"), question("?!"), True),
        (question("?!"), question("!?"), False),
    ],
)
def test_a_question_is_the_same_when_one_person_asks_the_same_words(first, second, same):
    assert (first.same == second.same) is same


def test_the_same_question_asked_again_has_a_key_of_its_own():
    assert question().key != question(days=1).key


def test_numbers_that_may_be_somebodys_are_taken_out_of_a_question():
    assert question("Ring til 12345678901 om sagen").text == "Ring til [nummer fjernet] om sagen"


@pytest.mark.parametrize("words", ["", "  \n", "\x00\x1b"])
def test_nothing_is_no_question(words):
    with pytest.raises(Refused) as refused:
        question(words)
    assert refused.value.said.id == "handed.no_question"


def test_a_notice_names_its_question_and_holds_none_of_its_words():
    asked = question()
    notices = (*notices_of_question(asked, ["planner", "another"]), notice_of_answer(asked, now=NOW))

    assert [(one.kind, one.recipient) for one in notices] == [
        (NoticeKind.QUESTION, "planner"),
        (NoticeKind.QUESTION, "another"),
        (NoticeKind.ANSWER, "anna"),
    ]
    assert len({one.key for one in notices}) == 3
    assert [one.facts for one in notices] == [{"question": asked.key}] * 3


@pytest.mark.parametrize(
    ("pressed", "read"),
    [
        ({TYPED: "  Byrådet.\nI oktober. "}, "Byrådet.\nI oktober."),
        ({TYPED: "a\x00b\x1bc\ud800"}, "abc"),
        ({TYPED: "x" * LONGEST}, "x" * LONGEST),
    ],
    ids=["trimmed", "without what cannot be kept", "as long as can be"],
)
def test_an_answer_is_read_as_it_was_typed(pressed, read):
    assert read_answer(pressed) == read


@pytest.mark.parametrize(
    ("pressed", "said"),
    [
        ({}, "handed.mistake.empty"),
        ({TYPED: " \n"}, "handed.mistake.empty"),
        ({TYPED: ["svar"]}, "handed.mistake.empty"),
        ({TYPED: "x" * (LONGEST + 1)}, "handed.mistake.too_long"),
    ],
)
def test_what_is_no_answer_is_refused_with_a_sentence(pressed, said):
    with pytest.raises(Refused) as refused:
        read_answer(pressed)
    assert refused.value.said.id == said


@given(st.text(max_size=300))
def test_whatever_is_asked_can_be_kept_or_is_refused(words):
    try:
        text = question(words).text
    except Refused:
        return
    assert text.encode()
    assert "\x00" not in text
