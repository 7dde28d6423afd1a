"""What a source lists: its tables, with when their figures came and when the next ones come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One table of a source; `published` and `expected` are None where the source does not say."""

    table: str
    title: str
    subject: str = ""
    published: date | None = None
    expected: date | None = None


@dataclass(frozen=True, slots=True)
class Insides:
    """What a table holds, for who chooses of it: the first and last period of each form, the labels of its
    measures (empty where it has none), and the members of each dimension by the id it is asked by."""

    periods: Mapping[str, tuple[str, str]]
    columns: tuple[str, ...]
    members: Mapping[str, tuple[str, ...]]


def found(listings: tuple[Listing, ...], words: str) -> tuple[Listing, ...]:
    """The tables whose title or subject holds every word, or its beginning, or whose id was written."""
    wanted = words.casefold().split()
    return tuple(one for one in listings if wanted and all(_holds(one, word) for word in wanted))


def _holds(listing: Listing, word: str) -> bool:
    said = f"{listing.title} {listing.subject}".casefold()
    # Danish endings: "raske" and "rask" are one, so a word need only begin alike.
    stem = word if len(word) < 5 else word[:-1]
    return stem in said or word == listing.table.casefold()
