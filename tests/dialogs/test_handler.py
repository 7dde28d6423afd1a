"""What a person says or presses reaches the dialogs once, and the answer comes back as one card."""

import pytest

from dialogs.incoming import ConversationKind, Event, Incoming, Reply, SentFile
from tests.fake_connector import (
    BOT_ID,
    BOT_NAME,
    CHANNEL_THREAD,
    PERSONAL_CHAT,
    TENANT_ID,
    USER_ID,
    USER_OBJECT_ID,
    FakeConnector,
    installed,
    invoke,
    members_added,
    members_removed,
    mention,
    pressed,
    said,
    said_to_bot,
    submitted,
    teams_activity,
)

MESSAGE = "application/vnd.microsoft.activity.message"


def failing(incoming: Incoming) -> Reply:
    raise RuntimeError("the database is away")


async def test_a_message_is_answered_with_one_card_and_its_summary(bot, connector: FakeConnector):
    response = await bot.post(said(connector.service_url, "status for mål 6.2"))

    assert response.status == 200
    [sent] = connector.activities
    assert sent["attachments"] == [
        {
            "contentType": "application/vnd.microsoft.card.adaptive",
            "content": {"type": "AdaptiveCard", "body": [{"text": "svar på status for mål 6.2"}]},
        }
    ]
    assert sent["summary"] == "svar på status for mål 6.2"
    assert "text" not in sent


async def test_what_reaches_the_dialogs_names_person_tenant_conversation_and_language(bot, connector):
    await bot.post(said(connector.service_url, "hej", id="1700000000001"))

    assert bot.heard == [
        Incoming(
            event=Event.MESSAGE,
            text="hej",
            kind=ConversationKind.PERSONAL,
            conversation_id=PERSONAL_CHAT,
            user_id=USER_OBJECT_ID,
            tenant_id=TENANT_ID,
            service_url=connector.service_url,
            bot_id=BOT_ID,
            locale="da-DK",
            activity_id="1700000000001",
        )
    ]


async def test_the_tenant_is_found_without_channel_data_too(bot, connector):
    await bot.post(said(connector.service_url, "hej", channelData=None))
    assert bot.heard[0].tenant_id == TENANT_ID


async def test_a_person_without_a_directory_id_goes_by_the_channels_own(bot, connector):
    await bot.post(said(connector.service_url, "hej") | {"from": {"id": USER_ID}})
    assert bot.heard[0].user_id == USER_ID


@pytest.mark.parametrize(
    ("wire", "kind"),
    [
        ("personal", ConversationKind.PERSONAL),
        ("groupChat", ConversationKind.GROUP),
        ("channel", ConversationKind.CHANNEL),
    ],
)
async def test_the_kind_of_conversation_is_told(bot, connector, wire, kind):
    await bot.post(said(connector.service_url, "hej", kind=wire))
    assert bot.heard[0].kind is kind


async def test_a_conversation_that_does_not_say_its_kind_is_personal(bot, connector):
    await bot.post(said(connector.service_url, "hej", conversation={"id": "x"}))
    assert bot.heard[0].kind is ConversationKind.PERSONAL


@pytest.mark.parametrize("conversation", [{"conversationType": "meeting"}, {"isGroup": True}])
async def test_in_a_conversation_of_an_unknown_kind_others_read_along(bot, connector, conversation):
    await bot.post(said(connector.service_url, "hej", conversation={"id": "x"} | conversation))
    assert bot.heard[0].kind is ConversationKind.GROUP


async def test_the_answer_goes_to_the_thread_the_question_came_from(bot, connector):
    await bot.post(said_to_bot(connector.service_url, "mål 6.2", id="1700000000042"))

    [request] = connector.received
    assert (request.method, request.conversation_id, request.activity_id) == (
        "POST",
        CHANNEL_THREAD,
        "1700000000042",
    )
    assert request.body["replyToId"] == "1700000000042"
    assert request.body["conversation"]["id"] == CHANNEL_THREAD


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("<at>Bplan</at> mål 6.2", "mål 6.2"),
        ("<at>Bplan</at>&nbsp;mål&nbsp;6.2", "mål 6.2"),
        ("<at>Bplan</at>\u00a0mål 6.2\n", "mål 6.2"),
        ("mål 6.2, <at>Bplan</at>", "mål 6.2,"),
        ("<at>Bplan</at>, hvordan går det?", "hvordan går det?"),
        ("<at>Bplan</at>", ""),
        ('<at id="0">bplan</at> hjælp', "hjælp"),
        ("<at>Bplan</at> hvem hjælper <at>Anne B</at>?", "hvem hjælper Anne B?"),
        ("<at>Bplan</at> a &lt; b &amp; c", "a < b & c"),
        ("<at>Bplan</at> skriv &lt;at&gt;Bplan&lt;/at&gt;", "skriv <at>Bplan</at>"),
        ("<at>Bplan</at> Bplan for 2024", "Bplan for 2024"),
        ("linje et\n  linje to", "linje et\n linje to"),
    ],
)
async def test_only_the_bots_own_mention_is_taken_out(bot, connector, written, understood):
    entities = [mention(BOT_ID, BOT_NAME), mention(USER_ID, "Anne B")]
    await bot.post(said(connector.service_url, written, kind="groupChat", entities=entities))
    assert bot.heard[0].text == understood


