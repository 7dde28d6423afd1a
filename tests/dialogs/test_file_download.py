"""A sent file is fetched from Microsoft's own hosts only, within limits, and its address is never told."""

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bplan_bot.errors import Refused
from dialogs.file_download import TeamsFiles
from dialogs.teams_hosts import FileHosts
from tests.fake_teams_files import TOKEN, FakeTeamsFiles


@pytest.fixture
async def drive():
    async with FakeTeamsFiles() as fake:
        yield fake


async def refusal(address: str, **how) -> Refused:
    """Why a file was not fetched, after a look at who was told where it is."""
    with capture_logs() as logged, pytest.raises(Refused) as refused:
        await TeamsFiles(**{"local": True, **how}).fetch(address)
    assert TOKEN not in str(logged) + str(refused.value)
    assert refused.value.__cause__ is None
    assert [one["event"] for one in logged] == ["file_not_fetched"]
    return refused.value


async def test_a_file_is_fetched_by_the_very_address_that_was_given(drive):
    drive.put("tal.csv", b"tal")

    assert await TeamsFiles(local=True).fetch(drive.address("tal.csv")) == b"tal"
    [(_, headers)] = drive.asked
    assert not {"Authorization", "Cookie"} & headers.keys()


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://norddjurs-my.sharepoint.com/personal/a/_layouts/15/download.aspx?tempauth=v1.a%2Db", True),
        ("https://norddjurs.SharePoint.com/x?a=b", True),
        ("https://norddjurs.sharepoint.us/x", True),
        ("http://norddjurs.sharepoint.com/x", False),
        ("https://norddjurs.sharepoint.com:8443/x", False),
        ("https://norddjurs.sharepoint.com@example.org/x", False),
        ("https://norddjurs.sharepoint.com.example.org/x", False),
        ("https://example.org/?.sharepoint.com", False),
        ("https://example.org#.sharepoint.com", False),
        ("https://example.org\\.sharepoint.com/x", False),
        ("https://notsharepoint.com/x", False),
        ("https://sharepoint.com/x", False),
        ("https://127.0.0.1/x", False),
        ("https://169.254.169.254/latest", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_only_sharepoint_over_https_is_asked(address, allowed):
    assert FileHosts()(address) is allowed


async def test_in_teams_nothing_on_this_machine_or_elsewhere_is_asked(drive):
    drive.put("tal.csv", b"tal")
    told = await refusal(drive.address("tal.csv"), local=False)

    assert told.said.id == "sent_file.elsewhere"
    assert drive.asked == []


async def test_a_local_bot_asks_this_machine_only():
    told = await refusal(f"https://norddjurs-my.sharepoint.com/x?tempauth={TOKEN}")

    assert told.said.id == "sent_file.elsewhere"


async def test_a_redirect_is_followed_to_an_allowed_host_only(drive):
    drive.put("tal.csv", b"tal")
    to = drive.address("tal.csv").replace("%", "%25").replace("&", "%26")

    assert await TeamsFiles(local=True).fetch(drive.at("/moved/a") + f"?to={to}") == b"tal"
    away = await refusal(drive.at("/moved/a") + "?to=https://login.example.org/sign-in")
    around = await refusal(drive.at("/moved/a") + "?to=/moved/a")
    nowhere = await refusal(drive.at("/moved/a") + "?to=")
    assert [one.said.id for one in (away, around, nowhere)] == ["sent_file.gone"] * 3


@pytest.mark.parametrize(
    ("status", "kind", "why"),
    [
        (401, "text/plain", "gone"),
        (403, "text/plain", "gone"),
        (404, "text/plain", "gone"),
        (200, "text/html", "gone"),
        (204, "text/plain", "not_fetched"),
        (429, "text/plain", "not_fetched"),
        (503, "text/plain", "not_fetched"),
    ],
)
async def test_an_address_that_has_run_out_is_told_from_a_server_that_is_ill(drive, status, kind, why):
    drive.answer = web.Response(status=status, content_type=kind)

    assert (await refusal(drive.address("tal.csv"))).said.id == f"sent_file.{why}"


@pytest.mark.parametrize("packed", [False, True])
async def test_a_file_that_is_too_large_is_not_read_to_its_end(drive, packed):
    drive.put("tal.csv", b"a" * 3_000_000)
    drive.packed = packed

    told = await refusal(drive.address("tal.csv"), most=2_000_000)
    assert (told.said.id, told.said.args) == ("sent_file.too_large", {"most": 2})


async def test_a_server_that_is_slow_or_away_is_given_up(drive):
    drive.put("tal.csv", b"tal")
    drive.delay = 5

    assert (await refusal(drive.address("tal.csv"), seconds=0.05)).said.id == "sent_file.not_fetched"
    gone = f"http://127.0.0.1:1/x?tempauth={TOKEN}"
    assert (await refusal(gone)).said.id == "sent_file.not_fetched"
