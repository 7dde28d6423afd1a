"""A source is on where its settings turn it on, and is asked about the municipalities that are named."""

import pytest
from pydantic import ValidationError

from bplan_bot.feed import FeedSource
from bplan_bot.settings import Settings

JOBINDSATS, STATBANK = FeedSource.JOBINDSATS, FeedSource.STATBANK
KEY = {"BPLAN_JOBINDSATS_TOKEN": "a-made-key"}
ADDRESS = {"BPLAN_STATBANK_URL": "https://api.statbank.dk/v1"}


@pytest.mark.parametrize(
    ("environment", "off"),
    [({}, {JOBINDSATS, STATBANK}), (KEY, {STATBANK}), (ADDRESS, {JOBINDSATS}), (KEY | ADDRESS, set())],
)
def test_a_source_is_off_until_its_settings_turn_it_on(environment, off):
    assert set(Settings.model_validate(environment).sources_off) == off


def test_the_areas_are_the_own_one_the_country_and_those_to_compare_with_each_once():
    settings = Settings.model_validate({"BPLAN_COMPARE_AREAS": "Syddjurs Kommune, 730, Norddjurs"})

    assert dict(settings.areas_of("707")) == {
        "Norddjurs": "707",
        "Hele landet": "000",
        "Syddjurs": "706",
        "Randers": "730",
    }


@pytest.mark.parametrize(
    "url",
    ["https://api.statbank.dk/v1/", "http://127.0.0.1:8080/v1", "http://localhost/v1", "http://[::1]:80/v1"],
)
def test_an_address_is_https_or_this_machine(url):
    assert Settings.model_validate({"BPLAN_STATBANK_URL": url}).statbank_url == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        "http://api.statbank.dk/v1",
        "http://127.0.0.1.example.com/v1",
        "api.statbank.dk",
        "https://",
        "https://somebody:secret@api.statbank.dk/v1",
        "https://api.statbank.dk/v1?key=1",
        "file:///etc/passwd",
    ],
)
def test_other_addresses_are_refused(url):
    with pytest.raises(ValidationError):
        Settings.model_validate({"BPLAN_JOBINDSATS_URL": url})


def test_the_key_is_not_shown():
    assert "a-made-key" not in repr(Settings.model_validate(KEY))


HERE = {"BPLAN_STATBANK_URL": "http://127.0.0.1:8080/v1"}


@pytest.mark.parametrize(
    ("environment", "here"), [({}, True), (HERE, True), (ADDRESS, False), (HERE | KEY, False)]
)
def test_sources_on_this_machine_are_behind_no_proxy(environment, here):
    assert Settings.model_validate(environment).sources_are_here is here


@pytest.mark.parametrize("folder", ["/srv/bplan/accepted", "rejected/"])
def test_a_watched_folder_is_not_one_that_files_are_moved_to(folder):
    with pytest.raises(ValidationError, match="folders of that name"):
        Settings.model_validate({"BPLAN_INBOX": folder})
