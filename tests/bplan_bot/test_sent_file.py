"""How the words beside a file are taken: only a yes settles doubts, and only a reason corrects."""

import pytest

from bplan_bot.sent_file import Beside, beside


@pytest.mark.parametrize(
    ("words", "sure", "reason"),
    [
        ("ja", True, ""),
        (" Ja! ", True, ""),
        ("ja tak", True, ""),
        ("ja, fordi kilden har rettet tallet", True, "kilden har rettet tallet"),
        ("Ja fordi kilden har rettet tallet", True, "kilden har rettet tallet"),
        ("ja: ny opgørelse", True, "ny opgørelse"),
        ("ja – ny opgørelse", True, "ny opgørelse"),
        ("yes, because the source did", True, "the source did"),
        ("ja, fordi\nto linjer", True, "to linjer"),
        ("", False, ""),
        ("jaja", False, ""),
        ("januar", False, ""),
        ("nej", False, ""),
        ("fordi kilden har rettet tallet", False, ""),
        ("her er tallene, ja", False, ""),
    ],
)
def test_a_yes_is_heard_where_it_stands_first(words, sure, reason):
    assert beside(words) == Beside(sure=sure, reason=reason)


def test_a_reason_is_cut_like_that_of_a_form():
    assert len(beside("ja, " + "x" * 5000).reason) == 1000
