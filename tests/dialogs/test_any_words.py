"""Whatever somebody writes is answered, and how they write it changes nothing: through the whole Router."""

import json
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bplan_bot.access import everything
from bplan_bot.evaluation import Asked, read_questions
from bplan_bot.reply import Reply
from bplan_bot.settings import Settings
from db.bundled import prepare
from db.engine import Database
from dialogs.incoming import Event, Incoming
from dialogs.router import Router
from dialogs.talk import Talk
from tests.factories import NOW

ROOT = Path(__file__).parents[2]
BESIDE = next(iter(sorted(ROOT.parent.glob("*/questions/dev.jsonl"))), None)
"""Questions that are kept beside the project, where they are."""

SEEN = ROOT / "tests" / "questions" / "seen.jsonl"

QUESTION_FILES = [
    SEEN,
    pytest.param(BESIDE, marks=pytest.mark.skipif(BESIDE is None, reason="no questions beside the checkout")),
]

LONGEST = 20_000

NUMBERS = ("1.1", "1.2", "1.3", "2.1", "2.2", "3.1", "4.1", "5.1", "5.2", *(f"6.{n}" for n in range(1, 14)))


class Talks:
    """One router, and a conversation of its own for each call of `after`."""

    def __init__(self, router: Router) -> None:
        self._router = router
        self._begun = 0

    async def after(self, *messages: str) -> Reply:
        """The reply to the last of these messages of one conversation."""
        self._begun += 1
        for text in messages:
            incoming = Incoming(
                event=Event.MESSAGE, text=text, user_id="u", conversation_id=f"a:{self._begun}"
            )
            reply = await self._router.answer(incoming, asker=everything("u"))
        assert reply
        return reply


@pytest.fixture
async def talks(database_url: str) -> AsyncIterator[Talks]:
    database = Database(database_url)
    await prepare(database, now=NOW)
    router = Router(
        database,
        settings=Settings.model_validate({}),
        now=lambda: NOW,
        # What talks were about is known from memory; storing it is not what is looked at here.
        talk=Talk(database, write_after=3600),
    )
    yield Talks(router)
    await database.close()


on_sqlite = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
"""Once is enough where the database makes no difference."""


# --- any text --------------------------------------------------------------------------------------------

ODD = [
    "<at",
    "<at>Bplan-bot</at> ",
    "\ud800",
    "\udfff\ud83d",
    "\x00",
    "\u202e6.2 låm rof sutats",
    "\u05de\u05d8\u05e8\u05d4 6.2 ",
    "\u0627\u0644\u0647\u062f\u0641 ٦.٢ ",
    "👩‍👩‍👧‍👦",
    "\u200b\u200d\ufeff",
    "a\u0301\u0302\u0303",
    "| a | b |\n|---|---|\n",
    "**[6.2](javascript:alert(1))** ",
    "![x](http://127.0.0.1/x.png)",
    '{"type": "AdaptiveCard", "body": [',
    "'; DROP TABLE plans; --",
    "${6.2} {{6.2}} %s {0} ",
    "<script>alert(6.2)</script>",
    "mål 6.2 ",
    "6.",
    "-6.1-6.13",
    "hej, ",
    "tak ",
    "kan du ",
    "ikke ",
    "hvad er kilden til uddannelseshjælp og ",
    "010203-1234 ",
    "ﷺ",
    "\n\r\t\v\f\u2028",
    "1e999 0x10 ²³ ½ ",
]

PIECES = st.one_of(
    st.sampled_from(ODD),
    st.text(st.characters(exclude_categories=()), min_size=1, max_size=60),
)

