"""The statuses a goal can have, in the order they weigh, and why one cannot be told."""

from enum import StrEnum


class Status(StrEnum):
    """Where a goal stands. `UNLIKELY`, `ON_TRACK` and `AT_RISK` are for figures short of their period.

    `NOT_HANDLED` is said only where nothing but what the committee has handled is shown.
    """

    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_MET = "not_met"
    UNLIKELY = "unlikely"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    NEEDS_JUDGEMENT = "needs_judgement"
    NOT_DUE = "not_due"
    NOT_ASSESSABLE = "not_assessable"
    NOT_REPORTED = "not_reported"
    WITHDRAWN = "withdrawn"
    NOT_HANDLED = "not_handled"


class Obstacle(StrEnum):
    """Why a goal is not assessable."""

    DATA_NOT_PUBLISHED = "data_not_published"
    SOURCE_DISCONTINUED = "source_discontinued"
    REFERENCE_MISSING = "reference_missing"
    NOT_COMPARABLE = "not_comparable"
    SUPPRESSED = "suppressed"


WORST_FIRST = (
    Status.NOT_MET,
    Status.UNLIKELY,
    Status.AT_RISK,
    Status.NOT_ASSESSABLE,
    Status.NOT_REPORTED,
    Status.NOT_DUE,
    Status.NEEDS_JUDGEMENT,
    Status.PARTLY_MET,
    Status.ON_TRACK,
    Status.MET,
)
"""How parts of a goal weigh against each other: the whole has the first of these that a part has."""
