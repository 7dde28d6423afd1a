"""What is read of a round that somebody asks to open."""

from datetime import date

import pytest

from bplan_bot.deadlines import Wanted
from bplan_bot.errors import Refused
from bplan_bot.understand.question import Question, Topic
from bplan_bot.understand.round_wish import read_wish
from bplan_bot.understand.understand import understand
from tests.norddjurs import package

MAY = date(2025, 5, 14)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("åbn runden for 2. halvår med udvalg 14.05.2025", Wanted(half=2, committee_on=MAY)),
        ("åbn runden for 2 halvår den 14/5-2025", Wanted(half=2, committee_on=MAY)),
        ("åbn runden for andet halvår, udvalg 14. maj 2025", Wanted(half=2, committee_on=MAY)),
        ("ÅBN RUNDEN FOR FØRSTE HALVÅR, 2025-05-14", Wanted(half=1, committee_on=MAY)),
        ("aabn runden for 1. halvaar 14.5.2025", Wanted(half=1, committee_on=MAY)),
        ("open the round for half 2 with committee 2025-05-14", Wanted(half=2, committee_on=MAY)),
        (
            "åbn runden for 2. halvår med udvalg 14.05.2025, dagsorden 07.05.2025 og tal senest 23.04.2025",
            Wanted(half=2, committee_on=MAY, agenda_on=date(2025, 5, 7), figures_by=date(2025, 4, 23)),
        ),
        (
            "åbn runden for 2. halvår: frist 23.04.2025, udvalgsmøde 14.05.2025",
            Wanted(half=2, committee_on=MAY, figures_by=date(2025, 4, 23)),
        ),
        ("åbn runden for 3. halvår med udvalg 14.05.2025", Wanted(half=3, committee_on=MAY)),
    ],
)
def test_the_half_and_the_dates_are_read_by_the_words_before_them(said: str, wanted: Wanted) -> None:
    assert read_wish(said) == wanted


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("åbn runden", "round.no_half"),
        ("åbn runden med udvalg 14.05.2025", "round.no_half"),
        ("åbn runden for 2. halvår", "round.no_committee"),
        ("åbn runden for 2. halvår med udvalg 14.05.", "round.no_committee"),
        ("åbn runden for 2. halvår med frist 14.05.2025", "round.no_committee"),
        ("åbn runden for 2. halvår med udvalg 31.02.2025", "command.not_a_date"),
    ],
)
def test_what_is_lacking_or_no_date_is_said(said: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        read_wish(said)

    assert refused.value.said.id == says


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("åbn runden for 2. halvår med udvalg 14.05.2025", Topic.ROUND_OPEN),
        ("Vil du åbne en ny runde for 2. halvår med udvalgsmøde den 14. maj 2025?", Topic.ROUND_OPEN),
        ("åbn runden", Topic.ROUND_OPEN),
        ("start runden for 1. halvår", Topic.ROUND_OPEN),
        ("luk runden", Topic.ROUND_CLOSE),
        ("kan du lukke runden", Topic.ROUND_CLOSE),
        ("vis runden", Topic.ROUND),
        ("runden", Topic.ROUND),
        ("hvordan går det med runden", Topic.ROUND),
        ("hvem mangler?", Topic.ROUND),
        ("hvem mangler at indberette?", Topic.ROUND),
        ("hvornår er fristen for tal?", Topic.ROUND),
        ("hvordan går det", Topic.OVERVIEW),
        ("hvordan går det med mål 6.2", Topic.STATUS),
        ("hvad mangler vi at nå", Topic.LIST),
    ],
)
def test_words_about_a_round_mean_the_round_and_others_what_they_meant(said: str, topic: Topic) -> None:
    question = understand(said, package().plan)

    assert isinstance(question, Question)
    assert question.topic is topic
