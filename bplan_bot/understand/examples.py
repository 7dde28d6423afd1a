"""Reads examples.txt, sentences as people say them, each under what it means; anybody may add one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bplan_bot.understand.question import Topic

NAME = "examples.txt"

MEANS = "="
"""Begins the line that says what the lines below it mean."""

NOTHING = "-"
"""Stands for what the plan does not know."""


class Malformed(ValueError):
    """The examples cannot be used; the text names the line."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What sentences mean: a `topic` asked of goals, called by name in `about`; without a topic, the question
    of the plan that `about` is, as the rules read it; empty for what the plan does not know."""

    about: str = ""
    topic: Topic | None = None


OUTSIDE = Meaning()
"""What the plan does not know."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence as somebody said it, and what it means."""

    said: str
    means: Meaning


def read_examples(content: str) -> tuple[Example, ...]:
    """The examples of a file's content in order; Malformed names the line at fault."""
    means: Meaning | None = None
    found: list[Example] = []
    for number, line in enumerate(content.splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        if text.startswith(MEANS):
            means = _meaning(text.removeprefix(MEANS).strip(), number)
        elif means is None:
            raise Malformed(f"{NAME}: line {number} stands under no line that begins with {MEANS}")
        else:
            found.append(Example(text, means))
    return tuple(found)


def _meaning(written: str, number: int) -> Meaning:
    if written == NOTHING:
        return OUTSIDE
    topic, colon, about = (part.strip() for part in written.partition(":"))
    if not colon:
        return Meaning(written)
    if topic not in {each.value for each in Topic}:
        raise Malformed(f"{NAME}: line {number} has no topic before its colon, but {topic!r}")
    return Meaning(about, Topic(topic))


@cache
def examples() -> Sequence[Example]:
    """The packaged examples, read once."""
    return read_examples(files("bplan_bot.understand").joinpath(NAME).read_text("utf-8"))
