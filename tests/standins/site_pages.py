"""The same list page in three markups, and the posts as feeds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from enum import Enum
from html import escape

from tests.standins.site_posts import KINDS, TOPICS, SitePost

INTRODUCTION = (
    "The Psychotherapy Practice Research Network (PPRNet) blog began long ago, for all who like invented words."
)


class Markup(Enum):
    """How a page is written."""

    PLAIN = "paragraphs, with headings for months and titles"
    SOUP = "one division, line breaks, bold print"
    ARTICLES = "articles, sections and lists"


@dataclass(frozen=True)
class Menus:
    """The filters that a page offers, by their ids."""

    topics: Mapping[int, str] = field(default_factory=lambda: dict(TOPICS))
    kinds: Mapping[int, str] = field(default_factory=lambda: dict(KINDS))


def page(posts: Sequence[SitePost], markup: Markup, menus: Menus, path: str) -> str:
    """Return a list page with these posts."""
    match markup:
        case Markup.PLAIN:
            return _plain(posts, menus, path)
        case Markup.SOUP:
            return _soup(posts, menus, path)
        case Markup.ARTICLES:
            return _articles(posts, menus, path)


def rss(posts: Sequence[SitePost], link: str) -> str:
    """Return the posts as an RSS feed."""
    items = "".join(
        f"<item><title>{escape(post.title)}</title><link>{link}?id={post.id}&amp;utm_source=feed</link>"
        f"<pubDate>{format_datetime(_day(post))}</pubDate>"
        f"<content:encoded>{escape(_body(post))}</content:encoded></item>"
        for post in posts
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Invented blog</title>'
        f"<link>{link}</link><description>Words</description>{items}</channel></rss>"
    )


def atom(posts: Sequence[SitePost], link: str) -> str:
    """Return the posts as an Atom feed."""
    entries = "".join(
        f"<entry><id>urn:post:{post.id}</id><title>{escape(post.title)}</title>"
        f'<link href="{link}?id={post.id}"/><published>{_day(post).isoformat()}</published>'
        f'<updated>{_day(post).isoformat()}</updated><content type="html">{escape(_body(post))}</content></entry>'
        for post in posts
    )
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Invented</title>{entries}</feed>'


def _plain(posts: Sequence[SitePost], menus: Menus, path: str) -> str:
    kinds = "".join(f'<option value="{number}">{escape(name)}</option>' for number, name in menus.kinds.items())
    body = "".join(
        f"<h2>{post.month.label}</h2><h3>{escape(post.title)}</h3>{_p(post.citation)}"
        + "".join(map(_p, post.summary))
        + ("<p><strong>Practice Implications</strong></p>" if post.implications else "")
        + "".join(map(_p, post.implications))
        for post in posts
    )
    return (
        f"<!DOCTYPE html><html><head><title>Blog</title></head><body><h1>Blog</h1><p>{INTRODUCTION}</p>"
        f'<form>Type of Research <select name="cat_1"><option value="">All</option>{kinds}</select></form>'
        f"<p>Topics</p><ul>{_links(menus.topics, 'cat_2', path)}</ul>{body}"
        f'<p><a href="{path}?p=1">1</a> <a href="{path}?p=2">2</a> <a href="{path}?p=2">Next</a></p></body></html>'
    )


def _soup(posts: Sequence[SitePost], menus: Menus, path: str) -> str:
    body = "".join(
        f"<b>{post.month.label}</b><br><br><b>{escape(post.title)}</b><br>\n"
        + (f"<i>{escape(post.citation)}</i><br>" if post.citation else "")
        + "".join(f"{escape(paragraph)}<br><br>" for paragraph in post.summary)
        + ("<b>Practice Implications:</b><br>" if post.implications else "")
        + "".join(f"{escape(paragraph)}<br>" for paragraph in post.implications)
        for post in posts
    )
    kinds = "".join(
        f"<div><span><a href='{path}?cat_1={number}'><span>{escape(name)}</span></a></span></div>"
        for number, name in menus.kinds.items()
    )
    return (
        f"<HTML><BODY><DIV><DIV>Blog</DIV><DIV>{INTRODUCTION}</DIV><DIV>Type of Research</DIV>{kinds}<DIV>Topics</DIV>"
        f"<UL>{_links(menus.topics, 'cat_2', path)}</UL><DIV><FONT>{body}</FONT></DIV></DIV></BODY></HTML>"
    )


def _articles(posts: Sequence[SitePost], menus: Menus, path: str) -> str:
    body = "".join(
        f"<article class='x'><header><time>{post.month.label}</time><h3>{escape(post.title)}</h3></header>"
        + (f"<section><cite>{escape(post.citation)}</cite></section>" if post.citation else "")
        + "<section>" + "".join(map(_p, post.summary)) + "</section>"
        + ("<section><h4>Practice Implications</h4>" + "".join(map(_p, post.implications)) + "</section>"
           if post.implications else "")
        + "</article>"
        for post in posts
    )  # fmt: skip
    return (
        f"<!DOCTYPE html><html lang=en><body><header><nav><ul>{_links(menus.topics, 'cat_2', path)}</ul>"
        f"<ul>{_links(menus.kinds, 'cat_1', path)}</ul></nav></header><main><h1>Blog</h1><p>{INTRODUCTION}</p>"
        f"{body}</main><footer><p>© The Trees</p></footer></body></html>"
    )


def _links(names: Mapping[int, str], parameter: str, path: str) -> str:
    links = "".join(
        f'<li><a class="f" href="{path}?{parameter}={number}&amp;p=1">{escape(name)}</a></li>'
        for number, name in names.items()
    )
    return f'<li><a href="{path}">ALL Topics (clear)</a></li>{links}'


def _body(post: SitePost) -> str:
    marked = "<p>Practice Implications</p>" if post.implications else ""
    return _p(post.citation) + "".join(map(_p, post.summary)) + marked + "".join(map(_p, post.implications))


def _p(text: str) -> str:
    return f"<p>{escape(text)}</p>" if text else ""


def _day(post: SitePost) -> datetime:
    return datetime(post.month.year, post.month.number, 3, 12, tzinfo=UTC)
