"""What is sent and read is what the SDK's own serialiser would send and read, without its cost."""

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest
from botbuilder.schema import (
    Activity,
    ActivityTypes,
    Attachment,
    ChannelAccount,
    ConversationAccount,
    ConversationParameters,
    Mention,
)
from hypothesis import given
from hypothesis import strategies as st

from dialogs.wire import activity_of, body_of
from tests.fake_connector import said

CARD = {"type": "AdaptiveCard", "body": [{"text": "36,7 % – æøå »ja«", "wrap": True, "weight": None}], "n": 2}

MESSAGE = Activity(
    type=ActivityTypes.message,
    from_property=ChannelAccount(id="28:bot", name="Bplan", aad_object_id="a"),
    recipient=ChannelAccount(id="29:anna"),
    conversation=ConversationAccount(id="a:1", is_group=False, conversation_type="personal", tenant_id="t"),
    summary="Mål 6.2",
    reply_to_id="1",
    input_hint="acceptingInput",
    attachments=[Attachment(content_type="application/vnd.microsoft.card.adaptive", content=CARD)],
    channel_data={"notification": {"alert": True}},
)


def sent(model: Any) -> Any:
    return json.loads(body_of(model))


@pytest.mark.parametrize(
    "model",
    [
        MESSAGE,
        Activity(type="message", text="", attachments=[], entities=[Mention(type="mention", text="x")]),
        Activity(type="trace", value={"a": [1, {"b": None}]}, value_type="x", name="n"),
        Activity().deserialize(said("http://127.0.0.1/", "mål 6.2")),
        ConversationParameters(
            is_group=False,
            bot=ChannelAccount(id="28:bot"),
            members=[ChannelAccount(id="anna")],
            activity=MESSAGE,
            channel_data={"tenant": {"id": "t"}},
        ),
    ],
    ids=["message", "empty", "trace", "received", "conversation"],
)
def test_the_fields_of_a_model_are_those_that_the_sdk_would_send(model):
    ours, theirs = sent(model), model.serialize()

    for moment in ("timestamp", "localTimestamp"):  # written in another way, as the next test tells
        assert (moment in ours) == (moment in theirs)
        ours.pop(moment, None)
        theirs.pop(moment, None)
    assert ours == theirs


def test_a_moment_goes_as_the_same_moment_in_iso_8601():
    moment = datetime(2025, 6, 2, 12, 0, 30, tzinfo=UTC)

    written = sent(Activity(type="message", timestamp=moment))["timestamp"]

    assert datetime.fromisoformat(written) == moment


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
)


@given(st.dictionaries(st.text(max_size=6), JSON, max_size=4))
def test_a_card_goes_exactly_as_it_was_made(card):
    attachment = Attachment(content_type="card", content=card)

    assert sent(Activity(type="message", attachments=[attachment]))["attachments"][0]["content"] == card


def test_a_card_that_is_no_json_is_not_sent():
    with pytest.raises(ValueError, match="serialize"):
        body_of(Activity(type="message", attachments=[Attachment(content_type="card", content=object())]))


FULL = said("http://127.0.0.1/", "mål 6.2") | {
    "timestamp": "2026-11-21T09:00:00.000Z",
    "localTimestamp": "2026-11-21T10:00:00.000+01:00",
    "entities": [
        {"type": "mention", "text": "<at>Bplan</at>", "mentioned": {"id": "28:bot", "name": "Bplan"}},
        {"type": "clientInfo", "locale": "da-DK", "country": None},
    ],
    "attachments": [{"contentType": "text/html", "content": "<p>mål 6.2</p>"}],
    "membersAdded": [{"id": "28:bot"}, {"id": "29:anna", "aadObjectId": "a", "email": "b"}],
    "value": {"action": {"data": {"ask": "overblik", "n": [1, None, True]}}},
    "suggestedActions": {"to": ["a"], "actions": [{"type": "imBack", "title": "x", "value": "y"}]},
    "somethingNew": {"a": 1},
    "replyToId": None,
}


def read_by(reader: Callable[[dict[str, Any]], Any], found: dict[str, Any]) -> Any:
    """The activity with all it holds, or that it cannot be read."""
    try:
        return reader(deepcopy(found))
    except Exception:
        return "unreadable"


def test_a_full_activity_is_read_as_the_sdk_reads_it():
    ours = activity_of(FULL)

    assert ours == Activity().deserialize(FULL)
    assert ours.from_property.aad_object_id == FULL["from"]["aadObjectId"]
    assert ours.entities[0].additional_properties["mentioned"]["id"] == "28:bot"
    assert ours.additional_properties == {"somethingNew": {"a": 1}}


@given(st.sampled_from(sorted(FULL)), JSON)
def test_an_activity_with_anything_in_a_field_is_read_or_refused_as_the_sdk_does(name, anything):
    found = FULL | {name: anything}

    assert read_by(activity_of, found) == read_by(Activity().deserialize, found)


@given(st.sampled_from(["from", "conversation", "recipient"]), st.text(max_size=6), JSON)
def test_so_is_one_with_anything_deeper_down(name, key, anything):
    found = FULL | {name: {**FULL[name], key: anything, "name": anything}}

    assert read_by(activity_of, found) == read_by(Activity().deserialize, found)
