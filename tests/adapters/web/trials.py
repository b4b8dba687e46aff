"""The whole page for tests, served, with posts that are long, many and nasty."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from adapters import hosting
from adapters.web.limiter import Limiter, Rate
from adapters.web.server import served
from adapters.wiring.app import App, open_app
from bot.model import Citation, Reading
from bot.settings import Settings
from bot.websettings import WebSettings
from tests.apps import NOW
from tests.builders import a_post, a_subscription

NASTY = a_post("2021-08", "<script>document.title = 'caught'</script> & <b>more</b>", topics=("Training",))
BURNOUT = a_post(
    "2021-07",
    "Therapists who are worn out",
    topics=("Burnout", "Training"),
    citation=Citation(
        "Doe, J. (2018). Worn out. Made-up Studies, 1, 2–9. https://doi.org/10.1000/abc.1", doi="10.1000/abc.1"
    ),
    summary=("The authors asked 49 therapists. Burnout went with poorer outcomes, p < .01.", "There was more. " * 60),
    implications=("Look after therapists: their patients gain.",),
    url="https://example.org/posts/1",
)
MANY = [a_post("2020-02", f"Burnout and supervision, part {part}", topics=("Burnout",)) for part in range(1, 10)]
LONG = a_post("2019-06", "What takes long to tell", summary=("It is told at length. " * 500,), topics=("Empathy",))
POSTS = [NASTY, BURNOUT, *MANY, LONG]

PATIENT = Rate(burst=100_000, per_second=1_000)
"""Tests ask faster than anyone types."""


def an_app_to_try(folder: Path, public_url: str = "") -> App:
    """Return the bot with these posts, as someone runs it who may show their full text."""
    web = WebSettings(public_url=public_url, show_full_text=True)
    settings = Settings(f"sqlite:///{folder / 'pprnet.db'}", folder / "index", web=web)
    app = open_app(settings, at=NOW, furnished=False, clock=lambda: NOW)
    app.importer.take([Reading("posts", tuple(POSTS))], source="a test", at=NOW)
    app.subscriptions.save(a_subscription("C1", "Burnout", label="#a-channel-with-a-long-name"))
    return app


@contextlib.asynccontextmanager
async def trying(app: App) -> AsyncIterator[str]:
    """Serve all pages for as long as the context lasts; yields their address."""
    async with (
        hosting.site(app) as site,
        served(site.routes, "127.0.0.1", 0, hosting.before(app, app.metrics, (), Limiter(PATIENT))) as address,
    ):
        yield address
