"""The load generator, a process of its own: many people who ask, and the connector where replies arrive."""

import argparse
import asyncio
import sys
import time
from collections import Counter, deque
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import unquote

from pydantic import TypeAdapter

from benchmarks.activities import Kind, chat_id, is_right, message, seen
from benchmarks.contestants import cpu_seconds
from benchmarks.figures import Phase, Turn, phase
from benchmarks.questions import read_questions
from benchmarks.wire import Receiver, Sender

PATIENCE_SECONDS = 10.0
"""A reply that takes longer counts as none, and the person who waited for it asks no more."""

TURN = TypeAdapter(Turn)

Arrival = tuple[float, bytes]
"""When a reply arrived, and its body."""


class Replies:
    """The connector's side: hands each reply to whoever has waited longest in its conversation."""

    def __init__(self) -> None:
        self.unexpected = 0
        self._waiting: dict[str, deque[asyncio.Future[Arrival]]] = {}

    def expect(self, conversation: str) -> asyncio.Future[Arrival]:
        """What will hold the next reply there."""
        future: asyncio.Future[Arrival] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(conversation, deque()).append(future)
        return future

    def arrived(self, request_line: str, body: bytes) -> None:
        """Take one request of a bot's."""
        now = time.perf_counter()
        method, path, _ = request_line.split(" ", 2)
        parts = path.split("/")
        if method == "POST" and parts[1:3] == ["v3", "conversations"] and parts[4:5] == ["activities"]:
            waiting = self._waiting.get(unquote(parts[3]))
            if waiting:
                future = waiting.popleft()
                if not future.done():
                    future.set_result((now, body))
                    return
        self.unexpected += 1


class Crowd:
    """People who each ask one question after another, the next when the last is answered."""

    def __init__(
        self, *, port: int, connector: int, users: int, kind: Kind, questions: Sequence[str], replies: Replies
    ) -> None:
        self._port = port
        self._service_url = f"http://127.0.0.1:{connector}/"
        self._kind = kind
        self._questions = questions
        self._replies = replies
        self._users: deque[int] = deque(range(users))
        self._sent = 0
        # A bot leaves alone what it has answered before, so no two turns may send the same ids.
        self._first_id = time.time_ns()
        self._latencies: list[float] = []
        self.errors: Counter[str] = Counter()
        self.shown: set[int] = set()

    async def ask(self, *, together: int, seconds: float, most: int) -> Phase:
        """So many people at a time ask for so many seconds, or until so many messages are sent."""
        self._latencies = []
        start = time.perf_counter()
        last = self._sent + most
        await asyncio.gather(*(self._keep_asking(start + seconds, last) for _ in range(together)))
        return phase(self._latencies, time.perf_counter() - start)

    async def _keep_asking(self, until: float, last: int) -> None:
        sender: Sender | None = None
        while self._users and self._sent < last and time.perf_counter() < until:
            # Whoever asked longest ago is next; a conversation has one message under way at a time.
            user = self._users.popleft()
            try:
                sender = sender or await Sender.open("127.0.0.1", self._port)
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await self._one(sender, user)
                self._users.append(user)
            except (OSError, TimeoutError) as problem:
                self.errors["no reply" if isinstance(problem, TimeoutError) else "connection lost"] += 1
                if sender:
                    sender.close()
                sender = None
        if sender:
            sender.close()

    async def _one(self, sender: Sender, user: int) -> None:
        number = self._sent
        self._sent += 1
        question = self._questions[number % len(self._questions)]
        body = message(
            service_url=self._service_url, user=user, number=self._first_id + number, text=question
        )
        reply = self._replies.expect(chat_id(user))
        start = time.perf_counter()
        status = await sender.post("/api/messages", body)
        if not 200 <= status < 300:
            self.errors[f"status {status}"] += 1
        arrived, answer = await reply
        shown = seen(answer)
        self.shown.add(hash(shown))
        if is_right(self._kind, question, shown):
            self._latencies.append(arrived - start)
        else:
            self.errors["wrong reply"] += 1


async def turn(options: argparse.Namespace) -> Turn:
    """Warm the bot up, ask it many at a time, then one at a time."""
    replies = Replies()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Receiver(replies.arrived), "127.0.0.1", 0)
    crowd = Crowd(
        port=options.port,
        connector=server.sockets[0].getsockname()[1],
        users=options.users,
        kind=options.kind,
        questions=read_questions().texts,
        replies=replies,
    )
    try:
        # Everybody once, since a first message from somebody costs a row.
        await crowd.ask(together=options.together, seconds=options.seconds, most=options.users)
        await crowd.ask(together=options.together, seconds=options.warm_up, most=options.most)
        before, own = cpu_seconds(options.pid), time.process_time()
        many = await crowd.ask(together=options.together, seconds=options.seconds, most=options.most)
        after, own = cpu_seconds(options.pid), time.process_time() - own
        alone = await crowd.ask(together=1, seconds=options.alone, most=options.most)
    finally:
        server.close()
    if replies.unexpected:
        crowd.errors["unexpected reply"] += replies.unexpected
    spent = None if before is None or after is None or not many.answered else (after - before) / many.answered
    return Turn(
        many=many,
        alone=alone,
        errors=dict(crowd.errors),
        different=len(crowd.shown),
        cpu_ms=None if spent is None else spent * 1000,
        generator_busy=own / many.seconds,
    )


def main() -> None:
    """Write one turn's figures to stdout as JSON."""
    parser = argparse.ArgumentParser(prog="benchmarks.load", description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="where the bot listens, on loopback")
    parser.add_argument("--pid", type=int, default=0, help="the bot's process, for its processor time")
    parser.add_argument(
        "--kind", choices=("echo", "card", "fixed"), default="card", help="how the bot answers"
    )
    parser.add_argument("--users", type=int, default=200, help="people, each with a chat of their own")
    parser.add_argument(
        "--together", type=int, default=32, help="how many of them wait for an answer at a time"
    )
    parser.add_argument("--seconds", type=float, default=8.0, help="how long they ask")
    parser.add_argument("--warm-up", type=float, default=1.0, help="how long they ask before it counts")
    parser.add_argument("--alone", type=float, default=1.5, help="how long one at a time asks afterwards")
    parser.add_argument(
        "--most", type=int, default=200_000, help="messages after which a phase ends in any case"
    )
    with suppress(KeyboardInterrupt):
        sys.stdout.buffer.write(TURN.dump_json(asyncio.run(turn(parser.parse_args()))))


if __name__ == "__main__":
    main()
