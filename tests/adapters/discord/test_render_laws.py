"""The laws of every Discord payload, whatever the view: inside the limits, nothing lost, nothing read as markup."""

import re
from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from adapters.discord import names
from adapters.discord.escaping import escape, printable
from adapters.discord.message import Message
from adapters.discord.render import announced, render, shared
from adapters.discord.spans import markdown
from bot.requests import Request
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
    Paragraph,
    Quote,
    Span,
    View,
    as_text,
)
from bot.wording import decode, fits, write
from tests.adapters.discord.anything import ASKED, ENDLESS, TOO_BIG, any_views, requests, spans, texts
from tests.adapters.discord.markdown import kinds, read, seen
from tests.adapters.discord.payloads import buttons, labels, shown, squeezed
from tests.adapters.discord.payloads import texts as texts_of
from tests.standins import discord_limits

moderate = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
THOROUGH = settings(max_examples=200, deadline=None)

OURS = {"link", "strong", "heading", "quote", "subtext", "item", "code block"}
"""What the renderer itself says with Markdown."""


def problems(message: Message) -> list[str]:
    files = {file.name: file.text.encode() for file in message.files}
    return [*discord_limits.message(message.payload, files)]


@moderate
@given(any_views, st.none() | requests)
def test_any_view_is_a_message_that_discord_takes(view: View, share: Request | None) -> None:
    for message in (
        render(view, share=share, asked=share),
        render(view, asked=share, part=2),
        shared(view, 123456789012345678, asked=share),
        announced(view),
    ):
        assert problems(message) == []


@pytest.mark.parametrize("view", TOO_BIG.values(), ids=TOO_BIG)
def test_a_view_that_no_message_holds_is_turned_in_parts_that_together_are_all_of_it(view: View) -> None:
    parts = all_parts(view)

    assert len(parts) > 1
    assert [problem for part in parts for problem in problems(part)] == []
    assert is_whole(view, parts)
    assert labels(parts[0])[-2:] == [f"Read on (2 of {len(parts)})", "Share to channel"]
    assert labels(parts[-1])[-2:] == [f"Back ({len(parts) - 1} of {len(parts)})", "Share to channel"]
    assert all(map(is_full, parts[:-1]))


@pytest.mark.parametrize("view", [*TOO_BIG.values(), ENDLESS], ids=[*TOO_BIG, "endless"])
def test_what_cannot_be_turned_is_attached(view: View) -> None:
    for message in (render(view), shared(view, 1), announced(view)):
        assert problems(message) == []
        assert squeezed(message.files[-1].text) == squeezed(as_text(view))
        assert "The attached text has all of it." in shown(message)


def test_nobody_has_to_page_through_what_has_no_end() -> None:
    message = render(ENDLESS, share=ASKED, asked=ASKED)

    assert problems(message) == []
    assert labels(message) == ["Share to channel"]
    assert message.files[-1].text == as_text(ENDLESS)


@moderate
@given(any_views)
@example(ENDLESS)
def test_the_text_of_a_view_comes_out_as_it_went_in(view: View) -> None:
    parts = all_parts(view)
    if "attached text has all of it" in shown(parts[0]):
        assert squeezed(parts[0].files[-1].text) == squeezed(as_text(view))
    else:
        assert is_whole(view, parts)


@moderate
@given(any_views)
def test_an_announcement_says_all_of_a_view(view: View) -> None:
    message = announced(view)

    if message.content:
        assert squeezed(unclosed(shown(message))) == expected(view) or not expected(view)
        assert sorted(tokens(message)) == sorted(button.token for button in view.buttons if carried(button))
    elif "attached text has all of it" not in shown(message):
        assert is_whole(view, [message])


@moderate
@given(any_views, requests)
def test_every_button_has_a_name_of_its_own_that_can_be_read(view: View, share: Request) -> None:
    for message in (render(view, share=share, asked=share, part=2), shared(view, 1, asked=share), announced(view)):
        ids = [each["custom_id"] for each in buttons(message)]
        assert len(set(ids)) == len(ids)
        for id_ in ids:
            named = names.read(id_)
            assert named
            assert named.kind in {names.ASK, names.SHARE, names.MORE}
            assert write(decode(named.token)) == named.token


@moderate
@given(any_views)
def test_nothing_that_is_written_becomes_markup_or_calls_anybody(view: View) -> None:
    addresses = {squeezed(link.url) for link in links_of(view)}
    for message in (render(view, share=ASKED, asked=ASKED), announced(view)):
        found = [each for markdown in texts_of(message) for each in kinds(markdown)]
        assert {each.kind for each in found} <= OURS
        assert {unclosed(squeezed(each.target)) for each in found if each.kind == "link"} <= set(
            map(unclosed, addresses)
        )
        assert message.payload["allowed_mentions"] == {"parse": []}


@moderate
@given(any_views)
def test_who_shares_is_the_only_one_named_and_is_not_called(view: View) -> None:
    message = shared(view, 123456789012345678)
    found = [each for markdown in texts_of(message) for each in kinds(markdown)]

    assert [each.shown for each in found if each.kind == "mention"] == ["<@123456789012345678>"]
    assert discord_limits.pings(message.payload) == []


