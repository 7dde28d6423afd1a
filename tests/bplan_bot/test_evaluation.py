"""What counts as a right answer to a line of a question file, and lines that are none."""

import json

import pytest

from bplan_bot.errors import Refused
from bplan_bot.evaluation import Asked, judge_reply, read_questions, tally
from bplan_bot.reply import Reply


def asked(kind="status", **fields):
    return Asked(id="a1", text="status for mål 6.2", kind=kind, **fields)


def reply(text="", *on_card):
    return Reply(card={"body": [{"text": words} for words in on_card]}, wording=text, summary="")


@pytest.mark.parametrize(
    ("fields", "answer", "right"),
    [
        ({"must": [["43,8"]]}, reply("Landet ligger på 43,8 %."), True),
        ({"must": [["43,8"]]}, reply("", "Landet ligger på 43,8 %."), True),
        ({"must": [["43,8"]]}, reply("Landet ligger højere."), False),
        ({"must": [["36,7%"]]}, reply("36,7 %"), True),
        ({"must": [["36,7 %"]]}, reply("36,7%"), True),
        ({"must": [["IKKE nået"]]}, reply("Ikke \n nået"), True),
        ({"must": [["opfyldt", "nået"]]}, reply("Nået"), True),
        ({"must": [["36,7"], ["43,8"]]}, reply("36,7"), False),
        ({"must": [["36,7"]], "must_not": ["målet er nået"]}, reply("36,7. Målet er nået"), False),
        ({"must_not": ["målet er nået"]}, None, True),
        ({"must": [["36,7"]]}, None, False),
    ],
)
def test_a_right_answer_holds_one_of_each_group_and_nothing_forbidden(fields, answer, right):
    assert judge_reply(asked(**fields), answer).right is right


def test_what_was_lacking_and_what_was_wrong_are_named():
    judged = judge_reply(asked(must=[["36,7"], ["43,8", "43.8"]], must_not=["Nået"]), reply("36,7. Nået."))

    assert judged.lacking == (("43,8", "43.8"),)
    assert judged.wrong == ("Nået",)


def test_right_answers_are_counted_by_kind():
    judged = [judge_reply(asked(kind, must=[["x"]]), reply(text)) for kind, text in ("ax", "ay", "bx")]

    assert tally(judged) == {"a": (1, 2), "b": (1, 1)}


def test_a_file_is_read_line_by_line_and_strangers_fields_are_let_be():
    lines = [json.dumps({"id": "a1", "text": "hej", "kind": "help", "note": "x"}), "", ""]

    assert [one.id for one in read_questions("\n".join(lines).encode(), name="q.jsonl")] == ["a1"]


@pytest.mark.parametrize(
    "line", ["{", "[]", '"hej"', '{"id": "a1"}', '{"id": 1, "text": "x", "kind": "y"}', "\0"]
)
def test_a_line_that_is_no_question_is_named(line):
    good = json.dumps({"id": "a1", "text": "hej", "kind": "help"})

    with pytest.raises(Refused) as refused:
        read_questions(f"{good}\n{line}\n".encode(), name="q.jsonl")

    assert refused.value.said.args == {"file": "q.jsonl", "line": 2}
