"""How a status looks: a sign, a band colour and a chart colour. The word always stands beside them."""

from dataclasses import dataclass
from typing import Literal

from bplan_bot.goal_status import Leading
from bplan_bot.status import Status

ChartColour = Literal[
    "good", "attention", "warning", "categoricalBlue", "neutral", "sequentialGreen4", "divergingLightRed"
]


@dataclass(frozen=True, slots=True)
class Look:
    """A sign (filled when settled, hollow when it may change), a container style and a chart colour."""

    sign: str
    band: str
    chart: ChartColour


GREEN = Look("●", "good", "good")
RED = Look("●", "attention", "attention")
YELLOW = Look("●", "warning", "warning")
BLUE = Look("●", "accent", "categoricalBlue")
GREY = Look("●", "emphasis", "neutral")
HOLLOW_GREEN = Look("○", "default", "sequentialGreen4")
HOLLOW_RED = Look("○", "default", "divergingLightRed")

_LOOKS = {
    Status.MET: GREEN,
    Status.PARTLY_MET: YELLOW,
    Status.NOT_MET: RED,
    Status.UNLIKELY: HOLLOW_RED,
    Status.ON_TRACK: HOLLOW_GREEN,
    Status.AT_RISK: YELLOW,
    Status.NEEDS_JUDGEMENT: BLUE,
}


def look_of(status: Status) -> Look:
    """The look of a status as such, as of a group of goals."""
    return _LOOKS.get(status, GREY)


def look(leading: Leading) -> Look:
    """The look of a leading status; grey where nothing can be told."""
    if leading.status is Status.NOT_MET and leading.due:
        return HOLLOW_RED
    return look_of(leading.status)
