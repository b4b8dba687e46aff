"""The topics that a file names for its posts, in the catalogue's own spelling."""

from collections.abc import Iterable

from adapters.sources.frontmatter import refuse
from bot.model import TopicLabel, TopicOrigin, Unplaced
from bot.topics.index import TopicIndex

Named = tuple[int, str, TopicOrigin]
"""A topic as a file names it: the line it stands on, its name as written, and who says so."""

_MOST_ADVISED = 3


class TopicNames:
    """Makes labels of the topic names in one file.

    A person's own slip is refused, for the post would be missing from its topic without a word. What the blog says
    and what was derived, only an export writes; it may be older than the catalogue, and an archive must come in whole.
    A name that the catalogue no longer has is then left out and reported: no look-up would ever find it, and a post
    that is left without any topic gets derived ones.

    Attributes:
        left_out: the names that were left out of posts so far.
    """

    def __init__(self, file: str, topics: TopicIndex | None = None) -> None:
        """Start with a file.

        Args:
            file: its name, for messages.
            topics: all there are; without them every name is taken as it is written.
        """
        self.left_out: list[Unplaced] = []
        self._file = file
        self._topics = topics

    def labels(self, named: Iterable[Named]) -> tuple[TopicLabel, ...]:
        """Return the labels of one post, in alphabetical order.

        Raises:
            ContentError: there is no such topic, or it is named twice; with the line, and what to write instead.
        """
        labels: dict[str, TopicLabel] = {}
        for line, written, origin in named:
            name = self._spelled(line, written, origin)
            if name in labels:
                raise refuse(self._file, line, f"the topic {name} stands here for a second time; write it once")
            if name:
                labels[name] = TopicLabel(name, origin)
        return tuple(sorted(labels.values()))

    def _spelled(self, line: int, written: str, origin: TopicOrigin) -> str:
        """Return the name as the catalogue spells it; nothing for one that is left out."""
        if self._topics is None:
            return written
        if topic := self._topics.find(written):
            return topic.name
        if origin is TopicOrigin.CONTENT:
            raise refuse(self._file, line, f"there is no topic `{written}`; {_advice(self._topics, written)}")
        self.left_out.append(Unplaced(line, written, "there is no such topic any more, so the post does not get it"))
        return ""


def _advice(topics: TopicIndex, written: str) -> str:
    understood = topics.resolve(written)
    near = (*understood.topics, *understood.also) if understood else topics.complete(written)
    if not near:
        return "`pprnet topics` lists all there are"
    return f"write {' or '.join(f'`{topic.name}`' for topic in near[:_MOST_ADVISED])}"
