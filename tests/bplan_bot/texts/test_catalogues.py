"""Every sentence exists in both languages with the same places for values, and none is left over."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from bplan_bot.texts.speaker import catalogue

ROOT = Path(__file__).parents[3]
SOURCES = [path for room in ("bplan_bot", "db", "dialogs", "jobs") for path in (ROOT / room).rglob("*.py")]
SOURCES.append(ROOT / "bot.py")
SAYING = {"message", "say", "Refused", "WrongUse"}
"""Functions whose first argument is the id of a sentence."""

ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")


def ids(language):
    return {entry.id[0] if isinstance(entry.id, tuple) else entry.id for entry in catalogue(language)} - {""}


def strings_of(entry):
    return [entry.string] if isinstance(entry.string, str) else list(entry.string)


def places(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def pattern(node):
    """The ids an f-string can make, as a regular expression."""
    constants = (str(part.value) if isinstance(part, ast.Constant) else None for part in node.values)
    return "".join(r"[a-z0-9_.]+" if text is None else re.escape(text) for text in constants)


def said_in_code():
    """(literal ids given to a saying function, all literals that look like ids, patterns of f-strings)."""
    direct, literals, patterns = set(), set(), set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and ID.fullmatch(node.value):
                literals.add(node.value)
            if isinstance(node, ast.JoinedStr) and re.match(r"[a-z_]+\\\.", pattern(node)):
                patterns.add(pattern(node))
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in SAYING and isinstance(node.args[0].value, str):
                    direct.add(node.args[0].value)
    return direct, literals, patterns


def test_both_languages_have_the_same_sentences():
    assert ids("da") == ids("en")


def test_no_sentence_is_empty():
    assert [
        e.id for language in ("da", "en") for e in catalogue(language) if e.id and not all(strings_of(e))
    ] == []


@pytest.mark.parametrize("message_id", sorted(ids("da")))
def test_a_sentence_has_the_same_values_in_both_languages(message_id):
    danish, english = catalogue("da").get(message_id), catalogue("en").get(message_id)

    assert set().union(*map(places, strings_of(danish))) == set().union(*map(places, strings_of(english)))


def test_every_sentence_the_code_says_is_in_the_catalogue():
    direct, _, patterns = said_in_code()

    assert sorted(direct - ids("da")) == []
    assert [p for p in sorted(patterns) if not any(re.fullmatch(p, known) for known in ids("da"))] == []


def test_no_sentence_is_left_over_that_nothing_says():
    _, literals, patterns = said_in_code()
    unsaid = {i for i in ids("da") - literals if not any(re.fullmatch(p, i) for p in patterns)}

    assert sorted(unsaid) == []


def test_danish_sentences_are_written_with_danish_letters():
    words = re.compile(r"\b(maal|naa\w*|aar|foer|paa|saa|hoej\w*|gaa\w*|vaere)\b", re.IGNORECASE)

    assert [e.id for e in catalogue("da") for text in strings_of(e) if words.search(text)] == []
