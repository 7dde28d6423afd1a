"""Which sources are asked: those that the settings turn on, over one HTTP session."""

from dataclasses import dataclass

from bplan_bot.feed import FeedSource
from bplan_bot.settings import Settings
from jobs.sources.http import SourceHttp
from jobs.sources.jobindsats import Jobindsats
from jobs.sources.source import Source
from jobs.sources.statbank import Statbank


@dataclass(frozen=True, slots=True)
class SourcesOn:
    """The sources that are on, and the session they are asked over."""

    http: SourceHttp
    all: tuple[Source, ...]

    async def close(self) -> None:
        """Give the session back."""
        await self.http.close()


def sources_on(settings: Settings) -> SourcesOn:
    """The sources that these settings turn on. Nothing is opened before one is asked."""
    http = SourceHttp(through_proxy=not settings.sources_are_here)
    known: tuple[Source, ...] = (
        Jobindsats(http, settings.jobindsats_url, settings.jobindsats_token),
        Statbank(http, settings.statbank_url),
    )
    off = settings.sources_off
    return SourcesOn(http, tuple(source for source in known if FeedSource(source.key) not in off))
