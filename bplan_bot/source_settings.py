"""The settings of where figures come from: the sources that are asked, and why one is off; a folder."""

from collections.abc import Mapping
from pathlib import PurePath
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings

from bplan_bot.feed import FeedSource
from bplan_bot.listed import Listed
from bplan_bot.message import Message, message
from bplan_bot.municipalities import code_of, names, strangers
from bplan_bot.observation import COUNTRY

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SourceSettings(BaseSettings):
    """Which sources are asked, with what key, and about which municipalities besides the own one; and where
    files of figures are put."""

    jobindsats_token: SecretStr = Field(
        SecretStr(""),
        validation_alias="BPLAN_JOBINDSATS_TOKEN",
        description="the key to jobindsats' API; empty means jobindsats is not asked",
    )
    jobindsats_url: str = Field(
        "https://api.jobindsats.dk/v3",
        validation_alias="BPLAN_JOBINDSATS_URL",
        description="the address of jobindsats' API, version 3; https, or this machine",
    )
    statbank_url: str = Field(
        "",
        validation_alias="BPLAN_STATBANK_URL",
        description="the address of Statistics Denmark's StatBank, `https://api.statbank.dk/v1`; empty means "
        "it is not asked",
    )
    compare_areas: Listed = Field(
        (),
        validation_alias="BPLAN_COMPARE_AREAS",
        description="municipalities whose figures are fetched too, like `Syddjurs, Randers`, with commas",
    )
    inbox: str = Field(
        "",
        validation_alias="BPLAN_INBOX",
        description="a folder that is watched for files of figures, with `accepted` and `rejected` beside "
        "it; empty means none",
    )

    @field_validator("jobindsats_url", "statbank_url")
    @classmethod
    def _safe(cls, url: str) -> str:
        """An address that keys may be sent to."""
        parts = urlsplit(url)
        if url and parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise ValueError("it must begin with https")
        if url and (not parts.hostname or parts.username or parts.query or parts.fragment):
            raise ValueError("it must be an address like https://api.statbank.dk/v1")
        return url.rstrip("/")

    @field_validator("inbox")
    @classmethod
    def _apart(cls, folder: str) -> str:
        """A folder beside which the two others can lie."""
        if PurePath(folder).name in ("accepted", "rejected"):
            raise ValueError("files are moved to folders of that name; it must have another one")
        return folder

    @field_validator("compare_areas")
    @classmethod
    def _known(cls, areas: tuple[str, ...]) -> tuple[str, ...]:
        if strangers(areas):
            raise ValueError("it must be names of municipalities, with commas")
        return areas

    @property
    def sources_off(self) -> Mapping[FeedSource, Message]:
        """The sources that are not asked, and how each is turned on."""
        off = {
            FeedSource.JOBINDSATS: bool(self.jobindsats_token.get_secret_value() and self.jobindsats_url),
            FeedSource.STATBANK: bool(self.statbank_url),
        }
        return {source: message(f"source.off.{source}") for source, on in off.items() if not on}

    @property
    def sources_are_here(self) -> bool:
        """Whether every source that is asked is on this machine."""
        urls = {FeedSource.JOBINDSATS: self.jobindsats_url, FeedSource.STATBANK: self.statbank_url}
        asked = [url for source, url in urls.items() if source not in self.sources_off]
        return all(urlsplit(url).hostname in LOOPBACK for url in asked)

    def areas_of(self, own: str) -> Mapping[str, str]:
        """The areas whose figures are fetched, codes by name: the own, the country, those to compare."""
        wanted = (own, COUNTRY, *(code for name in self.compare_areas if (code := code_of(name))))
        return {names()[code]: code for code in dict.fromkeys(wanted) if code in names()}
