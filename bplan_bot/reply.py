"""What the bot says back: one card, and the same facts as text and as a summary."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from bplan_bot.asked import Asked


class Card(dict[str, Any]):
    """A finished card as JSON. Nobody changes it, so a deep copy, as the SDK makes, is the card itself."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer in its three forms.

    `card` is an Adaptive Card as JSON; `summary` goes with it to notifications and screen readers.
    `text` says the same facts for the terminal; it is never sent beside a card, since both would show. In
    Teams nobody reads it, so `wording` may be what makes it.
    `in_place`: the card takes the place of the one whose button was pressed.
    `asked` is the question it answers, where it answers one that is kept.
    """

    card: Mapping[str, Any]
    wording: str | Callable[[], str]
    summary: str
    in_place: bool = False
    asked: Asked | None = None

    @property
    def text(self) -> str:
        """The answer as text."""
        return self.wording if isinstance(self.wording, str) else self.wording()
