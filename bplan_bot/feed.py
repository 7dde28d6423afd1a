"""Which cells of which table of a source are an indicator's figures; what poll asks for."""

from dataclasses import dataclass
from enum import StrEnum


class FeedSource(StrEnum):
    """A source that is asked over HTTP."""

    JOBINDSATS = "jobindsats"
    STATBANK = "statbank"


class PeriodForm(StrEnum):
    """The kinds of period jobindsats counts in, as it writes them."""

    MONTH = "M"
    QUARTER = "Q"
    YEAR = "Y"
    ROLLING_YEAR = "QMAT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One member of a dimension: `label` as the source answers it, `dimension` what it is asked by."""

    dimension: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Where an indicator's figures stand in a source.

    `table` is empty while it is to be chosen; then nothing is asked for. `column` is the label of the value,
    or with a colon before it the end of that label, as measures of a group have it; `numerator` and
    `denominator` are those of its parts where the source has them. `evidence` says where the ids
    are known from. A feed that is not `trusted` is shown as a check and never judged by: it has not yet given
    a known figure again.

    StatBank has no column of shares: there `column` is the variable along which the share is counted,
    `numerator` its members joined by "+", `denominator` the member they are a share of, and all are codes.
    """

    source: FeedSource
    table: str = ""
    column: str = ""
    numerator: str = ""
    denominator: str = ""
    period: PeriodForm = PeriodForm.MONTH
    area_dimension: str = "_nykom"
    choices: tuple[Choice, ...] = ()
    title: str = ""
    evidence: str = ""
    trusted: bool = True

    @property
    def is_chosen(self) -> bool:
        """Whether it is known which table to ask."""
        return bool(self.table and self.column)
