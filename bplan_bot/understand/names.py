"""Finds goals and themes by their titles and aliases: as written, inflected, run together, or misspelt."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from rapidfuzz.distance import OSA

from bplan_bot.goal import Plan
from bplan_bot.understand.lexicon import Lexicon, lexicon
from bplan_bot.understand.together import Together, is_together, together
from bplan_bot.understand.wording import Word, fold, spelt_out, stem

LONGEST_NAME = 8
"""Words that the longest name has when its small words are left out."""

FUZZY_UP_TO = 60
"""Words of a text up to which misspelt names are looked for; in a letter something always resembles one."""

SURE_LENGTH = 9
"""Letters from which a misspelt name is as good as a right one; shorter ones meet other words by chance."""


SHORTEST_CUT = 6
"""Letters that the beginning of a name needs to stand for it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: the places of its first and last word, and what it may stand for.

    `sure` unless the name is an everyday word, or a short one misspelt. `together`: it names all of its goals
    at once. `places`: those of its words where others stand between them.
    """

    first: int
    last: int
    goals: frozenset[str]
    themes: frozenset[int]
    sure: bool
    together: bool = False
    places: tuple[int, ...] = ()

    @property
    def covered(self) -> Sequence[int]:
        """The places of its words."""
        return self.places or range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True)
class Meant:
    """What words that stand together point to, as in Mention."""

    goals: frozenset[str] = frozenset()
    themes: frozenset[int] = frozenset()
    together: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """All names of one plan, run together into one key each, both as words and as stems.

    `alike` are the keys that may be misspelt, by first letter and length; `beginnings` is what any key begins
    with, up to the whole of it; `clues` are the aliases that are words in any order.
    """

    goals: Mapping[str, frozenset[str]]
    themes: Mapping[str, frozenset[int]]
    groups: Mapping[str, frozenset[str]]
    alike: Mapping[tuple[str, int], tuple[str, ...]]
    beginnings: frozenset[str]
    stems: frozenset[str]
    everyday: frozenset[str]
    clues: Together[Meant]


Number = TypeVar("Number", str, int)
Titles = tuple[tuple[Number, tuple[str, ...]], ...]
Groups = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


def names_of(plan: Plan) -> Names:
    """The names of the plan's goals and themes."""
    goals = tuple((goal.number, (goal.title.da, goal.title.en, *goal.aliases)) for goal in plan.goals)
    themes = tuple((theme.number, (theme.title.da, theme.title.en, *theme.aliases)) for theme in plan.themes)
    groups = tuple((group.goals, group.aliases) for group in plan.groups)
    return _collected(goals, themes, groups)


# By the names themselves: hashing a whole Plan for every message would cost more than the reading does.
@lru_cache(maxsize=16)
def _collected(goals: Titles[str], themes: Titles[int], groups: Groups) -> Names:
    lex = lexicon()
    by_goal, by_theme = _by_key(goals, lex), _by_key(themes, lex)
    titles = [name for _, names in (*goals, *themes) for name in _plain(names)]
    by_group = {
        key: frozenset(numbers)
        for numbers, names in groups
        for name in _plain(names)
        for key in _keys(_content(name, lex))
    }
    return Names(
        goals=by_goal,
        themes=by_theme,
        groups=by_group,
        alike=_by_letter_and_length(dict.fromkeys([*by_goal, *by_theme])),
        beginnings=frozenset(
            key[:end] for key in (*by_goal, *by_theme, *by_group) for end in range(1, len(key) + 1)
        ),
        stems=frozenset(word.stem for name in titles for word in _content(name, lex)),
        everyday=frozenset(key for name in lex.everyday for key in _keys(_content(name, lex))),
        clues=together(_pointing(goals, themes, groups), lex.variants),
    )


def _plain(names: Iterable[str]) -> list[str]:
    return [name for name in names if not is_together(name)]


def _pointing(goals: Titles[str], themes: Titles[int], groups: Groups) -> Iterator[tuple[str, Meant]]:
    meant = [
        *((Meant(goals=frozenset([number])), names) for number, names in goals),
        *((Meant(themes=frozenset([number])), names) for number, names in themes),
        *((Meant(goals=frozenset(numbers), together=True), names) for numbers, names in groups),
    ]
    return ((name, each) for each, names in meant for name in names if is_together(name))


def _by_letter_and_length(keys: Iterable[str]) -> dict[tuple[str, int], tuple[str, ...]]:
    """Those a misspelt word may stand for: people misspell the middle and the end, and one letter makes a
    short word another word."""
    found: dict[tuple[str, int], tuple[str, ...]] = {}
    for key in (key for key in keys if len(key) > 4):
        place = (key[0], len(key))
        found[place] = (*found.get(place, ()), key)
    return found


def _by_key(titles: Titles[Number], lex: Lexicon) -> dict[str, frozenset[Number]]:
    found: dict[str, set[Number]] = {}
    for number, names in titles:
        for key in (key for name in _plain(names) for key in _keys(_content(name, lex))):
            found.setdefault(key, set()).add(number)
            found.setdefault(spelt_out(key), set()).add(number)
    return {key: frozenset(numbers) for key, numbers in found.items()}


