"""The texts that get vectors: passages of posts to find them by, and sentences to answer with."""

import hashlib
from collections.abc import Iterator

from bot.model import Post
from bot.reading import sentences

MOST_WORDS = 180
"""The longest passage in words, its title included: about 240 pieces of words, of which the model reads 256."""


def passages(post: Post) -> tuple[str, ...]:
    """Return a post in stretches of whole sentences, its title in front of each, its implications included.

    Only a sentence that is longer than a whole passage is cut, between words.
    """
    title = post.title.split()[: MOST_WORDS // 2]
    stretches = _stretches((*post.summary, *post.implications), MOST_WORDS - len(title))
    return tuple(f"{' '.join(title)}\n{stretch}" for stretch in stretches)


def quotable(post: Post) -> tuple[str, ...]:
    """Return the sentences of a post, each word for word as it stands there; those of its implications come first."""
    return tuple(sentence for text in (*post.implications, *post.summary) for sentence in sentences(text))


def key(text: str) -> str:
    """Return what a text is known by: 128 bits of the SHA-256 of its words."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def _stretches(paragraphs: tuple[str, ...], room: int) -> Iterator[str]:
    words: list[str] = []
    for more in (sentence.split() for text in paragraphs for sentence in sentences(text)):
        if words and len(words) + len(more) > room:
            yield " ".join(words)
            words = []
        words += more
        while len(words) > room:
            yield " ".join(words[:room])
            del words[:room]
    if words:
        yield " ".join(words)
