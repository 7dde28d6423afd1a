"""Hears which goal of a list is meant by its place: "den første", "nummer to", "den sidste"."""

from functools import cache

from bplan_bot.understand.lexicon import lexicon, stems
from bplan_bot.understand.reading import Reading

LAST = -1


def placed(reading: Reading, listed: tuple[str, ...]) -> str | None:
    """The goal at the place in the list that the words say; None where they say none, or it is shorter."""
    if (
        not listed
        or reading.numbers
        or reading.themes
        or any(each.goals or each.themes for each in reading.names)
    ):
        return None
    said = lexicon().context
    places = {word: place for place, words in said.places.items() for word in words}
    named = [places[word.text] for word in reading.words if word.text in places]
    beside = (
        word.stem in _small() or word.text in places or place in reading.heard.places
        for place, word in enumerate(reading.words)
    )
    # "Hvad var den anden grund til det" asks for no goal.
    if len(named) != 1 or not all(beside):
        return None
    if named[0] == LAST:
        return listed[-1]
    return listed[named[0] - 1] if named[0] <= len(listed) else None


@cache
def _small() -> frozenset[str]:
    """Stems of words that say nothing beside a place."""
    lex = lexicon()
    said = lex.context
    words = said.beside_places | said.it | said.opening | lex.fillers | lex.connectors | lex.numbers.goal
    return stems(words) - stems(["tallet", "tal"])
