"""What is measured, as values, and how single measurements become one figure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A while of asking: `p50` and so on are milliseconds from sending a message to its reply's arrival."""

    answered: int
    seconds: float
    p50: float
    p95: float
    p99: float

    @property
    def rate(self) -> float:
        """Messages answered in a second."""
        return self.answered / self.seconds if self.seconds else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One bot's turn in one round.

    `many` is under load, `alone` with one person asking at a time. `errors` counts over the whole turn,
    warm-up included, what went wrong by its kind; `different` how many different replies there were.
    `cpu_ms` is the bot's processor time for a message under load (None where it cannot be read),
    `generator_busy` the share of a core that the load generator itself took.
    """

    many: Phase
    alone: Phase
    errors: dict[str, int]
    different: int
    cpu_ms: float | None
    generator_busy: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One bot over all rounds; `start_up` in seconds, `first_start_up` where that makes a database first."""

    name: str
    turns: tuple[Turn, ...]
    start_up: float
    first_start_up: float | None
    peak_mb: float | None
    complaints: int

    @property
    def rates(self) -> tuple[float, ...]:
        """Messages answered in a second, round by round."""
        return tuple(turn.many.rate for turn in self.turns)

    @property
    def errors(self) -> dict[str, int]:
        """What went wrong in all rounds, and the errors it wrote into its log."""
        found = {"in its log": self.complaints} if self.complaints else {}
        for turn in self.turns:
            for kind, count in turn.errors.items():
                found[kind] = found.get(kind, 0) + count
        return found


def percentile(ordered: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the ordered values does not exceed; 0 for no values."""
    if not ordered:
        return 0.0
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def phase(latencies: Sequence[float], seconds: float) -> Phase:
    """The figures of latencies in seconds."""
    ordered = sorted(latencies)
    p50, p95, p99 = (percentile(ordered, share) * 1000 for share in (0.50, 0.95, 0.99))
    return Phase(answered=len(ordered), seconds=seconds, p50=p50, p95=p95, p99=p99)


def ratios(one: Result, other: Result) -> tuple[float, ...]:
    """How many times the other's rate, round by round, so that drift of the machine hits both."""
    return tuple(a / b if b else 0.0 for a, b in zip(one.rates, other.rates, strict=True))


def middle(values: Sequence[float | None]) -> float | None:
    """The median of the known values; None where none is known."""
    known = [value for value in values if value is not None]
    return median(known) if known else None
