"""The words that an archive holds, to tell at once what is not in them."""

import hashlib
import json
from collections.abc import Iterable, Sequence

from bot.model import Post, PostOrigin


class Words:
    """Says whether posts are held in these very words: `bot.ports.syncing.Known`.

    It keeps a digest for each post, made once, so that it asks no database: a visit calls it on the event loop. The
    starter archive's own words are nobody else's, and are not among them.
    """

    def __init__(self, posts: Iterable[Post]) -> None:
        """Keep the words of posts."""
        self._digests = {_digest(post) for post in posts if post.origin is PostOrigin.IMPORTED}

    def __call__(self, posts: Sequence[Post]) -> bool:
        """Say whether all of some posts are held; white space of another kind is no other word."""
        return all(_digest(post) in self._digests for post in posts)


def _digest(post: Post) -> bytes:
    cited = post.citation.text if post.citation else None
    said = (str(post.month), post.title, cited, *post.summary, None, *post.implications, None, *post.note)
    folded = [text and " ".join(text.split()) for text in said]
    return hashlib.sha256(json.dumps(folded).encode()).digest()[:16]
