"""What is set for the web page."""

import pytest

from bot.errors import SettingsError
from bot.settings import read_settings
from bot.websettings import WebSettings


def test_without_settings_nobody_else_sees_anything() -> None:
    assert read_settings({}).web == WebSettings("", show_full_text=False, admin_token="")


def test_what_is_set_is_read() -> None:
    given = {
        "PPRNET_PUBLIC_URL": " https://pprnet.example.org/bot/ ",
        "PPRNET_SHOW_FULL_TEXT": "Yes",
        "PPRNET_ADMIN_TOKEN": "0123456789abcdef",
    }
    web = read_settings(given).web
    assert (web.public_url, web.show_full_text) == ("https://pprnet.example.org/bot", True)
    assert web.admin_token == "0123456789abcdef"
    assert "0123456789abcdef" not in repr(web)


@pytest.mark.parametrize(
    "url",
    [
        "pprnet.example.org", "ftp://example.org", "https://", "https://example.org?a=1", "https://example.org#a",
        "https://me:secret@example.org", "https://exa mple.org", "https://[::1", "https://example.org:port",
        "javascript://example.org",
    ],
)  # fmt: skip
def test_an_address_that_pages_cannot_be_put_at_the_end_of_is_refused(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"PPRNET_PUBLIC_URL": url})
    assert caught.value.human.startswith("PPRNET_PUBLIC_URL must be the address of a site")


def test_every_mistake_is_told_at_once_and_no_token() -> None:
    given = {"PPRNET_PUBLIC_URL": "x", "PPRNET_SHOW_FULL_TEXT": "perhaps", "PPRNET_ADMIN_TOKEN": "short"}
    with pytest.raises(SettingsError) as caught:
        read_settings(given)
    assert caught.value.human.count("\n") == 2
    assert "short" not in caught.value.human + str(caught.value)


@pytest.mark.parametrize("token", ["0123456789abcde", "0123456789 abcdef", "0123456789äbcdef", "0123456789\x00abcdef"])
def test_a_token_that_is_guessed_or_cannot_be_sent_is_refused(token: str) -> None:
    with pytest.raises(SettingsError, match="wrong: 1"):
        read_settings({"PPRNET_ADMIN_TOKEN": token})
