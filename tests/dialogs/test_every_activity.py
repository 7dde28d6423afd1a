"""Whatever Teams sends is answered politely: each kind of activity and invoke, whole, bare and misshapen."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.incoming import Event
from dialogs.invokes import FEEDBACK, POLITE, PRESSED
from tests.fake_connector import BOT_ID, USER_ID, FakeConnector, invoke, said, teams_activity

FILE = {"contentType": "application/vnd.microsoft.teams.file.download.info", "name": "tal.xlsx"}
EDITED = {"eventType": "editMessage"}

EVERY_ACTIVITY: dict[str, tuple[str, dict[str, Any], list[Event]]] = {
    "words": ("message", {"text": "mål 6.2"}, [Event.MESSAGE]),
    "no words": ("message", {}, [Event.MESSAGE]),
    "a file": ("message", {"attachments": [FILE]}, [Event.MESSAGE]),
    "words and a file": ("message", {"text": "mål 6.2", "attachments": [FILE]}, [Event.MESSAGE]),
    "a button's value": ("message", {"value": {"ask": "mål 6.2"}}, [Event.BUTTON]),
    "a value that is none": ("message", {"value": "6.2"}, [Event.MESSAGE]),
    "edited": ("messageUpdate", {"text": "mål 6.3", "channelData": EDITED}, [Event.MESSAGE]),
    "deletion undone": ("messageUpdate", {"text": "x", "channelData": {"eventType": "undeleteMessage"}}, []),
    "updated, nobody says how": ("messageUpdate", {"text": "x", "channelData": None}, []),
    "deleted": ("messageDelete", {"channelData": {"eventType": "softDeleteMessage"}}, []),
    "liked": ("messageReaction", {"reactionsAdded": [{"type": "like"}], "replyToId": "1"}, []),
    "like taken back": ("messageReaction", {"reactionsRemoved": [{"type": "like"}]}, []),
    "somebody came": ("conversationUpdate", {"membersAdded": [{"id": USER_ID}]}, []),
    "the bot came": ("conversationUpdate", {"membersAdded": [{"id": BOT_ID}]}, [Event.WELCOME]),
    "the bot went": ("conversationUpdate", {"membersRemoved": [{"id": BOT_ID}]}, [Event.DEPARTED]),
    "channel renamed": ("conversationUpdate", {"channelData": {"eventType": "channelRenamed"}}, []),
    "team deleted": ("conversationUpdate", {"channelData": {"eventType": "teamDeleted"}}, []),
    "installed": ("installationUpdate", {"action": "add"}, [Event.WELCOME]),
    "upgraded": ("installationUpdate", {"action": "add-upgrade"}, []),
    "uninstalled": ("installationUpdate", {"action": "remove"}, [Event.DEPARTED]),
    "uninstalled for an upgrade": ("installationUpdate", {"action": "remove-upgrade"}, []),
    "installation without an action": ("installationUpdate", {}, []),
    "typing": ("typing", {}, []),
    "event": ("event", {"name": "application/vnd.microsoft.readReceipt", "value": {}}, []),
    "meeting": ("event", {"name": "application/vnd.microsoft.meetingStart", "value": {}}, []),
    "token": ("event", {"name": "tokens/response", "value": {"token": "x"}}, []),
    "end": ("endOfConversation", {"code": "completedSuccessfully"}, []),
    "trace": ("trace", {}, []),
    "handoff": ("handoff", {}, []),
    "command": ("command", {"name": "x"}, []),
    "command result": ("commandResult", {"name": "x"}, []),
    "suggestion": ("suggestion", {"text": "x"}, []),
    "contact": ("contactRelationUpdate", {"action": "add"}, []),
    "delete user data": ("deleteUserData", {}, []),
    "delay": ("delay", {}, []),
    "an invoke's own answer": ("invokeResponse", {"value": {}}, []),
    "something new": ("somethingNew", {"text": "hej"}, []),
}


@pytest.mark.parametrize("case", EVERY_ACTIVITY)
async def test_every_activity_reaches_the_dialogs_or_is_left_alone(bot, connector, case):
    kind, fields, heard = EVERY_ACTIVITY[case]
    response = await bot.post(teams_activity(connector.service_url, type=kind, **fields))

    assert response.status == 200
    assert [incoming.event for incoming in bot.heard] == heard
    answered = [event for event in heard if event is not Event.DEPARTED]
    # A departure is answered by this bot of a test; the real one says nothing to it, and it is not sent.
    assert len(connector.cards) == len(answered)


TASK = {"type": "message", "value": "Det kan Bplan-bot ikke. Skriv dit spørgsmål i chatten i stedet."}
NO_RESULTS = {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": []}}

SHAPES: dict[str, dict[str, Any]] = {
    "application/search": {
        "statusCode": 200,
        "type": "application/vnd.microsoft.search.searchResponse",
        "value": {"results": []},
    },
    "actionableMessage/executeAction": {},
    "composeExtension/anonymousQueryLink": NO_RESULTS,
    "composeExtension/fetchTask": {"task": TASK},
    "composeExtension/onCardButtonClicked": {},
    "composeExtension/query": NO_RESULTS,
    "composeExtension/queryLink": NO_RESULTS,
    "composeExtension/querySettingUrl": {
        "composeExtension": {"type": "config", "suggestedActions": {"actions": []}}
    },
    "composeExtension/selectItem": NO_RESULTS,
    "composeExtension/submitAction": {"task": TASK},
    "composeExtension/setting": {},
    "config/fetch": {"responseType": "config", "config": TASK},
    "config/submit": {"responseType": "config", "config": TASK},
    "fileConsent/invoke": {},
    "handoff/action": {},
    "message/fetchTask": {"task": TASK},
    "signin/failure": {},
    "signin/tokenExchange": {},
    "signin/verifyState": {},
    "somebody/elses": {},
    "suggestedAction/submit": {},
    "tab/fetch": {"tab": {"type": "continue", "value": {"cards": []}}},
    "tab/submit": {"tab": {"type": "continue", "value": {"cards": []}}},
    "task/fetch": {"task": TASK},
    "task/submit": {"task": TASK},
}
"""What an asker of each name can read, from Microsoft's reference of the Teams invokes."""


