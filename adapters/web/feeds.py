"""The newest posts as Atom (RFC 4287) and JSON Feed 1.1, for whoever follows a blog that has no feed.

An entry is known by its post's id alone, whatever the page's address and the post's title come to be. It has the month
that the blog put the post under, on its first day: a more exact day is not known.
"""

import json
import re
from collections.abc import Callable, Sequence
from html import escape
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from aiohttp import web

from adapters.web import addresses
from adapters.web.shelf import Finished, Shelf, finished, response
from bot import reading
from bot.model import Post, Where
from bot.pages.guide import BLOG
from bot.ports.archive import Archive

ATOM, JSON = "/feed.atom", "/feed.json"

ENTRIES = 30
"""How many posts a feed has, the newest: those of most of a year."""

_TITLE = "PPRNet: psychotherapy research summaries"
_AUTHOR = "Giorgio A. Tasca"
_NAMESPACE = UUID("0d0d1f4c-0f6a-5b0e-9c46-7f6a4b8f3a31")  # drawn once; the ids of all entries come from it
_XMLNS = "http://www.w3.org/2005/Atom"
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold (XML 1.0, 2.2)."""


class Feeds:
    """Answers with feeds."""

    def __init__(self, archive: Archive, shelf: Shelf, public_url: str = "") -> None:
        """Keep what feeds are made from.

        Args:
            archive: the posts, with no more of each than may be shown.
            shelf: keeps finished feeds.
            public_url: where people reach the site, without a slash at its end; where they do not, entries link to the
                blog.
        """
        self._archive = archive
        self._shelf = shelf
        self._site = public_url

    @property
    def routes(self) -> tuple[web.RouteDef, ...]:
        """What the web server has to serve for it."""
        return web.get(ATOM, self._atom), web.get(JSON, self._json)

    async def _atom(self, request: web.Request) -> web.Response:
        return await self._answer(request, ATOM, "application/atom+xml", atom)

    async def _json(self, request: web.Request) -> web.Response:
        return await self._answer(request, JSON, "application/feed+json", json_feed)

    async def _answer(
        self, request: web.Request, path: str, kind: str, write: Callable[[Sequence[Post], str], bytes]
    ) -> web.Response:
        def make() -> Finished:
            return finished(write(self._archive.page(Where(), limit=ENTRIES).posts, self._site))

        answer = response(await self._shelf.get(path, make), request)
        if answer.status == 200:
            answer.content_type = kind
        return answer


def atom(posts: Sequence[Post], site: str) -> bytes:
    """Return posts as an Atom feed.

    Args:
        posts: newest first.
        site: where people reach the site, without a slash at its end; empty where they do not.
    """
    feed = Element("feed", {"xmlns": _XMLNS, "xml:lang": "en"})
    _text(feed, "id", _urn("feed"))
    _text(feed, "title", _TITLE)
    _text(feed, "updated", _day(posts[0]) if posts else "2013-02-01T00:00:00Z")
    _text(SubElement(feed, "author"), "name", _AUTHOR)
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": site or BLOG})
    if site:
        SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": site + ATOM})
    for post in posts:
        _entry(feed, post, site)
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def json_feed(posts: Sequence[Post], site: str) -> bytes:
    """Return posts as a JSON Feed; see `atom`."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _TITLE,
        "home_page_url": site or BLOG,
        **({"feed_url": site + JSON} if site else {}),
        "language": "en",
        "authors": [{"name": _AUTHOR}],
        "items": [_item(post, site) for post in posts],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _entry(feed: Element, post: Post, site: str) -> None:
    entry = SubElement(feed, "entry")
    _text(entry, "id", _urn(post.id))
    _text(entry, "title", post.title)
    _text(entry, "published", _day(post))
    _text(entry, "updated", _day(post))
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": _legal(_link(post, site))})
    for label in post.topics:
        SubElement(entry, "category", {"term": _legal(label.name)})
    if said := _first_implication(post):
        _text(entry, "summary", said)
    _text(entry, "content", _html(post), type="html")


def _item(post: Post, site: str) -> dict[str, object]:
    said, doi = _first_implication(post), post.citation.doi if post.citation else ""
    return {
        "id": _urn(post.id),
        "url": _link(post, site),
        **({"external_url": f"https://doi.org/{doi}"} if doi else {}),
        "title": post.title,
        **({"summary": said} if said else {}),
        "content_html": _html(post),
        "date_published": _day(post),
        "tags": [label.name for label in post.topics],
    }


def _html(post: Post) -> str:
    """Return what an entry shows: the first sentence of the implications, and the citation."""
    cited = post.citation.text if post.citation else ""
    return "".join(f"<p>{escape(text)}</p>" for text in (_first_implication(post), cited) if text) or "<p></p>"


def _first_implication(post: Post) -> str:
    return next((sentence for text in post.implications for sentence in reading.sentences(text)), "")


def _link(post: Post, site: str) -> str:
    if site:
        return site + addresses.post_address(post.id)
    return post.url if post.url.startswith(("https://", "http://")) else BLOG


def _day(post: Post) -> str:
    return f"{post.month}-01T00:00:00Z"


def _urn(name: str) -> str:
    return uuid5(_NAMESPACE, name).urn


def _text(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = _legal(text)


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)
