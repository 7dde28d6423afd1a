import pytest

from bplan_bot.understand.lexicon import lexicon
from bplan_bot.understand.together import REACH, is_together, together
from bplan_bot.understand.wording import fold


def met(rule, text):
    """The words that met the rule, in order; empty when it was not met."""
    words = lexicon().words(fold(text))
    found = list(together([(rule, True)], lexicon().variants).found(words))
    return [words[place].text for places, _ in found for place in places]


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("fleksjob* + ledig*", "ledigheden for dem i fleksjob", ["ledigheden", "fleksjob"]),
        ("fleksjob* + ledig*", "fleksjobbere, der går ledige", ["fleksjobbere", "ledige"]),
        ("syg|syge + arbejde|job", "kommer de syge på arbejde", ["syge", "arbejde"]),
        # A word without "*" is any inflection of it, and a synonym of it.
        ("samtale + borger", "samtalerne med borgerne", ["samtalerne", "borgerne"]),
        ("hvad + planen", "what is the plan", ["hvad", "planen"]),
        ("rehab*", "rehabiliteringen", ["rehabiliteringen"]),
    ],
)
def test_words_are_found_in_any_order_and_form(rule, text, words):
    assert met(rule, text) == words


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("fleksjob* + ledig*", "fleksjobbere"),
        # One word is not two, though it fits both.
        ("fleks* + fleksjob*", "fleksjobbere"),
        ("fleks* + fleksjob*", ""),
        ("fleksjob* + ledig*", "fleksjob" + " og så videre" * REACH + " ledig"),
    ],
)
def test_words_that_lack_or_stand_far_apart_mean_nothing(rule, text):
    assert met(rule, text) == []


@pytest.mark.parametrize(("written", "joint"), [("a + b", True), ("a|b", True), ("a*", True), ("a b", False)])
def test_a_phrase_shows_by_its_signs_whether_its_words_stand_in_order(written, joint):
    assert is_together(written) is joint
