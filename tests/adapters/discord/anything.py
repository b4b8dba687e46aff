"""Any view at all, the nasty and the huge among them."""

from hypothesis import strategies as st

from bot.requests import Latest, Request, Search, Show, TopicPosts
from bot.views import (
    Block,
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
from tests.strategies import views

ASKED = Show("0a1b2c3d4e5f", full=True)
NASTY = [
    "@everyone @here <@123456789012345678> <@&1> <#1> <t:1700000000:R> </pprnet:1> <id:home> @silent",
    "*bold* **bold** _italic_ __under__ ~~struck~~ ||hidden|| `code` ```more code``` ***",
    "# heading", "## heading ##", "-# small", "- item", "* item", "+ item", "1. first", "12. x", "> quoted", ">>> all",
    "\n> quoted\n- item\n# heading\n  -# small\n3. third\n>>> rest",
    ":smile: :+1: 🎉 <:name:123> <a:name:123> ::skin-tone-2: :a:b: 3:1:2",
    "[your bank](https://evil.example) [x](<https://evil.example>) ](https://evil.example) ](",
    "and](https://evil.example)",
    "https://evil.example/?a=1&b=2 <https://evil.example> http://x steam://run discord://x <a:/b> <\nc:/d>",
    "a@b.example <a@b.example> <mailto:a@b.example> <tel:+1234> <+123-45>",
    "p < .01 & β = −.31 <b> i<3 1<2", "\\", "\\*", "\\\\", "¯\\_(ツ)_/¯", "`", "```", "``", "*", "**", "_",
    "[", "]", "(", "|", "||", "<", ">", "@", ":", "-", "1", "1.", "#", "everyone", "/", "://",
    "שלום \u202eright to left\u202c", "\x00\x07\x1b[31m \ud800 \u2028 \u200b \ufeff \r\n \x85", "\n\n\t tabs", "", " ",
]  # fmt: skip
LONG = [
    "One sentence after the other. " * 200,
    "word " * 1_500,
    "x" * 9_000,
    "*_" * 2_000,
    "🎉" * 2_500,
    "line\n" * 1_000,
    "a```b" * 300,
]

nasty = st.sampled_from(NASTY) | st.text(max_size=40)
texts = nasty | st.lists(nasty, max_size=4).map("".join) | st.lists(nasty, max_size=4).map(" ".join)
requests: st.SearchStrategy[Request] = st.sampled_from(
    [
        ASKED,
        Show("a"),
        Latest(),
        Search("x" * 300),
        TopicPosts("y" * 82),
        TopicPosts("🎉" * 60),
        Search("@everyone: *a*"),
    ]
)
buttons_of_any = st.builds(Button, texts, requests)
urls = st.sampled_from(
    ["https://example.org/a?b=c&d", "https://doi.org/10.1016/S0140-6736(97)11096-0", "javascript:alert(1)", "", "http://a",
     "http://a b", "https://example.org/" + "z" * 4_000, "https://example.org/*_~[x]", "mailto:a@example.org", "HTTPS://EXAMPLE.ORG",
     "https://example.org/>x", "https://example.org/\\)", "https://example.org/" + "(" * 170, "https://é.example"]
)  # fmt: skip
link_words = texts | st.sampled_from(["on the web", "Doe, J. (2020)", "https://evil.example", "evil.example", "a: b"])
links = st.builds(Link, link_words, urls) | urls.map(lambda url: Link(url, url))
pieces_of_text = texts | st.sampled_from(LONG)
spans = st.lists(st.builds(Text, texts) | st.builds(Strong, texts) | st.builds(Marked, texts) | links, max_size=6).map(
    tuple
)
long_spans = st.builds(lambda a, b, c: (*a, Text(b), *c), spans, st.sampled_from(LONG), spans)
any_spans = spans | long_spans
any_blocks: st.SearchStrategy[Block] = (
    st.builds(Heading, pieces_of_text)
    | st.builds(Paragraph, any_spans)
    | st.builds(Quote, pieces_of_text)
    | st.builds(Bullets, st.lists(any_spans, max_size=4).map(tuple))
    | st.builds(Entry, pieces_of_text, st.lists(any_spans, max_size=3).map(tuple), buttons_of_any)
    | st.builds(Context, any_spans)
    | st.builds(Code, pieces_of_text)
    | st.builds(Buttons, st.lists(buttons_of_any, max_size=30).map(tuple))
)
nasty_views = st.builds(View, pieces_of_text, st.lists(any_blocks, max_size=6).map(tuple))
any_views = views() | nasty_views

_ENTRY = Entry("A title", ((Text("July 2021"),), (Text("What it says."),)), Button("Read", ASKED))
TOO_BIG = {
    "many entries": View("Entries", (_ENTRY,) * 60),
    "many buttons": View("Buttons", (Buttons((Button("A topic", ASKED),) * 300),)),
    "many paragraphs": View("Paragraphs", (Paragraph((Text("Short and sweet."),)),) * 900),
    "one long paragraph": View("Long", (Paragraph((Text(LONG[0] * 4),)),)),
    "one long word": View("Word", (Quote("x" * 20_000),)),
    "many emoji": View("Emoji", (Paragraph((Text("🎉" * 9_000),)),)),
    "many spans": View("Spans", (Paragraph((Text("a"), Strong("b")) * 1_500),)),
    "long links": View("Links", (Context((Link("a", "https://example.org/" + "z" * 400),) * 90),)),
    "many bullets": View("Bullets", (Bullets(((Text("a"),),) * 3_000),)),
    "long headings": View("<" * 9_000, (Heading("&" * 9_000), Buttons((Button("B", ASKED),)))),
    "many texts to copy": View("Copy", (Code("``` " * 9),) * 25),
}
"""Views that no message holds, each for another reason."""
ENDLESS = View("Endless", (Paragraph((Text(LONG[0] * 16),)),))
"""What nobody would page through."""
