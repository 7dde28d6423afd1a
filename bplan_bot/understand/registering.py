"""Hears that somebody wants to report a figure, and reads which goal, figure and period they wrote."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA

from bplan_bot.figure_values import Typed
from bplan_bot.goal import Goal, Plan
from bplan_bot.notation.periods import read_period
from bplan_bot.period import Period
from bplan_bot.understand.lexicon import RegisterWords, lexicon, stems
from bplan_bot.understand.numbers import GoalNumber, goal_numbers
from bplan_bot.understand.question import Question, Topic
from bplan_bot.understand.reading import Reading, read
from bplan_bot.understand.references import distinct, goal_names

FIRST = 12
"""Words within which the verb comes; further on it is a letter."""

LONGEST = 400
"""Letters of a message that reports a figure; nobody reports one with a letter."""

ROOM = 3
"""Words nobody knows beside a verb that means nothing but reporting."""

SHORTEST_CORRECTED = 7
"""Letters that a verb needs for one of them to be wrong."""

LONGEST_PERIOD = 6
"""Words of a period: "fra 1. kvartal 2023 til 2. kvartal"."""

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(?<![\w.,-])-?(?:[0-9]{1,3}(?: [0-9]{3})+(?![\w.,])|[0-9]+(?:[.,][0-9]+)*)(?!\w)")
_SHARE = re.compile(r" ?(?:procent|pct|percent)\b")
_OF = re.compile(r" ?(?:ud af|out of|af|of|/) ?")
_YEAR = re.compile(r"(?:199|20[0-9])[0-9]")
_WRITTEN_AS_GOAL = re.compile(r"[0-9]\.[0-9]{1,2}")
_PIECE = re.compile(r"[^\s;(]+")
_HAS_LETTER = re.compile(r"[^\W\d_]")
_DAY = re.compile(r"[0-9]+([./-])[0-9]+\1[0-9]+")
_BEFORE = re.compile(r"([^\W\d_]+):? $")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number among the words, as it is written; `goal` where a goal may be meant by it."""

    start: int
    end: int
    written: str
    goal: GoalNumber | None

    @property
    def is_known(self) -> bool:
        return self.goal is not None and self.goal.known


_Span = tuple[int, int, Period | str]
"""Where a period stands and which one; as it is written where its year is left out ("januar")."""


def registering(folded: str, plan: Plan) -> Question | None:
    """What a folded text wants to report: its goals, and the figure with its period as far as they are told;
    None where it is about other things, as every question after a figure is."""
    said = lexicon().registering
    if folded.strip(" ?!.") in said.asks:
        return Question(topic=Topic.REGISTER)
    found = _verb(folded[:LONGEST], said) if len(folded) <= LONGEST else None
    if found is None:
        return None
    lead, verb, tail = found
    text = f"{lead}{verb} {_in_danish(tail, said)}"
    spans = list(_periods(text))
    for start, end, _ in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    reading = read(text, plan)
    if reading.refused or reading.elsewhere or not said.asking.isdisjoint(_WORD.findall(tail)):
        return None
    asked = _asked(text, spans, plan, reading)
    wanted = _is_wanted(verb, asked, _WORD.findall(text), said)
    return asked if wanted and not _is_strange(verb, reading, said) else None


def _verb(folded: str, said: RegisterWords) -> tuple[str, str, str] | None:
    """What stands before the verb, the verb, and what stands after it; None where there is none, or where
    something is asked before it."""
    before = said.before | lexicon().numbers.goal
    how = False
    for place, match in enumerate(_WORD.finditer(folded)):
        word = match[0]
        if meant := _meant(word, said, how=how):
            return folded[: match.start()], meant, folded[match.end() :]
        how = how or (place == 0 and word in said.how)
        is_question = place == 0 and word in said.not_first
        if is_question or place >= FIRST or not (word in before or (place == 0 and how)):
            return None
    return None


def _meant(word: str, said: RegisterWords, *, how: bool) -> str:
    """The verb that a word is, or is a misspelling of; empty where it is none."""
    if word in said.verbs | said.of_figures | said.of_values:
        return word
    if word in said.present:
        return word if how else ""
    if len(word) < SHORTEST_CORRECTED or word in said.not_meant:
        return ""
    near = (verb for verb in sorted(said.verbs) if OSA.distance(word, verb, score_cutoff=1) <= 1)
    return next(near, "")


def _in_danish(text: str, said: RegisterWords) -> str:
    """The text with the periods of another language in Danish words."""
    for written, danish in said.periods.items():
        text = re.sub(rf"\b{re.escape(written)}\b", danish, text)
    return text


def _is_wanted(verb: str, asked: Question, words: Sequence[str], said: RegisterWords) -> bool:
    """Whether the verb means reporting beside what was found: "report on 6.2" wants a report,
    and "skriv 22 mål" a list."""
    has_figure = asked.figure is not None and not asked.figure.is_blank
    if verb in said.of_values:
        return has_figure and bool(asked.goals)
    return verb not in said.of_figures or has_figure or not said.figures.isdisjoint(words)


def _is_strange(verb: str, reading: Reading, said: RegisterWords) -> bool:
    """Whether too much stands beside it that has nothing to do with a figure."""
    own = stems(said.before | said.figures | said.how | said.beside | {verb})
    if verb in said.verbs | said.present:
        return len([stem for stem in reading.rest if stem not in own]) > ROOM
    lex = lexicon()
    known = own | stems(lex.fillers | lex.connectors | lex.numbers.goal | lex.months.keys())
    named = {place for each in reading.names for place in each.covered}
    return any(
        word.stem not in known and not word.stem.isdigit() and place not in named and word.text.isalpha()
        for place, word in enumerate(reading.words)
    )


