"""Says a Message in one language: looks its sentence up and writes the values in that language's notation."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bplan_bot.local_text import Language, LocalText
from bplan_bot.message import Message, Phrase, message
from bplan_bot.notation.numbers import write_about, write_decimal, write_quantity
from bplan_bot.notation.periods import write_date, write_in, write_period
from bplan_bot.period import Period
from bplan_bot.quantity import Quantity, Unit


@cache
def catalogue(language: Language) -> Catalog:
    """The sentences of one language; read once."""
    content = files("bplan_bot.texts").joinpath(f"{language}.po").read_bytes()
    return read_po(BytesIO(content), locale=language)


class Speaker:
    """Writes messages and plan texts in one language.

    `plan` is the key of the plan that is spoken of, so that the buttons of a card ask of the same one however
    late they are pressed; empty where that does not matter. `as_of` is the earlier day that is spoken of, for
    the same buttons; None for today.
    """

    def __init__(self, language: Language, *, plan: str = "", as_of: date | None = None) -> None:
        self.language: Language = language
        self.plan = plan
        self.as_of = as_of
        self._catalogue = catalogue(language)

    def __call__(self, said: Message | LocalText | Phrase) -> str:
        """The sentence; KeyError for an id that the catalogue does not have."""
        if isinstance(said, LocalText):
            return said.to(self.language)
        if isinstance(said, Phrase):
            return self._filled(said.text.to(self.language), said.args)
        return self._filled(self._template(said), said.args)

    def of(self, plan: str) -> "Speaker":
        """The speaker of the same language about another plan."""
        return self if plan == self.plan else Speaker(self.language, plan=plan, as_of=self.as_of)

    def on(self, as_of: date | None) -> "Speaker":
        """The speaker of the same language and plan as of another day; None for today."""
        return self if as_of == self.as_of else Speaker(self.language, plan=self.plan, as_of=as_of)

    def say(self, message_id: str, **args: object) -> str:
        """The sentence of an id with its values by name."""
        return self(message(message_id, **args))

    def listed(self, words: list[str]) -> str:
        """Words in a row with "og" before the last."""
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {self.say('list.and')} {words[-1]}"

    def _template(self, said: Message) -> str:
        entry = self._catalogue.get(said.id)
        if entry is None or not entry.string:
            raise KeyError(said.id)
        if isinstance(entry.string, str):
            return entry.string
        return str(entry.string[0 if said.args.get("n") == 1 else 1])

    def _filled(self, template: str, args: Mapping[str, object]) -> str:
        return template.format_map({name: _Shown(value, self) for name, value in args.items()})


class _Shown:
    """One value in a sentence. The words after its colon say how it is written.

    `cap` with a capital, `in` a period as "i 2024", `abs` without its sign, `signed` with a plus too, `bare`
    without the unit, `noun` a count with what it counts, `about` "godt 2", `numeric` a date in figures.
    """

    def __init__(self, value: object, speaker: Speaker) -> None:
        self._value = value
        self._speaker = speaker

    def __format__(self, spec: str) -> str:
        how = set(spec.split(",")) if spec else set()
        written = self._written(how)
        return written[:1].upper() + written[1:] if "cap" in how else written

    def _written(self, how: set[str]) -> str:
        speaker, language = self._speaker, self._speaker.language
        match self._value:
            case Message() | LocalText() | Phrase() as said:
                return speaker(said)
            case tuple() as several:
                words = [speaker(one) if isinstance(one, Message) else str(one) for one in several]
                return speaker.listed(words)
            case Quantity() as quantity:
                return _quantity(quantity, how, language)
            case Period() as period:
                return write_in(period, language) if "in" in how else write_period(period, language)
            case date() as day:
                return write_date(day, language, numeric="numeric" in how)
            case other:
                return str(other)


def _quantity(quantity: Quantity, how: set[str], language: Language) -> str:
    if "abs" in how:
        quantity = replace(quantity, value=abs(quantity.value))
    if "about" in how:
        return write_about(quantity.value, language)
    if "bare" in how:
        return write_decimal(quantity.rounded(), language, signed="signed" in how)
    written = write_quantity(quantity, language, signed="signed" in how)
    if "noun" in how and quantity.noun and quantity.unit is Unit.COUNT:
        noun = quantity.noun.one if abs(quantity.value) == 1 else quantity.noun.many
        return f"{written} {noun.to(language)}"
    return written
