"""Any view at all, the nasty and the huge among them."""

from hypothesis import strategies as st

from bot.requests import Request, Search, Show, TopicPosts
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
    "<!channel> <!here> <@U012AB3CD> <#C012AB3CD> <!subteam^S012> @channel @here #general",
    "*bold* _italic_ ~struck~ `code` ```more code``` > quoted",
    "&lt;!channel&gt; &amp;lt; p &lt; .01 & β = −.31 <b>",
    ":smile: :+1: :white_check_mark: 😀🏳️‍🌈 👩‍👩‍👧",
    "https://evil.example/?a=1&b=2 <https://evil.example|your bank> mailto:a@b.example evil.example",
    "<!date^1392734382^{date}|never>",
    "שלום עולם \u202eright to left\u202c مرحبا",
    "\x00\x07\x1b[31m \ud800 \u2028 \u200b \ufeff",
    '"quoted" \\ \n\n\t tabs and lines',
    "*",
    "",
    " ",
]
LONG = [
    "One sentence after the other. " * 200,
    "word " * 1_500,
    "x" * 9_000,
    "<&>" * 2_000,
    '"\\' * 2_500,
    "–“é”" * 1_500,
]

nasty = st.sampled_from(NASTY) | st.text(max_size=40)
texts = nasty | st.lists(nasty, max_size=4).map(" ".join)
requests: st.SearchStrategy[Request] = st.sampled_from(
    [ASKED, Show("a"), Search("x" * 300), TopicPosts("<&>" * 20), TopicPosts("y" * 82), Search("<!channel> & *all*")]
)
buttons_of_any = st.builds(Button, texts, requests)
urls = st.sampled_from(
    ["https://example.org/a?b=c&d", "https://doi.org/10.1037/x", "javascript:alert(1)", "", "http://a b", "not one",
     "https://example.org/" + "z" * 4_000, "https://example.org/*_~`|<>", "mailto:a@example.org", "HTTPS://EXAMPLE.ORG"]
)  # fmt: skip
pieces_of_text = texts | st.sampled_from(LONG)
spans = st.lists(
    st.builds(Text, texts) | st.builds(Strong, texts) | st.builds(Marked, texts) | st.builds(Link, texts, urls),
    max_size=6,
).map(tuple)
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
    "many entries": View("Entries", (_ENTRY,) * 80),
    "many buttons": View("Buttons", (Buttons((Button("A topic", ASKED),) * 900),)),
    "many paragraphs": View("Paragraphs", (Paragraph((Text("Short."),)),) * 300),
    "one long paragraph": View("Long", (Paragraph((Text(LONG[0] * 30),)),)),
    "one long word": View("Word", (Quote("x" * 300_000),)),
    "many emoji": View("Emoji", (Code("😀" * 60_000),)),
    "many spans": View("Spans", (Paragraph((Text("a"), Strong("b")) * 9_000),)),
    "long links": View("Links", (Context((Link("a", "https://example.org/" + "z" * 2_900),) * 90),)),
    "many bullets": View("Bullets", (Bullets(((Text("a"),),) * 9_000),)),
    "long headings": View("<" * 90_000, (Heading("&" * 90_000), Buttons((Button("B", ASKED),)))),
}
"""Views that no message holds, each for another reason."""