TEXTS = st.lists(st.tuples(PIECES, st.sampled_from([1, 1, 2, 50, LONGEST])), max_size=6).map(
    lambda parts: "".join(piece * min(times, LONGEST // len(piece)) for piece, times in parts)[:LONGEST]
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=TEXTS)
@example(text="<at" * (LONGEST // 3))
@example(text="\ud800" * LONGEST)
@example(text="\x00" * LONGEST)
@example(text="tak " * (LONGEST // 4))
@example(text="mål 6.2 og " * (LONGEST // 11))
async def test_any_text_is_answered(talks: Talks, text: str) -> None:
    reply = await talks.after(text)

    _can_be_read(reply)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(before=TEXTS, text=TEXTS)
@example(before="<at" * (LONGEST // 3), text="hvorfor?")
@example(before="status for mål 6.2", text="og \ud800?")
async def test_any_text_is_answered_after_any_text(talks: Talks, before: str, text: str) -> None:
    reply = await talks.after("status for mål 6.2", before, text)

    _can_be_read(reply)


def _can_be_read(reply: Reply) -> None:
    assert reply.text.strip()
    assert reply.summary.strip()
    # A half character that somebody wrote would make the message unsendable.
    json.dumps([reply.card, reply.text, reply.summary], ensure_ascii=False).encode()


# --- another number, another goal ------------------------------------------------------------------------

TEMPLATES = [
    "status for mål {}",
    "{}",
    "M{}",
    "{}??",
    "nr {} staus",
    "maal {} naaet",
    "er mål {} nået eller hvad",
    "hej, hvordan gik det med {} i 2024? tak!",
    "hvorfor er {} ikke nået",
    "hvor langt er vi fra målet i {}",
    "maal {} historik",
    "udviklingen i {} fra 2023 til 2024",
    "hvad er kravet i {}",
    "hvad siger {} i tal ift landet",
    "status of goal {}",
]

OF_ONE_GOAL = frozenset({"status", "target", "why", "gap", "trend"})


def _asked_of_one_goal() -> list[str]:
    """The questions of the file that name one goal by its number, with a gap where it stood."""
    found = []
    for asked in read_questions(SEEN.read_bytes(), name=SEEN.name):
        named = [number for number in NUMBERS if number in asked.text]
        longest = max(named, key=len, default="")
        alone = asked.text.count(".") == asked.text.count(longest) == 1
        if asked.kind in OF_ONE_GOAL and longest and alone and not asked.before:
            found.append(asked.text.replace(longest, "{}"))
    return found


@on_sqlite
async def test_another_number_in_the_same_question_is_answered_about_that_goal(talks: Talks) -> None:
    asked = [*TEMPLATES, *_asked_of_one_goal()]
    about = {
        written.format(number): _goals_of(await talks.after(written.format(number)))
        for written in asked
        for number in NUMBERS
    }
    wanted = {written.format(number): [number] for written in asked for number in NUMBERS}

    assert len(asked) > 2 * len(TEMPLATES)
    assert {text: goals for text, goals in about.items() if goals != wanted[text]} == {}


def _goals_of(reply: Reply) -> list[str]:
    """The goals that the summary of a reply opens with or names."""
    return list(
        dict.fromkeys(re.findall(r"\b(?:mål|goal) ([1-6]\.[0-9]{1,2})\b", reply.summary, re.IGNORECASE))
    )


# --- the same question, otherwise written ----------------------------------------------------------------

DIGRAPHS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})

WAYS: dict[str, Callable[[str], str]] = {
    "a greeting": lambda text: f"hej, {text}",
    "another greeting": lambda text: f"Godmorgen bot! {text}",
    "a polite opening": lambda text: f"kan du lige sige mig {text}",
    "a formal opening": lambda text: f"Jeg vil gerne vide: {text}",
    "thanks": lambda text: f"{text}, tak på forhånd",
    "a signature": lambda text: f"{text} Tak! mvh",
    "a question mark": lambda text: f"{text}?",
    "a full stop": lambda text: f"{text}.",
    "ae, oe and aa": lambda text: text.translate(DIGRAPHS),
    "upper case": str.upper,
    "double blanks": lambda text: f"  {text.replace(' ', '  ')}  ",
    "letters with marks of their own": lambda text: normalize("NFD", text),
    "all of it": lambda text: f"HEJ  KAN DU LIGE SIGE MIG {text.upper().translate(DIGRAPHS)}? TAK PÅ FORHÅND",
}

MEANT_AS_SAID = {"greeting", "thanks"}
"""A courtesy with another courtesy may become that one."""


@on_sqlite
@pytest.mark.parametrize("file", QUESTION_FILES)
async def test_how_a_question_is_written_never_changes_what_it_is_taken_to_ask(
    talks: Talks, file: Path
) -> None:
    asked = read_questions(file.read_bytes(), name=file.name)
    plainly = [(one, await _topic(talks, one)) for one in asked]
    changed = [
        (one.text, way)
        for one, topic in plainly
        for way, written in WAYS.items()
        if await _topic(talks, one, written) != topic
    ]

    assert changed == []


async def _topic(talks: Talks, asked: Asked, written: Callable[[str], str] = str) -> str:
    """What a question was understood as, after what was said before it."""
    reply = await talks.after(*asked.before, written(asked.text))
    if reply.asked is None:
        return reply.summary
    return "courtesy" if reply.asked.topic in MEANT_AS_SAID else reply.asked.topic
