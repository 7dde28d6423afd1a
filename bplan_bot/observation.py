"""What has been reported about an indicator, and which of several reports of one figure counts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from bplan_bot.local_text import LocalText
from bplan_bot.period import Period

HOME = "707"
"""Norddjurs' municipality code; the area of a plan's own figures is `Plan.area`."""

COUNTRY = "000"
"""The whole country, as Statistics Denmark codes it."""


class ObservationStatus(StrEnum):
    """How sure a figure is; `MISSING` and `SUPPRESSED` stand where a value should have been."""

    FINAL = "final"
    PRELIMINARY = "preliminary"
    SUPPRESSED = "suppressed"
    MISSING = "missing"


class Direction(StrEnum):
    """A movement that was reported in words, without a value."""

    INCREASED = "increased"
    UNCHANGED = "unchanged"
    DECREASED = "decreased"
    NOT_INCREASED = "not_increased"
    NOT_DECREASED = "not_decreased"


class Hidden(StrEnum):
    """Why a figure that we have is not told where others read along."""

    FEW = "few"  # a count of 1 or 2
    BESIDE_FEW = "beside_few"  # such a count could be worked out from it


@dataclass(frozen=True, slots=True)
class Document:
    """Where a figure or a judgement comes from. A higher `rank` wins between figures known on one day."""

    key: str
    title: LocalText
    case: str
    date: date
    rank: int


class OriginKind(StrEnum):
    """How a figure came to us."""

    TABLE = "table"
    FILE = "file"
    FORM = "form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where exactly a figure was taken from, and who brought it.

    `name` is the table or the file, `place` what of it: the parameters that were asked, or sheet and cell.
    `by` is an Entra object id, or what did it: "job:poll", "command line".
    """

    kind: OriginKind
    name: str
    place: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One reported figure of an indicator for an area and a period.

    `value` is in the indicator's unit, exactly as printed by the source; None for a missing or suppressed
    figure and for a reported `direction`. `numerator` and `denominator` are what a share was made of.
    `known_at` is the day of the document or publication, `recorded_at` when we stored it. `revision` counts
    the corrections of the same report; `origin` is None for what came with the plan. `hidden` is why one that
    we have is suppressed for a reader; it is never stored.
    """

    indicator: str
    area: str
    period: Period
    value: Decimal | None
    document: Document
    known_at: date
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    status: ObservationStatus = ObservationStatus.FINAL
    direction: Direction | None = None
    note: LocalText | None = None
    recorded_at: datetime | None = None
    origin: Origin | None = None
    revision: int = 0
    hidden: Hidden | None = None

    def __post_init__(self) -> None:
        absent = self.status in (ObservationStatus.SUPPRESSED, ObservationStatus.MISSING)
        if (self.value is None) != (absent or self.direction is not None):
            raise ValueError(f"{self.indicator} {self.period.code}: a value, or a reason why there is none")

    @property
    def amount(self) -> Decimal | None:
        """The value to calculate with: the exact share where its parts are known, else as printed.

        A suppressed figure has none, though its parts be known: they would tell what was to be hidden.
        """
        if self.value is None or self.numerator is None or not self.denominator:
            return self.value
        return 100 * self.numerator / self.denominator


class Series:
    """The observations known on a day, with one standing figure per indicator, area and period.

    The newest `known_at` counts, then the document's rank, then what was recorded last.
    """

    def __init__(self, observations: Iterable[Observation], *, as_of: date | None = None) -> None:
        known = [o for o in observations if as_of is None or o.known_at <= as_of]
        recorded = [o.recorded_at.timestamp() if o.recorded_at else 0.0 for o in known]
        order = sorted(
            range(len(known)), key=lambda i: (known[i].known_at, known[i].document.rank, recorded[i])
        )
        self._standing: dict[tuple[str, str, Period], Observation] = {}
        self._beaten: dict[tuple[str, str, Period], list[Observation]] = {}
        for observation in (known[i] for i in order):
            key = (observation.indicator, observation.area, observation.period)
            if key in self._standing:
                self._beaten.setdefault(key, []).append(self._standing[key])
            self._standing[key] = observation
        of: dict[tuple[str, str], list[Observation]] = {}
        for one in sorted(self._standing.values(), key=lambda o: (o.period.end, o.period.start)):
            of.setdefault((one.indicator, one.area), []).append(one)
        self._of = {own: tuple(ordered) for own, ordered in of.items()}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was reported at all."""
        return not self._standing

    def at(self, indicator: str, area: str, period: Period) -> Observation | None:
        """The standing figure, or None where nothing was reported."""
        return self._standing.get((indicator, area, period))

    def of(self, indicator: str, area: str) -> tuple[Observation, ...]:
        """The standing figures of an indicator in an area, by the end of their period, oldest first."""
        return self._of.get((indicator, area), ())

    def areas(self, indicator: str) -> tuple[str, ...]:
        """The areas that an indicator has reports of."""
        return tuple(area for key, area in self._of if key == indicator)

    def only(self, keep: Callable[[Observation], bool]) -> "Series":
        """The series of those observations alone that `keep` says yes to."""
        return Series(one for one in self.every() if keep(one))

    def every(self) -> tuple[Observation, ...]:
        """All observations, those that lost before those that stand."""
        beaten = (observation for several in self._beaten.values() for observation in several)
        return (*beaten, *self._standing.values())

    def beaten(self, observation: Observation) -> tuple[Observation, ...]:
        """The other reports of the same figure, the one that lost last first."""
        key = (observation.indicator, observation.area, observation.period)
        return tuple(reversed(self._beaten.get(key, ())))

    def revisions(self, observation: Observation) -> tuple[Observation, ...]:
        """What has been said of the same figure, oldest first: each report that said something else than the
        one before it, so that the last is the one that first said what stands now."""
        told: list[Observation] = []
        for one in (*reversed(self.beaten(observation)), observation):
            said = (one.value, one.direction)
            if said == (None, None) and one is not observation:
                continue  # that there was no figure yet is nothing that was corrected
            if not told or said != (told[-1].value, told[-1].direction):
                told.append(one)
        return tuple(told)

    def differing(self, observation: Observation) -> tuple[Observation, ...]:
        """Reports of the same figure that lost to it and say something else; no figure says nothing."""
        key = (observation.indicator, observation.area, observation.period)
        said = (observation.value, observation.direction)
        return tuple(
            o for o in self._beaten.get(key, []) if (o.value, o.direction) not in ((None, None), said)
        )
