"""The 98 municipalities by code and by name, from municipalities.csv."""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from bplan_bot.observation import COUNTRY

COUNTRY_NAME = "Hele landet"


@cache
def names() -> Mapping[str, str]:
    """Each municipality's bare name by its code, and the whole country's."""
    text = files("bplan_bot").joinpath("municipalities.csv").read_text(encoding="utf-8")
    return {COUNTRY: COUNTRY_NAME} | {row["code"]: row["name"] for row in csv.DictReader(text.splitlines())}


def key_of(name: str) -> str:
    """A name as it is compared: without "Kommune", capitals, and the s that some sources add."""
    return name.casefold().removesuffix("kommune").strip().rstrip("s")


def code_of(name: str) -> str | None:
    """The code of a municipality by its name, or by the code itself; None for a stranger."""
    by_name = {key_of(known): code for code, known in names().items()}
    return name.strip() if name.strip() in names() else by_name.get(key_of(name))


def strangers(written: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that are no municipality's."""
    return tuple(name for name in written if code_of(name) is None)
