"""One post: its card, the whole of it, and its citation."""

import re

from bot import reading
from bot.model import Post, PostOrigin, TopicOrigin
from bot.pages.phrases import shortened
from bot.requests import Cite, CiteStyle, Related, Show, TopicPosts
from bot.views import Block, Button, Buttons, Code, Context, Heading, Link, Paragraph, Quote, Span, Text, View

IMPLICATIONS_LIMIT = 900
"""How much of the practice implications a card shows, in characters: about a minute's reading."""

SUMMARY_LIMIT = 500
"""How much of the summary a card shows, in characters: who has read the implications has half a minute left."""

_STYLE_NAMES = {CiteStyle.APA: "As printed", CiteStyle.BIBTEX: "BibTeX", CiteStyle.RIS: "RIS"}


def card(post: Post, web: str = "") -> View:
    """Return the card: implications first, then who was studied, the summary and the citation, each at a glance.

    Args:
        post: the post.
        web: where people reach our own page, without a slash at its end; empty where they do not.
    """
    return View(post.title, (_dateline(post, web), *_withdrawal(post), *glance(post)))


def whole(post: Post, web: str = "") -> View:
    """Return the whole post: every word of it; see `card`."""
    return View(
        post.title,
        (
            _dateline(post, web),
            *_withdrawal(post),
            *_section("Practice implications", post.implications),
            *_studied(post),
            *_section("Summary", post.summary),
            *_foot(post),
        ),
    )


def glance(post: Post) -> tuple[Block, ...]:
    """Return a card's blocks below its dateline."""
    implications, more_implications = _excerpt(post.implications, IMPLICATIONS_LIMIT)
    summary, more_summary = _excerpt(post.summary, SUMMARY_LIMIT)
    full = (Button("Read in full", Show(post.id, full=True)),) if more_implications or more_summary else ()
    return (
        *_section("Practice implications", implications),
        *_studied(post),
        *_section("Summary", summary),
        *([Buttons(full)] if full else []),
        *_foot(post),
    )


def permalink(post: Post, web: str) -> str:
    """Return the address of a post on our own page, given where people reach it."""
    return f"{web}/posts/{post.id}"


def citation_page(post: Post, style: CiteStyle, text: str) -> View:
    """Return a post's citation in one style, ready to copy, with the other styles to choose from.

    Args:
        post: whose citation it is.
        style: the style it is in.
        text: the citation in that style; empty when the post names none.
    """
    others = tuple(Button(_STYLE_NAMES[other], Cite(post.id, other)) for other in CiteStyle if other != style)
    back = Button("Back to the summary", Show(post.id))
    if not text:
        said = Paragraph((Text("The blog names no citation for this summary, so there is none to give."),))
        return View(post.title, (said, Buttons((back,))))
    return View(post.title, (Code(text.rstrip()), Buttons((*others, back)), Context((Text(post.month.label),))))


def citation_spans(post: Post) -> tuple[Span, ...]:
    """Return a post's citation as printed, its DOI a link; a DOI that is not printed as an address has one added."""
    if post.citation is None:
        return (Text("No citation given."),)
    printed, doi = post.citation.text, post.citation.doi
    if not doi:
        return (Text(printed),)
    url = f"https://doi.org/{doi}"
    if match := re.search(rf"https?://(?:dx\.)?doi\.org/{re.escape(doi)}", printed, re.IGNORECASE):
        around = (Text(printed[: match.start()]), Link(match[0], url), Text(printed[match.end() :]))
        return tuple(span for span in around if span.text)
    return (Text(f"{printed} "), Link(url, url))


def _dateline(post: Post, web: str) -> Context:
    links = [*([("on the web", post.url)] if post.url else []), *([("permalink", permalink(post, web))] if web else [])]
    where = (span for text, url in links for span in (Text(" · "), Link(text, url)))
    kind = f" · {post.kind}" if post.kind else ""
    return Context((Text(f"{post.month.label} · {reading.minutes(post)} min read{kind}"), *where))


def _withdrawal(post: Post) -> tuple[Context, ...]:
    """Return a sentence about a post that its source no longer shows; nothing about any other."""
    said = "The blog no longer shows this summary. It stands in no list and is found by its id only."
    return (Context((Text(said),)),) if post.withdrawn else ()


def _found_doi(post: Post) -> tuple[Context, ...]:
    """Return the DOI that was found for a citation that names none, and that it was."""
    if post.citation is None or post.citation.doi or not post.citation.found_doi:
        return ()
    url = f"https://doi.org/{post.citation.found_doi}"
    return (Context((Text("DOI found by title, not given by the blog: "), Link(url, url))),)


def _section(heading: str, paragraphs: tuple[str, ...]) -> tuple[Block, ...]:
    if not paragraphs:
        return ()
    return (Heading(heading), *(Paragraph((Text(text),)) for text in paragraphs))


def _studied(post: Post) -> tuple[Block, ...]:
    sentence = reading.studied(post)
    return (Heading("Who was studied"), Quote(sentence)) if sentence else ()


def _foot(post: Post) -> tuple[Block, ...]:
    return (
        *(Context((Text(text),)) for text in post.note),
        Heading("Citation"),
        Paragraph(citation_spans(post)),
        *_found_doi(post),
        *_topics(post),
        Buttons((Button("Related", Related(post.id)), Button("Cite", Cite(post.id)))),
        Context((Text(f"{_origin(post)} Id {post.id}."),)),
    )


def _topics(post: Post) -> tuple[Block, ...]:
    if not post.topics:
        return ()
    derived = all(label.origin is TopicOrigin.DERIVED for label in post.topics)
    chosen = tuple(Button(shortened(label.name), TopicPosts(label.name)) for label in post.topics)
    return (Heading("Topics, derived from its words" if derived else "Topics"), Buttons(chosen))


def _origin(post: Post) -> str:
    if post.origin is PostOrigin.STARTER:
        return f"{post.month.label}, in the starter archive's own words."
    return f"{post.month.label}, in the blog's words."


def _excerpt(paragraphs: tuple[str, ...], limit: int) -> tuple[tuple[str, ...], bool]:
    """Return what fits into so many characters, the last paragraph cut at a sentence, and whether anything is cut."""
    kept: list[str] = []
    for text in paragraphs:
        head, rest = reading.cut(text, limit - sum(map(len, kept)))
        if head and not (kept and head.endswith("…")):  # half a sentence only where there would be nothing else
            kept.append(head)
        if rest:
            return tuple(kept), True
    return tuple(kept), False
