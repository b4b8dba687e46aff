"""The search by meaning over plain documents, for `bench.relevance`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bot.meaning.closeness import Closeness
from bot.meaning.minilm import MiniLm, installed_model, shipped_vocabulary
from bot.meaning.passages import key, passages
from bot.meaning.searching import MeaningSearch
from bot.model import Month, Post
from bot.ports.meaning import Meaning, Vector
from bot.search.documents import Document, PostDocuments
from bot.search.engine import SearchEngine


def meaning_search(documents: Sequence[Document], folder: Path) -> MeaningSearch:
    """Return a search by words and meaning in which every passage has its vector."""
    posts = _Posts(documents)
    meaning = MiniLm(installed_model(), shipped_vocabulary())
    engine = SearchEngine(PostDocuments(posts), folder)
    engine.refresh()
    return MeaningSearch(engine, Closeness(posts, _Vectors(posts, meaning)), meaning)


class _Posts:
    """Documents as posts that never change."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._posts = [Post(each.id, Month(2000, 1), each.title, (each.text,)) for each in documents]

    def stamp(self) -> str:
        return "given"

    def posts(self) -> Iterator[Post]:
        return iter(self._posts)


class _Vectors:
    """The vectors of the posts' passages, in memory."""

    def __init__(self, posts: _Posts, meaning: Meaning) -> None:
        texts = {key(text): text for post in posts.posts() for text in passages(post)}
        self._vectors = {name: meaning.embed(text) for name, text in texts.items()}

    def count(self) -> int:
        return len(self._vectors)

    def fetch(self, keys: Iterable[str]) -> Mapping[str, Vector]:
        return {name: self._vectors[name] for name in keys}
