"""Settings are read from the environment, and refused where they cannot hold."""

from datetime import date

import pytest
from pydantic import ValidationError

from bplan_bot.deadlines import Lead
from bplan_bot.settings import NO_OBJECT_ID, Settings
from bplan_bot.working_days import WorkingDays


def test_the_settings_of_rounds_have_the_municipality_s_habits_as_defaults() -> None:
    assert Settings().lead == Lead()


def test_the_calendar_of_rounds_is_read_from_the_settings() -> None:
    found = Settings.model_validate(
        {
            "BPLAN_AGENDA_DAYS": "5",
            "BPLAN_FIGURES_DAYS": "8",
            "BPLAN_FIRST_REMINDER_DAYS": "12",
            "BPLAN_SECOND_REMINDER_DAYS": "4",
            "BPLAN_MISSING_DAYS": "1",
            "BPLAN_SATURDAYS": "true",
            "BPLAN_CLOSING_DAYS": "2025-05-30, 2025-05-02",
        }
    ).lead

    closed = frozenset({date(2025, 5, 30), date(2025, 5, 2)})
    calendar = WorkingDays(saturdays=True, closed=closed)
    assert found == Lead(agenda=5, figures=8, first=12, second=4, missing=1, working=calendar)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"BPLAN_CLOSING_DAYS": "30.05.2025"}, "BPLAN_CLOSING_DAYS"),
        ({"BPLAN_AGENDA_DAYS": "-1"}, "BPLAN_AGENDA_DAYS"),
        ({"BPLAN_FIRST_REMINDER_DAYS": "soon"}, "BPLAN_FIRST_REMINDER_DAYS"),
    ],
)
def test_a_calendar_that_cannot_hold_is_refused(given: dict[str, str], wrong: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate(given)

    assert refused.value.errors()[0]["loc"][0] == wrong


PERSON = "aaaaaaaa-0000-0000-0000-00000000000c"


@pytest.mark.parametrize("written", ["", PERSON])
def test_the_administrator_is_an_object_id_or_nobody(written: str) -> None:
    assert Settings.model_validate({"BPLAN_ADMINISTRATOR": written}).administrator == written


def test_the_administrator_s_id_is_taken_in_small_letters() -> None:
    assert Settings.model_validate({"BPLAN_ADMINISTRATOR": PERSON.upper()}).administrator == PERSON


@pytest.mark.parametrize("local", [True, False])
@pytest.mark.parametrize(
    "written", ["anna", "anna@example.dk", f"{PERSON} {PERSON}", PERSON[:-1], f"{{{PERSON}}}"]
)
def test_an_administrator_nobody_can_be_is_refused(written: str, local: bool) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate({"BPLAN_ADMINISTRATOR": written, "MicrosoftAppId": "" if local else "an-id"})

    assert refused.value.errors()[0]["loc"][0] == "BPLAN_ADMINISTRATOR"
    assert refused.value.errors()[0]["type"] == NO_OBJECT_ID
