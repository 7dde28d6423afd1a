"""Writes numbers that are said in words as figures: "seks punkt ni" is 6.9, "femte tema" is tema 5."""

import re

_ROWS = (
    "en et one første 1st first",
    "to two anden andet 2nd second",
    "tre three tredje 3rd third",
    "fire four fjerde 4th fourth",
    "fem five femte 5th fifth",
    "seks six sjette 6th sixth",
    "syv seven",
    "otte eight",
    "ni nine",
    "ti ten",
    "elleve eleven",
    "tolv twelve",
    "tretten thirteen",
)
_FIGURES = {word: str(number) for number, row in enumerate(_ROWS, start=1) for word in row.split()}
_ANY = "|".join(sorted(_FIGURES, key=len, reverse=True))
_DOTTED = re.compile(rf"\b({_ANY}|[1-9]) (?:punkt|prik|komma|point|dot) ({_ANY}|1?[0-9])\b")
_SIX = re.compile(
    rf"\b(?:seks|six) ({_ANY})\b(?! (?:mål|målene|gange|år|måneder|uger|dage|stk|personer|goals|times|years))"
)
_MINISTER = re.compile(
    rf"\b(?:minister(?:en)?s ({_ANY})(?: og sidste)? (?:mål\w*|goal)|({_ANY}) (?:af )?ministermål\w*)\b"
)
_PLACES = "|".join(word for row in _ROWS for word in row.split()[2:] if word != "one")
_CHAPTER = re.compile(rf"\b({_PLACES}) (?:tema|gruppe|kapitel|theme|chapter|group)\b")
_LIKE_ONE = frozenset({"en", "et", "one"})


def written_out(folded: str) -> str:
    """The folded text with the numbers of goals and minister's goals in figures."""
    text = _DOTTED.sub(lambda found: f"{_figure(found[1])}.{_figure(found[2])}", folded)
    text = _SIX.sub(lambda found: f"6.{_figure(found[1])}", text)
    text = _CHAPTER.sub(lambda found: f"tema {_figure(found[1])}", text)
    return _MINISTER.sub(_minister, text)


def _figure(word: str) -> str:
    return _FIGURES.get(word, word)


def _minister(found: re.Match[str]) -> str:
    word = found[1] or found[2]
    # "De fem ministermål" counts them, "det femte" is one of them.
    return f"ministermål {_figure(word)}" if _is_place(word) else found[0]


def _is_place(word: str) -> bool:
    row = _ROWS[int(_FIGURES[word]) - 1].split()
    return word not in _LIKE_ONE and row.index(word) > 1
