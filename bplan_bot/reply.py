"""What the bot says back: one card, and the same facts as text and as a summary."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer in its three forms.

    `card` is an Adaptive Card as JSON; `summary` goes with it to notifications and screen readers.
    `text` says the same facts for the terminal; it is never sent beside a card, since both would show.
    `in_place`: the card takes the place of the one whose button was pressed.
    """

    card: Mapping[str, Any]
    text: str
    summary: str
    in_place: bool = False
