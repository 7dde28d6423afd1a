"""The questions that are sent: the benchmark's own, and those of the project where they are at hand."""

import json
from dataclasses import dataclass
from pathlib import Path

OWN = Path(__file__).parent / "questions.txt"
SHARED = Path(__file__).parents[2] / "shared" / "questions" / "dev.jsonl"


@dataclass(frozen=True, slots=True)
class Questions:
    """The texts in the order they are sent, and how many come from where."""

    texts: tuple[str, ...]
    own: int
    shared: int

    def __str__(self) -> str:
        place = "../shared/questions/dev.jsonl"
        if not self.shared:
            return f"{self.own} questions, our own only since {place} is not at hand"
        return f"{self.own + self.shared} questions, {self.own} our own and {self.shared} of {place}"


def read_questions(own: Path = OWN, shared: Path = SHARED) -> Questions:
    """All questions there are; the shared ones are left out where their file is missing."""
    lines = own.read_text(encoding="utf-8").splitlines()
    mine = [line for line in lines if line.strip() and not line.startswith("#")]
    theirs: list[str] = []
    if shared.exists():
        rows = shared.read_text(encoding="utf-8").splitlines()
        theirs = [json.loads(row)["text"] for row in rows if row.strip()]
    return Questions((*mine, *theirs), len(mine), len(theirs))