async def test_a_mention_without_its_entity_is_taken_out_all_the_same(bot, connector):
    await bot.post(said(connector.service_url, "<at>Bplan</at> mål 6.2", kind="channel", entities=[]))
    assert bot.heard[0].text == "mål 6.2"


@pytest.mark.parametrize("half", ["<at>", "<at ", "</at>"])
async def test_a_long_row_of_half_mentions_is_read_like_other_words(bot, connector, half):
    """With a pattern that looks for the other half from each of them this test takes minutes."""
    await bot.post(said(connector.service_url, half * 40_000))
    assert bot.heard[0].text == (half * 40_000).strip()


async def test_a_mention_under_another_name_is_known_by_its_id(bot, connector):
    entities = [mention(BOT_ID, "Beskæftigelsesplanen")]
    text = "<at>Beskæftigelsesplanen</at> mål 6.2"
    await bot.post(said(connector.service_url, text, kind="channel", entities=entities))
    assert bot.heard[0].text == "mål 6.2"


async def test_a_message_of_attachments_only_is_heard_with_empty_text(bot, connector):
    picture = {"contentType": "image/png", "contentUrl": "https://example.org/a.png"}
    await bot.post(teams_activity(connector.service_url, attachments=[picture]))
    assert (bot.heard[0].event, bot.heard[0].text) == (Event.MESSAGE, "")
    assert bot.heard[0].files == (SentFile(),)


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "application/vnd.microsoft.card.adaptive", None])
async def test_formatted_words_are_no_file_although_they_come_as_an_attachment(bot, connector, kind):
    copy = {"contentType": kind, "content": "<p>mål 6.2</p>"}
    await bot.post(said(connector.service_url, "mål 6.2", attachments=[copy]))
    assert (bot.heard[0].text, bot.heard[0].files) == ("mål 6.2", ())


async def test_a_submit_from_an_older_client_is_a_pressed_button(bot, connector):
    await bot.post(submitted(connector.service_url, {"goal": "6.2"}))

    assert (bot.heard[0].event, bot.heard[0].value) == (Event.BUTTON, {"goal": "6.2"})
    assert len(connector.cards) == 1


async def test_a_pressed_button_is_answered_without_http_500(bot, connector):
    bot.answers = lambda incoming: Reply(card={"type": "AdaptiveCard"}, wording="facts", summary="Mål 6.2")
    response = await bot.post(pressed(connector.service_url, {"goal": "6.2"}))

    assert response.status == 200
    assert await response.json() == {"statusCode": 200, "type": MESSAGE, "value": "Mål 6.2"}
    assert (bot.heard[0].event, bot.heard[0].value) == (Event.BUTTON, {"goal": "6.2"})


async def test_a_pressed_buttons_card_is_a_message_of_its_own_in_the_same_thread(bot, connector):
    await bot.post(pressed(connector.service_url, {"goal": "6.2"}, kind="channel"))

    [request] = connector.received
    assert (request.method, request.conversation_id) == ("POST", CHANNEL_THREAD)
    assert len(connector.cards) == 1


async def test_a_button_whose_message_does_not_get_through_says_the_facts_itself(bot, connector):
    connector.answer_with(status=502)
    response = await bot.post(pressed(connector.service_url, {}))
    assert await response.json() == {"statusCode": 200, "type": MESSAGE, "value": "svar på  som tekst"}


async def test_a_button_that_carries_nothing_is_a_button(bot, connector):
    await bot.post(invoke(connector.service_url, {"action": {"type": "Action.Execute", "verb": "hjælp"}}))
    assert (bot.heard[0].event, bot.heard[0].value) == (Event.BUTTON, {})


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        [],
        {},
        {"action": "x"},
        {"action": None},
        {"action": {"data": "text"}},
        {"action": {"data": [1]}},
        {"action": {"data": {"x": "y" * 40_000}}},
    ],
    ids=lambda value: str(value)[:30],
)
async def test_a_button_that_cannot_be_read_is_a_bad_request_inside_http_200(bot, connector, value):
    response = await bot.post(invoke(connector.service_url, value))

    assert response.status == 200
    answer = await response.json()
    assert answer["statusCode"] == 400
    assert answer["type"] == "application/vnd.microsoft.error"
    assert (bot.heard, connector.received) == ([], [])


@pytest.mark.parametrize("kind", ["personal", "groupChat", "channel"])
@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0,), (1,)], ids=["both", "turned", "install", "member"])
async def test_an_installation_is_greeted_once_however_it_is_announced(bot, connector, kind, order):
    url = connector.service_url
    events = [installed(url, kind=kind), members_added(url, USER_ID, BOT_ID, kind=kind)]
    for number in order:
        assert (await bot.post(events[number])).status == 200

    assert [heard.event for heard in bot.heard] == [Event.WELCOME]
    assert len(connector.cards) == 1


