"""What is kept in memory holds for one mark, and does not grow with what people ask."""

from db.kept import MOST, Kept, Subject

PLANS, PEOPLE = Subject.PLANS, Subject.PEOPLE
THEN: dict[str, str] = {PLANS: "a", PEOPLE: "x"}


def kept(*keys: object) -> Kept:
    made = Kept()
    for key in keys:
        made.put(PLANS, key, f"read for {key}", THEN)
    return made


def test_a_value_is_found_under_its_key_and_mark():
    assert kept(1, 2).find(PLANS, 1, THEN) == "read for 1"


def test_a_value_is_not_found_once_something_was_written():
    assert kept(1).find(PLANS, 1, THEN | {PLANS: "b"}) is None


def test_a_value_is_found_although_another_subject_was_written():
    assert kept(1).find(PLANS, 1, THEN | {PEOPLE: "y"}) == "read for 1"


def test_a_value_of_another_key_or_subject_is_not_found():
    made = kept(1)

    assert (made.find(PLANS, 2, THEN), made.find(PEOPLE, 1, THEN)) == (None, None)


def test_values_of_an_older_mark_are_gone_though_the_mark_should_come_back():
    made = kept(1)

    made.put(PLANS, 2, "newer", THEN | {PLANS: "b"})

    assert made.find(PLANS, 1, THEN) is None
    made.put(PLANS, 3, "older", THEN)
    assert made.find(PLANS, 1, THEN) is None


def test_only_so_many_values_are_kept():
    made = kept(*range(MOST * 3 + 1))

    found = [key for key in range(MOST * 3 + 1) if made.find(PLANS, key, THEN)]

    assert found == [MOST * 3]
