"""From the name of a source in the settings to the source."""

import hashlib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from adapters.sources.site.addresses import canonical
from adapters.sources.site.fetcher import Web, user_agent
from adapters.sources.site.folder import FolderSource
from adapters.sources.site.guard import Guard
from adapters.sources.site.pacing import Clock, Manners
from adapters.sources.site.source import WebSource
from bot.sourcesettings import SourceSettings, is_url
from bot.topics.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens sources.

    Attributes:
        settings: what is set for sources.
        folder: where pages are kept; each source has a folder of its own in it.
        catalogue: the topics that there are.
        clock: time.
    """

    settings: SourceSettings
    folder: Path
    catalogue: Catalogue
    clock: Clock

    def sources(self) -> tuple[WebSource | FolderSource, ...]:
        """Return the sources that are set."""
        return tuple(map(self.source, self.settings.places))

    def source(self, place: str) -> WebSource | FolderSource:
        """Return a source, given its address on the web or its path; it need not be one of those that are set."""
        if not is_url(place):
            return FolderSource(Path(place), self.catalogue)
        own = hashlib.sha256(canonical(place).encode()).hexdigest()[:16]
        return WebSource(place, self.web(place), self.folder / own, self.catalogue)

    def web(self, *besides: str) -> Web:
        """Return how the web is gone about: to the sources that are set, and to some addresses besides."""
        guard = Guard((*self.settings.urls, *besides), self.settings.networks)
        agent = user_agent(metadata.version("pprnet-bot"), self.settings.contact)
        return Web(guard, agent, self.clock, Manners(pause=self.settings.pause))
