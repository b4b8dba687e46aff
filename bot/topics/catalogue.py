"""The topic catalogue: all topics and the words for them, as `content/topics.yaml` gives them."""

from dataclasses import dataclass


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
