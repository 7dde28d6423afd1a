"""The figures of one file before they are stored: what is new, what stands against what, what is in doubt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bplan_bot.batch import Batch
from bplan_bot.figure_values import Values
from bplan_bot.figures import Asked, Figure
from bplan_bot.goal import Plan
from bplan_bot.importers.grid import Place, Trouble
from bplan_bot.local_text import LocalText
from bplan_bot.message import Message, message
from bplan_bot.observation import Document, Observation, Origin, OriginKind
from bplan_bot.period import Period

RANK = 30
"""As what is typed on a form: who sends a file says why it differs, and must not lose to the same day's."""

SEVERAL = "files"
"""The source of a batch whose figures come from several."""


@dataclass(frozen=True, slots=True)
class FileFigure:
    """A figure of a file, where it stands there, and what was remarked beside it.

    `stored` is what stands for its period already, with a value of its own; `doubt` what makes it look wrong.
    """

    asked: Asked
    period: Period
    values: Values
    place: Place
    note: str = ""
    stored: Observation | None = None
    doubt: Message | None = None

    @property
    def figure(self) -> Figure:
        """The same as it would have been typed."""
        return Figure(
            period=self.period,
            value=self.values.value,
            numerator=self.values.numerator,
            denominator=self.values.denominator,
            stored=self.stored,
            doubt=self.doubt,
        )

    @property
    def amount(self) -> Decimal:
        """What a later figure is held against: the exact share where its parts are known."""
        values = self.values
        if values.numerator is None or not values.denominator:
            return values.value
        return 100 * values.numerator / values.denominator


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFigures:
    """All figures of a file that say something new, `same` as many as are stored already, and what is wrong.

    With any of `troubles` nothing of the file may be stored. `doubts` are figures that look wrong though they
    may be right. `left_out` says what was not read, `goals` are the numbers of all goals it has figures of.
    `digest` tells one content from another. `has_people`: there are CPR numbers in it, so that neither its
    name nor anything else of it may be kept.
    """

    name: str
    digest: str
    plan: Plan
    new: tuple[FileFigure, ...] = ()
    corrections: tuple[FileFigure, ...] = ()
    same: int = 0
    troubles: tuple[Trouble, ...] = ()
    doubts: tuple[Trouble, ...] = ()
    left_out: tuple[Message, ...] = ()
    goals: frozenset[str] = frozenset()
    has_people: bool = False

    @property
    def news(self) -> tuple[FileFigure, ...]:
        """The figures to store."""
        return (*self.new, *self.corrections)

    def lacking(self, *, sure: bool, reason: str) -> tuple[Message, ...]:
        """What must be said before the figures can be stored: that doubtful ones are right, why stored ones
        were wrong. Empty where they can be stored now."""
        asked = []
        if self.doubts and not sure:
            asked.append(message("file.lacks.sure", n=len(self.doubts)))
        if self.corrections and not reason.strip():
            asked.append(message("file.lacks.reason", n=len(self.corrections)))
        return tuple(asked)

    def is_ready(self, *, sure: bool = False, reason: str = "") -> bool:
        """Whether nothing is wrong and nothing more must be said, so that it can be stored."""
        return not (self.troubles or self.lacking(sure=sure, reason=reason))

    def sources(self) -> tuple[str, ...]:
        """The keys of the sources its figures are of, in the plan's order."""
        found = {one.asked.indicator.source or one.asked.goal.source or "" for one in self.news}
        return tuple(source.key for source in self.plan.sources if source.key in found)

    def batch(self, *, by: str, now: datetime, reason: str = "", on_behalf_of: tuple[str, ...] = ()) -> Batch:
        """What is stored of it (`now` aware), brought by an Entra object id or by what did it, perhaps for
        others whose figures they are."""
        document = self._document(now)
        sources = self.sources()
        return Batch(
            source=sources[0] if len(sources) == 1 else SEVERAL,
            document=document,
            observations=tuple(_observations(self.news, document, name=self.name, by=by, reason=reason)),
            by=by,
            detail={
                "file": self.name,
                "digest": self.digest,
                "reason": reason.strip(),
                "on_behalf_of": list(on_behalf_of),
                "confirmed": bool(self.doubts),
                "new": len(self.new),
                "corrected": len(self.corrections),
                "same": self.same,
            },
        )

    def _document(self, now: datetime) -> Document:
        # By the moment too: a file that is taken again after another one stands as the newer of the two.
        key = f"file-{now:%Y%m%dT%H%M%S%f}-{self.digest[:12]}"
        title = LocalText(f"filen »{self.name}«", f'the file "{self.name}"')
        return Document(key, title, "", now.date(), RANK)


def _observations(
    figures: Sequence[FileFigure], document: Document, *, name: str, by: str, reason: str
) -> Sequence[Observation]:
    why = reason.strip()
    notes: dict[str, LocalText | None] = {"": None}

    def note(one: FileFigure) -> LocalText | None:
        if not one.note and not one.stored:
            return None
        told = " ".join(
            part for part in (one.note, why if one.stored and one.figure.corrects else "") if part
        )
        if told not in notes:
            notes[told] = LocalText(told, told)
        return notes[told]

    return [
        Observation(
            indicator=one.asked.indicator.key,
            area=one.asked.area,
            period=one.period,
            value=one.values.value,
            document=document,
            known_at=document.date,
            numerator=one.values.numerator,
            denominator=one.values.denominator,
            note=note(one),
            origin=Origin(kind=OriginKind.FILE, name=name, place=one.place.code, by=by),
        )
        for one in figures
    ]
