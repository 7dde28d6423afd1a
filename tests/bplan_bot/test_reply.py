"""A reply's text is made when somebody reads it, and its card is never copied."""

from copy import deepcopy

from bplan_bot.reply import Card, Reply


def test_the_text_is_made_only_when_it_is_read():
    made: list[str] = []

    def words() -> str:
        made.append("once")
        return "Mål 6.2"

    reply = Reply(card={}, wording=words, summary="")

    assert made == []
    assert (reply.text, made) == ("Mål 6.2", ["once"])


def test_a_text_that_is_there_already_is_read_as_it_is():
    assert Reply(card={}, wording="Mål 6.2", summary="").text == "Mål 6.2"


def test_a_deep_copy_of_what_holds_a_card_holds_the_card_itself():
    card = Card(body=[{"text": "36,7 %"}])

    assert deepcopy({"content": card})["content"] is card
