"""What a person in Teams sees after writing, pressing and installing: the whole way from HTTP to card."""

import pytest

from tests.fake_connector import BOT_ID, installed, members_added, pressed, said, said_to_bot, submitted


async def test_a_question_about_a_goal_is_answered_with_its_figures(running):
    words = await running.words_after(said(running.service_url, "status for mål 6.2"))

    assert "Ikke nået" in words
    assert "36,7 %" in words
    assert "43,8 %" in words
    assert "7,1 procentpoint" in words


async def test_the_answer_goes_as_one_card_with_a_summary_and_no_text_beside_it(running):
    await running.post(said(running.service_url, "6,2"))

    (activity,) = running.connector.activities
    assert activity.get("text") in (None, "")
    assert activity["summary"].startswith("Mål 6.2 Ikke nået: 36,7 %")
    assert len(activity["attachments"]) == 1


async def test_the_overview_counts_what_the_committee_handled(running):
    words = await running.words_after(said(running.service_url, "overblik"))

    assert "13 af 22 mål er nået" in words
    for count in ("**13** nået", "**6** ikke nået", "**1** bliver næppe nået", "**2** kan ikke opgøres"):
        assert count in words


@pytest.mark.parametrize("kind", ["groupChat", "channel"])
async def test_a_mention_in_a_group_or_channel_is_not_part_of_the_question(running, kind):
    words = await running.words_after(said_to_bot(running.service_url, "status for mål 6.10", kind=kind))

    assert "Mål 6.10" in words
    assert "22,7 %" in words


@pytest.mark.parametrize("press", [pressed, submitted])
async def test_a_button_asks_its_question(running, press):
    words = await running.words_after(press(running.service_url, {"ask": "status for mål 6.6"}))

    assert "Ikke nået endnu (frist 2030)" in words


async def test_a_button_of_an_older_version_gets_a_polite_answer(running):
    words = await running.words_after(pressed(running.service_url, {"something": "else"}))

    assert "Hvad vil du vide?" in words


async def test_installing_greets_once_although_teams_tells_it_twice(running):
    await running.post(installed(running.service_url))
    await running.post(members_added(running.service_url, BOT_ID))

    assert len(running.connector.cards) == 1
    assert "Bplan-bot" in running.connector.activities[0]["summary"]


async def test_a_goal_that_does_not_exist_is_said_not_to_exist(running):
    words = await running.words_after(said(running.service_url, "status for mål 6.14"))

    assert "Mål 6.14 findes ikke" in words


@pytest.mark.parametrize(
    "text", ["", "   ", "😀😀😀", "\u200b", "x" * 10_000, "hvad er der på menuen i kantinen?"]
)
async def test_words_that_are_no_question_get_a_polite_answer(running, text):
    words = await running.words_after(said(running.service_url, text))

    assert "Overblik" in words


async def test_a_file_without_words_is_said_not_to_be_read(running):
    file = {"contentType": "application/vnd.microsoft.teams.file.download.info", "name": "brev.docx"}
    words = await running.words_after(said(running.service_url, "", attachments=[file]))

    assert "Den slags filer læser jeg ikke" in words


async def test_a_cpr_number_is_refused_and_its_message_neither_answered_nor_logged(running, capsys):
    words = await running.words_after(said(running.service_url, "status for mål 6.2 for 010203-1234"))
    seen = capsys.readouterr()

    assert "cpr-nummer" in words
    assert "Slet beskeden" in words
    assert "36,7" not in words
    assert "010203" not in seen.out + seen.err
