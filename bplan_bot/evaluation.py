"""Whether a reply holds the facts that a right answer to a question must contain."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from bplan_bot.errors import Refused
from bplan_bot.reply import Reply


class Asked(BaseModel):
    """One line of a question file.

    `before` are earlier messages of the same conversation. Of each group of `must` one alternative must be in
    the reply, and nothing of `must_not`.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    text: str
    kind: str
    lang: str = "da"
    before: tuple[str, ...] = ()
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with what its reply lacked and what it should not have held; both empty for a right one."""

    asked: Asked
    lacking: tuple[tuple[str, ...], ...]
    wrong: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether the reply held all it must and nothing it must not."""
        return not (self.lacking or self.wrong)


def read_questions(content: bytes, *, name: str) -> tuple[Asked, ...]:
    """The questions of a file with one JSON object a line; Refused names the line that is none."""
    found = []
    for number, line in enumerate(content.decode("utf-8-sig", "replace").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append(Asked.model_validate(json.loads(line)))
        except (ValueError, ValidationError) as fault:
            raise Refused("questions.wrong_line", file=name, line=number) from fault
    return tuple(found)


def judge_reply(asked: Asked, reply: Reply | None) -> Judged:
    """The question with what the reply lacked."""
    said = _folded(" ".join(_words(reply)))
    return Judged(
        asked,
        lacking=tuple(group for group in asked.must if not any(_folded(one) in said for one in group)),
        wrong=tuple(one for one in asked.must_not if _folded(one) in said),
    )


def tally(judged: Iterable[Judged]) -> Mapping[str, tuple[int, int]]:
    """By kind, how many were right and how many there were."""
    counted: dict[str, tuple[int, int]] = {}
    for one in judged:
        right, total = counted.get(one.asked.kind, (0, 0))
        counted[one.asked.kind] = (right + one.right, total + 1)
    return counted


def _words(reply: Reply | None) -> Iterator[str]:
    if reply is not None:
        yield reply.text
        yield reply.summary
        yield from _texts(reply.card)


def _texts(value: Any) -> Iterator[str]:
    """Every text of a card, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _texts(inner)


def _folded(text: str) -> str:
    """Case and white space folded, and no blank before a per cent sign."""
    return re.sub(r"\s+%", "%", " ".join(text.casefold().split()))
