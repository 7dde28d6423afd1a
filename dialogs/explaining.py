"""Explains why words were taken the way they were: what they ask, what decided it, what nobody knew."""

from collections.abc import Iterator
from dataclasses import fields

from bplan_bot.goal import Plan
from bplan_bot.texts.speaker import Speaker
from bplan_bot.understand.by_examples import guessed
from bplan_bot.understand.examples import NOTHING
from bplan_bot.understand.language import language_of
from bplan_bot.understand.politeness import without_politeness
from bplan_bot.understand.question import Question, Unclear
from bplan_bot.understand.reading import Reading, read
from bplan_bot.understand.understand import understand
from bplan_bot.understand.wording import fold


def as_lines(text: str, plan: Plan, speaker: Speaker) -> list[str]:
    """One line for each thing that was found in the text."""
    understood, reading = understand(text, plan), read(without_politeness(fold(text)), plan)
    rows = [*_understood(understood), *_found(reading)]
    rows.append(("language", language_of(text) or ""))
    return [f"{speaker.say(f'explain.{name}')}: {told}" for name, told in rows if told]


def _understood(understood: Question | Unclear) -> Iterator[tuple[str, str]]:
    if isinstance(understood, Unclear):
        yield "unclear", ", ".join(understood.candidates) or "-"
        return
    yield "topic", understood.topic.value
    yield "goals", ", ".join(understood.goals)
    told = (
        f"{field.name}={value}"
        for field in fields(understood)
        if field.name not in ("topic", "goals") and (value := getattr(understood, field.name))
    )
    yield "more", "; ".join(told)


def _found(reading: Reading) -> Iterator[tuple[str, str]]:
    yield "phrases", ", ".join(reading.words[place].text for place in sorted(reading.heard.places))
    yield "topics", ", ".join(sorted(reading.heard.alone))
    yield "statuses", ", ".join(reading.heard.statuses)
    yield "numbers", ", ".join(each.number for each in reading.numbers)
    yield "names", "; ".join(_names(reading))
    refused = [name for name in ("elsewhere", "unrelated") if getattr(reading, name)]
    yield "refused", ", ".join(refused)
    yield "example", _example(reading)
    yield "unknown", ", ".join(reading.rest)


def _example(reading: Reading) -> str:
    """What the examples say, and by how much; it counts where no rule explains the words."""
    guess = guessed(reading)
    if guess is None:
        return ""
    about = f"{guess.topic}: {guess.about}" if guess.topic else guess.about or NOTHING
    return f"{about} ({guess.ahead:.2f})"


def _names(reading: Reading) -> Iterator[str]:
    for each in reading.names:
        words = " ".join(word.text for word in reading.words[each.first : each.last + 1])
        means = [*sorted(each.goals), *(f"tema {theme}" for theme in sorted(each.themes))]
        yield f"{words} = {', '.join(means)}{'' if each.sure else ' ?'}"
