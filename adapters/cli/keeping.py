"""Commands that keep house: `migrate`, `topics` and `doctor`."""

import argparse
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial

from adapters.cli.embedding import NOT_INSTALLED
from adapters.cli.printing import print_json
from adapters.wiring.app import App, open_app
from bot.errors import PprnetError, SourceError, StoreError
from bot.model import Reading
from bot.pages.phrases import counted, freshness, on_day, span_of, summaries
from bot.search.query import parse_query
from bot.settings import Settings


def migrate(settings: Settings, _asked: argparse.Namespace, _now: datetime) -> bool:
    """Bring the database up to date, and with it the topics derived by an older catalogue."""
    app = App(settings)
    if app.is_current():
        print("The database is up to date.")
    else:
        app.migrate()
        print("The database was brought up to date.")
    if changed := app.follow_catalogue():
        print(f"The topics of {counted(changed, 'post')} were derived anew.")
    return True


def topics(settings: Settings, asked: argparse.Namespace, now: datetime) -> bool:
    """List the topics."""
    app = open_app(settings, at=now)
    counts = app.archive.topic_counts()
    rows = [
        {"name": topic.name, "posts": counts.get(topic.name, 0), "ours": topic.ours, "aliases": list(topic.aliases)}
        for topic in app.topics.topics
    ]
    if asked.json:
        print_json(rows)
    else:
        for row in rows:
            print(f"{row['posts']:>5}  {row['name']}{' (ours)' if row['ours'] else ''}")
    return True


def doctor(settings: Settings, asked: argparse.Namespace, _now: datetime) -> bool:
    """Check everything the answers rest on; done only if all is well."""
    findings = list(_examine(App(settings)))
    if asked.json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            print(f"{'ok ' if finding.well else 'BAD'}  {finding.what}: {finding.said}")
    return all(finding.well for finding in findings)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        what: the thing.
        well: whether it is as it should be.
        said: what was found, or how to mend it.
    """

    what: str
    well: bool
    said: str


def _examine(app: App) -> Iterator[Finding]:
    """Yield what is found, up to the first thing of the database that is not well: what rests on it cannot be."""
    yield _looked_at("topics", lambda: counted(len(app.topics.topics), "topic"))
    yield _looked_at("web page", lambda: _page(app))
    yield _looked_at("starter archive", lambda: f"{summaries(_posts(app.starter()))} ship with the bot")
    for what, look in (
        ("database", _place),
        ("migrations", _migrations),
        ("archive", _contents),
        ("last import", lambda app: freshness(app.archive.facts())),
        ("search", _search),
        ("search by meaning", _meaning),
        ("sources", _sources),
    ):
        finding = _looked_at(what, partial(look, app))
        yield finding
        if not finding.well:
            return


def _looked_at(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, well=True, said=look())
    except PprnetError as error:
        return Finding(what, well=False, said=error.human)


def _place(app: App) -> str:
    app.check()
    return shown_url(app.settings.database_url)


def _page(app: App) -> str:
    from adapters.cli.serving import web_address
    from adapters.hosting import access

    shown = "whole summaries" if app.settings.web.show_full_text else "of each summary as much as may be quoted"
    return f"{web_address(app.settings)} shows {shown}; /operate is for {access(app).whom}"


def _migrations(app: App) -> str:
    if not app.is_current():
        raise StoreError("the database is not migrated", "Run `pprnet migrate` to bring the database up to date.")
    return "up to date"


def _posts(readings: Iterable[Reading]) -> int:
    return sum(len(reading.posts) for reading in readings)


def _contents(app: App) -> str:
    facts = app.archive.facts()
    if not facts.posts:
        raise StoreError("the archive is empty", "It is empty. `pprnet import PATH` brings in saved pages of the blog.")
    starters = f", {facts.starters:,} of them in the starter archive's own words" if facts.starters else ""
    return f"{summaries(facts.posts)}, {span_of(facts)}{starters}"


def _search(app: App) -> str:
    found = app.search.search(parse_query("therapy"), limit=1).total
    return f"in order; “therapy” finds {summaries(found)}"


def _meaning(app: App) -> str:
    if app.meaning is None or app.filler is None:
        return NOT_INSTALLED
    app.meaning.embed("therapy")  # loads the model, and compares its hash
    progress = app.filler.progress()
    if progress.done < progress.total:
        ready = f"{progress.done:,} of {counted(progress.total, 'text')} are ready"
        return f"{ready}; a running bot does the rest by itself, `pprnet embed` at once"
    return f"in order; all of {counted(progress.total, 'text')} are ready"


def _sources(app: App) -> str:
    names = app.source_names()
    if not names:
        return "none is set; PPRNET_SOURCES names them"
    standings = {standing.name: standing for standing in app.sources_stand()}
    stale = [(one, one.stale_since) for one in standings.values() if one.stale_since]
    if stale:
        said = " ".join(f"{one.name} is stale since {on_day(since)}: {one.why}" for one, since in stale)
        raise SourceError("a source is stale", said)
    unread = [name for name in names if name not in standings]
    waiting = f"; {counted(len(unread), 'source')} never read yet: `pprnet sync` does it" if unread else ""
    return f"{counted(len(names) - len(unread), 'source')} in order{waiting}"


def shown_url(url: str) -> str:
    """Return a database address without its password."""
    return re.sub(r"(?<=://)([^:/@]+):[^@]*@", r"\1:…@", url)
