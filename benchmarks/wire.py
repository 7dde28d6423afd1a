"""Just enough HTTP/1.1 on loopback for the load generator to cost less than what it measures."""

import asyncio
from collections.abc import Callable
from typing import Self, cast

SENT = b'{"id":"sent-1"}'
CREATED = (
    f"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: {len(SENT)}\r\n\r\n".encode()
    + SENT
)


class NotUnderstood(ValueError):
    """The other side speaks HTTP in a way that is not read here."""


def take(buffer: bytearray) -> tuple[str, bytes] | None:
    """Cut one message off the buffer, its first line and its body; None while it is not all there."""
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = bytes(buffer[:end]).decode("latin-1")
    start = end + 4
    stop = start + _length(head.lower())
    if len(buffer) < stop:
        return None
    body = bytes(buffer[start:stop])
    del buffer[:stop]
    return head.partition("\r\n")[0], body


def _length(head: str) -> int:
    if "\r\ntransfer-encoding:" in head:
        raise NotUnderstood("a chunked body")
    _, found, rest = head.partition("\r\ncontent-length:")
    return int(rest.partition("\r\n")[0]) if found else 0


class Sender(asyncio.Protocol):
    """One kept-open connection to a bot, one request at a time."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[int] | None = None

    @classmethod
    async def open(cls, host: str, port: int) -> Self:
        """A connection to a bot; OSError when it is not there."""
        _, sender = await asyncio.get_running_loop().create_connection(cls, host, port)
        return sender

    async def post(self, path: str, body: bytes) -> int:
        """Post a JSON body and give the status; ConnectionError when the bot hangs up first."""
        if self._transport is None:
            raise ConnectionError("closed")
        self._answer = asyncio.get_running_loop().create_future()
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        self._transport.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        return await self._answer

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Called by the loop."""
        self._buffer += data
        try:
            found = take(self._buffer)
        except ValueError:
            self.close()
            return
        if found and self._answer and not self._answer.done():
            self._answer.set_result(int(found[0].split(" ", 2)[1]))

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the loop."""
        self._transport = None
        if self._answer and not self._answer.done():
            self._answer.set_exception(ConnectionError("the bot hung up"))


class Receiver(asyncio.Protocol):
    """One connection from a bot: `arrived` gets each request line and body, and 201 is said to all."""

    def __init__(self, arrived: Callable[[str, bytes], None]) -> None:
        self._arrived = arrived
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Called by the loop."""
        self._buffer += data
        while self._transport is not None:
            try:
                found = take(self._buffer)
            except ValueError:
                self._transport.close()
                return
            if found is None:
                return
            self._arrived(*found)
            self._transport.write(CREATED)

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the loop."""
        self._transport = None
