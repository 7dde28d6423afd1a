"""Whatever fails, the logs hold no message text, no token, no secret and no CPR number."""

import logging
from typing import Any

import pytest
import structlog

from dialogs.rate_limit import RateLimit
from dialogs.server_log import keep_quotations_out
from tests.dialogs.fake_microsoft import NEW_KEY, REGISTERED, SECRET, bearer, surroundings, token
from tests.fake_connector import TENANT_ID, invoke, pressed, said

CPR = "010203-1234"
TEXT = f"fortroligt-ord om {CPR}"
BODY_PARTS = ("fortroligt", CPR, SECRET, "outbound.token", "eyJ", "Bearer")


@pytest.fixture
def everything_logged(caplog, capfd):
    """All that is written anywhere: structlog at its most talkative, the standard log, stdout and stderr."""
    caplog.set_level(logging.DEBUG)
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG))
    keep_quotations_out()

    def written() -> str:
        printed = capfd.readouterr()
        records = [record for record in caplog.records if not record.name.startswith("asyncio")]
        formatted = [logging.Formatter().format(record) for record in records]
        return "\n".join([printed.out, printed.err, *formatted])

    yield written
    structlog.configure(**before)


async def sent(bot: Any, body: Any, headers: dict[str, str], **other: Any) -> None:
    await bot.post(body, headers=headers, **other)


@pytest.fixture
async def bot(start, key_server, entra):
    return await start(
        credentials=REGISTERED,
        surroundings=surroundings(key_server, entra),
        tenants=(TENANT_ID,),
        rate_limit=RateLimit(3),
    )


def failing(_: Any) -> Any:
    raise RuntimeError("the database is away")


async def refused_tokens(bot, url):
    for wrong in (
        {"exp": 1_600_000_000},
        {"aud": "another"},
        {"key": NEW_KEY},
        {"headers": {"kid": CPR}},
        {"serviceurl": f"https://{CPR}.example/"},
    ):
        await sent(bot, said(url, TEXT), bearer(url, **wrong))
    for header in (
        f"Bearer {SECRET}",
        f"Bearer {CPR}.{SECRET}.x",
        f"Basic {SECRET}",
        "Bearer " + "eyJ" * 5000,
    ):
        await sent(bot, said(url, TEXT), {"Authorization": header})


async def refused_activities(bot, url):
    right = bearer(url)
    await sent(bot, said(url, TEXT, channelId=TEXT), right)
    await sent(bot, said(url, TEXT, channelData={"tenant": {"id": TEXT}}), right)
    await sent(bot, said(url, TEXT, serviceUrl=f"https://{CPR}.example/"), right)
    await sent(bot, said(url, TEXT) | {"from": TEXT}, right)
    await sent(bot, said(url, TEXT) | {"timestamp": TEXT}, right)


async def broken_bodies(bot, url):
    for body in (TEXT.encode(), f'{{"text": "{TEXT}"'.encode(), f'["{TEXT}"]'.encode(), b"x" * 300_000):
        headers = bearer(url) | {"Content-Type": "application/json"}
        await bot.client.post("/api/messages", data=body, headers=headers)
    headers = bearer(url) | {"Content-Type": f"text/{CPR}"}
    await bot.client.post("/api/messages", data=TEXT.encode(), headers=headers)
    headers = bearer(url) | {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    headers |= {"Connection": "close"}
    await bot.client.post("/api/messages", data=TEXT.encode(), headers=headers)


async def answers_that_fail(bot, url):
    bot.answers = failing
    await sent(bot, said(url, TEXT), bearer(url))
    await sent(bot, pressed(url, {"note": TEXT}), bearer(url))
    await sent(bot, invoke(url, TEXT), bearer(url))


async def answers_that_cannot_be_sent(bot, url, connector):
    for status in (400, 401, 403, 413, 429, 500):
        connector.answer_with(status=status, body={"error": {"code": "Bad", "message": TEXT}})
        await sent(bot, pressed(url, {"note": TEXT}), bearer(url))
    connector.answer_with()


async def tokens_that_are_not_given(bot, url, entra):
    entra.refuse(7000215)
    entra.answer["error_description"] += f" {SECRET} {TEXT}"
    await sent(bot, pressed(url, {"note": TEXT}), bearer(url))
    entra.status, entra.answer = 200, None


async def too_many_messages(bot, url):
    for _ in range(8):
        await sent(bot, said(url, TEXT), bearer(url))


async def test_no_failure_puts_what_people_wrote_or_what_is_secret_in_the_logs(
    bot, entra, key_server, connector, everything_logged
):
    url = connector.service_url
    # The keys' server answers with what a stranger might plant there.
    key_server.published = {"keys": [key_server.published_key("first"), {"kid": CPR, "kty": TEXT}]}
    await tokens_that_are_not_given(bot, url, entra)
    await refused_tokens(bot, url)
    await refused_activities(bot, url)
    await broken_bodies(bot, url)
    await answers_that_cannot_be_sent(bot, url, connector)
    await answers_that_fail(bot, url)
    await too_many_messages(bot, url)

    written = everything_logged()
    expected = ["token_not_given", "InvalidAudienceError", "request_refused", "tenant_refused"]
    expected += ["answer_failed", "reply_not_sent", "rate_limit_reached"]
    assert [event for event in expected if event not in written] == []
    assert [part for part in BODY_PARTS if part in written] == []
    assert token(url)[:40] not in written


async def test_a_request_the_server_cannot_read_is_logged_without_its_words(
    bot, connector, everything_logged
):
    await sent(bot, said(connector.service_url, "hej"), {})
    # The second on a connection: of the first, aiohttp says nothing by itself.
    await sent(bot, said(connector.service_url, TEXT), {"Authorization": f"Bearer {SECRET}" * 1000})

    written = everything_logged()
    assert "LineTooLong" in written
    assert SECRET not in written


def test_what_the_server_could_not_answer_is_logged_with_where_it_happened():
    keep_quotations_out()
    keep_quotations_out()
    server = logging.getLogger("aiohttp.server")
    try:
        int(TEXT)
    except ValueError as problem:
        found = (type(problem), problem, problem.__traceback__)
        record = server.makeRecord(server.name, logging.ERROR, "f", 1, "Error from %s", (TEXT,), found)
    assert server.filter(record)
    written = logging.Formatter().format(record)
    assert "ValueError" in written
    assert "int(TEXT)" in written, "the line of the program, not what it read"
    assert TEXT not in written
