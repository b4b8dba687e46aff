"""The terminal: styled where a person looks, plain where it is piped, and a prompt that numbers choices."""

import io

import pytest
from hypothesis import given
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from adapters.console.prompt import Conversation, completer, completions, talk, typed_lines
from adapters.console.render import numbered, show
from bot.requests import Help, Latest, Request, Unclear
from bot.views import Button, Buttons, Link, Paragraph, Text, View, as_text
from tests.strategies import views


class Terminal(io.StringIO):
    """Something a person looks at."""

    def isatty(self) -> bool:
        return True


TWO = View("Two ways", (Buttons((Button("Newest", Latest()), Button("Help", Help()))),))


def echo(request: Request | Unclear) -> View:
    return View(f"heard {request}", TWO.blocks)


def suggest(typed: str) -> list[str]:
    return [name for name in ("Burnout", "Empathy") if name.casefold().startswith(typed.casefold())]


@given(views())
def test_a_pipe_gets_the_plain_text_form(view: View) -> None:
    out = io.StringIO()
    show(view, out)

    assert out.getvalue() == as_text(view)


@given(views())
def test_a_terminal_gets_every_word(view: View) -> None:
    out = Terminal()
    show(view, out, numbered)

    assert view.title.split() == [] or view.title.split()[0] in out.getvalue()
    for number in range(1, len(view.buttons) + 1):
        assert f"[{number}]" in out.getvalue()


def test_a_terminal_is_never_sent_control_characters() -> None:
    view = View("A \x1b[2J title", (Paragraph((Text("ring\x07"), Link("here\x9b", "https://example.org"))),))
    plain, styled = io.StringIO(), Terminal()
    show(view, plain)
    show(view, styled)

    for text in (plain.getvalue(), styled.getvalue()):
        assert "\x07" not in text
        assert "\x1b[2J" not in text
        assert "\x9b" not in text


def test_a_number_presses_the_button_that_was_shown_last() -> None:
    conversation = Conversation(echo)

    assert conversation.reply("1").title.startswith("heard Unclear")
    assert conversation.reply("2").title == "heard Help(command='')"
    assert conversation.reply("1").title == "heard Latest()"
    assert conversation.reply("3").title.startswith("heard Unclear")


@pytest.mark.parametrize("goodbye", ["quit", "EXIT", "bye"])
def test_a_conversation_ends_when_told_to(goodbye: str) -> None:
    out = io.StringIO()
    talk(echo, ["", "about", goodbye, "random"], out)

    assert "heard Latest()" in out.getvalue()
    assert "heard About()" in out.getvalue()
    assert "Random" not in out.getvalue()


def test_the_prompt_yields_lines_until_the_end_of_input() -> None:
    with create_pipe_input() as keys:
        keys.send_text("topic burnout\rabout\r\x04")

        assert list(typed_lines(suggest, keys, DummyOutput())) == ["topic burnout", "about"]


def test_the_prompt_ends_at_an_interrupt() -> None:
    with create_pipe_input() as keys:
        keys.send_text("latest\r\x03")

        assert list(typed_lines(suggest, keys, DummyOutput())) == ["latest"]


def test_the_prompt_completes_what_is_typed() -> None:
    offered = completer(suggest).get_completions(Document("topic bu"), CompleteEvent())

    assert [(each.text, each.start_position) for each in offered] == [("Burnout", -2)]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("la", [("latest", -2)]),
        ("/pprnet sea", [("search", -3)]),
        ("topic em", [("Empathy", -2)]),
        ("help to", [("topic", -2), ("topics", -2)]),
        ("search em", []),
    ],
)
def test_commands_and_topics_are_completed(typed: str, offered: list[tuple[str, int]]) -> None:
    assert list(completions(typed, suggest)) == offered
