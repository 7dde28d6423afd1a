"""The sources on the command line: how each is doing, and what a catalogue has."""

import asyncio
import re

import pytest

from tests.fake_jobindsats import Fault
from tests.flows.test_command_line import run as in_this_process


@pytest.fixture
def run(tmp_path):
    """Runs a command in a thread beside the fakes: (exit code, stdout, stderr)."""

    async def run(*arguments: str, **settings: str) -> tuple[int, str, str]:
        quiet = {"BPLAN_LOG_LEVEL": "error", **settings}
        ran = await asyncio.to_thread(in_this_process, *arguments, database=tmp_path / "bplan.db", **quiet)
        return ran.returncode, ran.stdout, ran.stderr

    return run


async def test_without_a_key_each_source_says_how_it_is_turned_on(run):
    code, out, _ = await run("sources")

    assert code == 0
    assert "jobindsats.dk: fra. Sæt BPLAN_JOBINDSATS_TOKEN" in out
    assert "Statistikbanken: fra. Sæt BPLAN_STATBANK_URL" in out
    assert "skal vælges: 6.9.share" in out


async def test_after_a_poll_each_table_says_when_it_came_and_when_it_comes_again(run, jobindsats, statbank):
    settings = {**jobindsats.settings, **statbank.settings}
    polled = await run("run", "poll", "--now", "2025-06-02", **settings)

    code, out, _ = await run("sources", **settings)

    assert (polled[0], code) == (0, 0)
    assert "  OTIJ01: 6.10.check\n    sidst hentet 02.06.2025; offentliggjort 26.05.2025\n" in out
    assert "    næste tal ventes 26.06.2025\n" in out
    assert "  kontrol 6.6.check: 75,7 % i 2023; målets eget tal er 75,7 %\n" in out
    assert "  kontrol 6.10.check: 21,4 % i april 2025; målet har intet tal for den periode\n" in out
    assert "  HFUDD11: 6.6.check\n    sidst hentet 02.06.2025; offentliggjort 01.04.2025\n" in out


async def test_a_table_that_fails_says_so_in_words(run, jobindsats):
    jobindsats.fault = Fault(403, b"You do not have permission to view this directory or page.")
    await run("run", "poll", "--now", "2025-06-02", **jobindsats.settings)

    _, out, _ = await run("sources", **jobindsats.settings)

    assert "    fejler siden 02.06.2025: kilden lukker ikke botten ind; " in out
    assert "(HTTP 403)" in out


async def test_the_answers_use_the_figures_that_were_polled(run, jobindsats):
    whole = jobindsats.tables["y30r21"].made

    def made(period: str, area: str, own: tuple[str, ...]) -> list[int | float | None]:
        return [1940 if cell == 1950 else cell for cell in whole(period, area, own)]

    jobindsats.publish("y30r21", made=made)
    await run("run", "poll", "--now", "2025-06-02", **jobindsats.settings)

    _, out, _ = await run("ask", "status for mål 1.1")

    assert "1.940 fuldtidspersoner" in out
    assert "jobindsats.dk, Y30R21, opdateret 24.03.2025" in out


async def test_a_table_is_found_by_words_of_its_title(run, jobindsats):
    code, out, _ = await run("sources", "find", "ordinære timer", **jobindsats.settings)

    assert code == 0
    assert out.splitlines() == [
        "1 tabel om »ordinære timer«:",
        "  otij01: Antal og andel ydelsesmodtagere med ordinære timer (Ydelser)",
    ]


async def test_a_table_of_statbank_is_found_too(run, statbank):
    _, out, _ = await run("sources", "find", "uddannelse", "--source", "statbank", **statbank.settings)

    assert "  HFUDD11: Højeste fuldførte uddannelse (15-69 år)" in out


async def test_a_table_shows_what_can_be_chosen_of_it(run, jobindsats):
    code, out, _ = await run("sources", "show", "Y30R21", **jobindsats.settings)

    assert code == 0
    assert out.splitlines()[0] == "  perioder QMAT: 2023QMAT02 til 2024QMAT04"
    assert "  kolonne: Placering på benchmarkranglisten" in out
    assert "  opdeling _nykom: Norddjurs, Syddjurs og Randers" in out
    assert (
        "  opdeling _ygrp_y30r21: Ydelsesgrupper i alt, A-dagpenge mv., Kontanthjælp mv. og Sygedagpenge mv."
        in out
    )