def test_every_polite_answer_has_its_shape_here():
    assert set(POLITE) == set(SHAPES) - {"somebody/elses"}


@pytest.mark.parametrize("name", SHAPES)
async def test_an_invoke_without_an_answer_gets_an_empty_one_of_its_own_shape(bot, connector, name):
    response = await bot.post(invoke(connector.service_url, {"a": 1}, name=name))

    assert (response.status, await response.json()) == (200, SHAPES[name])
    assert (bot.heard, connector.received) == ([], [])


ODD: list[Any] = [None, "text", 7, True, [], ["x"], [{}], {}, {"action": "x"}, {"data": {"x": [None]}}]


@pytest.mark.parametrize("value", ODD, ids=str)
@pytest.mark.parametrize("name", [PRESSED, FEEDBACK, *POLITE, "", "somebody/elses"])
async def test_an_invoke_with_any_value_is_answered(bot, connector, name, value):
    response = await bot.post(invoke(connector.service_url, value, name=name))

    assert response.status == 200
    assert isinstance(await response.json(), dict)


@pytest.mark.parametrize("name", [None, 7, [], {"a": 1}], ids=str)
async def test_an_invoke_without_a_proper_name_is_no_server_error(bot, connector, name):
    response = await bot.post(invoke(connector.service_url, {}, name=name))
    assert response.status in (200, 400)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = [
    *("text", "textFormat", "action", "name", "value", "attachments"),
    *("entities", "channelData", "channelId", "membersAdded", "membersRemoved", "reactionsAdded"),
    *("replyToId", "id", "from", "recipient", "conversation", "locale"),
    *("timestamp", "summary", "label", "deliveryMode", "code"),
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(
    kind=st.sampled_from(sorted({kind for kind, _, _ in EVERY_ACTIVITY.values()} | {"invoke"})),
    name=st.sampled_from([PRESSED, FEEDBACK, *POLITE]),
    fields=st.dictionaries(st.sampled_from(FIELDS), anything | st.just([None]), max_size=4),
)
async def test_no_field_of_a_wrong_type_is_a_server_error(bot, connector: FakeConnector, kind, name, fields):
    activity = teams_activity(connector.service_url, type=kind, name=name, action="add") | fields
    response = await bot.post(activity)
    assert response.status < 500


# --- once --------------------------------------------------------------------------------------------------


async def test_a_message_that_teams_delivers_twice_is_answered_once(bot, connector, logged):
    message = said(connector.service_url, "mål 6.2")
    statuses = [(await bot.post(message)).status for _ in range(3)]

    assert statuses == [200, 200, 200]
    assert len(connector.cards) == 1
    assert [line["event"] for line in logged] == ["message_repeated"] * 2


async def test_the_same_id_in_another_conversation_is_another_message(bot, connector):
    for kind in ("personal", "channel"):
        await bot.post(said(connector.service_url, "mål 6.2", kind=kind, id="1"))
    assert len(connector.cards) == 2


async def test_messages_without_an_id_are_all_answered(bot, connector):
    for _ in range(2):
        await bot.post(said(connector.service_url, "mål 6.2", id=None))
    assert len(connector.cards) == 2


async def test_a_message_whose_answer_did_not_get_through_may_be_delivered_again(bot, connector):
    message = said(connector.service_url, "mål 6.2")
    connector.answer_with(status=502)
    await bot.post(message)
    connector.answer_with(status=201)
    await bot.post(message)
    assert len(bot.heard) == 2


@pytest.mark.parametrize(
    ("edits", "answered"),
    [
        (["mål 6.3"], ["mål 6.2", "mål 6.3"]),
        (["mål 6.2"], ["mål 6.2"]),
        (["mål 6.3", "mål 6.3"], ["mål 6.2", "mål 6.3"]),
        (["mål 6.3", "mål 6.4"], ["mål 6.2", "mål 6.3", "mål 6.4"]),
    ],
    ids=["other words", "the same words", "delivered twice", "edited twice"],
)
async def test_an_edited_message_is_answered_once_for_each_wording(bot, connector, edits, answered):
    url = connector.service_url
    await bot.post(said(url, "mål 6.2", id="1"))
    for text in edits:
        await bot.post(said(url, text, id="1", type="messageUpdate", channelData=EDITED))

    assert [incoming.text for incoming in bot.heard] == answered
