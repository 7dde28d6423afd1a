"""What a pressed button of a form carries, and the fields that come with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bplan_bot.errors import Refused
from bplan_bot.form import PICKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A pressed button of the form: whose round and goal, the goals on the card, and what its fields hold."""

    plan: str
    half: int
    goal: str
    goals: tuple[str, ...]
    sure: str
    written: Mapping[str, str]

    @classmethod
    def of(cls, carried: Mapping[str, Any]) -> "Pressed":
        """What a button carries; Refused `form.unknown` where it is none of the form's."""
        texts = {str(name): value for name, value in carried.items() if isinstance(value, str)}
        plan, _, half = texts.get("round", "").rpartition("/")
        if not (plan and half.isdecimal()):
            raise Refused("form.unknown")
        written = {name: value for name, value in texts.items() if "|" in name}
        return cls(
            plan=plan,
            half=int(half),
            goal=texts.get("goal", "") or written.get(PICKED, ""),
            goals=tuple(texts.get("goals", "").split()),
            sure=texts.get("sure", ""),
            written=written,
        )
