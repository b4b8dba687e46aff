"""An index of documents: how it is laid out, filled and opened.

It is derived from the documents and can be thrown away at any time.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import tantivy
from tantivy.tantivy import __version__ as tantivy_version

from bot.folding import words
from bot.search.analysis import readings
from bot.search.documents import Document
from bot.search.shelf import Sealed
from bot.search.typos import Vocabulary

FORMAT = f"2-{tantivy_version}"
"""What an index is made by; one made by another format is never opened. Raise the number with any change to terms."""

TITLE_WEIGHT = 3
"""How many times a title is read; a field of its own with a boost ranked worse."""


def _schema() -> tantivy.Schema:
    """Return the fields: finished terms parted by blanks, so that tantivy has nothing left to analyse."""
    fields = tantivy.SchemaBuilder()
    fields.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    fields.add_text_field("text", stored=True, tokenizer_name="whitespace")
    fields.add_text_field("surface", tokenizer_name="whitespace", index_option="basic")
    fields.add_text_field("author", tokenizer_name="whitespace")
    fields.add_text_field("topic", tokenizer_name="raw", index_option="basic")
    fields.add_unsigned_field("year", indexed=True)
    fields.add_integer_field("newest", fast=True)
    return fields.build()


SCHEMA = _schema()


class Index:
    """An opened index. It answers as long as it is held, whatever becomes of its files' names."""

    def __init__(self, stamp: str, opened: tantivy.Index, sealed: Sealed | None = None) -> None:
        """Take hold of an index.

        Args:
            stamp: the stamp of the documents it holds.
            opened: the index.
            sealed: the folder it is in; none when it is in memory.
        """
        self.stamp = stamp
        self.sealed = sealed
        opened.config_reader(_NO_WATCHING)
        self.searcher = opened.searcher()

    @property
    def sound(self) -> bool:
        """Whether its files are as they were when it was opened; see `Sealed.untouched`."""
        return self.sealed is None or self.sealed.untouched()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Every folded word of the documents; read when a word is first in doubt."""
        return Vocabulary(self.searcher.terms_with_prefix("surface", ""))

    def knows(self, surface: str, term: str) -> bool:
        """Say whether any document has this folded word, or another word of its stem."""
        return self.searcher.doc_freq("surface", surface) > 0 or self.searcher.doc_freq("text", term) > 0

    def ids(self, addresses: Sequence[tantivy.DocAddress]) -> list[str]:
        """Return the documents' ids at these addresses."""
        return [str(self.searcher.doc(address)["id"][0]) for address in addresses]

    def terms_of(self, document_id: str) -> Counter[str]:
        """Return how often each term is in a document; nothing for an unknown one."""
        try:
            named = tantivy.Query.term_query(SCHEMA, "id", document_id)
        except ValueError:  # half a character: no text for tantivy, and no id
            return Counter()
        found = self.searcher.search(named, limit=1).hits
        texts = self.searcher.doc(found[0][1])["text"] if found else []
        return Counter(term for text in texts for term in text.split())


def build(documents: Iterable[Document], path: Path | None = None) -> tantivy.Index:
    """Make an index of documents, in an empty folder or in memory.

    The documents are kept newest first, so that of two that match equally well the newer one is found first. One
    thread writes, into as few segments as fit the memory given to it: scores depend on what shares a segment.

    Raises:
        OSError: the folder cannot be written; a `ValueError` from tantivy says the same.
    """
    index = tantivy.Index(
        SCHEMA, path=str(path) if path else None, sort_by_field="newest", sort_order=tantivy.Order.Desc
    )
    index.config_reader(_NO_WATCHING)
    writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
    try:
        for document in documents:
            writer.add_document(_entry(document))
        writer.commit()
    finally:
        writer.wait_merging_threads()  # whatever happened, nothing writes to the folder any more
    index.reload()
    return index


def open_index(sealed: Sealed, stamp: str) -> Index:
    """Open an index that `build` made.

    Raises:
        ValueError: it is damaged; tantivy may also panic, see `SurvivingDamage`.
    """
    return Index(stamp, tantivy.Index.open(str(sealed.path)), sealed)


class SurvivingDamage:
    """Leaves a `with` block quietly where an index turns out to be damaged or cannot be written.

    Either shows itself as an error from tantivy (`ValueError`, `OSError`) or as a panic inside it, which is no
    `Exception` and cannot be imported.
    """

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: object) -> bool:
        return isinstance(fault, OSError | ValueError) or type(fault).__name__ == "PanicException"


_NO_WATCHING = "manual"
"""Keeps tantivy from reading the files again in a thread of its own when they change; none of ours is meant to, and a
file that was damaged meanwhile would end the process there."""

_WRITER_BYTES = 1_000_000_000
"""A limit, not a demand: what is used grows with the documents, about 3 KB for a post of 300 words."""


def _entry(document: Document) -> tantivy.Document:
    title, text = readings(document.title), readings(document.text)
    entry = tantivy.Document()
    entry.add_text("id", document.id)
    for part in [*[title] * TITLE_WEIGHT, text]:
        entry.add_text("text", " ".join([word.term for word in part if not word.compound]))
    compounds = " ".join([word.term for word in (*title, *text) if word.compound])
    entry.add_text("text", compounds)  # apart, so as not to come between the words of a phrase
    entry.add_text("surface", " ".join({word.surface for word in (*title, *text) if not word.compound}))
    for author in document.authors:
        entry.add_text("author", " ".join(words(author)))
    for topic in document.topics:
        entry.add_text("topic", " ".join(words(topic)))
    for year in document.years:
        entry.add_unsigned("year", year)
    entry.add_integer("newest", document.newest)
    return entry
