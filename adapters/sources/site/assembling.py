"""From lists as they were read to what a visit brought."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from adapters.sources.site.lists import Leaf, Listed, without_repetition
from bot.model import Post, Reading, TopicLabel, TopicOrigin
from bot.visits import Visit, VisitFacts


@dataclass(slots=True)
class Assigned:
    """What filtered lists say of posts.

    Attributes:
        topics: names of topics by the posts' ids.
        kinds: types of research by the posts' ids, in the site's words.
        met: the posts of these lists by their ids.
        complete: whether the lists of all topics were read to their end, so that what is on none of them has no topic.
    """

    topics: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    kinds: dict[str, str] = field(default_factory=dict)
    met: dict[str, Post] = field(default_factory=dict)
    complete: bool = False

    def note_topic(self, name: str, posts: Iterable[Post]) -> None:
        """Note that a topic's list holds some posts."""
        for post in posts:
            self.met.setdefault(post.id, post)
            self.topics[post.id].add(name)

    def note_kind(self, word: str, posts: Iterable[Post]) -> None:
        """Note that the list of a type of research holds some posts."""
        for post in posts:
            self.met.setdefault(post.id, post)
            self.kinds.setdefault(post.id, word)


def assembled(
    whole: Listed, assigned: Assigned, fresh: Collection[str] | None = None, remarks: Sequence[str] = ()
) -> Visit:
    """Return what a visit brought.

    Args:
        whole: the list without a filter.
        assigned: what the filtered lists say.
        fresh: the ids of the posts that they were read for; `None` for a whole visit. Other posts get no topics: of
            those only a part of the lists was read. A whole visit also takes posts that only a filtered list showed:
            one that moves while the pages are read can be missed there, and is put where its month ends.
        remarks: what the operator should know.
    """
    readings = list(without_repetition(whole.leaves))
    if fresh is None:
        for post in [post for name, post in assigned.met.items() if name not in whole.posts]:
            _insert(readings, post)
    readings = [replace(reading, posts=tuple(_labelled(reading.posts, assigned, fresh))) for reading in readings]
    posts = [post for reading in readings for post in reading.posts]
    kinds = {post.id: assigned.kinds[post.id] for post in posts if post.id in assigned.kinds}
    bare = frozenset(post.id for post in posts if assigned.complete and post.id not in assigned.topics)
    return Visit(tuple(readings), kinds, _facts(whole.leaves, posts, full=fresh is None), tuple(remarks), bare)


def _insert(readings: list[Reading], stray: Post) -> None:
    older = (at for at, reading in enumerate(readings) if reading.posts[-1].month < stray.month)
    at = next(older, len(readings) - 1)
    posts = readings[at].posts
    place = next((place for place, post in enumerate(posts) if post.month < stray.month), len(posts))
    readings[at] = replace(readings[at], posts=(*posts[:place], stray, *posts[place:]))


def _labelled(posts: Iterable[Post], assigned: Assigned, fresh: Collection[str] | None) -> Iterator[Post]:
    for post in posts:
        names = assigned.topics.get(post.id, set()) if fresh is None or post.id in fresh else set()
        labels = tuple(TopicLabel(name, TopicOrigin.SITE) for name in sorted(names))
        yield replace(post, topics=labels or post.topics)


def _facts(leaves: Sequence[Leaf], posts: Sequence[Post], *, full: bool) -> VisitFacts:
    """Return the figures of a visit; those of lines are the unfiltered pages' alone."""
    shape: Counter[str] = Counter()
    for leaf in leaves:
        shape.update(leaf.shape)
    return VisitFacts(
        full=full,
        pages=len(leaves),
        posts=len(posts),
        opening=len(leaves[0].reading.posts),
        lines=sum(leaf.lines for leaf in leaves),
        unplaced=sum(len(leaf.reading.unplaced) for leaf in leaves),
        topics=sum(len(post.topics) for post in posts),
        shape=tuple(sorted(shape.items())),
    )
