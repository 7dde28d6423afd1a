"""Short texts that belong to a plan's data and so come in both languages beside the data itself."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["da", "en"]


@dataclass(frozen=True, slots=True)
class LocalText:
    """One short text of the plan's data in Danish and English."""

    da: str
    en: str

    def to(self, language: Language) -> str:
        """The text in `language`."""
        return self.da if language == "da" else self.en
