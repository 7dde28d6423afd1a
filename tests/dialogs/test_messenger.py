"""Sending unasked: what each answer of Teams means, and how fast is too fast."""

import itertools

import pytest

from bplan_bot.conversation import Conversation, ConversationKind, ConversationState
from bplan_bot.delivery import Delivery, Sent
from dialogs.connector import Conversations, OutboundHttp, SendFailed
from dialogs.messenger import LIMITS, Pace, TeamsMessenger, outcome
from tests.dialogs.conftest import reply
from tests.fake_connector import BOT_ID, PERSONAL_CHAT, TENANT_ID, USER_OBJECT_ID


@pytest.mark.parametrize(
    ("status", "code", "sent", "state"),
    [
        (429, "Throttled", Sent.RETRY, None),
        (412, "PreconditionFailed", Sent.RETRY, None),
        (None, "ClientConnectorError", Sent.RETRY, None),
        (None, "ConnectionTimeoutError", Sent.RETRY, None),
        (None, "ServerDisconnectedError", Sent.UNCERTAIN, None),
        (None, "SocketTimeoutError", Sent.UNCERTAIN, None),
        (None, "TimeoutError", Sent.UNCERTAIN, None),
        (408, "", Sent.UNCERTAIN, None),
        (500, "ServiceError", Sent.UNCERTAIN, None),
        (502, "", Sent.UNCERTAIN, None),
        (504, "", Sent.UNCERTAIN, None),
        (400, "BadArgument", Sent.REFUSED, None),
        (401, "BotNotRegistered", Sent.REFUSED, None),
        (403, "BotNotInConversationRoster", Sent.REFUSED, ConversationState.REMOVED),
        (403, "ForbiddenOperationException", Sent.REFUSED, ConversationState.REMOVED),
        (403, "ConversationBlockedByUser", Sent.REFUSED, ConversationState.BLOCKED),
        (403, "209", Sent.REFUSED, ConversationState.BLOCKED),
        (404, "ConversationNotFound", Sent.REFUSED, ConversationState.GONE),
        (413, "MessageSizeTooBig", Sent.REFUSED, None),
    ],
)
def test_each_answer_of_teams_has_its_outcome(status, code, sent, state):
    found = outcome(SendFailed(status=status, code=code))

    assert (found.sent, found.state) == (sent, state)


def test_the_wait_that_teams_asks_for_is_kept():
    assert outcome(SendFailed(status=429, code="Throttled", retry_after=7.0)).retry_after == 7.0


@pytest.fixture
async def http():
    session = OutboundHttp(through_proxy=False, seconds=2)
    yield session
    await session.close()


@pytest.fixture
def chat(connector):
    return Conversation(
        id=PERSONAL_CHAT,
        kind=ConversationKind.PERSONAL,
        tenant_id=TENANT_ID,
        service_url=connector.service_url,
        bot_id=BOT_ID,
        person=USER_OBJECT_ID,
    )


@pytest.fixture
def messenger(http, chat):
    async def no_token() -> str:
        return ""

    async def connect(service_url: str) -> Conversations:
        return Conversations(service_url=service_url, http=http, token=no_token)

    async def somewhere():
        return chat

    return TeamsMessenger(connect, somewhere=somewhere, clock=itertools.count().__next__)


async def test_a_card_is_sent_with_a_banner_and_its_id_is_told(messenger, chat, connector):
    delivery = await messenger.send(chat, reply("målet faldt"))

    assert delivery == Delivery(sent=Sent.DELIVERED, activity="sent-1")
    (activity,) = connector.activities
    assert activity["summary"] == "målet faldt"
    assert activity["channelData"]["notification"] == {"alert": True}
    assert connector.received[0].conversation_id == PERSONAL_CHAT


async def test_a_sent_card_is_replaced_in_place(messenger, chat, connector):
    delivery = await messenger.update(chat, "sent-1", reply("kvitteret"))

    assert delivery.sent is Sent.DELIVERED
    assert (connector.received[0].method, connector.received[0].activity_id) == ("PUT", "sent-1")


async def test_a_refusal_is_told_and_not_raised(messenger, chat, connector):
    connector.answer_with(status=403, body={"error": {"code": "ConversationBlockedByUser"}})

    assert (await messenger.send(chat, reply("hej"))).state is ConversationState.BLOCKED


async def test_a_send_without_answer_is_uncertain_and_one_that_found_nobody_may_be_repeated(
    messenger, chat, connector
):
    connector.answer_with(delay=5)

    assert (await messenger.send(chat, reply("hej"))).sent is Sent.UNCERTAIN
    nobody = Conversation(
        id=chat.id,
        kind=chat.kind,
        tenant_id=chat.tenant_id,
        service_url="http://127.0.0.1:1/",
        bot_id=chat.bot_id,
    )
    assert (await messenger.send(nobody, reply("hej"))).sent is Sent.RETRY


async def test_a_personal_conversation_is_opened_by_the_directory_id(messenger, connector):
    connector.answer_with(body={"id": "a:new-chat"})
    opened = await messenger.open_personal("somebody")

    assert isinstance(opened, Conversation)
    assert (opened.id, opened.person, opened.tenant_id) == ("a:new-chat", "somebody", TENANT_ID)
    assert connector.received[0].body["members"] == [{"id": "somebody"}]


async def test_opening_is_tried_again_where_its_outcome_is_unknown(messenger, connector):
    connector.answer_with(status=502)
    found = await messenger.open_personal("somebody")

    assert isinstance(found, Delivery)
    assert found.sent is Sent.RETRY


async def test_no_limit_of_teams_is_ever_passed():
    time = 0.0
    sent: list[float] = []

    async def sleep(seconds: float) -> None:
        nonlocal time
        time += seconds

    pace = Pace(LIMITS, lambda: time, sleep)
    for _ in range(200):
        await pace.turn()
        sent.append(time)

    for count, seconds in LIMITS:
        assert all(late - early >= seconds for early, late in zip(sent, sent[count:], strict=False))
    assert sent[6] == 0.0
