"""Hears that somebody wants a role given, taken or told, from the order of a few plain words."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bplan_bot.access import Role
from bplan_bot.understand.lexicon import RoleWords, lexicon
from bplan_bot.understand.question import ME, Question, Topic

FIRST = 8
"""Words within which the verb comes: "hej, vil du ikke lige gøre ..."; further on it is a letter."""

SHORT = 12
"""Words that a question about roles may have at most."""

_WORD = re.compile(r"[^\W_]+")


def role_asked(folded: str, *, person: str) -> Question | None:
    """What a folded text without ids wants about roles, its goals left out; None where it is about other
    things. `person` is the id that was in it, or empty."""
    said = lexicon().roles
    words = _WORD.findall(folded)
    person = person or (ME if _is_about_the_asker(words, said) else "")
    if given := _after(words, said.give, said) or _handed(words, said):
        return Question(topic=Topic.GIVE_ROLE, role=given, person=person)
    if taken := _after(words, said.take, said) or _handed(words, said, by=said.take):
        return Question(topic=Topic.TAKE_ROLE, role=taken, person=person)
    return _told(words, said)


def _is_about_the_asker(words: Sequence[str], said: RoleWords) -> bool:
    """Whether "mig" is whom it is about, as in "gør mig" and "fra mig", and not "gør ... for mig"."""
    before = said.give | said.hand | said.take | said.away
    return any(word in said.me and first in before for first, word in pairwise(words))


def _after(words: Sequence[str], verbs: frozenset[str], said: RoleWords) -> Role | None:
    """The role of "gør ... til indberetter": verb, whoever it is, a mark, and the role right after it."""
    verb = _place(words[:FIRST], verbs)
    if verb is None:
        return None
    pairs = pairwise(words[verb + 1 :])
    return next((role for mark, word in pairs if mark in said.marks and (role := _role(word, said))), None)


def _handed(words: Sequence[str], said: RoleWords, *, by: frozenset[str] | None = None) -> Role | None:
    """The role of "giv ... rollen som indberetter", which is named as a role."""
    verb = _place(words[:FIRST], by or said.hand)
    named = None if verb is None else _place(words[verb:], said.role)
    if verb is None or named is None:
        return None
    after = words[verb + named + 1 : verb + named + 3]
    return next((role for word in after if (role := _role(word, said))), None)


def _told(words: Sequence[str], said: RoleWords) -> Question | None:
    if len(words) > SHORT:
        return None
    roles = [role for word in words if (role := _role(word, said))]
    who = _place(words, said.who)
    if who is not None and roles and any(_role(word, said) for word in words[who + 1 : who + 5]):
        return Question(topic=Topic.ROLE_HOLDERS, role=roles[0])
    about_roles = {"roller", "roles"} | said.role
    own = not said.own.isdisjoint(words) and not about_roles.isdisjoint(words)
    asked = not said.which.isdisjoint(words) or len(words) <= 2
    return Question(topic=Topic.OWN_ROLES) if own and asked else None


def _place(words: Sequence[str], wanted: frozenset[str]) -> int | None:
    return next((place for place, word in enumerate(words) if word in wanted), None)


def _role(word: str, said: RoleWords) -> Role | None:
    return next((role for role, names in said.names.items() if word in names), None)
