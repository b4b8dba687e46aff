"""The topic catalogue: all topics and the words for them, as `content/topics.yaml` gives them."""

import hashlib
from dataclasses import dataclass
from importlib import resources

_RULES = "1"  # raised whenever spelling or deriving come to decide otherwise: topics are then derived anew
_FILE = "topics.yaml"


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic and the words for it.

    Attributes:
        name: as shown; the blog's own spelling for its topics.
        site_id: the blog's number of it; `None` for a topic that only we have.
        aliases: words that are typed for it and that show in a post's text that the post is about it.
        typed: words that are only typed for it; the name among them means that no text is searched for the name.
    """

    name: str
    site_id: int | None = None
    aliases: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()

    @property
    def ours(self) -> bool:
        """Say whether the blog does not have this topic."""
        return self.site_id is None

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that can be typed for it, its name first."""
        return (self.name, *self.aliases, *self.typed)

    @property
    def telling(self) -> tuple[str, ...]:
        """Everything that shows in a text that it is about this topic."""
        return self.aliases if self.name in self.typed else (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All topics in the order of their file, and a fingerprint.

    The fingerprint differs whenever other topics may be derived from the same posts.
    """

    topics: tuple[Topic, ...]
    fingerprint: str


def load_catalogue() -> Catalogue:
    """Return the catalogue that ships with the bot.

    Raises:
        ContentError: the file is malformed.
    """
    file = resources.files("content").joinpath(_FILE)
    return read_catalogue(f"content/{_FILE}", file.read_text(encoding="utf-8"))


def read_catalogue(name: str, text: str) -> Catalogue:
    """Return the catalogue that a text in the form of `content/topics.yaml` holds.

    Args:
        name: the file's name, for the error.
        text: a list of topics in YAML.

    Raises:
        ContentError: the text is malformed; the error names the line and says what to write instead.
    """
    from bot.topics.topicfile import TopicFile  # the YAML library takes 10 ms that not every answer needs

    topics = TopicFile(name).topics(text)
    return Catalogue(topics, hashlib.sha256(f"{_RULES}\n{text}".encode()).hexdigest()[:16])
