"""Tells whether words are Danish or English."""

from bplan_bot.local_text import Language
from bplan_bot.understand.lexicon import lexicon
from bplan_bot.understand.wording import fold, plain_words

_EXAMINED = 1_000
"""Characters from which the language is told; further ones cost time and tell nothing new."""


def language_of(text: str) -> Language | None:
    """The language that has more of the words; None where neither has, as in "6.2"."""
    said = lexicon().languages
    words = plain_words(fold(text[:_EXAMINED]))
    danish = sum(word in said.danish for word in words)
    english = sum(word in said.english for word in words)
    if danish == english:
        return None
    return "da" if danish > english else "en"
