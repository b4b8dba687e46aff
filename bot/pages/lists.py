"""Lists of posts: of a month, about a topic, found by a search, like another post."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot import reading
from bot.model import ArchiveFacts, Month, Page, Post
from bot.pages import cards
from bot.pages.phrases import freshness, quoted, rests_on, shortened, span_of, summaries
from bot.requests import Latest, Request, Show, TopicList
from bot.views import Block, Button, Buttons, Context, Entry, Heading, Marked, Paragraph, Span, Text, View
from bot.wording import fits

PAGE_SIZE = 5
"""How many posts a list shows at once."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One page of a list.

    Attributes:
        posts: those of this page, in order.
        page: its number, from 1.
        total: how many posts the whole list has.
        before: the request for the page before, if any.
        after: the request for the page after, if any.
        snippets: for each post, the stretch of its text to show; its first implication when not given.
        above: what to show above the list.
    """

    posts: Sequence[Post]
    page: int
    total: int
    before: Request | None = None
    after: Request | None = None
    snippets: Sequence[tuple[Span, ...]] = ()
    above: Sequence[Block] = ()


def latest(newest: Page, facts: ArchiveFacts, web: str = "") -> View:
    """Return the newest month: its newest post as a card, the others as a list; see `cards.card` about `web`."""
    first, *others = newest.posts
    card = cards.card(first, web)
    beside = (Heading(f"Also in {first.month.label}"), *map(entry, others), *_left_out(newest)) if others else ()
    return View(card.title, (*card.blocks, *beside, Context((Text(freshness(facts)),))))


def month(when: Month, found: Page, facts: ArchiveFacts) -> View:
    """Return the posts of one month, or say how far the archive reaches when there are none."""
    if not found.posts:
        said = Paragraph((Text(f"The archive has nothing from {when.label}. It reaches from {span_of(facts)}."),))
        return View(when.label, (said, Buttons((Button("The newest month", Latest()),))))
    title = f"{when.label}: {summaries(found.total)}"
    return View(title, (*map(entry, found.posts), *_left_out(found), rests_on(facts)))


def related(post: Post, like: Sequence[Post], facts: ArchiveFacts) -> View:
    """Return the posts most like one post."""
    back = Buttons((Button("Back to the summary", Show(post.id)),))
    said = f"The summaries most like {quoted(post.title)}." if like else "No other summary is like it."
    return View("Related summaries", (Paragraph((Text(said),)), *map(entry, like), back, rests_on(facts)))


def stretch(
    title: str,
    part: Stretch,
    facts: ArchiveFacts,
    *,
    said: Sequence[str] = (),
    choices: Sequence[Button] = (),
    further: tuple[str, Sequence[Button]] = ("", ()),
) -> View:
    """Return one page of a list of posts.

    Args:
        title: what the list is of.
        part: the page.
        facts: what the list rests on.
        said: sentences to say before the list.
        choices: other ways to ask, before the list.
        further: where else to look, after the list: what to say of it, and the buttons.
    """
    shown = part.snippets or [() for _ in part.posts]
    entries = [entry(post, snippet) for post, snippet in zip(part.posts, shown, strict=True)]
    return View(
        title,
        (
            *(Paragraph((Text(sentence),)) for sentence in said),
            *([Buttons(tuple(choices))] if choices else []),
            *part.above,
            *entries,
            *_paging(part),
            *_further(*further),
            rests_on(facts),
        ),
    )


def none_found(
    text: str, said: Sequence[str], topics: Sequence[Button], facts: ArchiveFacts, *, by_meaning: bool = False
) -> View:
    """Return that a search found nothing, after sentences that are to be said first, with topics that may be meant."""
    nothing = _NOTHING_CLOSE if by_meaning else _NO_MATCH
    paragraphs = tuple(Paragraph((Text(sentence),)) for sentence in (*said, nothing))
    choices = Buttons((*topics, Button("All topics", TopicList())))
    return View(f"No summaries for {quoted(shortened(text))}", (*paragraphs, choices, rests_on(facts)))


def candidates(prefix: str, posts: Sequence[Post], facts: ArchiveFacts) -> View:
    """Return the posts whose ids begin alike, to choose from."""
    said = Paragraph((Text(f"{quoted(prefix)} is the beginning of more than one id."),))
    return View("Which summary?", (said, *map(entry, posts), rests_on(facts)))


def entry(post: Post, snippet: tuple[Span, ...] = ()) -> Entry:
    """Return a post as one entry of a list: its month, what it says, and its citation."""
    says = snippet or _gist(post)
    lines = ((Text(post.month.label),), *([says] if says else []), cards.citation_spans(post))
    return Entry(post.title, lines, Button("Read", Show(post.id)))


def marked(runs: Sequence[tuple[str, bool]]) -> tuple[Span, ...]:
    """Return runs of text, each with whether it was searched for, as spans."""
    return tuple(Marked(text) if found else Text(text) for text, found in runs)


_NO_MATCH = "Nothing in the archive matches. Try fewer or other words, or look through the topics."
_NOTHING_CLOSE = (
    "Nothing in the archive comes close: no summary has these words, and none is about anything like it."
    " These topics are the nearest:"
)


def _gist(post: Post) -> tuple[Span, ...]:
    sentence = reading.first_sentence(post.implications or post.summary)
    return (Text(sentence),) if sentence else ()


def _left_out(found: Page) -> tuple[Block, ...]:
    rest = found.total - len(found.posts)
    return (Context((Text(f"{rest:,} more in that month: search for them by their words."),)),) if rest else ()


def _further(said: str, choices: Sequence[Button]) -> tuple[Block, ...]:
    return (Context((Text(said),)), Buttons(tuple(choices))) if choices else ()


def _paging(part: Stretch) -> tuple[Block, ...]:
    if part.before is None and part.after is None:
        return ()
    where = Context((Text(_whereabouts(part)),))
    turns = [("Back", part.before), ("More", part.after)]
    wanted = [(label, request) for label, request in turns if request is not None]
    buttons = tuple(Button(label, request) for label, request in wanted if fits(request))
    if len(buttons) == len(wanted):
        return (where, Buttons(buttons))
    by_hand = "That is too long for a button: for more, type it again with page:2, page:3 … at its end."
    return (where, Context((Text(by_hand),)))


def _whereabouts(part: Stretch) -> str:
    if not part.posts:
        return f"The list has no page {part.page}."
    first = (part.page - 1) * PAGE_SIZE + 1
    return f"{first:,} to {first + len(part.posts) - 1:,} of {summaries(part.total)}"
