"""What can be asked."""

from dataclasses import dataclass
from enum import StrEnum

from bot.model import Month


class CiteStyle(StrEnum):
    """The forms a citation can be had in."""

    APA = "apa"
    BIBTEX = "bibtex"
    RIS = "ris"


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest month."""


@dataclass(frozen=True, slots=True)
class MonthOf:
    """The posts of one month."""

    month: Month


@dataclass(frozen=True, slots=True)
class TopicPosts:
    """The posts about a topic, given in the person's own words; filters may follow."""

    words: str
    page: int = 1


@dataclass(frozen=True, slots=True)
class TopicList:
    """All topics with their counts."""

    page: int = 1


@dataclass(frozen=True, slots=True)
class Search:
    """The posts that match a query; `verbatim` keeps its spelling as typed."""

    text: str
    page: int = 1
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class Show:
    """One post, by its id or the beginning of it; `full` leaves nothing out."""

    post: str
    full: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """Posts like one post."""

    post: str


@dataclass(frozen=True, slots=True)
class Random:
    """Any post."""


@dataclass(frozen=True, slots=True)
class Cite:
    """The citation of one post."""

    post: str
    style: CiteStyle = CiteStyle.APA


@dataclass(frozen=True, slots=True)
class About:
    """What this bot is and what it rests on."""


@dataclass(frozen=True, slots=True)
class Subscribe:
    """From now on, each month's new posts in this channel: what it gets replaces what it got before.

    Attributes:
        topics: posts about any of these only, in the person's own words; any post when empty.
        without: no posts about these, in the person's own words.
    """

    topics: str = ""
    without: str = ""


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """No more posts in this channel."""


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """What this channel and others around it have subscribed to."""

    page: int = 1


@dataclass(frozen=True, slots=True)
class Pause:
    """No posts in this channel until it is resumed."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Posts in this channel again, as they were subscribed to."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What the next announcement in this channel would look like."""


@dataclass(frozen=True, slots=True)
class Status:
    """What became of the last announcements in this channel."""

    page: int = 1


@dataclass(frozen=True, slots=True)
class Help:
    """How to ask: everything, or one command."""

    command: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Something typed that is no request.

    Attributes:
        text: all of it.
        command: the command it belongs to, or the nearest one; empty when none is near.
        why: what could not be read, in a sentence or two for the person.
        instead: what was probably meant.
    """

    text: str
    command: str
    why: str
    instead: "Request | None" = None


Subscribing = Subscribe | Unsubscribe | Subscriptions | Pause | Resume | Preview | Status
"""Everything about what a channel gets each month: the answer depends on where it is asked."""

Request = (
    Latest | MonthOf | TopicPosts | TopicList | Search | Show | Related | Random | Cite | About | Help | Subscribing
)  # fmt: skip
"""Everything that a button can carry."""


def changes(request: Request | Unclear) -> bool:
    """Say whether a request changes what the channel gets: not everyone may.

    For these an asker's `hindrance` has to be known; see `bot.channels.Asker`.
    """
    return isinstance(request, Subscribe | Unsubscribe | Pause | Resume)


def posts_later(request: Request | Unclear) -> bool:
    """Say whether a request makes the bot post in the channel later.

    For these an asker's `obstacle` has to be known as well; see `bot.channels.Asker`.
    """
    return isinstance(request, Subscribe | Resume)


def to_share(request: Request) -> Request:
    """Return what shows others the answer to a request: of a change, how things stand after it."""
    return Status() if changes(request) else request
