"""A visit to the blog: its pages for the posts, its filtered lists for what the posts are about."""

from collections.abc import AsyncIterator, Collection, Iterator, Sequence

from adapters.sources.site.addresses import Filter
from adapters.sources.site.assembling import Assigned, assembled
from adapters.sources.site.lists import Enough, Listed, Lister
from adapters.sources.site.taxonomy import Taxonomy
from bot.model import Post
from bot.ports.syncing import Known
from bot.visits import Visit

ALL, ONCE_MORE = "all posts", "all posts, once more"
"""What the list without a filter is called where progress is told, and when it is looked at for changes."""

_ROUNDS = 3
"""How often a blog is read anew because posts moved from page to page meanwhile."""

_UNSTEADY = "Posts kept moving from page to page while the site was read; what was seen of them is kept."


async def crawl(lister: Lister, taxonomy: Taxonomy, known: Known, *, full: bool) -> Visit:
    """Read a blog, the whole of it or as far back as something new appears.

    A post that moves up a page between the reading of the two is missed. So the pages are asked for once more at the
    end, which costs little where a site tells what has not changed: if all is where it was, nothing moved in between,
    neither in this list nor in those that a filter makes of it. Else the blog is read anew.

    A post that is new below a page of known ones is found by the next whole visit only.

    Args:
        lister: what reads its lists.
        taxonomy: what it sorts its posts by.
        known: whether the archive holds posts as they are.
        full: read everything.

    Raises:
        SourceError: a page could not be fetched, or holds no post.
    """
    far_enough: Enough = (lambda _: False) if full else known
    whole = await lister.read(ALL, Filter(), far_enough)
    earlier: list[Listed] = []
    while True:
        fresh = None if full else _fresh(whole, known)
        assigned, remarks = Assigned(), list(taxonomy.remarks)
        if fresh is not None and not fresh:
            return assembled(whole, assigned, fresh, remarks)
        remarks += [odd async for odd in _assign(lister, taxonomy, whole, assigned, fresh=fresh, again=bool(earlier))]
        now = await lister.read(ONCE_MORE, Filter(), far_enough, again=True)
        if now.places == whole.places:
            return assembled(whole, assigned, fresh, remarks)
        earlier.append(whole)
        if len(earlier) == _ROUNDS:
            leaves = (leaf for listed in (now, *earlier) for leaf in listed.leaves)
            assigned.complete = False
            return assembled(Listed(tuple(leaves)), assigned, fresh, [*remarks, _UNSTEADY])
        whole = now


async def _assign(
    lister: Lister, taxonomy: Taxonomy, whole: Listed, assigned: Assigned, *, fresh: Collection[str] | None, again: bool
) -> AsyncIterator[str]:
    """Read the filtered lists, each to its end or until all fresh posts of it were met; yield what is odd."""

    def enough(posts: Sequence[Post]) -> bool:
        return fresh is not None and any(post.id not in fresh for post in posts)

    assigned.complete = fresh is None
    for narrowed, name in _filters(taxonomy):
        listed = await lister.read(name, narrowed, enough, again=again)
        if _is_unfiltered(listed, whole, full=fresh is None):
            assigned.complete = False
            yield f"The site's list of {name} holds every post; it was passed over."
        elif narrowed.topic:
            assigned.note_topic(name, listed.posts.values())
        else:
            assigned.note_kind(name, listed.posts.values())


def _filters(taxonomy: Taxonomy) -> Iterator[tuple[Filter, str]]:
    yield from ((Filter(topic=number), name) for number, name in taxonomy.topics.items())
    yield from ((Filter(kind=number), word) for number, word in taxonomy.kinds.items())


def _fresh(whole: Listed, known: Known) -> frozenset[str]:
    """Return the ids of the posts on pages that had something new."""
    return frozenset(name for leaf in whole.leaves if not known(leaf.reading.posts) for name in leaf.ids)


def _is_unfiltered(listed: Listed, whole: Listed, *, full: bool) -> bool:
    """Say whether a filtered list is the list without a filter: a site may show that for a filter it does not know.

    The few posts of a blog of one page may well have one topic in common.
    """
    if len(whole.leaves) == 1 or listed.leaves[0].ids != whole.leaves[0].ids:
        return False
    return not full or set(listed.posts) >= set(whole.posts)
