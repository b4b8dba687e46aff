"""What a site's robots.txt lets the bot read (RFC 9309), by the library that Scrapy keeps."""

from protego import Protego

from adapters.sources.decoding import decode
from adapters.sources.site.limits import CRAWL_DELAY, ROBOTS_LIMIT

PRODUCT = "pprnet-bot"
"""What robots.txt calls the bot."""


class Robots:
    """The rules of one site."""

    def __init__(self, data: bytes = b"") -> None:
        """Read a robots.txt; one that holds nothing allows everything, and what is beyond the limit is not read."""
        self._rules = Protego.parse(decode(data[:ROBOTS_LIMIT]))

    @property
    def delay(self) -> float:
        """The pause between two requests that the site asks for, in seconds, within bounds; 0 when it asks for none."""
        asked = self._rules.crawl_delay(PRODUCT) or 0.0
        return min(max(asked, 0.0), CRAWL_DELAY)

    def allow(self, url: str) -> bool:
        """Say whether an address may be read."""
        return bool(self._rules.can_fetch(url, PRODUCT))