@THOROUGH
@given(texts)
@example("[x] (y)](https://evil.example) 1. a\n 2. b\n- c")
@example(" and](https://evil.example)")
def test_escaped_text_is_shown_as_it_was_and_nothing_is_read_in_it(text: str) -> None:
    text = printable(text)

    assert "".join(map(str, read(escape(text)))) == text
    assert "".join(map(str, read(f"{escape(text)} after"))) == f"{text} after"
    assert seen(f"[ours](<https://example.org>){escape(text)}") == f"ours (https://example.org){text}"


@THOROUGH
@given(spans)
def test_spans_beside_each_other_stay_what_they_are(given: tuple[Span, ...]) -> None:
    assert squeezed(unclosed(seen(markdown(given)))) == squeezed(unclosed(_plain(given)))
    assert {each.kind for each in kinds(markdown(given))} <= {"strong", "link"}


def all_parts(view: View) -> list[Message]:
    """Return a view as all the messages that it takes to say it."""
    parts: list[Message] = []
    for number in count(1):
        parts.append(render(view, asked=ASKED, share=ASKED, part=number))
        if not any(label.startswith("Read on (") for label in labels(parts[-1])):
            return parts
    raise AssertionError


def is_whole(view: View, messages: list[Message]) -> bool:
    """Say whether messages hold every word and every button of a view, in its order."""
    wanted = [button for button in view.buttons if carried(button)]
    found = [each for message in messages for each in buttons(message) if each["custom_id"].startswith(names.ASK)]
    if [button.token for button in wanted] != [each["custom_id"].partition(":")[2] for each in found]:
        return False
    assert all(_labelled(button, each["label"]) for button, each in zip(wanted, found, strict=True))
    words = expected(view) or ("" if wanted else "Thereisnothingtosay.")
    first, *others = map(shown, messages)
    said = [first, *(_without_what_is_repeated(each) for each in others)]
    return squeezed(unclosed("".join(said))) == words


def expected(view: View) -> str:
    """Return every word of a view in order, without its buttons but with the commands that no button carries."""
    return squeezed(unclosed("\n".join([view.title, *(_words(block) for block in view.blocks)])))


def carried(button: Button) -> bool:
    return fits(button.request) and len(write(button.request).encode("utf-16-le")) <= 180


def tokens(message: Message) -> list[str]:
    return [each["custom_id"].partition(":")[2] for each in buttons(message)]


def is_full(message: Message) -> bool:
    """Say whether a message holds as much as it should: much text, many components, or all the files there can be."""
    components = str(message.payload["components"]).count("'type'")
    return (
        len("".join(texts_of(message)).encode("utf-16-le")) > 2 * 2_500 or components > 30 or len(message.files) == 10
    )


def unclosed(address: str) -> str:
    """Return an address with its brackets as they were: they are written otherwise within a link."""
    return address.replace("%28", "(").replace("%29", ")")


def links_of(view: View) -> list[Link]:
    found: list[Link] = []
    for block in view.blocks:
        match block:
            case Paragraph(spans) | Context(spans):
                lines: tuple[tuple[Span, ...], ...] = (spans,)
            case Bullets(lines) | Entry(lines=lines):
                pass
            case _:
                lines = ()
        found += [span for line in lines for span in line if isinstance(span, Link)]
    return found


def _without_what_is_repeated(part: str) -> str:
    line, _, rest = part.partition("\n")
    assert re.match(r"Part [0-9]+ of [0-9]+", line)
    return rest


def _labelled(button: Button, label: str) -> bool:
    whole = squeezed(button.label) or squeezed(f"/pprnet {write(button.request)}")
    cut = squeezed(label.removesuffix("…"))
    return squeezed(label) == whole or (len(cut) > 10 and whole.startswith(cut))


def _words(block: Block) -> str:
    match block:
        case Heading(text) | Quote(text) | Code(text):
            return text
        case Paragraph(spans) | Context(spans):
            return _plain(spans)
        case Bullets(items):
            return "\n".join(map(_plain, items))
        case Entry(title, lines, button):
            return "\n".join([title, *map(_plain, lines), _spelled(button)])
        case Buttons(all_):
            return "\n".join(map(_spelled, all_))


def _plain(spans: tuple[Span, ...]) -> str:
    return "".join(_span(span) for span in spans)


def _span(span: Span) -> str:
    if not isinstance(span, Link):
        return span.text
    if not re.fullmatch(r"(?i)https?://[!#-;=?-\[\]_a-z~]+", span.url) or len(span.url) > 500 or "((" in span.url:
        return span.text if span.text == span.url else f"{span.text} <{span.url}>"
    return span.url if span.text == span.url or not span.text.strip() else f"{span.text} ({span.url})"


def _spelled(button: Button) -> str:
    return "" if carried(button) else f"{button.label}: /pprnet {write(button.request)}"
