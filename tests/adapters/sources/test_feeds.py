"""RSS and Atom, whole and broken."""

from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.sources.feeds import canonical, read_feed
from bot.citations import parse_citation
from bot.errors import SourceError
from bot.model import Month, Reading
from tests.adapters.sources.pages import ADVICE, CITATION, OTHER_SUMMARY, SUMMARY

TITLE = "Tired Therapists & “Their” Clients"
BODY = f"<p><em>{escape(CITATION)}</em></p>\n<p>{escape(SUMMARY)}</p><h4>Practice Implications</h4><p>{ADVICE}</p>"
DATE = "<pubDate>Thu, 15 Jul 2021 10:00:00 +0000</pubDate>"


def item(inside: str = "", title: str = TITLE, date: str = DATE, body: str = BODY) -> str:
    content = f"<content:encoded><![CDATA[{body}]]></content:encoded>" if body else ""
    return f"<item><title>{escape(title)}</title>{date}{inside}{content}</item>"


def rss(*items: str, title: str = "Trees and therapy") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{title}</title>{''.join(items)}</channel></rss>"
    ).encode()


def atom(entry: str) -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Trees</title><entry>{entry}</entry></feed>'.encode()


def read(data: bytes) -> Reading:
    return read_feed("feed.xml", data)


def test_an_entry_is_a_post_and_its_body_follows_the_blogs_grammar() -> None:
    reading = read(rss(item("<description>Only a taste.</description><link>https://Example.org/a?utm_source=x</link>")))
    (post,) = reading.posts
    assert (post.title, post.month, post.url) == (TITLE, Month(2021, 7), "https://example.org/a")
    assert (post.summary, post.implications) == ((SUMMARY,), (ADVICE,))
    assert post.citation == parse_citation(CITATION)
    assert not reading.unplaced


def test_a_description_serves_where_there_is_no_content() -> None:
    (post,) = read(rss(item(f"<description>{escape(BODY)}</description>", body=""))).posts
    assert post.summary == (SUMMARY,)


def test_an_atom_entry_is_a_post_in_text_html_or_xhtml() -> None:
    head = (
        f"<title>{escape(TITLE)}</title><updated>2021-07-15T10:00:00Z</updated><link href='https://example.org/a#b'/>"
    )
    xhtml = BODY.replace("<p>", "<p xmlns='http://www.w3.org/1999/xhtml'>")
    plain = "\n".join([CITATION, SUMMARY, "Practice Implications", ADVICE])
    bodies = (
        f"<content type='html'>{escape(BODY)}</content>",
        f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{xhtml}</div></content>",
        f"<content type='text'>{escape(plain)}</content>",
    )
    for body in bodies:
        (post,) = read(atom(head + body)).posts
        assert (post.title, post.month, post.url) == (TITLE, Month(2021, 7), "https://example.org/a")
        assert (post.citation, post.summary, post.implications) == (parse_citation(CITATION), (SUMMARY,), (ADVICE,))


def test_entities_in_a_title_are_characters() -> None:
    (post,) = read(rss(item(title="Tired Therapists &#8217;round &amp;c. <b>trees</b>"))).posts
    assert post.title == "Tired Therapists ’round &c. trees"


@pytest.mark.parametrize(("date", "month"), [
    ("<pubDate>Wed, 30 Jun 2021 23:30:00 -0400</pubDate>", Month(2021, 6)),
    ("<pubDate>1 July 2021</pubDate>", Month(2021, 7)),
    ("<dc:date xmlns:dc='http://purl.org/dc/elements/1.1/'>2021-07-01T00:30:00+02:00</dc:date>", Month(2021, 7)),
    ("<pubDate>Thu Jul 15 10:00:00 2021</pubDate>", Month(2021, 7)),
])  # fmt: skip
def test_a_post_is_of_the_month_of_its_publication_by_the_publishers_clock(date: str, month: Month) -> None:
    assert [post.month for post in read(rss(item(date=date))).posts] == [month]


def test_what_is_no_post_is_reported_with_its_entry_and_why() -> None:
    reading = read(rss(
        item(),
        item(date=""),
        item(body=""),
        item(title=""),
        item(title="Comment on Tired Therapists by A. Tree"),
        item("<link>https://example.org/a#comment-12</link>", title="Re this"),
        item(body="<p>The beginning of it […]</p>"),
        item(date="<pubDate>15 Nix 2021</pubDate>"),
        item(body="<p>Practice Implications</p>"),
    ))  # fmt: skip
    assert len(reading.posts) == 1
    assert [(line.line, line.why.removeprefix("this entry of the feed ")) for line in reading.unplaced][:7] == [
        (2, "has no date"), (3, "has no text"), (4, "has no title"), (5, "is a comment"), (6, "is a comment"),
        (7, "holds an excerpt only"), (8, "has no date"),
    ]  # fmt: skip
    assert {line.line for line in reading.unplaced[7:]} == {9}


