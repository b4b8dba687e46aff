"""The archive for everyone: of posts in their author's words no more than may be quoted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot import reading
from bot.model import ArchiveFacts, Page, Post, PostOrigin, Where
from bot.ports.archive import Archive

QUOTED = 2
"""How many sentences of a post are quoted: what it means for practice, at a glance."""

LONGEST = 500
"""The most that is quoted, in characters, however long its sentences are."""

ELSEWHERE = "More is not shown here: the summary is its author’s, and whole on the PPRNet blog."
"""What stands in the place of a summary; ours, not the blog's. It says “here”, as chats show the whole."""


@dataclass(frozen=True, slots=True)
class AbridgedArchive:
    """An archive, with posts abridged; see `bot.ports.archive.Archive`.

    Whatever is made of these posts (cards, lists, stretches of text that show why something was found, quotes) is made
    of what may be shown, so that nothing else has to know the rule. The starter archive's words are ours, and whole.
    """

    archive: Archive

    def facts(self) -> ArchiveFacts:
        """Return what the archive holds at this moment."""
        return self.archive.facts()

    def get(self, ids: Sequence[str]) -> tuple[Post, ...]:
        """Return the posts with these ids, in the order asked for; unknown ids are passed over."""
        return tuple(map(abridged, self.archive.get(ids)))

    def page(self, where: Where, offset: int = 0, limit: int = 5) -> Page:
        """Return posts, newest first: by month, then by sequence, then by id."""
        found = self.archive.page(where, offset, limit)
        return replace(found, posts=tuple(map(abridged, found.posts)))

    def neighbours(self, post: Post) -> tuple[Post | None, Post | None]:
        """Return the posts that stand right before and right after a post, newest first."""
        newer, older = self.archive.neighbours(post)
        return newer and abridged(newer), older and abridged(older)

    def topic_counts(self) -> Mapping[str, int]:
        """Return how many posts each topic has; topics without posts are left out."""
        return self.archive.topic_counts()


def abridged(post: Post) -> Post:
    """Return what may be shown of a post to everyone: title, citation, topics and a few sentences."""
    if post.origin is PostOrigin.STARTER:
        return post
    quoted = [one for paragraph in post.implications or post.summary for one in reading.sentences(paragraph)][:QUOTED]
    said = (reading.cut(" ".join(quoted), LONGEST)[0],) if quoted else ()
    if post.implications:
        return replace(post, implications=said, summary=(ELSEWHERE,), note=())
    return replace(post, summary=(*said, ELSEWHERE), note=())
