"""The benchmark runs from end to end, counts only what was answered, and ends what it started."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.activities import chat_id, is_right, message, seen
from benchmarks.assessing import assess_table, seconds_of
from benchmarks.contestants import CannotMeasure, Contestant, contestants, started
from benchmarks.figures import Result, Turn, percentile, phase, ratios
from benchmarks.import_table import compared, import_table
from benchmarks.load import Crowd, Replies
from benchmarks.questions import read_questions
from benchmarks.report import BEGIN, END, renew, table
from benchmarks.wire import NotUnderstood, Receiver, take

ROOT = Path(__file__).parents[2]
TINY = ["--quick", "--seconds=0.3", "--users=8", "--together=4"]


def result(name: str, rates: Sequence[float]) -> Result:
    turns = tuple(
        Turn(
            many=phase([0.01] * int(rate), 1.0),
            alone=phase([0.002], 1.0),
            errors={},
            different=1,
            cpu_ms=None,
            generator_busy=0.1,
        )
        for rate in rates
    )
    return Result(name=name, turns=turns, start_up=1.0, first_start_up=None, peak_mb=None, complaints=0)


def test_a_tiny_run_measures_all_three_bots_without_an_error():
    run = subprocess.run(  # noqa: S603  # our own interpreter and our own module
        [sys.executable, "-m", "benchmarks", *TINY], cwd=ROOT, capture_output=True, text=True, timeout=240
    )

    assert (run.returncode, run.stderr) == (0, "")
    errors = next(line for line in run.stdout.splitlines() if line.startswith("| errors"))
    assert errors.count("none") == 3
    assert "Ours / stock echo, round by round:" in run.stdout
    assert run.stdout.count("| 20,000 / 2,500 |") == 1


def test_a_bot_that_does_not_start_is_told_in_a_sentence(tmp_path):
    broken = Contestant(name="broken", kind="card", command=("-c", "raise SystemExit('no')"), ready=200)

    with pytest.raises(CannotMeasure, match="broken did not start: no"), started(broken, tmp_path):
        pass


def test_a_bot_is_ended_when_its_turn_breaks_off(tmp_path):
    relay = contestants(tmp_path, None)[2]

    with pytest.raises(KeyboardInterrupt), started(relay, tmp_path) as bot:
        raise KeyboardInterrupt

    assert bot.process.poll() is not None


def test_a_message_is_taken_off_the_wire_when_all_of_it_is_there():
    whole = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"
    buffer = bytearray()
    for one in whole[:-1]:
        buffer.append(one)
        assert take(buffer) is None
    buffer += whole[-1:] + b"HTTP/1.1 201 Created\r\n\r\n"

    assert [take(buffer), take(buffer), take(buffer)] == [
        ("HTTP/1.1 200 OK", b"body"),
        ("HTTP/1.1 201 Created", b""),
        None,
    ]


def test_a_chunked_body_is_refused_rather_than_misread():
    with pytest.raises(NotUnderstood):
        take(bytearray(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))


async def test_a_reply_belongs_to_the_message_that_has_waited_longest_in_its_conversation():
    replies = Replies()
    first, second, other = (replies.expect(chat_id(user)) for user in (1, 1, 2))

    replies.arrived("POST /v3/conversations/a%3Achat-1/activities/17 HTTP/1.1", b"{}")

    assert (first.done(), second.done(), other.done()) == (True, False, False)


@pytest.mark.parametrize(
    "request_line",
    [
        "POST /v3/conversations/a%3Achat-9/activities HTTP/1.1",
        "PUT /v3/conversations/a%3Achat-1/activities/1 HTTP/1.1",
        "GET / HTTP/1.1",
    ],
)
async def test_what_nobody_waits_for_counts_as_an_error(request_line):
    replies = Replies()
    waiting = replies.expect(chat_id(1))

    replies.arrived(request_line, b"{}")

    assert (replies.unexpected, waiting.done()) == (1, False)


def test_only_the_right_kind_of_reply_counts():
    card = {"attachments": [{"content": {"body": [{"type": "TextBlock", "text": "38 %"}]}}]}

    assert is_right("card", "6.2", seen(json.dumps(card).encode()))
    assert not is_right("card", "6.2", seen(b'{"text": "The bot encountered an error or bug."}'))
    assert is_right("echo", "6.2", seen(b'{"text": "Echo: 6.2"}'))
    assert not is_right("echo", "6.2", seen(b'{"text": "Echo: 6.1"}'))
    assert not is_right("fixed", "6.2", seen(b"not JSON"))


def test_every_person_has_a_conversation_of_their_own():
    sent = [
        json.loads(message(service_url="http://127.0.0.1:1/", user=u, number=u, text="hej")) for u in (1, 2)
    ]

    assert len({one["conversation"]["id"] for one in sent}) == 2
    assert len({one["from"]["aadObjectId"] for one in sent}) == 2


async def test_no_two_turns_send_the_same_message_since_a_bot_answers_each_once():
    replies, ids = Replies(), []

    def answer(_line: str, body: bytes) -> None:
        activity = json.loads(body)
        ids.append(activity["id"])
        chat = activity["conversation"]["id"]
        replies.arrived(f"POST /v3/conversations/{chat}/activities HTTP/1.1", b"{}")

    server = await asyncio.get_running_loop().create_server(lambda: Receiver(answer), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    for _ in range(2):
        crowd = Crowd(port=port, connector=port, users=2, kind="fixed", questions=["6.2"], replies=replies)
        await crowd.ask(together=1, seconds=60, most=3)
    server.close()

    assert (len(ids), len(set(ids))) == (6, 6)


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100)])
def test_a_percentile_is_a_latency_that_was_measured(share, expected):
    assert percentile(range(1, 101), share) == expected


def test_ratios_compare_within_a_round():
    assert ratios(result("our bot", [300, 200]), result("stock echo", [100, 50])) == (3.0, 4.0)


def test_the_table_states_the_median_ratio():
    written = table([result("stock echo", [100]), result("our bot", [300]), result("relay", [1000])])

    assert "Ours / stock echo, round by round: 3.00; median **3.00**" in written
    assert "Ours / relay, round by round: 0.30; median **0.30**" in written


def test_writing_renews_the_measured_section_only(tmp_path):
    page = tmp_path / "performance.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")

    renew(page, "new")

    assert page.read_text(encoding="utf-8") == f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"


def test_a_page_without_the_marks_is_left_alone(tmp_path):
    page = tmp_path / "performance.md"
    page.write_text("text", encoding="utf-8")

    with pytest.raises(ValueError, match="no section"):
        renew(page, "new")


def test_there_are_questions_without_the_shared_file_and_that_is_said(tmp_path):
    questions = read_questions(shared=tmp_path / "away.jsonl")

    assert len(questions.texts) == questions.own >= 60
    assert "our own only" in str(questions)


def test_goals_that_are_assessed_are_told_as_times_of_the_smallest_plan():
    rows = assess_table({22: (0.02, 0.01), 220: (0.3, 0.1)}).splitlines()

    assert rows[2] == "| 22 | 2,640 | 1.0 | 1.0 | 0.45 |"
    assert rows[3] == "| 220 | 26,400 | 15.0 | 10.0 | 0.45 |"


def test_every_goal_of_a_made_plan_is_assessed():
    ordered, assessed = seconds_of(4)

    assert ordered > 0
    assert assessed > 0


def test_an_import_is_measured_beside_a_plain_one_of_the_same_rows(tmp_path):
    (found,) = compared(tmp_path, quick=True)

    assert (found.database, found.rows) == ("SQLite", 2_640)
    assert found.ratio == found.plain.seconds / found.ours.seconds
    assert import_table([found]).splitlines()[-1].startswith("| SQLite | 2,640 |")
