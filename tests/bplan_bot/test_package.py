"""The app package: what is in it, what it is filled in with, and that Microsoft's own schema takes it."""

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from jsonschema import Draft4Validator

from bplan_bot.errors import Refused, WrongUse
from bplan_bot.package import PARTS, app_package
from bplan_bot.settings import Settings
from bplan_bot.status import Status
from bplan_bot.understand.question import Question, Topic
from bplan_bot.understand.understand import understand
from tests.bplan_bot.bundled import package as bundled

ROOT = Path(__file__).parents[2]
TEMPLATES = {name: (ROOT / "manifest" / name).read_bytes() for name in PARTS}
NPM_PACKAGE = ROOT / "tests" / "e2e" / "node_modules" / "@microsoft" / "app-manifest"
SCHEMAS = NPM_PACKAGE / "build" / "json-schemas" / "teams" / "v1.25"

APP_ID = "12345678-90ab-cdef-1234-567890abcdef"
WELL = {
    "MicrosoftAppId": APP_ID,
    "BPLAN_PUBLIC_URL": "https://bplan.example.dk",
    "BPLAN_DEVELOPER_NAME": "Norddjurs Kommune",
    "BPLAN_WEBSITE": "https://www.example.dk/bplan",
    "BPLAN_PRIVACY_URL": "https://www.example.dk/privatliv",
    "BPLAN_TERMS_URL": "https://www.example.dk/vilkår",
}
ADDRESSES = [name for name in WELL if name.endswith(("_URL", "WEBSITE"))]


def unpacked(version="", **changed):
    with ZipFile(
        BytesIO(app_package(Settings.model_validate(WELL | changed), TEMPLATES, version=version))
    ) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def manifest(version="", **changed):
    return json.loads(unpacked(version, **changed)["manifest.json"])


def english():
    return json.loads(TEMPLATES["en.json"])


def refusal(**changed):
    with pytest.raises(Refused) as refused:
        manifest(**changed)
    return refused.value.said


def english_title(of_list, place):
    return english()[f"bots[0].commandLists[{of_list}].commands[{place}].title"]


def commands(of_list=0):
    return manifest()["bots"][0]["commandLists"][of_list]["commands"]


def test_the_package_holds_the_manifest_its_translation_and_the_icons_and_nothing_else():
    files = unpacked()

    assert tuple(files) == ("manifest.json", "en.json", "color.png", "outline.png")
    assert {name: files[name] for name in PARTS[1:]} == {name: TEMPLATES[name] for name in PARTS[1:]}


def test_the_package_is_the_same_to_the_byte_for_the_same_settings():
    first, second = (app_package(Settings.model_validate(WELL), TEMPLATES) for _ in range(2))

    assert first == second
    with ZipFile(BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {(entry.create_system, entry.compress_type) for entry in archive.infolist()} == {(3, 0)}


def test_the_settings_fill_the_manifest_in():
    filled = manifest()

    assert filled["id"] == filled["bots"][0]["botId"] == APP_ID
    assert filled["developer"] == {
        "name": "Norddjurs Kommune",
        "websiteUrl": "https://www.example.dk/bplan",
        "privacyUrl": "https://www.example.dk/privatliv",
        "termsOfUseUrl": "https://www.example.dk/vilk%C3%A5r",
    }
    assert filled["validDomains"] == ["bplan.example.dk"]


def test_the_bot_is_for_one_person_a_team_and_a_group_and_may_send_files():
    filled = manifest()
    (bot,) = filled["bots"]

    assert filled["manifestVersion"] == "1.25"
    assert bot["scopes"] == ["personal", "team", "groupChat"]
    assert bot["supportsFiles"] is True
    assert bot["isNotificationOnly"] is False
    assert filled["permissions"] == ["identity", "messageTeamMembers"]
    assert filled["supportsChannelFeatures"] == "tier1"
    assert filled["localizationInfo"] == {
        "defaultLanguageTag": "da",
        "additionalLanguages": [{"languageTag": "en", "file": "en.json"}],
    }


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://bplan.example.dk/", "bplan.example.dk"),
        ("https://bplan.example.dk:443/bot", "bplan.example.dk"),
        ("https://bplan.example.dk:8443", "bplan.example.dk:8443"),
        ("HTTPS://Bplan.Example.DK", "bplan.example.dk"),
        ("https://målbot.example.dk", "xn--mlbot-mra.example.dk"),
    ],
)
def test_the_domain_is_taken_from_the_public_address(address, domain):
    assert manifest(BPLAN_PUBLIC_URL=address)["validDomains"] == [domain]


@pytest.mark.parametrize("name", WELL)
@pytest.mark.parametrize("empty", ["", "  "])
def test_a_missing_setting_is_refused_by_name(name, empty):
    said = refusal(**{name: empty})

    assert (said.id, said.args["names"]) == ("package.missing", (name,))


def test_all_missing_settings_are_named_at_once():
    said = refusal(**dict.fromkeys(WELL, ""))

    assert set(said.args["names"]) == set(WELL)


