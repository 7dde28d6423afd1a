"""The yearly wheel: what comes back in which months, and that its words and months agree."""

import pytest

from bplan_bot.notation.periods import MONTHS
from bplan_bot.yearly_wheel import WheelEntry, YearlyWheel
from tests.bplan_bot.bundled import package
from tests.factories import text


def entry(name: str, *months: int) -> WheelEntry:
    return WheelEntry(what=text(name), when=text("when"), months=months)


WHEEL = YearlyWheel(2022, (entry("a"), entry("b", 4, 6), entry("c", 6), entry("d", 8, 9, 10)))


@pytest.mark.parametrize(
    ("months", "names"), [((4,), "b"), ((6,), "bc"), ((9,), "d"), ((1,), ""), ((6, 10), "bcd"), ((), "")]
)
def test_the_entries_of_some_months_are_found_in_their_order(months, names):
    assert "".join(found.what.da for found in WHEEL.in_months(*months)) == names


def bundled() -> YearlyWheel:
    wheel = package().plan.wheel
    assert wheel
    return wheel


@pytest.mark.parametrize("one", [one for one in bundled().entries if one.months], ids=lambda one: one.what.da)
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_words_of_an_entry_begin_and_end_with_its_months(one, language):
    first, last = (MONTHS[language][month - 1] for month in (one.months[0], one.months[-1]))

    assert one.when.to(language).startswith(first)
    assert one.when.to(language).endswith(last)


def test_no_two_entries_have_a_name_in_common():
    names = [name for one in bundled().entries for name in one.aliases]

    assert len(names) == len(set(names))
    assert len(bundled().entries) == 11
