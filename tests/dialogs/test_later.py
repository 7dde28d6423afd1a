"""A write that waits for others: once for all of them, none forgotten, and none after the end."""

import asyncio

from dialogs.later import Later


class Shelf:
    """Takes what waits, and may be slow about it."""

    def __init__(self) -> None:
        self.waiting: list[int] = []
        self.stored: list[list[int]] = []
        self.begun = asyncio.Event()
        self.may_end = asyncio.Event()
        self.may_end.set()

    async def write(self) -> None:
        batch, self.waiting = self.waiting, []
        self.begun.set()
        await self.may_end.wait()
        if batch:
            self.stored.append(batch)

    def put(self, later: Later, *given: int) -> None:
        for one in given:
            self.waiting.append(one)
            later.ask()

    async def until(self, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self.stored) < count:
                await asyncio.sleep(0.001)


async def test_what_is_asked_for_together_is_written_together() -> None:
    shelf = Shelf()
    later = Later(shelf.write, after=0.01)
    shelf.put(later, 1, 2, 3)
    await shelf.until(1)

    assert shelf.stored == [[1, 2, 3]]


async def test_what_is_asked_for_while_it_writes_is_written_next_without_another_asking() -> None:
    shelf = Shelf()
    later = Later(shelf.write, after=0)
    shelf.may_end.clear()
    shelf.put(later, 1)
    await shelf.begun.wait()
    shelf.put(later, 2)
    shelf.may_end.set()
    await shelf.until(2)

    assert shelf.stored == [[1], [2]]


async def test_what_waits_at_the_end_is_written_and_nothing_later() -> None:
    shelf = Shelf()
    later = Later(shelf.write, after=0.01)
    shelf.put(later, 1)
    await later.close()
    shelf.waiting.append(2)
    await asyncio.sleep(0.03)

    assert shelf.stored == [[1]]


async def test_the_end_waits_for_what_is_being_written() -> None:
    shelf = Shelf()
    later = Later(shelf.write, after=0)
    shelf.may_end.clear()
    shelf.put(later, 1)
    await shelf.begun.wait()
    closing = asyncio.create_task(later.close())
    await asyncio.sleep(0)
    shelf.may_end.set()
    await closing

    assert shelf.stored == [[1]]
