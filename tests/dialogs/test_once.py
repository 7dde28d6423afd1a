"""What has been seen to is remembered for a while, and not for ever."""

from dialogs.once import Once


def test_what_was_claimed_is_nobody_elses_until_its_time_is_over():
    now = [0.0]
    once = Once(lambda: now[0], seconds=60)
    claimed = [once.claim("a"), once.claim("a"), once.claim("b")]
    now[0] = 60.0

    assert claimed == [True, False, True]
    assert once.claim("a")


def test_what_was_forgotten_can_be_claimed_again():
    once = Once(lambda: 0.0, seconds=60)
    once.claim("a")
    once.forget("a")
    once.forget("never heard of")

    assert once.claim("a")


def test_of_more_than_fit_the_oldest_is_forgotten():
    once = Once(lambda: 0.0, seconds=60, limit=3)
    for key in "abcd":
        once.claim(key)

    assert [once.claim(key) for key in "dca"] == [False, False, True]