def test_a_feed_of_comments_holds_no_posts() -> None:
    reading = read(rss(item(title="By: A. Tree"), item(), title="Comments on: Tired Therapists"))
    assert not reading.posts
    assert [line.line for line in reading.unplaced] == [1, 2]


def test_lines_of_a_body_that_fit_no_rule_are_reported_with_their_entry() -> None:
    body = f"{BODY}<p>Share this</p><p>The post Tired appeared first on Trees.</p>"
    reading = read(rss(item(), item(title="Another", body=body)))
    assert [(line.line, line.text) for line in reading.unplaced] == [(2, "Share this")]
    assert len(reading.posts) == 2


def test_the_title_of_an_entry_is_never_lengthened_and_a_line_before_the_citation_is_a_note() -> None:
    (post,) = read(rss(item(title="Tired and", body="<p>Rested</p>" + BODY))).posts
    assert (post.title, post.note) == ("Tired and", ("Rested",))
    assert post.citation == parse_citation(CITATION)


def test_a_broken_feed_is_read_as_far_as_possible_and_says_so() -> None:
    whole = rss(item(), item(title="Another", body=f"<p>{OTHER_SUMMARY}</p>"))
    reading = read(whole.replace(b"</title><pubDate>", b"</titel><pubDate>", 2)[:-60])
    assert reading.unplaced
    assert "not well-formed" in reading.unplaced[0].why
    cut = read(whole[: whole.index(b"Another")])
    assert [post.title for post in cut.posts] == [TITLE]
    assert "not well-formed" in cut.unplaced[0].why


@pytest.mark.parametrize("reference", ["&#x110000;", "&#xfffffff;", "&#99999999999;", "&#xD800;"])
def test_a_reference_to_no_character_costs_no_entry(reference: str) -> None:
    data = rss(item(title="Tired&#8217; Therapists")).replace(b"&amp;#8217;", f"{reference}&#8217;".encode())
    assert [post.title for post in read(data).posts] == ["Tired\ufffd’ Therapists"]


def test_a_feed_never_opens_a_file_or_an_address(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_bytes(rss(item()))
    for data in (str(secret).encode(), secret.as_uri().encode(), b"http://localhost:9/"):
        with pytest.raises(SourceError):
            read(data)
    entity = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()
    data = rss(item(body=""), item("<description>&x; and more</description>", body=""))
    reading = read(data.replace(b"?><rss", b"?>" + entity + b"<rss"))
    assert SUMMARY not in str(reading)


@pytest.mark.parametrize(
    "data", [b"", b"July 2021", rss(), b"<rss>", b"\x00" * 100, b"<rss>&#x110000;", b"<rss>&#99999999999;"]
)
def test_what_is_no_feed_or_has_no_entry_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError) as refused:
        read(data)
    assert refused.value.human.startswith("feed.xml holds no entry")


@pytest.mark.parametrize(("given_", "expected"), [
    ("https://Example.org/a/?utm_source=feed&b=2&a=1&utm_medium=x#top", "https://example.org/a/?a=1&b=2"),
    (" http://example.org ", "http://example.org/"),
    ("javascript:alert(1)", ""),
    ("http://[broken", ""),
    ("", ""),
])  # fmt: skip
def test_an_address_is_canonical(given_: str, expected: str) -> None:
    assert canonical(given_) == expected
    assert canonical(expected) == expected


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=60)
    | st.lists(st.sampled_from(["<rss>", "<channel>", "<item>", "</item>", "<title>", "</title>", "x", "&", "<", "]]>",
                                DATE, "<![CDATA[", "<feed>", "<entry>", "<content type='html'>", "<updated>2021-07",
                                "<link href='http://[x'/>", "<!DOCTYPE x [", "&#0;", "\x00", "<pubDate>", "é"]),
               max_size=20).map(lambda parts: "".join(parts).encode())
)  # fmt: skip
def test_any_bytes_are_a_feed_or_refused(data: bytes) -> None:
    try:
        reading = read(data)
    except SourceError:
        return
    assert reading.posts or reading.unplaced
