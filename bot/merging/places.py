"""Where posts stand within their month."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.model import Month, Post


def places(
    standing: Iterable[Post], batch: Sequence[Post], arrivals: Collection[str], opening: Month | None
) -> dict[str, int]:
    """Return the numbers of posts that arrive in a month, and new numbers for posts that make room for them.

    A month is often split across pages, and a page is read more than once, so that the order of reading tells nothing;
    neighbours do. A post stands right below the nearest post above it in the batch that has a place already, or else
    right above the nearest one below it. Where the batch has no such post of the month, it continues the month below
    what is there, if the month is the one that the batch opens with: what is newer is then on the page before. It
    begins the month above what is there, if something newer than the month comes first.

    A number that a post has is kept, unless a post below it needs that number.

    Args:
        standing: the posts of those months that have a number.
        batch: the batch's posts in reading order, newest first.
        arrivals: the ids of those of them that have no number yet.
        opening: the month that the batch opens with; `None` if it is known to begin with its month's newest post.
    """
    stood = _by_month(standing)
    read = _by_month(batch)
    numbers: dict[str, int] = {}
    for month in {post.month for post in batch if post.id in arrivals}:
        there = sorted(stood.get(month, ()), key=lambda post: (-post.sequence, post.id))
        order = _order([post.id for post in there], [post.id for post in read[month]], below=month == opening)
        numbers |= _numbered(order, {post.id: post.sequence for post in there})
    return numbers


def _by_month(posts: Iterable[Post]) -> dict[Month, list[Post]]:
    months: dict[Month, list[Post]] = {}
    for post in posts:
        months.setdefault(post.month, []).append(post)
    return months


def _order(standing: Sequence[str], read: Sequence[str], *, below: bool) -> list[str]:
    """Return the ids of one month, newest first, with those that were read among those that stood there."""
    order, placed = list(standing), set(standing)
    above = next((name for name in read if name in placed), None)
    if above is None:
        return [*standing, *read] if below else [*read, *standing]
    first, at = read.index(above), order.index(above)
    order[at:at] = read[:first]
    for name in read[first + 1 :]:
        if name not in placed:
            order.insert(order.index(above) + 1, name)
        above = name
    return order


def _numbered(order: Sequence[str], given: Mapping[str, int]) -> dict[str, int]:
    """Number ids that stand newest first, keeping given numbers where they rise; return what is new."""
    numbers: dict[str, int] = {}
    last = 0
    for name in reversed(order):
        last = max(given.get(name, 0), last + 1)
        if given.get(name) != last:
            numbers[name] = last
    return numbers
