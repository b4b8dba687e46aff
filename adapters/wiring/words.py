"""Words: what topics and searches are understood by."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from adapters.wiring.database import Database

if TYPE_CHECKING:
    from bot.finding import Finder
    from bot.meaning.filling import Filler
    from bot.meaning.minilm import MiniLm
    from bot.ports.archive import Archive
    from bot.search.engine import SearchEngine
    from bot.search.offers import Offers
    from bot.topics.catalogue import Catalogue
    from bot.topics.index import TopicIndex


class Words(Database):
    """What people's words are understood by; each part is made when it is first needed."""

    @cached_property
    def catalogue(self) -> "Catalogue":
        """The topics that ship with the bot."""
        from bot.topics.loading import load_catalogue

        return load_catalogue()

    @cached_property
    def topics(self) -> "TopicIndex":
        """The topics by every word for them."""
        from bot.topics.index import TopicIndex

        return TopicIndex(self.catalogue)

    @cached_property
    def search(self) -> "SearchEngine":
        """The search over the archive."""
        from bot.search.documents import PostDocuments
        from bot.search.engine import SearchEngine

        return SearchEngine(PostDocuments(self.archive), self.settings.index_folder)

    @cached_property
    def offers(self) -> "Offers":
        """What of the archive can be meant while someone is still typing."""
        from bot.search.offers import Offers

        return Offers(self.archive, self.search)

    @cached_property
    def finder(self) -> "Finder":
        """What finds posts by a person's words."""
        return self._finder(self.archive)

    def _finder(self, archive: "Archive") -> "Finder":
        from bot.finding import Finder

        if (meaning := self.meaning) is None:
            return Finder(archive, self.search, self.topics)
        from bot.meaning.closeness import Closeness
        from bot.meaning.naming import TopicSense
        from bot.meaning.quoting import Quoter
        from bot.meaning.searching import MeaningSearch

        vectors = self._vectors(meaning)
        search = MeaningSearch(self.search, Closeness(self.archive, vectors), meaning)
        return Finder(archive, search, self.topics, Quoter(vectors), TopicSense(self.topics.topics, vectors))

    @cached_property
    def meaning(self) -> "MiniLm | None":
        """The model of meanings, not loaded yet; none unless the extra `semantic` is installed."""
        from bot.meaning import extra

        if not extra.installed():
            return None
        from bot.meaning.minilm import MiniLm, installed_model, shipped_vocabulary

        return MiniLm(installed_model(), shipped_vocabulary())

    @cached_property
    def filler(self) -> "Filler | None":
        """What gives texts their vectors; none without the model of meanings."""
        if (meaning := self.meaning) is None:
            return None
        from bot.meaning.filling import Filler
        from bot.meaning.naming import described

        return Filler(self.archive, self._vectors(meaning), meaning, [described(each) for each in self.topics.topics])

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Give texts their vectors while a `with` block runs, beside everything else."""
        if self.filler is None:
            yield
            return
        from bot.meaning.background import Background

        with Background(self.filler):
            yield

    def _knows(self, word: str) -> bool:
        """Say whether the archive holds a folded word."""
        return self.search.knows(word)
