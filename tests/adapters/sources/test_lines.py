"""From bytes and markup to lines."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.sources.decoding import decode
from adapters.sources.lines import Line, folded, lines_of_html, lines_of_text
from adapters.sources.markup import DEPTH_LIMIT, thinned

SAID = "Fagernäs’s “Řím” – β = −.31, p < .01, co‐therapist"


def texts(markup: bytes | str) -> list[str]:
    return [line.text for line in lines_of_html(markup)]


def test_lines_of_a_text_are_numbered_as_an_editor_does_and_blank_ones_are_left_out() -> None:
    assert lines_of_text("\ufeffone\n\n \t\r\n\u00a0\n\u200b\r two  three\t four \n") == [
        Line(1, "one"), Line(6, "two three four"),
    ]  # fmt: skip


def test_typographic_characters_arrive_and_control_characters_do_not() -> None:
    assert lines_of_text(f"\u00a0a\u00a0b\u2009c\u00adé\x00\x07 \u2028{SAID}\u00a0") == [
        Line(1, f"a\u00a0b\u2009c\u00adé {SAID}")
    ]


def test_lone_surrogates_become_the_replacement_character() -> None:
    assert folded("a\ud800b") == "a\ufffdb"
    assert texts("<p>a\udfffb") == ["a\ufffdb"]


def test_each_block_is_a_line_and_each_break_ends_one() -> None:
    markup = "<h2>July 2021</h2>\n<p>One<br>two<BR/>three</p>four<div>five</br>six</div>seven<hr>eight"
    assert texts(markup) == ["July 2021", "One", "two", "three", "four", "five", "six", "seven", "eight"]
    assert [line.number for line in lines_of_html(markup)] == list(range(1, 10))


def test_inline_elements_neither_add_nor_lose_blanks() -> None:
    assert texts("<p>Thera<b>pist</b><i> burn</i>out <a href='x'>and</a>\n <em>\n out</em>comes<sup>2</sup></p>") == [
        "Therapist burnout and outcomes2"
    ]


def test_entities_are_decoded_once() -> None:
    assert texts("<p>&beta; = &#8722;.31, p &lt; .01 &amp;amp; &lsquo;x&rsquo;&nbsp;&mdash; AT&T 1 < 2") == [
        "β = −.31, p < .01 &amp; ‘x’\u00a0— AT&T 1 < 2"
    ]


def test_items_of_a_plain_list_begin_as_in_the_text_form_and_blocks_in_items_do_not() -> None:
    markup = "<ul><li>one<li><b>two</b></li></ul><ol><li><h3>Title</h3><p>Text</li><li>a<br>b</li><li> </li></ol>"
    assert texts(markup) == ["- one", "- two", "Title", "Text", "- a", "b"]


@pytest.mark.parametrize("hidden", [
    "<script>x</script>", "<style>x</style>", "<nav><p>x</nav>", "<header>x</header>", "<footer>x</footer>",
    "<form><p>x<input></form>", "<select><option>x<option>y</select>", "<button>x</button>", "<svg><text>x</svg>",
    "<p hidden>x</p>", "<div aria-hidden='true'><p>x</div>", "<p style='color: red; display : none'>x</p>",
    '<div style="visibility:hidden">x</div>', "<div role=navigation>x</div>", "<!-- <p>x -->", "<!doctype x>",
    "<template>x</template>", "<noscript>x</noscript>", "<textarea>x</textarea>", "<?php x ?>", "<title>x</title>",
    "<span hidden>x</span>", "<iframe>x</iframe>", "</ x>",
])  # fmt: skip
def test_what_is_no_text_of_the_page_is_left_out(hidden: str) -> None:
    assert texts(f"<body><p>a</p>{hidden}<p>b</p>") == ["a", "b"]


def test_what_only_mentions_hiding_is_text() -> None:
    assert texts("<p class='hidden' data-x='display:none' title='a > b' aria-hidden=false>a</p>") == ["a"]


def test_the_header_of_an_article_and_a_form_around_a_page_are_read() -> None:
    assert texts("<form><article><header><h2>Title</h2></header><p>Text</article></form>") == ["Title", "Text"]


@pytest.mark.parametrize("beside", [
    "<aside><h3>Recent posts</h3><ul><li>November 2023<li>Trees</ul></aside>", "<aside>x<aside>y</aside>z</aside>",
    "<div class='x' role='complementary'><h3>x</h3><article><p>y</article></div>",
    "<section><aside>x</aside></section>",
])  # fmt: skip
def test_what_stands_beside_the_articles_of_a_page_is_left_out(beside: str) -> None:
    assert texts(f"<body><p>a</p>{beside}<p>b</p>") == ["a", "b"]
    assert texts(f"<body><main><p>a</p></main>{beside}<p>b</p>") == ["a", "b"]


def test_what_stands_beside_the_text_inside_an_article_is_read() -> None:
    for aside in ("<aside>b</aside>", "<div role=complementary>b</div>"):
        assert texts(f"<article><p>a</p>{aside}<p>c</p></article>") == ["a", "b", "c"]
        assert texts(f"<main><p>a</p><div>{aside}</div><p>c</p></main>") == ["a", "b", "c"]
    assert texts("<aside><main><p>a</main></aside>") == ["a"]
    assert texts("<p data-role='complementary' class='x role'>a") == ["a"]


def test_preformatted_lines_are_lines() -> None:
    assert texts("<pre>July 2021\nTitle\n\n text</pre>") == ["July 2021", "Title", "text"]


def test_elements_nested_too_deep_still_part_lines() -> None:
    markup = "<div>" * (DEPTH_LIMIT + 5) + "<p>a</p><b>b</b>" + "</div>" * (DEPTH_LIMIT + 5) + "<p>c"
    assert texts(markup) == ["a", "b", "c"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_without_any_declaration(encoding: str) -> None:
    assert decode(f"July 2021\n{SAID}".encode(encoding)) == f"July 2021\n{SAID}"


def test_a_big_endian_byte_order_mark_is_known() -> None:
    assert decode(codecs.BOM_UTF16_BE + SAID.encode("utf-16-be")) == SAID


@pytest.mark.parametrize(("label", "encoding"), [
    ("iso-8859-1", "cp1252"), ("windows-1252", "cp1252"), ("windows-1250", "cp1250"), ("iso-8859-2", "iso8859-2"),
])  # fmt: skip
def test_a_declared_encoding_is_believed(label: str, encoding: str) -> None:
    said = "í “x”" if encoding.startswith("cp") else "Řím"
    assert decode(f"<meta charset='{label}'><p>{said}".encode(encoding)).endswith(said)


def test_a_declaration_is_not_believed_against_valid_utf_8_nor_against_its_own_bytes() -> None:
    assert decode(f"<meta charset=iso-8859-1>{SAID}".encode()).endswith(SAID)
    assert decode("<meta charset=utf-8><p>“é”".encode("cp1252")).endswith("“é”")
    assert decode("<meta charset=rot13><p>é".encode("cp1252")).endswith("é")
    assert decode("<meta charset=no-such><p>é".encode("cp1252")).endswith("é")


def test_without_declaration_what_is_no_utf_8_is_windows_1252() -> None:
    assert decode(b"caf\xe9 \x93x\x94 \x81") == "café “x” \ufffd"
    assert lines_of_text(b"caf\xe9") == lines_of_html(b"<p>caf\xe9") == [Line(1, "café")]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_bytes_and_any_text_are_read(given_: bytes | str) -> None:
    for line in lines_of_html(given_) + lines_of_text(given_):
        assert line.text == folded(line.text) != ""


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(
    ["<p>", "</p>", "<div", ">", "<!--", "-->", "<b a='", "'", '"', " hidden", "=", "<ul><li>", "</", "<script>", "x",
     "</script>", "<form>", "</form>", "<h2>", "<header>", "<br/>", "&lt;", "<?", "<td>", "</object>", "<li>"],
), max_size=25).map("".join))  # fmt: skip
def test_thinned_markup_has_no_tag_beyond_the_known_ones_and_any_markup_is_read(markup: str) -> None:
    with suppress(UnicodeEncodeError):
        assert "<b" not in thinned(markup).replace("<br>", "")
        assert all("<" not in text or "&lt;" in markup or "<" in markup for text in texts(markup))


@given(st.text(st.sampled_from("ab \u00a0\u00ad\u200b\x07\tŘ"), max_size=12) | st.text(max_size=20))
def test_a_line_with_nothing_to_fold_is_folded_all_the_same(text: str) -> None:
    assert folded(text) == folded(f"\t{text}")
