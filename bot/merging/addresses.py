"""The addresses of posts, as far as they tell one post from another."""

from collections import Counter
from collections.abc import Iterable

from bot.model import Post


def address_of(post: Post) -> str:
    """Return a post's address without its scheme, which moves from http to https and back; empty without any."""
    scheme, colon, rest = post.url.partition("://")
    return rest if colon and scheme in {"http", "https"} else post.url


def shared_addresses(posts: Iterable[Post]) -> frozenset[str]:
    """Return the addresses that several posts bear: those of pages, which tell nothing."""
    return frozenset(address for address, count in Counter(map(address_of, posts)).items() if count > 1)