async def test_every_conversation_gets_its_own_welcome(bot, connector):
    await bot.post(installed(connector.service_url, kind="personal"))
    await bot.post(installed(connector.service_url, kind="channel"))
    assert len(connector.cards) == 2


@pytest.mark.parametrize("removal", ["installation", "member"])
async def test_a_bot_that_was_removed_greets_again_when_it_comes_back(bot, connector, removal):
    url = connector.service_url
    gone = installed(url, action="remove") if removal == "installation" else members_removed(url, BOT_ID)
    for event in (installed(url), gone, members_added(url, BOT_ID)):
        await bot.post(event)
    assert len(connector.cards) == 2


async def test_a_welcome_that_did_not_get_through_is_tried_again_by_the_second_event(bot, connector):
    connector.answer_with(status=502)
    await bot.post(installed(connector.service_url))
    connector.answer_with(status=201)
    await bot.post(members_added(connector.service_url, BOT_ID))
    assert len(bot.heard) == 2


async def test_people_who_join_are_not_greeted(bot, connector):
    await bot.post(members_added(connector.service_url, USER_ID, kind="groupChat"))
    await bot.post(installed(connector.service_url, action="add-upgrade"))
    assert (bot.heard, connector.received) == ([], [])


async def test_an_answer_that_fails_is_an_apology_with_the_id_that_is_logged(bot, connector, logged):
    bot.answers = failing
    response = await bot.post(said(connector.service_url, "noget hemmeligt"))

    assert response.status == 200
    [sent] = connector.activities
    word, error_id, locale = sent["summary"].split()
    assert (word, locale, len(error_id)) == ("undskyld", "da-DK", 8)
    assert error_id in str(logged)
    assert "noget hemmeligt" not in str(logged)


async def test_a_button_whose_answer_fails_gets_the_apology_too(bot, connector):
    bot.answers = failing
    response = await bot.post(pressed(connector.service_url, {}))
    assert (await response.json())["statusCode"] == 200
    assert connector.activities[0]["summary"].startswith("undskyld ")


@pytest.mark.parametrize("status", [400, 403, 404, 413, 429, 500, 502, 307])
async def test_an_answer_that_cannot_be_sent_is_logged_and_tried_once(bot, connector, logged, status):
    connector.answer_with(status=status, body={"error": {"code": "SomeCode", "message": "x"}})
    response = await bot.post(said(connector.service_url, "noget hemmeligt"))

    assert response.status == 200
    assert len(connector.received) == 1
    assert "reply_not_sent" in str(logged)
    assert "SomeCode" in str(logged)
    assert "noget hemmeligt" not in str(logged)


async def test_a_connector_that_hangs_does_not_hold_the_turn(start, connector, logged):
    bot = await start(send_seconds=0.1)
    connector.answer_with(delay=0.5)
    assert (await bot.post(said(connector.service_url, "hej"))).status == 200
    assert "reply_not_sent" in str(logged)


async def test_a_connector_that_is_not_there_does_not_become_a_500(bot):
    assert (await bot.post(said("http://127.0.0.1:9/", "hej"))).status == 200


async def test_the_answer_is_finished_before_anything_is_sent(bot, connector):
    sent_when_answering = []

    def answer(incoming: Incoming) -> Reply:
        sent_when_answering.append(len(connector.received))
        return Reply(card={}, wording="", summary="")

    bot.answers = answer
    await bot.post(said(connector.service_url, "hej"))
    assert (sent_when_answering, len(connector.received)) == ([0], 1)


async def test_ids_of_any_shape_stay_inside_their_part_of_the_address(bot, connector):
    odd = "../a b/å?x=1#;messageid=1@thread"
    await bot.post(said(connector.service_url, "hej", id=odd, conversation={"id": odd}))
    [request] = connector.received
    assert (request.conversation_id, request.activity_id) == (odd, odd)


async def test_expected_replies_come_back_in_the_answer_itself(bot, connector):
    activity = said(connector.service_url, "mål 6.2", deliveryMode="expectReplies")
    response = await bot.post(activity)

    assert response.status == 200
    [sent] = (await response.json())["activities"]
    assert sent["summary"] == "svar på mål 6.2"
    assert sent["attachments"][0]["content"]["body"] == [{"text": "svar på mål 6.2"}]
    assert connector.received == []


async def test_a_button_with_expected_replies_gives_card_and_outcome_in_the_answer(bot, connector):
    activity = pressed(connector.service_url, {"goal": "6.2"}, deliveryMode="expectReplies")
    response = await bot.post(activity)

    card, outcome = (await response.json())["activities"]
    assert card["attachments"][0]["content"]["type"] == "AdaptiveCard"
    assert (outcome["type"], outcome["value"]["body"]["statusCode"]) == ("invokeResponse", 200)
