"""Finds the municipalities beside which a goal is to be shown, and what is asked of them."""

from dataclasses import replace
from functools import cache

from bplan_bot.municipalities import names
from bplan_bot.observation import COUNTRY
from bplan_bot.understand.context import Context
from bplan_bot.understand.lexicon import lexicon
from bplan_bot.understand.question import ALL_AREAS, Question, Topic
from bplan_bot.understand.reading import Reading
from bplan_bot.understand.wording import fold

_ALONE = frozenset({Topic.STATUS, Topic.COUNT, Topic.COMPARE})
"""What may be asked of the figures of another municipality."""

_COMPARED = _ALONE | {Topic.TREND, Topic.GAP}
"""What is a comparison where our own figure is spoken of too: "er vi bedre end ...", "hvor langt fra ..."."""


def of_areas(reading: Reading, asked: Question | None, before: Context | None) -> Question | None:
    """The question with the municipalities that it names; None where it is about anything else of theirs.

    `asked` is what the words mean without them. It is a comparison where our own figure is spoken of too.
    """
    areas = areas_named(reading)
    if not areas or reading.unrelated:
        return None
    compared = (
        Topic.COMPARE in reading.heard.topics
        or reading.says(lexicon().beside_areas)
        or reading.says(lexicon().context.ours)
    )
    if asked is None or not asked.goals:
        further = before is not None and compared and not reading.numbers and _says_no_more(reading)
        goals = before.goals if further and before else ()
        return Question(topic=Topic.COMPARE, goals=goals, areas=areas) if goals else None
    if asked.topic not in (_COMPARED if compared else _ALONE):
        return None
    return replace(asked, topic=Topic.COMPARE if compared else asked.topic, areas=areas, short=False)


def areas_named(reading: Reading) -> tuple[str, ...]:
    """The codes of the municipalities that are named, in the order of the words; none where another place is
    named beside them."""
    texts = [word.text for word in reading.words]
    by_name, found, place = _by_name(), [], 0
    while place < len(texts):
        length, code = next(
            (
                (length, code)
                for length in (2, 1)
                if (code := by_name.get(" ".join(texts[place : place + length])))
            ),
            (1, ""),
        )
        if code:
            found.append(code)
        elif texts[place] in lexicon().elsewhere or texts[place].removesuffix("s") in lexicon().elsewhere:
            return ()
        place += length
    return tuple(dict.fromkeys(found))


def _says_no_more(reading: Reading) -> bool:
    own = {word for name in _by_name() for word in name.split()}
    strange = [word for word in reading.words if word.stem in reading.rest]
    return all(word.text in own for word in strange)


@cache
def _by_name() -> dict[str, str]:
    """The codes by name and by its genitive, without the names that are words of every day."""
    elsewhere = lexicon().elsewhere
    found = dict.fromkeys(lexicon().neighbours, ALL_AREAS)
    for code, name in names().items():
        words = fold(name).replace("-", " ")
        if code != COUNTRY and words.split()[0] in elsewhere:
            found |= dict.fromkeys((words, f"{words}s"), code)
    return found