async def test_a_table_of_statbank_shows_its_variables(run, statbank):
    _, out, _ = await run("sources", "show", "HFUDD11", "--source", "statbank", **statbank.settings)

    assert "  perioder Tid: 2020 til 2024" in out
    assert "  opdeling ALDER: TOT, 15-19, 20-24 og 25-29" in out


@pytest.mark.parametrize("source", ["jobindsats", "statbank"])
async def test_a_table_that_is_not_there_is_told_in_one_sentence(run, jobindsats, statbank, source):
    settings = {**jobindsats.settings, **statbank.settings}

    code, out, err = await run("sources", "show", "nothing", "--source", source, **settings)

    assert (code, out) == (1, "")
    assert len(err.strip().splitlines()) == 1


async def test_searching_a_source_that_is_off_says_how_it_is_turned_on(run):
    code, out, _ = await run("sources", "find", "delvist rask")

    assert code == 0
    assert out.startswith("jobindsats.dk: fra.")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("find", "x", "--source", "cvr"), 2, "Der er ingen kilde »cvr«"),
        (("find",), 2, "WORDS"),
    ],
)
async def test_wrong_use_is_told_in_one_sentence(run, arguments, code, words):
    ended, out, err = await run("sources", *arguments)

    assert (ended, out) == (code, "")
    assert words in err
    assert len(err.strip().splitlines()) == 1


async def test_a_search_that_fails_is_told_in_one_sentence(run, jobindsats):
    jobindsats.fault = Fault(401)

    code, out, err = await run("sources", "find", "rask", **jobindsats.settings)

    assert (code, out) == (1, "")
    assert "kilden lukker ikke botten ind" in err
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "settings",
    [
        {"BPLAN_JOBINDSATS_URL": "http://api.jobindsats.dk/v3"},
        {"BPLAN_STATBANK_URL": "ftp://api.statbank.dk"},
        {"BPLAN_STATBANK_URL": "https://somebody@api.statbank.dk/v1"},
        {"BPLAN_COMPARE_AREAS": "Syddjurs, Atlantis"},
    ],
)
async def test_settings_that_cannot_be_are_refused(run, settings):
    code, _, err = await run("sources", **settings)

    assert code == 2
    assert next(iter(settings)) in err


async def test_without_key_network_or_database_doctor_says_how_each_source_is_turned_on(run):
    code, out, _ = await run("doctor")

    assert code == 0
    assert "✖" not in out
    assert "✔ jobindsats.dk: fra. Sæt BPLAN_JOBINDSATS_TOKEN til nøglen fra STAR" in out
    assert "✔ Statistikbanken: fra. Sæt BPLAN_STATBANK_URL til https://api.statbank.dk/v1" in out
    for source, key in (
        ("CVR-registret samkørt med Fasit", "cvr_fasit"),
        ("Ungeindsatsen", "ungeindsatsen"),
        ("Job og Sprog", "job_og_sprog"),
        ("Arbejdsmarkedsafdelingen", "department"),
        ("forvaltningens kvartalsvise opgørelser", "quarterly_counts"),
    ):
        assert f"✔ {source}: som fil. »python bot.py template {key} --out {key}.xlsx«" in out


async def test_each_template_that_doctor_names_can_be_made(run, tmp_path):
    _, out, _ = await run("doctor")

    keys = re.findall(r"bot.py template (\w+) ", out)
    for key in keys:
        code, _, err = await run("template", key, "--out", str(tmp_path / f"{key}.xlsx"))
        assert (code, err) == (0, "")
    assert len(keys) == 6


async def test_without_key_or_network_the_bot_answers_polls_and_says_that_nothing_is_fetched(run):
    polled, _, _ = await run("run", "poll")
    code, out, _ = await run("ask", "virker jobindsats?")

    assert (polled, code) == (0, 0)
    assert "Tal fra jobindsats.dk hentes ikke automatisk" in out
    assert "python bot.py doctor" in out


async def test_doctor_says_which_sources_are_off(run, jobindsats):
    _, out, _ = await run("doctor", **jobindsats.settings)

    assert "✔ jobindsats.dk: til." in out
    assert "✔ Statistikbanken: fra." in out
