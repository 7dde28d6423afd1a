"""A sentence not yet said: the id of a catalogue entry and the values that go into it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bplan_bot.local_text import LocalText


@dataclass(frozen=True, slots=True)
class Message:
    """An entry of the catalogue with its values: quantities, periods, dates, plan texts, other messages."""

    id: str
    args: Mapping[str, object] = field(default_factory=dict, hash=False)


def message(message_id: str, **args: object) -> Message:
    """A Message with its values given by name."""
    return Message(message_id, args)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text of the plan's data with places for values, as `{value}` in an indicator's statement."""

    text: LocalText
    args: Mapping[str, object] = field(default_factory=dict, hash=False)
