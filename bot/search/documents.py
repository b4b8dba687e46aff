"""What can be searched: plain documents, and posts made into them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from bot.model import Citation, Post
from bot.ports.archive import Corpus


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to find.

    Attributes:
        id: what a hit is known by; unique among the documents.
        title: counts three times as much as the text.
        text: everything else whose words can be searched for.
        authors: family names, for the filter `author:`.
        years: for the filter `year:`; from 0.
        topics: whole names, for the filter `topic:`.
        newest: of two documents the newer one has the higher number.
    """

    id: str
    title: str
    text: str
    authors: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    topics: tuple[str, ...] = ()
    newest: int = 0


class Documents(Protocol):
    """Where an index gets its documents from."""

    def stamp(self) -> str:
        """Return what differs whenever the documents differ; asked before every search, so it has to be cheap."""
        ...

    def documents(self) -> Iterator[Document]:
        """Yield every document, as one consistent view; the newest first where it costs nothing."""
        ...


class PostDocuments:
    """The posts of an archive as documents.

    A post is of two years, the one it was published in and the one of the study it summarises: `year:2018` finds it by
    either, for a reader remembers sometimes the one and sometimes the other.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def stamp(self) -> str:
        """Return the archive's own stamp."""
        return self._corpus.stamp()

    def documents(self) -> Iterator[Document]:
        """Yield every post as a document; the archive's own order says which is the newest."""
        for place, post in enumerate(self._corpus.posts()):
            yield _document(post, newest=-place)


def _document(post: Post, newest: int) -> Document:
    citation = post.citation or Citation("")
    years = {post.month.year} | ({citation.year} if citation.year else set())
    return Document(
        id=post.id,
        title=post.title,
        text="\n".join([*post.note, *post.summary, *post.implications, citation.text]),
        authors=tuple(author.family for author in citation.authors),
        years=tuple(sorted(years)),
        topics=tuple(label.name for label in post.topics),
        newest=newest,
    )
