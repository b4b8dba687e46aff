"""Finding posts by a topic in a person's own words, and by a query."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.model import ArchiveFacts, Page, Post, Where
from bot.pages import lists
from bot.pages import topics as topic_pages
from bot.pages.lists import PAGE_SIZE, Stretch
from bot.pages.phrases import quoted, shortened, summaries
from bot.ports.archive import Archive
from bot.requests import Search, TopicPosts
from bot.search.engine import Results, SearchEngine
from bot.search.query import Query, parse_query
from bot.search.snippets import snippet
from bot.topics.catalogue import Topic
from bot.topics.index import Resolution, TopicIndex
from bot.views import Block, Button, Span, View
from bot.wording import fits

if TYPE_CHECKING:
    from bot.meaning.naming import TopicSense
    from bot.meaning.quoting import Quoter
    from bot.meaning.searching import MeaningSearch


class Finder:
    """Turns a person's words into a list of posts, and says how they were understood."""

    def __init__(
        self,
        archive: Archive,
        search: "SearchEngine | MeaningSearch",
        topics: TopicIndex,
        quoter: "Quoter | None" = None,
        sense: "TopicSense | None" = None,
    ) -> None:
        """Keep what finds.

        Args:
            archive: the posts.
            search: finds posts by words, or by words and meaning.
            topics: the topics.
            quoter: finds sentences that answer; only beside a search by meaning.
            sense: finds the topics nearest to a question; only beside a search by meaning.
        """
        self._archive = archive
        self._search = search
        self._topics = topics
        self._quoter = quoter
        self._sense = sense

    def topics(self, page: int, facts: ArchiveFacts) -> View:
        """Return one page of the list of all topics."""
        return topic_pages.all_topics(self._topics.topics, self._archive.topic_counts(), page, facts)

    def about(self, request: TopicPosts, facts: ArchiveFacts) -> View:
        """Return the posts about a topic; of words that name none, what a search for them finds."""
        asked = parse_query(request.words)
        query = asked.without_unread()
        words = " ".join((*query.words, *query.phrases))
        resolution = self._topics.resolve(words, self._search.knows) if words else None
        if resolution is None:
            said = (f"I know no topic {quoted(shortened(words))}, so I searched for it.",) if words else ()
            return self.matching(Search(request.words, request.page), facts, said)
        if resolution.ambiguous:
            return topic_pages.choose(words, resolution, facts)
        return self._of_topic(request, query, resolution, facts, _unread(asked, "left it out"))

    def matching(self, request: Search, facts: ArchiveFacts, said: Sequence[str] = ()) -> View:
        """Return the posts that match a query, after sentences that are to be said first."""
        asked = parse_query(request.text)
        query, unknown = self._with_topics(asked)
        results = self._find(query, request)
        told = (*said, *unknown, *_explained(results))
        if not results.total:
            near = topic_pages.buttons(self._topics_near(request.text, results))
            return lists.none_found(request.text, told, near, facts, by_meaning=bool(results.vector))
        part = self._stretch(request, self._fetched(results))
        snippets = [_snippet(post, results.query) for post in part.posts]
        above = self._answers(asked, results, part) if request.page == 1 else ()
        return lists.stretch(
            f"{summaries(results.total)} for {quoted(shortened(request.text))}",
            replace(part, snippets=snippets, above=above),
            facts,
            said=told,
            choices=_as_typed(request, results),
        )

    def related(self, post: Post, facts: ArchiveFacts) -> View:
        """Return the posts most like one post."""
        return lists.related(post, self._archive.get(self._search.related(post.id, limit=PAGE_SIZE)), facts)

    def _of_topic(
        self, request: TopicPosts, query: Query, resolution: Resolution, facts: ArchiveFacts, said: Sequence[str]
    ) -> View:
        names = tuple(topic.name for topic in resolution.topics)
        words = " ".join((*query.words, *query.phrases))
        narrowing = replace(query, words=(), phrases=())
        narrowed, unknown = self._with_topics(narrowing)
        whole = Where(topics=names)
        found = (
            self._narrowed(narrowed, names, request.page)
            if narrowed.narrows
            else self._archive.page(whole, (request.page - 1) * PAGE_SIZE, PAGE_SIZE)
        )
        if not found.total:
            total = self._archive.page(whole, limit=1).total
            if total:
                return topic_pages.all_filtered_out(words, resolution, str(narrowing), total, facts)
            return topic_pages.nothing_there(words, resolution, facts)
        return lists.stretch(
            topic_pages.counted_title(resolution, str(narrowing), found.total),
            self._stretch(request, found),
            facts,
            said=(topic_pages.understood(words, resolution), *said, *unknown),
            further=topic_pages.further(resolution),
        )

    def _answers(self, asked: Query, results: Results, part: Stretch) -> tuple[Block, ...]:
        """Return what answers a question in plain words in quotes, if the search was one by meaning."""
        if self._quoter is None or not results.vector or not asked.plain:
            return ()
        from bot.pages.quotes import quotes  # only where there is something to quote from

        found = self._quoter.quote(" ".join(results.query.words), results.vector, part.posts)
        return () if found is None else quotes(found)

    def _topics_near(self, text: str, results: Results) -> Sequence[Topic]:
        near = self._sense.nearest(results.vector, _MOST_TOPICS) if self._sense and results.vector else ()
        return near or self._topics.complete(text, _MOST_TOPICS)

    def _narrowed(self, query: Query, names: tuple[str, ...], page: int) -> Page:
        about = query.resolved((names, *query.about))
        return self._fetched(self._search.search(about, offset=(page - 1) * PAGE_SIZE, limit=PAGE_SIZE))

    def _fetched(self, results: Results) -> Page:
        return Page(self._archive.get([hit.id for hit in results.hits]), results.total)

    def _find(self, query: Query, request: Search) -> Results:
        return self._search.search(
            query, offset=(request.page - 1) * PAGE_SIZE, limit=PAGE_SIZE, verbatim=request.verbatim
        )

    def _with_topics(self, query: Query) -> tuple[Query, tuple[str, ...]]:
        """Resolve `topic:` filters; one that names no topic becomes words to search for, and that is said."""
        known: list[tuple[str, ...]] = []
        unknown: list[str] = []
        for words in query.topics:
            resolution = self._topics.resolve(words, self._search.knows)
            if resolution is None:
                unknown.append(words)
            else:
                known.append(tuple(topic.name for topic in resolution.topics))
        resolved = replace(query, words=(*query.words, *unknown), topics=()).resolved(known)
        return resolved, tuple(f"I know no topic {quoted(words)}, so I searched for it." for words in unknown)

    def _stretch(self, request: Search | TopicPosts, found: Page) -> Stretch:
        last = max(1, -(-found.total // PAGE_SIZE))
        return Stretch(
            found.posts,
            request.page,
            found.total,
            before=replace(request, page=min(request.page - 1, last)) if request.page > 1 else None,
            after=replace(request, page=request.page + 1) if request.page < last else None,
        )


_MOST_TOPICS = 3
"""How many topics are offered where nothing was found."""


def _explained(results: Results) -> tuple[str, ...]:
    """Say how the query was changed, and what of it could not be read."""
    corrected = [f"{quoted(used)} instead of {quoted(typed)}" for typed, used in results.corrections]
    return (
        *([f"Showing results for {', '.join(corrected)}."] if corrected else []),
        *(["No summary holds that phrase; these hold its words."] if results.loosened else []),
        *_unread(results.query, "took it as words"),
    )


def _unread(query: Query, done: str) -> tuple[str, ...]:
    return tuple(f"I could not read {quoted(filter_)} as a filter, and {done}." for filter_ in query.unread)


def _as_typed(request: Search, results: Results) -> tuple[Button, ...]:
    verbatim = Search(request.text, verbatim=True)
    if not results.corrections or not fits(verbatim):
        return ()
    return (Button(f"Search for {quoted(shortened(request.text, 40))} as typed", verbatim),)


def _snippet(post: Post, query: Query) -> tuple[Span, ...]:
    return lists.marked(snippet((*post.implications, *post.summary), query)) if query.words or query.phrases else ()
