"""Hypothesis strategies for the core's values."""

from hypothesis import strategies as st

from bot.model import Author, Citation, Month, Post, PostOrigin, TopicLabel, TopicOrigin, identify
from bot.requests import About, Cite, CiteStyle, Help, Latest, Random, Show, Status, Subscribe
from bot.views import (
    Bullets,
    Button,
    Buttons,
    Code,
    Context,
    Entry,
    Heading,
    Link,
    Marked,
    Paragraph,
    Quote,
    Strong,
    Text,
    View,
)

months = st.builds(Month, st.integers(2013, 2030), st.integers(1, 12))

line_characters = st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp"))
"""Whatever can stand on a line: no control characters, surrogates or line breaks."""

lines = (
    st.text(line_characters, min_size=1, max_size=80)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: any(char.isalnum() for char in text))
)
"""One line of text as a source gives it: single blanks, and at least one letter or digit."""

paragraphs = st.lists(lines, min_size=1, max_size=3).map(tuple)

citations = st.builds(
    Citation,
    text=lines,
    authors=st.lists(st.builds(Author, lines, st.sampled_from(["", "J.", "H. A."])), max_size=3).map(tuple),
    year=st.none() | st.integers(1900, 2030),
    title=st.just("") | lines,
    doi=st.just("") | st.just("10.1037/pst0000503"),
    found_doi=st.just("") | st.just("10.1037/pst0000111"),
)

topic_labels = st.lists(
    st.builds(TopicLabel, st.sampled_from(["Attachment", "Empathy", "Training"]), st.sampled_from(TopicOrigin)),
    max_size=3,
    unique_by=lambda label: label.name,
).map(lambda labels: tuple(sorted(labels)))


@st.composite
def posts(draw: st.DrawFn) -> Post:
    """Return any post that a source could bring."""
    month, title = draw(months), draw(lines)
    return Post(
        id=identify(month, title),
        month=month,
        title=title,
        summary=draw(paragraphs),
        citation=draw(st.none() | citations),
        implications=draw(st.just(()) | paragraphs),
        note=draw(st.just(()) | paragraphs),
        topics=draw(topic_labels),
        url=draw(st.sampled_from(["", "https://example.org/post?id=1&x=2"])),
        origin=draw(st.sampled_from(PostOrigin)),
        kind=draw(st.just("") | lines),
        withdrawn=draw(st.booleans()),
    )


requests = st.sampled_from(
    [
        Latest(),
        Random(),
        About(),
        Help("search"),
        Show("0a1b2c"),
        Cite("0a1b", CiteStyle.RIS),
        Subscribe("a", "b"),
        Status(),
    ]
)
texts = st.text(line_characters, max_size=60)
spans = st.lists(
    st.builds(Text, texts)
    | st.builds(Strong, texts)
    | st.builds(Marked, texts)
    | st.builds(Link, lines, st.just("https://example.org/a?b=c&d")),
    max_size=4,
).map(tuple)
buttons = st.builds(Button, lines, requests)
blocks = (
    st.builds(Heading, texts)
    | st.builds(Paragraph, spans)
    | st.builds(Quote, texts)
    | st.builds(Bullets, st.lists(spans, max_size=3).map(tuple))
    | st.builds(Entry, texts, st.lists(spans, max_size=3).map(tuple), buttons)
    | st.builds(Context, spans)
    | st.builds(Code, st.text(line_characters | st.just("\n"), max_size=60))
    | st.builds(Buttons, st.lists(buttons, max_size=4).map(tuple))
)


def views() -> st.SearchStrategy[View]:
    """Return any view that a page could say."""
    return st.builds(View, texts, st.lists(blocks, max_size=5).map(tuple))