def _asked(text: str, spans: Sequence[_Span], plan: Plan, reading: Reading) -> Question:
    """The goals that are named, and the figure where there is one goal and one figure; the periods stand in
    the `spans` and no longer in the text."""
    said = lexicon().registering
    numbers = _numbers(text, plan)
    meant = _goals(text, numbers, said)
    named = [each for each in goal_names(reading) if each.sure and len(each.goals) == 1]
    goals = tuple(dict.fromkeys(each.goal.number for each in meant if each.goal)) or distinct(named)
    if meant and not any(each.is_known for each in meant):
        return Question(topic=Topic.REGISTER, missing=goals)
    if len(goals) > 1:
        return Question(topic=Topic.REGISTER, goals=goals)
    values = [each for each in numbers if each not in meant]
    period = _period(spans, plan.goal(goals[0]) if goals else None)
    if not period:
        period, values = _year(text, values, said)
    return Question(topic=Topic.REGISTER, goals=goals, figure=_typed(text, values, period))


def _numbers(text: str, plan: Plan) -> list[_Number]:
    lex = lexicon()
    by_place = {each.start: each for each in goal_numbers(text, plan, lex.numbers)}
    known = {goal.number for goal in plan.goals}
    found = []
    for match in _NUMBER.finditer(text):
        written = match[0]
        goal = by_place.get(match.start())
        dotted = written.replace(",", ".")
        if goal is None and dotted in known and not _SHARE.match(text, match.end()):
            goal = GoalNumber(match.start(), match.end(), dotted, known=True)
        if goal is not None and _SHARE.match(text, match.end()):
            goal = None
        found.append(_Number(match.start(), match.end(), written, goal))
    return found


def _goals(text: str, numbers: Sequence[_Number], said: RegisterWords) -> list[_Number]:
    """The numbers that are goals: those called one; else the one number that can be; else what stands after
    "på", then what is written as goals are, with a point."""
    able = [each for each in numbers if each.goal is not None]
    called = [each for each in able if each.goal and each.goal.explicit]
    if called:
        return called
    known = [each for each in able if each.is_known]
    if len(known) == 1:
        return known
    after = [each for each in able if _word_before(text, each.start) in said.of_goal]
    if known:
        dotted = [each for each in known if _WRITTEN_AS_GOAL.fullmatch(each.written)]
        return [each for each in after if each.is_known] or dotted or known[:1]
    return [each for each in after if _WRITTEN_AS_GOAL.fullmatch(each.written)]


def _word_before(text: str, place: int) -> str:
    found = _BEFORE.search(text, max(0, place - 24), place)
    return found[1] if found else ""


def _typed(text: str, values: Sequence[_Number], period: str) -> Typed | None:
    """The figure as it would be typed into the form's fields."""
    for first, second in pairwise(values):
        if _OF.fullmatch(text, first.end, second.start):
            rest = [each for each in values if each not in (first, second)]
            share = _written(text, rest[0]) if len(rest) == 1 else ""
            return Typed(period=period, value=share, numerator=first.written, denominator=second.written)
    value = _written(text, values[0]) if len(values) == 1 else ""
    return Typed(period=period, value=value) if period or value else None


def _written(text: str, number: _Number) -> str:
    return f"{number.written} %" if _SHARE.match(text, number.end) else number.written


def _periods(text: str) -> Iterator[_Span]:
    """The periods that are named, the longest that can be read at each place."""
    pieces = [(match.start(), match.end()) for match in _PIECE.finditer(text)]
    place = 0
    while place < len(pieces):
        start = pieces[place][0]
        for count in range(min(LONGEST_PERIOD, len(pieces) - place), 0, -1):
            written = text[start : pieces[place + count - 1][1]].rstrip(",:)!?.")
            if period := _named(written):
                yield start, start + len(written), period
                place += count - 1
                break
        place += 1


def _named(written: str) -> Period | str | None:
    """The period that is written, or the words of one without its year; a bare year may be a figure."""
    if _YEAR.fullmatch(written) or not (_HAS_LETTER.search(written) or _DAY.fullmatch(written)):
        return None
    found = read_period(written)
    if found or read_period(f"{written} 2000") in (None, Period.year(2000)):
        return found
    return written


def _period(spans: Sequence[_Span], goal: Goal | None) -> str:
    """The code of the one period that is named; empty where none or several are."""
    if len(spans) != 1:
        return ""
    found = spans[0][2]
    if isinstance(found, Period):
        return found.code
    if goal is None:
        return ""
    last = goal.assessed_on.end
    years = (read_period(f"{found} {year}") for year in (last.year, last.year - 1))
    return next((each.code for each in years if each and each.end <= last), "")


def _year(text: str, values: list[_Number], said: RegisterWords) -> tuple[str, list[_Number]]:
    """The year that one of the numbers is, as after "for" or beside a figure, and the other numbers."""
    years = [each for each in values if _YEAR.fullmatch(each.written)]
    led = [each for each in years if _word_before(text, each.start) in said.of_period]
    meant = led or (years if len(values) > 1 else [])
    if not meant:
        return "", values
    year = meant[-1]
    return Period.year(int(year.written)).code, [each for each in values if each is not year]
