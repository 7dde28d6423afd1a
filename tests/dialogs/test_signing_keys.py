"""Keys are rotated and key servers fail; neither locks Teams out, and nobody can make the bot ask on."""

import asyncio
import time

import pytest

from dialogs.signing_keys import KEYS_MAX_AGE, KEYS_MIN_AGE, SigningKeys
from tests.dialogs.fake_microsoft import KEY, NEW_KEY, REGISTERED, KeyServer, bearer, surroundings
from tests.fake_connector import said


@pytest.fixture
async def keys(http, key_server, clock):
    """Keys that have been fetched once, a second ago."""
    running = SigningKeys(http, url=key_server.url, seconds=0.5, clock=clock)
    assert await running.get("first") is not None
    clock.seconds += 1
    yield running
    await running.close()


async def settled() -> None:
    await asyncio.sleep(0.1)


async def test_known_keys_are_asked_for_once_a_day(keys, key_server, clock):
    for _ in range(23):
        clock.seconds += 3600
        assert await keys.get("first") is not None
    assert key_server.asked == 1
    clock.seconds += 3600
    await keys.get("first")
    await settled()
    assert key_server.asked == 2


async def test_a_rotated_key_is_accepted_after_one_refetch(keys, key_server, clock):
    key_server.keys = {"second": NEW_KEY}
    clock.seconds += KEYS_MIN_AGE
    found = await asyncio.gather(*(keys.get("second") for _ in range(20)))

    assert all(key.public_key.public_numbers() == NEW_KEY.public_key().public_numbers() for key in found)
    assert key_server.asked == 2


async def test_a_key_that_was_withdrawn_is_no_longer_trusted_once_that_is_known(keys, key_server, clock):
    key_server.keys = {"second": NEW_KEY}
    clock.seconds += KEYS_MIN_AGE
    await keys.get("second")
    assert await keys.get("first") is None


async def test_a_thousand_unknown_keys_cause_one_refetch_a_minute(keys, key_server, clock):
    clock.seconds += KEYS_MIN_AGE
    for minute in range(3):
        found = await asyncio.gather(*(keys.get(f"unknown {n}") for n in range(1000)))
        assert found == [None] * 1000
        assert key_server.asked == 2 + minute
        clock.seconds += KEYS_MIN_AGE - 0.1
        assert await keys.get("unknown still") is None
        assert key_server.asked == 2 + minute
        clock.seconds += 0.1


async def test_unknown_keys_over_http_cause_one_fetch_and_no_delay_for_the_known_one(
    registered, key_server, connector
):
    url = connector.service_url
    for n in range(100):
        forged = bearer(url, key=NEW_KEY, headers={"kid": f"unknown {n}"})
        assert (await registered.post(said(url, "hej"), headers=forged)).status == 401
    assert (await registered.post(said(url, "hej"), headers=bearer(url))).status == 200
    assert key_server.asked == 1


GARBAGE = {
    "no JSON": {"metadata": b"<html>"},
    "a list": {"metadata": []},
    "no address": {"metadata": {}},
    "address is a number": {"metadata": {"jwks_uri": 5}},
    "address of another kind": {"metadata": {"jwks_uri": "file:///etc/passwd"}},
    "address without a host": {"metadata": {"jwks_uri": "http:///keys"}},
    "address nobody can read": {"metadata": {"jwks_uri": "http://[::1"}},
    "nobody at the address": {"metadata": {"jwks_uri": "http://127.0.0.1:9/keys"}},
    "an error": {"status": 500},
    "a redirect": {"status": 302},
    "keys no JSON": {"published": b"\xff\xfe"},
    "keys without end": {"published": b"[" * 50_000},
    "keys not compressed as they say": {"published": b"{}", "headers": {"Content-Encoding": "gzip"}},
    "keys too long": {"published": b" " * (2 * 1024 * 1024)},
    "no keys": {"published": {"keys": []}},
    "keys are a word": {"published": {"keys": "first"}},
    "keys of no use": {"published": {"keys": [5, {"kid": "first"}, {"kid": "first", "kty": "EC"}]}},
    "a damaged key": {"published": {"keys": [{"kid": "first", "kty": "RSA", "n": "!", "e": "AQAB"}]}},
    "slow": {"delay": 5.0},
}


@pytest.mark.parametrize("trouble", GARBAGE.values(), ids=GARBAGE)
async def test_old_keys_work_on_while_the_key_server_is_in_trouble(keys, key_server, clock, logged, trouble):
    for name, value in trouble.items():
        setattr(key_server, name, value)
    clock.seconds += KEYS_MAX_AGE
    before = time.monotonic()
    assert await keys.get("first") is not None
    assert time.monotonic() - before < 0.2, "a known key waits for nobody"
    assert await keys.get("unknown") is None
    assert time.monotonic() - before < 1.0, "an unknown key waits for the time-out at most"
    assert await keys.get("first") is not None
    assert [line["event"] for line in logged] == ["signing_keys_unavailable"]


async def test_old_keys_are_asked_for_again_a_minute_after_a_failure(keys, key_server, clock):
    key_server.status = 500
    clock.seconds += KEYS_MAX_AGE
    await keys.get("first")
    await settled()
    key_server.status = 200
    key_server.keys = {"first": KEY, "second": NEW_KEY}
    clock.seconds += KEYS_MIN_AGE - 1
    await keys.get("first")
    await settled()
    assert key_server.asked == 2
    clock.seconds += 1
    await keys.get("first")
    await settled()
    assert key_server.asked == 3


async def test_one_damaged_key_costs_none_of_the_others(http, key_server):
    good = key_server.published_key("first")
    private = good | {"kid": "private", "d": "AQAB"}
    key_server.published = {"keys": [{"kid": "bad", "kty": "RSA", "n": 5}, private, good | {"kid": 1}, good]}
    keys = SigningKeys(http, url=key_server.url)
    assert await keys.get("first") is not None
    assert [await keys.get(kid) for kid in ("bad", "private", "1")] == [None, None, None]


async def test_a_key_server_that_is_away_from_the_start_means_unauthorized_and_is_logged(
    start, key_server, entra, connector, logged
):
    key_server.status = 503
    bot = await start(credentials=REGISTERED, surroundings=surroundings(key_server, entra))
    url = connector.service_url
    assert (await bot.post(said(url, "hej"), headers=bearer(url))).status == 401
    assert "signing_keys_unavailable" in str(logged)


async def test_a_slow_key_server_does_not_hold_others_up(start, key_server: KeyServer, entra, connector):
    """The loop turns on, and a request that is refused at once is refused at once."""
    key_server.delay = 0.6
    bot = await start(credentials=REGISTERED, surroundings=surroundings(key_server, entra))
    url = connector.service_url
    waiting = asyncio.create_task(bot.post(said(url, "hej"), headers=bearer(url)))
    await asyncio.sleep(0.05)
    before = time.monotonic()
    assert (await bot.post(said(url, "hej"))).status == 401
    assert time.monotonic() - before < 0.3
    assert (await waiting).status == 200


async def test_closing_while_keys_are_fetched_ends_the_fetch(http, key_server):
    key_server.delay = 5.0
    keys = SigningKeys(http, url=key_server.url)
    waiting = asyncio.create_task(keys.get("first"))
    await asyncio.sleep(0.05)
    before = time.monotonic()
    await keys.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert time.monotonic() - before < 1.0