def mentions(words: Sequence[Word], names: Names, known: frozenset[str]) -> list[Mention]:
    """The names in the words, in order, the longest where they overlap; stems in `known` are not misspelt."""
    lex = lexicon()
    places = [place for place, word in enumerate(words) if not _is_small(word, lex)]
    begin = {place for place in places if _may_begin(words[place], names)}
    fuzzy = places if len(words) <= FUZZY_UP_TO else ()
    strange = {place for place in fuzzy if _is_strange(words[place], names, known)}
    taken: set[int] = set()
    found: list[Mention] = []
    for window in _windows(places):
        if not taken.isdisjoint(window):
            continue
        mention = None
        if len(window) == 1 or window[0] in begin:
            mention = _exact([words[place] for place in window], names, lex, window)
        # A long name misspelt goes before a short one inside it that is spelt right.
        if mention is None and not strange.isdisjoint(window):
            meant = [words[place] for place in window]
            mention = _misspelt(meant, names, window) or _cut_short(meant, names, window)
        if mention:
            found.append(mention)
            taken.update(window)
    return sorted(found, key=lambda mention: mention.first)


def _windows(places: Sequence[int]) -> Iterator[Sequence[int]]:
    for size in range(min(LONGEST_NAME, len(places)), 0, -1):
        for first in range(len(places) - size + 1):
            yield places[first : first + size]


def _is_small(word: Word, words: Lexicon) -> bool:
    return word.text in words.fillers or word.text in words.connectors


def _may_begin(word: Word, names: Names) -> bool:
    """Whether a name written over several words may begin with this one."""
    return word.text in names.beginnings or word.stem in names.beginnings


def _is_strange(word: Word, names: Names, known: frozenset[str]) -> bool:
    """Whether nobody knows the word, so that it may be one misspelt."""
    return len(word.text) > 2 and word.stem not in known and word.stem not in names.stems


def _content(name: str, lex: Lexicon) -> list[Word]:
    """The words of a name without the small ones, or all of them where it has nothing else."""
    words = lex.words(fold(name))
    return [word for word in words if not _is_small(word, lex)] or words


def _keys(words: Sequence[Word]) -> tuple[str, str]:
    """The words run together, and their stems: "aktivitets parate" and "aktivitetsparate" are one."""
    return "".join(word.text for word in words), "".join(word.stem for word in words)


def _mention(keys: Sequence[str], names: Names, window: Sequence[int], *, sure: bool) -> Mention | None:
    if not any(key in names.goals or key in names.themes for key in keys):
        group = next((names.groups[key] for key in keys if key in names.groups), None)
        return Mention(window[0], window[-1], group, frozenset(), sure, together=True) if group else None
    goals = frozenset[str]().union(*(names.goals.get(key, frozenset()) for key in keys))
    themes = frozenset[int]().union(*(names.themes.get(key, frozenset()) for key in keys))
    sure = sure and not any(key in names.everyday for key in keys)
    return Mention(window[0], window[-1], goals, themes, sure)


def _exact(words: Sequence[Word], names: Names, lex: Lexicon, window: Sequence[int]) -> Mention | None:
    written, stemmed = _keys(words)
    # A small word names nothing, though "var" is the stem of "varen" and of "varighed". The word itself goes
    # before its stem, which may be another name's too.
    for key in (each for each in (written, stemmed) if each in names.beginnings and each not in lex.stop):
        mention = _mention([key], names, window, sure=True)
        if mention:
            return mention
    for tail in lex.tails if len(words) == 1 else ():
        head = written.removesuffix(tail)
        if head != written and len(head) > 2:
            for key in (head, head.removesuffix("s"), stem(head)):
                mention = _mention([key], names, window, sure=True)
                if mention:
                    return mention
    return None


def _misspelt(words: Sequence[Word], names: Names, window: Sequence[int]) -> Mention | None:
    """The names nearest to the words."""
    nearest: dict[str, int] = {}
    # Spelt out too, since "samtaelmålet" would otherwise get an æ and so a second slip.
    for written in dict.fromkeys(spelling for key in _keys(words) for spelling in (key, spelt_out(key))):
        for key, distance in near(written, names):
            nearest[key] = min(distance, nearest.get(key, distance))
    if not nearest:
        return None
    best = min(nearest.values())
    keys = [key for key, distance in nearest.items() if distance == best]
    return _mention(keys, names, window, sure=min(map(len, keys)) >= SURE_LENGTH)


def _cut_short(words: Sequence[Word], names: Names, window: Sequence[int]) -> Mention | None:
    """The name that one strange word is the beginning of, where all names that begin so mean the same:
    "danskudd"."""
    written = words[0].text
    if len(words) > 1 or len(written) < SHORTEST_CUT:
        return None
    keys = [key for key in (*names.goals, *names.groups) if key.startswith(written)]
    found = {names.goals.get(key) or names.groups.get(key) for key in keys}
    return _mention(keys[:1], names, window, sure=True) if len(found) == 1 else None


def near(written: str, names: Names) -> Iterator[tuple[str, int]]:
    """The keys that may be meant by misspelt words run together, each with its number of slips."""
    slips = _slips(written)
    # A slip makes the word at most one letter longer or shorter.
    for length in range(len(written) - slips, len(written) + slips + 1):
        for key in names.alike.get((written[:1], length), ()):
            distance = OSA.distance(written, key, score_cutoff=slips)
            if distance <= slips and _figures(written) == _figures(key):
                yield key, distance


def _slips(written: str) -> int:
    """How many letters may be wrong: none in short words, where one letter makes another word."""
    return 0 if len(written) < 6 else 1 if len(written) < 12 else 2


def _figures(written: str) -> list[str]:
    """The figures in it: another one is another word, not a slip."""
    return [sign for sign in written if sign.isdigit()]
