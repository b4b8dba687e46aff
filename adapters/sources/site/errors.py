"""What can go wrong with a source on the web."""

from bot.errors import SourceError

BY_HAND = "Save them by hand and read them with --from-dir."
"""What helps where a site keeps its pages from the bot."""


class OutOfBoundsError(SourceError):
    """The source leads to an address that was not named in PPRNET_SOURCES; nothing was fetched from there."""


class RobotsError(SourceError):
    """The site's robots.txt does not let the bot read this. Save the pages by hand and read them with --from-dir."""


class MissingPageError(SourceError):
    """There is no such page any more."""


class RefusedError(SourceError):
    """The site refuses to show its pages to the bot. Save them by hand and read them with --from-dir."""


class OversizeError(SourceError):
    """The source sends more than is ever read; it was left alone."""


class DamagedError(SourceError):
    """The source sent an answer that cannot be read."""
