"""Finds which plan a message names by its year ("2024-planen", "sidste års plan"), and takes the name out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from bplan_bot.plan_choice import PlanSketch, usual_plan
from bplan_bot.understand.lexicon import lexicon
from bplan_bot.understand.wording import LONGEST_TEXT

_PLAN = r"(?:employment )?(?:beskæftigelses|beskaeftigelses|b-?)?plan(?:en|ens|s)?(?!\w)"
_YEAR = r"(20[0-9]{2})(?![0-9]|[-./][0-9])"
_AFTER = re.compile(rf"(?<!\w)({_PLAN})(?: (?:for|fra|of|from))?(?: år(?:et)?)? {_YEAR}", re.IGNORECASE)
_BEFORE = re.compile(rf"(?<![\w.-])(20[0-9]{{2}})(?:['’]?s)?[- ] ?({_PLAN})", re.IGNORECASE)
_BARE = re.compile(rf"(?<![\w.,/-]){_YEAR}(?!\w)")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class PlanNamed:
    """What a message says of plans: the `key` of the one it names, or what it calls one that is not there.

    `unknown` is the year of that one, 0 where it has none. `year` is one that is named without a plan.
    `words` is the message without the plan's name.
    """

    words: str
    key: str = ""
    unknown: int | None = None
    year: int | None = None


def plan_named(text: str, plans: Sequence[PlanSketch], today: date) -> PlanNamed:
    """Which of the `plans` (at least one) a message names on `today`."""
    if "plan" not in text.casefold():
        return PlanNamed(text, year=_bare_year(text))
    text = _BLANKS.sub(" ", text[:LONGEST_TEXT])
    if found := _AFTER.search(text):
        return _of_year(plans, int(found[2]), _without(text, found, found[1]))
    if found := _BEFORE.search(text):
        return _of_year(plans, int(found[1]), _without(text, found, found[2]))
    return _relative(text, plans, today) or PlanNamed(text, year=_bare_year(text))


def _relative(text: str, plans: Sequence[PlanSketch], today: date) -> PlanNamed | None:
    """The plan that is named by its place in time: last year's, the one before, the present one."""
    usual = usual_plan(plans, today)
    for said, pattern in _patterns():
        found = pattern.search(text)
        if found is None:
            continue
        words = _without(text, found, next(filter(None, found.groups())))
        match said:
            case "last_year":
                return _of_year(plans, today.year - 1, words)
            case "this_year":
                return _of_year(plans, today.year, words)
            case "current":
                return PlanNamed(words, key=usual.key)
            case "next_year":
                named = _of_year(plans, today.year + 1, words)
                # The one that is still to be written is asked about as such.
                return named if named.key else None
            case _:
                before = [plan for plan in plans if plan.start < usual.start]
                last = max(before, key=lambda plan: plan.start, default=None)
                return PlanNamed(words, key=last.key) if last else PlanNamed(words, unknown=0)
    return None


def _of_year(plans: Iterable[PlanSketch], year: int, words: str) -> PlanNamed:
    found = [plan for plan in plans if plan.is_of(year)]
    if not found:
        return PlanNamed(words, unknown=year)
    best = max(found, key=lambda plan: (plan.start.year == year, plan.start, plan.key))
    # Whoever names two plans is answered from the first, and offered the other.
    return PlanNamed(words, key=best.key, year=_bare_year(words))


def _without(text: str, found: re.Match[str], kept: str) -> str:
    """The text with only the word "planen" left of a plan's name."""
    return f"{text[: found.start()]}{kept}{text[found.end() :]}"


def _bare_year(text: str) -> int | None:
    years = {int(found[1]) for found in _BARE.finditer(text[:LONGEST_TEXT])}
    return years.pop() if len(years) == 1 else None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """By what is said of a plan the pattern of it, right before the word or right after it."""
    said = lexicon().plans
    phrases = {name: getattr(said, name) for name in type(said).model_fields}
    return tuple((name, _pattern(each)) for name, each in phrases.items())


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    any_of = "|".join(re.escape(phrase).replace("å", "(?:å|aa)") for phrase in longest_first)
    return re.compile(rf"(?<!\w)(?:(?:{any_of}) ({_PLAN})|({_PLAN}) (?:{any_of})(?!\w))", re.IGNORECASE)
