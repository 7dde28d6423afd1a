"""Makes the same words look the same: one spelling of æ, ø and å, no case, words cut to their stems."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

LONGEST_TEXT = 30_000
"""Teams sends at most 28 KB, so nothing of a real message is lost; every step is linear in what is left."""

LONGEST_WORD = 40
"""The longest names have 27 letters; anything above this is no word and is not worth stemming."""

_LETTERS = str.maketrans(
    {"å": "aa", "ä": "ae", "ö": "oe", "%": " procent ", "\N{MINUS SIGN}": "-"}
    | dict.fromkeys("\N{EN DASH}\N{EM DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}", "-")
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_COMBINING = re.compile("[\u0300-\u036f]")
_APOSTROPHE = re.compile(r"(?<=\w)['’´`](?=\w)")
_MINISTERS_GOAL = re.compile(r"\bminister(?:s|ial)? goal")
_WORD = re.compile(r"[^\W_]+|[,;/+&]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a folded text, or one of the signs that join names, and where it stands."""

    text: str
    stem: str
    start: int
    end: int


PAUSE = Word(";", ";", -1, -1)
"""Stands for what was left out of a long text, so that its two ends are not read as one sentence."""

Synonyms = Mapping[str, Sequence[tuple[tuple[str, ...], tuple[str, ...]]]]
"""By the first word of a variant: the variants that begin with it, longest first, and what they become."""


def fold(text: str) -> str:
    """The text without case, accents, odd dashes, invisible characters and further blanks; "Mål" and "maal"
    become one."""
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text[:LONGEST_TEXT]))[:LONGEST_TEXT]
    text = text.casefold().translate(_LETTERS)[:LONGEST_TEXT]
    if not text.isascii():
        text = _COMBINING.sub("", unicodedata.normalize("NFKD", text))
    # The single letters are kept, since the stemmer knows them and a slip in one of them counts once.
    text = text.replace("aa", "å").replace("ae", "æ").replace("oe", "ø")
    text = _APOSTROPHE.sub("", _CONTROL.sub(" ", text))
    # English says in two words what Danish says in one, and the number after it is no goal of the plan.
    return _MINISTERS_GOAL.sub("ministermål", " ".join(text.split()))


def spelt_out(folded: str) -> str:
    """The folded text with two letters for each of the Danish ones."""
    return folded.replace("å", "aa").replace("æ", "ae").replace("ø", "oe")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of a folded word ("samtalerne" -> "samtal"); digits and signs stay what they are."""
    if len(word) > LONGEST_WORD:
        return word
    # A stemmer keeps its place in itself, so each word gets its own: two threads may ask at once.
    return str(snowballstemmer.stemmer("danish").stemWord(word))


def words_of(
    folded: str, synonyms: Synonyms, taken: Sequence[tuple[int, int]] = (), *, ends: int | None = None
) -> list[Word]:
    """The words in order, each variant replaced by its common word; what lies inside `taken` is left out.

    `ends` is how many are wanted from either end of a long text, with a `PAUSE` for what lies between.
    """
    found = [(match[0], match.start(), match.end()) for match in _WORD.finditer(folded)]
    if taken:
        covered = {place for start, end in taken for place in range(start, end)}
        found = [word for word in found if word[1] not in covered]
    common = _common([text for text, _, _ in found], synonyms)
    said = [(text, found[first][1], found[last][2]) for text, first, last in common]
    if ends is None or len(said) <= 2 * ends:
        return [_word(*each) for each in said]
    return [*(_word(*each) for each in said[:ends]), PAUSE, *(_word(*each) for each in said[-ends:])]


def plain_words(folded: str) -> list[str]:
    """The words in order as written."""
    return [match[0] for match in _WORD.finditer(folded)]


def _word(text: str, start: int, end: int) -> Word:
    return Word(text, stem(text), start, end)


def _common(written: Sequence[str], synonyms: Synonyms) -> Iterator[tuple[str, int, int]]:
    """Each word, or its common word, with the places of the first and last word that it stands for."""
    place = 0
    while place < len(written):
        length, meant = 1, tuple(written[place : place + 1])
        for variant, common in synonyms.get(written[place], ()):
            if tuple(written[place : place + len(variant)]) == variant:
                length, meant = len(variant), common
                break
        yield from ((text, place, place + length - 1) for text in meant)
        place += length
