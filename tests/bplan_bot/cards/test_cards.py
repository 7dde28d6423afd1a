"""Every answer as card, text and summary: golden files to proofread, and what a card must be to be drawn."""

import json
import os
from pathlib import Path

import pytest

from bplan_bot.cards import form_card
from bplan_bot.cards.alert_card import alert
from bplan_bot.cards.held_card import held
from bplan_bot.cards.render import render
from bplan_bot.local_text import Language
from bplan_bot.reply import Reply
from bplan_bot.texts.speaker import Speaker
from tests.card_structure import faults, texts
from tests.forms import every_form
from tests.handed_cards import every_handed
from tests.norddjurs import every_alert, every_answer, every_held, every_letter, picture

GOLDEN = Path(__file__).parents[2] / "golden"
ANSWERS = every_answer()
ALERTS = every_alert()
LETTERS = every_letter() | every_handed()
HELD = every_held()
FORMS = every_form()
NAMES = [*ANSWERS, *ALERTS, *LETTERS, *HELD, *FORMS]
NOTIFICATION = 80
"""Characters of a message that a phone's notification shows."""


def golden(path: Path, now: str) -> str:
    """What the file holds; written first when UPDATE_GOLDEN is set, to be read in the diff."""
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(now, encoding="utf-8")
    return path.read_text(encoding="utf-8")


def said(name: str, language: Language) -> Reply:
    """The answer, notice or form of that name."""
    speaker = Speaker(language)
    if name in LETTERS:
        return LETTERS[name](speaker)
    if name in FORMS:
        return form_card.render(FORMS[name], speaker)
    if name in HELD:
        return held(HELD[name], speaker)
    if name in ALERTS:
        state, draft = ALERTS[name]
        return alert(state, speaker, draft=draft)
    return render(ANSWERS[name], speaker)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_an_answer_are_those_that_were_proofread(name, language):
    reply = said(name, language)
    now = f"{reply.summary}\n\n{reply.text}\n"

    assert golden(GOLDEN / language / f"{name}.txt", now) == now


@pytest.mark.parametrize("name", NAMES)
def test_a_card_is_the_one_that_was_looked_at(name):
    now = json.dumps(said(name, "da").card, ensure_ascii=False, indent=1) + "\n"

    assert golden(GOLDEN / "cards" / f"{name}.json", now) == now


def test_no_golden_file_is_left_of_an_answer_that_is_gone():
    kept = {path.stem for path in GOLDEN.rglob("*") if path.is_file()}

    assert kept == set(NAMES)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_card_holds_nothing_that_teams_cannot_draw(name, language):
    assert faults(said(name, language).card) == []


@pytest.mark.parametrize("number", [goal.number for goal in picture().plan.goals])
def test_a_notification_shows_goal_status_and_figure(number):
    speaker = Speaker("da")
    shown = render(ANSWERS[f"goal-{number}"], speaker).summary[:NOTIFICATION]

    assert shown.startswith(f"Mål {number} ")
    told = shown.removeprefix(f"Mål {number} ")
    assert any(character.isdigit() for character in told) or "ingen tal" in told or "uden tal" in told


@pytest.mark.parametrize("name", NAMES)
def test_card_and_text_say_the_same_figures(name):
    reply = said(name, "da")
    on_card = " ".join(texts(reply.card))
    figures = {word.strip("().,;:»«") for word in reply.text.split() if any(c.isdigit() for c in word)}

    assert {figure for figure in figures if figure not in on_card} == set()


def test_a_line_that_begins_with_an_ordinal_does_not_become_a_numbered_list():
    from bplan_bot.cards.parts import block

    assert str(block("4. kvartal 2024 mangler.").text).startswith("4.\N{NO-BREAK SPACE}kvartal")
