"""`qualitative`: no figure decides it."""

import pytest

from bplan_bot.status import Status
from tests.bplan_bot.cases import HALF_WAY, Row, holds, row


@pytest.mark.parametrize(
    "row",
    [
        row("without figures", "", Status.NEEDS_JUDGEMENT, says=("qualitative.reason",)),
        row("with figures", "own 2023=10 2024=99", Status.NEEDS_JUDGEMENT, says=("qualitative.reason",)),
        row("half-way", "", Status.NEEDS_JUDGEMENT, today=HALF_WAY),
    ],
)
def test_a_person_must_judge_what_no_figure_decides(row: Row) -> None:
    holds(row, {"type": "qualitative", "indicator": ""})
