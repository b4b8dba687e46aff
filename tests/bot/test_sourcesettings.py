"""What an operator sets about sources."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import read_settings
from bot.sourcesettings import CROSSREF_URL, PAUSE, SourceSettings

ASKED = {"DATABASE_URL": "sqlite:////tmp/pprnet.db", "PPRNET_CONTACT": "ada@example.org"}


def read(**given: str) -> SourceSettings:
    return read_settings(ASKED | given).sources


def test_nothing_is_read_unless_it_is_named() -> None:
    assert read_settings({"DATABASE_URL": "sqlite:////tmp/pprnet.db"}).sources == SourceSettings()


def test_fetched_pages_are_kept_beside_the_database() -> None:
    assert read_settings(ASKED).pages_folder == Path("/tmp/pprnet.db.pages")  # noqa: S108 - nothing is written there


LISTS = {
    "https://example.org/blog": ("https://example.org/blog",),
    "https://a.org/x  http://b.org/y /srv/pages": ("https://a.org/x", "http://b.org/y", "/srv/pages"),
    "\"/srv/saved pages\" '/a b'": ("/srv/saved pages", "/a b"),
    r"C:\pages\blog https://a.org/": (r"C:\pages\blog", "https://a.org/"),
    r'"C:\saved pages\blog"': (r"C:\saved pages\blog",),
    "https://a.org/#x /b /b": ("https://a.org/#x", "/b"),
    "": (),
}


@pytest.mark.parametrize("text", LISTS)
def test_sources_are_a_list_in_which_quotes_hold_blanks_together(text: str) -> None:
    assert read(PPRNET_SOURCES=text).places == LISTS[text]


def test_the_users_own_folder_may_be_meant() -> None:
    assert read(PPRNET_SOURCES="~/pages").places == (str(Path.home() / "pages"),)


def test_what_is_set_is_what_is_read() -> None:
    read_ = read(
        PPRNET_SOURCES="https://a.org/ /b", PPRNET_SOURCE_NETWORKS="10.0.0.0/8, fd00::/8", PPRNET_SOURCE_PAUSE="0.5",
        PPRNET_CROSSREF="1", PPRNET_CROSSREF_URL="http://127.0.0.1:8080",
    )  # fmt: skip
    assert read_ == SourceSettings(
        ("https://a.org/", "/b"), "ada@example.org", ("10.0.0.0/8", "fd00::/8"), 0.5, True, "http://127.0.0.1:8080/"
    )
    assert read_.urls == ("https://a.org/",)
    assert (read().pause, read().crossref, read().crossref_url) == (PAUSE, False, CROSSREF_URL)


@pytest.mark.parametrize("contact", ["ada@example.org", "https://example.org/us", "mailto:ada@example.org"])
def test_a_contact_is_an_address_of_either_kind(contact: str) -> None:
    assert read(PPRNET_CONTACT=contact).contact == contact


MISTAKES = {
    "PPRNET_SOURCES": ["https://a.org 'b", "https://", "http://[", "https://user@a.org/", "https://a.org:99999/"],
    "PPRNET_CONTACT": ["ada", "a@b\nX: y", "ada (at) b@c", "ädä@example.org"],
    "PPRNET_SOURCE_NETWORKS": ["localhost", "10.0.0.0/8 and more"],
    "PPRNET_SOURCE_PAUSE": ["soon", "-1", "nan", "1e9"],
    "PPRNET_CROSSREF": ["maybe"],
    "PPRNET_CROSSREF_URL": ["api.crossref.org", "ftp://a.org"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in MISTAKES.items() for value in values])
def test_mistakes_are_told_by_the_settings_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match="wrong: 1") as caught:
        read(**{name: value})
    assert caught.value.human.startswith(name)


@pytest.mark.parametrize("given", [{"PPRNET_SOURCES": "https://a.org/"}, {"PPRNET_CROSSREF": "1"}])
def test_whoever_is_asked_must_know_whom_to_turn_to(given: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as caught:
        read(**given, PPRNET_CONTACT=" ")
    assert caught.value.human.startswith("PPRNET_CONTACT must be set")


def test_a_folder_needs_no_contact() -> None:
    assert read(PPRNET_SOURCES="/srv/pages", PPRNET_CONTACT="").places == ("/srv/pages",)
