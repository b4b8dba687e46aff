"""Links from chat to our own page, where it has an address."""

from pathlib import Path

import pytest

from adapters.wiring.app import App, open_app
from bot.model import Reading
from bot.settings import Settings
from bot.views import as_text
from bot.websettings import WebSettings
from bot.wording import parse
from tests.apps import NOW
from tests.builders import a_post

POST = a_post(url="https://blog.example.org/7")
SITE = "https://pprnet.example.org"


def _app(folder: Path, public_url: str) -> App:
    settings = Settings(f"sqlite:///{folder / 'pprnet.db'}", folder / "index", web=WebSettings(public_url))
    app = open_app(settings, at=NOW, furnished=False)
    app.importer.take([Reading("posts", (POST, a_post("2020-01", "Older")))], source="a test", at=NOW)
    return app


@pytest.mark.parametrize("asked", ["latest", f"show {POST.id}", f"show {POST.id} full"])
def test_a_card_links_to_the_blog_and_to_our_page(asked: str, tmp_path: Path) -> None:
    said = as_text(_app(tmp_path, SITE).service.answer(parse(asked)))
    assert f"on the web <https://blog.example.org/7> · permalink <{SITE}/posts/{POST.id}>" in said


def test_any_card_does(tmp_path: Path) -> None:
    assert f"permalink <{SITE}/posts/" in as_text(_app(tmp_path, SITE).service.answer(parse("random")))


def test_without_an_address_none_does(tmp_path: Path) -> None:
    said = as_text(_app(tmp_path, "").service.answer(parse("latest")))
    assert "on the web <https://blog.example.org/7>" in said
    assert "permalink" not in said