@pytest.mark.parametrize("written", ["bplan-bot", APP_ID[:-1], f"{{{APP_ID}}}", f"{APP_ID}\n", "x" * 36])
def test_an_id_that_entra_never_gave_is_refused(written):
    assert refusal(MicrosoftAppId=written).id == "package.not_an_id"


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize(
    "written",
    [
        "http://www.example.dk",
        "www.example.dk",
        "https://",
        "https:///bot",
        "https://www example.dk",
        "https://www..example.dk",
        "https://example.dk:port",
        "https://example.dk:99999",
        "https://user:code@example.dk",
        "https://[::1",
        "javascript:alert(1)",
    ],
)
def test_an_address_without_https_is_refused_by_name(name, written):
    said = refusal(**{name: written})

    assert (said.id, said.args["name"]) == ("package.not_https", name)


@pytest.mark.parametrize("written", ["https://localhost:3978", "https://127.0.0.1", "https://bplan"])
def test_a_public_address_that_only_we_can_reach_is_refused(written):
    assert refusal(BPLAN_PUBLIC_URL=written).id == "package.not_public"


def test_a_developer_name_may_have_32_characters_and_no_more():
    assert manifest(BPLAN_DEVELOPER_NAME="Å" * 32)["developer"]["name"] == "Å" * 32
    assert refusal(BPLAN_DEVELOPER_NAME="Å" * 33).id == "package.long_name"


def test_the_version_is_the_templates_unless_another_is_asked_for():
    assert manifest()["version"] == json.loads(TEMPLATES["manifest.json"])["version"]
    assert manifest("1.0.12")["version"] == "1.0.12"


@pytest.mark.parametrize("version", ["1", "1.0", "1.0.0.0", "v1.0.0", "01.0.0", "1.0.0-beta", "1.0.0\n"])
def test_a_version_that_teams_cannot_compare_is_wrong_use(version):
    with pytest.raises(WrongUse):
        manifest(version)


def test_every_scope_has_the_same_commands():
    lists = manifest()["bots"][0]["commandLists"]

    assert [each["scopes"] for each in lists] == [["personal"], ["team"], ["groupChat"]]
    assert [each["commands"] for each in lists] == [lists[0]["commands"]] * 3
    assert 0 < len(lists[0]["commands"]) <= 12


def test_every_command_is_translated_and_the_same_in_every_scope():
    translated = {key for key in english() if key.startswith("bots")}

    assert translated == {
        f"bots[0].commandLists[{number}].commands[{place}].{field}"
        for number in range(3)
        for place in range(len(commands()))
        for field in ("title", "description")
    }
    for place in range(len(commands())):
        assert len({english_title(number, place) for number in range(3)}) == 1


INTENDED = {
    "overblik": Question(topic=Topic.OVERVIEW),
    "hvilke mål er ikke nået?": Question(topic=Topic.LIST, statuses=(Status.NOT_MET,)),
    "hvilke mål er nået?": Question(topic=Topic.LIST, statuses=(Status.MET,)),
    "hvilke mål kan ikke opgøres?": Question(topic=Topic.LIST, statuses=(Status.NOT_ASSESSABLE,)),
    "status for mål 6.2": Question(topic=Topic.STATUS, goals=("6.2",)),
    "hvordan har mål 6.2 udviklet sig?": Question(topic=Topic.TREND, goals=("6.2",)),
    "benchmark": Question(topic=Topic.BENCHMARK),
    "hvornår skal udvalget have opfølgningen?": Question(topic=Topic.SCHEDULE),
    "er der noget, jeg skal bekymre mig om?": Question(topic=Topic.WORRY),
    "kort til mødet": Question(topic=Topic.OVERVIEW, short=True),
    "ministermål 4": Question(topic=Topic.THEME, theme=5),
    "hjælp": Question(topic=Topic.HELP),
}


def test_each_command_is_understood_as_it_is_meant_in_danish():
    understood = {each["title"]: understand(each["title"], bundled().plan) for each in commands()}

    assert understood == INTENDED


def test_each_command_asks_the_same_in_english():
    for place, command in enumerate(commands()):
        title = english_title(0, place)
        assert understand(title, bundled().plan) == INTENDED[command["title"]], title


def schema(name):
    if not NPM_PACKAGE.exists():
        pytest.skip("Microsoft's schema comes from npm: `make manifest-check` fetches it and runs this")
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def faults(found, name):
    return [
        f"{'.'.join(map(str, fault.absolute_path))}: {fault.message}"
        for fault in Draft4Validator(schema(name)).iter_errors(found)
    ]


def test_microsofts_schema_takes_the_manifest():
    assert faults(manifest(), "MicrosoftTeams.schema.json") == []


def test_microsofts_schema_takes_the_translation():
    assert faults(english(), "MicrosoftTeams.Localization.schema.json") == []


def test_microsofts_schema_finds_what_is_wrong():
    assert len(faults(manifest() | {"id": "no id", "packageName": "x"}, "MicrosoftTeams.schema.json")) == 2
