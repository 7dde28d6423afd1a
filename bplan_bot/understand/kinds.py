"""Hears which kind of goals is to be listed: without a source, judged on a change, not handled, one's own."""

from functools import cache

from bplan_bot.plan_answers.lists import Kind
from bplan_bot.understand.lexicon import lexicon, stems
from bplan_bot.understand.question import Question, Topic
from bplan_bot.understand.reading import Reading
from bplan_bot.understand.wording import fold


def of_kind(reading: Reading) -> Question | None:
    """The list that is asked for, where the words say nothing else."""
    named = any(each.goals and each.sure for each in reading.names)
    if reading.numbers or named or reading.themes or reading.elsewhere or reading.unrelated:
        return None
    said = [word.stem for word in reading.words]
    plain = {each for each in said if not each.isdigit()}
    line = f" {' '.join(said)} "
    for phrase, kind in _phrases():
        if f" {phrase} " in line:
            beside = _beside() | {*phrase.split()}
            return Question(topic=Topic.BY_KIND, kind=kind) if beside.issuperset(plain) else None
    return None


@cache
def _phrases() -> tuple[tuple[str, Kind], ...]:
    """Every phrase as it is read, the longest first: "ikke behandlet" holds "behandlet"."""
    lex = lexicon()
    found = [
        (" ".join(word.stem for word in lex.words(fold(each))), kind)
        for kind, phrases in lex.kinds.items()
        for each in phrases
    ]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


@cache
def _beside() -> frozenset[str]:
    return lexicon().explained | stems(lexicon().beside_kinds)
