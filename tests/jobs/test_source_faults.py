"""Every fault that a source can have has its meaning in words and its line in the log, once, however often it
is met; asked over HTTP of the fakes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bplan_bot.observation import HOME
from bplan_bot.settings import Settings
from bplan_bot.source_news import troubles
from bplan_bot.source_state import FailureKind
from bplan_bot.texts.speaker import Speaker
from db.observations import load_series
from db.plans import save_package
from db.sources import load_states
from jobs.poll import Poll
from jobs.sources.http import SourceHttp
from jobs.sources.jobindsats import Jobindsats
from jobs.sources.statbank import Statbank
from tests.fake_jobindsats import TOKEN, FakeJobindsats, Fault, unprocessable
from tests.fake_statbank import FakeStatbank
from tests.norddjurs import package

NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)
LOOKS = (NOON, NOON + timedelta(hours=1), NOON + timedelta(hours=21), NOON + timedelta(hours=42))
"""Some while the source is left alone, and some at which it is asked again."""

LATER, LOCKED, CHANGED = FailureKind.TRY_LATER, FailureKind.CREDENTIALS, FailureKind.CHANGED_FORMAT
BOTH, HOURS = {"y30r21", "otij01"}, {"otij01"}
HTML = b"<!DOCTYPE html><html><body>Vedligehold</body></html>"
FORBIDDEN = b"You do not have permission to view this directory or page."


def answers(fault: Fault) -> Callable[[FakeJobindsats], None]:
    def set_up(fake: FakeJobindsats) -> None:
        fake.fault = fault

    return set_up


def publishes(**changes: Any) -> Callable[[FakeJobindsats], None]:
    return lambda fake: fake.publish("otij01", **changes)


def empties(fake: FakeJobindsats) -> None:
    fake.tables.clear()


FAULTS = {
    "401": (answers(Fault(401)), BOTH, LOCKED, "HTTP 401"),
    "403 in plain text": (answers(Fault(403, FORBIDDEN)), BOTH, LOCKED, "HTTP 403"),
    "404": (answers(Fault(404, b"{}")), BOTH, CHANGED, "HTTP 404"),
    "429": (answers(Fault(429, headers={"Retry-After": "60"})), BOTH, LATER, "HTTP 429"),
    "500": (answers(Fault(500, HTML)), BOTH, LATER, "HTTP 500"),
    "503": (answers(Fault(503)), BOTH, LATER, "HTTP 503"),
    "time-out": (answers(Fault(200, b"[]", delay=3)), BOTH, LATER, "no answer in time"),
    "cut off": (answers(Fault(0)), BOTH, LATER, "no answer"),
    "truncated JSON": (answers(Fault(200, b'[{"subject_name": "Yd')), BOTH, LATER, ""),
    "HTML instead of JSON": (answers(Fault(200, HTML)), BOTH, CHANGED, ""),
    "a redirect": (answers(Fault(302, headers={"Location": "http://127.0.0.1:1/"})), BOTH, CHANGED, "302"),
    "an empty catalogue": (empties, BOTH, CHANGED, ""),
    "422, unknown hierarchy": (
        answers(unprocessable("Unknown hierarchies: ['_nykom']")),
        BOTH,
        CHANGED,
        "422",
    ),
    "422, unknown period type": (answers(unprocessable("Unknown period type: M")), BOTH, LATER, "period"),
    "422, too many periods": (
        answers(unprocessable("Requested latest:40 for type M, but only 3 periods are available.")),
        BOTH,
        CHANGED,
        "too many periods",
    ),
    "HTML in the place of figures": (answers(Fault(200, HTML, on="/data/otij01")), HOURS, CHANGED, ""),
    "metadata cut off": (answers(Fault(0, on="/table/otij01")), HOURS, LATER, "no answer"),
    "changed labels": (
        publishes(measures=("I alt", "Med ordinære timer", "Andel")),
        HOURS,
        CHANGED,
        "Andel personer med ordinære timer",
    ),
    "no periods": (publishes(periods={"Q": ("2025Q1",)}), HOURS, LATER, ""),
    "text for a number": (publishes(made=lambda *_: ["mange", 1, 2]), HOURS, CHANGED, ""),
    "a share above a hundred": (publishes(made=lambda *_: [10, 5, 250.0]), HOURS, CHANGED, "250"),
}


@pytest.fixture
async def loaded(database):
    async with database.transaction() as session:
        await save_package(session, package(), now=NOON)
    return database


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", FAULTS)
async def test_a_fault_of_jobindsats_has_its_meaning_and_its_line_in_the_log_once(loaded, jobindsats, name):
    set_up, failing, kind, reason = FAULTS[name]
    set_up(jobindsats)
    http = SourceHttp(seconds=0.5)
    source = Jobindsats(http, jobindsats.url, SecretStr(TOKEN))
    poll = Poll(loaded, [source], Settings.model_validate(jobindsats.settings))

    with capture_logs() as logged:
        for at in LOOKS:
            await poll.poll(at)
    await http.close()

    async with loaded.reading() as session:
        states = {table: state for (_, table), state in (await load_states(session)).items()}
        series = await load_series(session, "norddjurs-2024")
    failures = {table: state.failure for table, state in states.items() if state.failure}
    assert set(failures) == failing
    assert {failure.kind for failure in failures.values()} == {kind}
    assert all(reason in failure.reason for failure in failures.values())
    lines = [one for one in logged if one["event"] in ("source_fails", "source_fault")]
    assert sorted(table for one in lines for table in one["tables"]) == sorted(failing)
    assert not any(one.origin for one in series.of("6.10.check", HOME))
    said = " ".join(Speaker("da")(one) for one in troubles(states.values(), zone=UTC))
    assert Speaker("da").say(f"source.failure.{kind}") in said


STATBANK = {
    "a table that is gone": ((400, b'{"errorTypeCode": "EXTRACT-NOTFOUND", "message": "-"}'), CHANGED),
    "500": ((500, HTML), LATER),
    "429": ((429, b""), LATER),
    "HTML instead of JSON": ((200, HTML), CHANGED),
    "truncated JSON": ((200, b'[{"id": "HFU'), LATER),
    "an empty catalogue": ((200, b"[]"), CHANGED),
}


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", STATBANK)
async def test_a_fault_of_statbank_has_its_meaning_and_its_line_in_the_log_once(
    loaded, statbank: FakeStatbank, name
):
    statbank.fault, kind = STATBANK[name]
    http = SourceHttp(seconds=2)
    poll = Poll(loaded, [Statbank(http, statbank.url)], Settings.model_validate(statbank.settings))

    with capture_logs() as logged:
        for at in LOOKS:
            await poll.poll(at)
    await http.close()

    async with loaded.reading() as session:
        (state,) = (await load_states(session)).values()
    assert state.failure is not None
    assert state.failure.kind is kind
    assert [one["kind"] for one in logged if one["event"] == "source_fails"] == [kind]
