"""The announcement: what is new, in one message."""

from collections.abc import Iterator, Sequence
from itertools import chain

from bot import reading
from bot.model import Month, Post
from bot.pages import cards
from bot.pages.phrases import counted, listed, shortened, wanted
from bot.requests import Cite, MonthOf, Related, Search, Show
from bot.subscriptions import Filter
from bot.views import Block, Button, Buttons, Context, Heading, Link, Paragraph, Span, Text, View

MOST_POSTS = 6
"""How many posts are shown: what Discord's 40 components hold, five for each. A blog has at most three a month."""

MOST_CHARACTERS = 2_800
"""How much is said of the posts, in characters: what Discord's 4,000 leave beside the title and the small print."""

_TITLE, _GIST, _CITATION = 200, 350, 300
"""The most characters of a post's title, of what it says and of its citation."""

_MOST_MONTHS = 4
_MOST_TOPICS = 4


def announcement(posts: Sequence[Post], filter: Filter) -> View:  # noqa: A002 - the word for it here
    """Return what is new, for channels that asked for such posts; equal for all that asked for the same.

    However many posts there are, it is one message on every platform: what does not fit is a button away.

    Args:
        posts: at least one, newest first.
        filter: what the channels asked for.
    """
    months, shown = _months(posts), list(_fitting(posts))
    numbers = range(1, len(shown) + 1) if len(shown) > 1 else (0,)
    said = (_said_of(post, number=number, dated=len(months) > 1) for number, post in zip(numbers, shown, strict=True))
    return View(
        f"New from PPRNet: {_span(months)}",
        (
            *chain.from_iterable(said),
            *_rest(posts[len(shown) :]),
            Context((Text(f"This came because someone subscribed here to {wanted(filter, _MOST_TOPICS)}. {_HOW}"),)),
        ),
    )


_HOW = "Change that with /pprnet subscribe, end it with /pprnet unsubscribe."


def _months(posts: Sequence[Post]) -> list[Month]:
    return sorted({post.month for post in posts}, reverse=True)


def _span(months: Sequence[Month]) -> str:
    if len(months) > _MOST_MONTHS:
        return f"{months[-1].label} to {months[0].label}"
    return listed([month.label for month in months])


def _fitting(posts: Sequence[Post]) -> Iterator[Post]:
    """Yield the first posts that there is room for, at least one."""
    room = MOST_CHARACTERS
    for number, post in enumerate(posts[:MOST_POSTS]):
        room -= len(_title(post)) + len(_gist(post)) + sum(len(span.text) for span in _citation(post))
        if number and room < 0:
            return
        yield post


def _said_of(post: Post, *, number: int, dated: bool) -> Iterator[Block]:
    """Yield what is said of a post: its number, where there are others, tells which buttons are its own."""
    title = f"{number}. {_title(post)}" if number else _title(post)
    yield Heading(f"{title} ({post.month.label})" if dated else title)
    yield Paragraph((Text(_gist(post)),))
    yield Paragraph(_citation(post))
    yield Buttons(
        (
            Button(f"Read {number} in full" if number else "Read in full", Show(post.id, full=True)),
            Button(f"Related to {number}" if number else "Related", Related(post.id)),
            Button(f"Cite {number}" if number else "Cite", Cite(post.id)),
        )
    )


def _title(post: Post) -> str:
    return shortened(post.title, _TITLE)


def _gist(post: Post) -> str:
    """Return what a post means for practice, in one sentence."""
    return reading.cut(reading.first_sentence(post.implications or post.summary), _GIST)[0]


def _citation(post: Post) -> tuple[Span, ...]:
    """Return a post's citation, a long one cut; its DOI link always."""
    spans = cards.citation_spans(post)
    if post.citation is None or sum(len(span.text) for span in spans) <= _CITATION:
        return spans
    link = [span for span in spans if isinstance(span, Link)]
    return (Text(f"{shortened(post.citation.text.rstrip(), _CITATION)} "), *link)


def _rest(posts: Sequence[Post]) -> tuple[Block, ...]:
    if not posts:
        return ()
    said = f"{counted(len(posts), 'more summary', 'more summaries')}:"
    return (Paragraph((Text(said),)), Buttons(tuple(_more(_months(posts)))))


def _more(months: Sequence[Month]) -> Iterator[Button]:
    if len(months) <= _MOST_MONTHS:
        yield from (Button(f"More of {month.label}", MonthOf(month)) for month in months)
    else:
        yield Button("More", Search(f"year:{months[-1].year}..{months[0].year}"))
