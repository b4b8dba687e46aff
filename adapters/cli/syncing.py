"""Commands about sources: `sync` and `source doctor`."""

import argparse
import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from adapters.cli.printing import print_json
from adapters.cli.progress import watched
from adapters.cli.reporting import report_data, report_lines
from adapters.sources.site.doctor import told
from adapters.wiring import announcing
from adapters.wiring.app import App, open_app
from bot.errors import PprnetError, SettingsError
from bot.pages.phrases import counted
from bot.ports.syncing import Source
from bot.settings import Settings
from bot.syncing.results import Doubted, Result, Synced, Unread
from bot.syncing.syncer import How

_NO_SOURCE = (
    "No source is set. Name the blog in PPRNET_SOURCES, and whom it can turn to in PPRNET_CONTACT; or read pages saved "
    "by hand with --from-dir."
)


def sync(settings: Settings, asked: argparse.Namespace, now: datetime) -> bool:
    """Read the sources into the archive; done only if every one of them could be read and believed."""
    app = open_app(settings, at=now, furnished=False)
    sources = _sources(app, asked.from_dir)
    how = How(asked.full, asked.accept, by_hand=asked.from_dir is not None, keep=not asked.dry_run)
    results, dois = asyncio.run(_synced(app, sources, how))
    if asked.json:
        print_json([_data(result) for result in results])
    else:
        print("\n".join([*(line for result in results for line in _lines(result)), *([dois] if dois else [])]))
    return all(isinstance(result, Synced) for result in results)


def source(settings: Settings, asked: argparse.Namespace, _now: datetime) -> bool:
    """Show how the lines of a page are read; done only if every page could be had."""
    app = App(settings)
    places = [asked.place] if asked.place else settings.sources.places
    if not places:
        raise SettingsError("no source is set", _NO_SOURCE)
    shown = [_show(app, place) for place in places]
    return all(shown)


def _sources(app: App, folder: Path | None) -> Sequence[Source]:
    sources = [app.opener.source(str(folder))] if folder else app.opener.sources()
    if not sources:
        raise SettingsError("no source is set", _NO_SOURCE)
    return sources


async def _synced(app: App, sources: Sequence[Source], how: How) -> tuple[list[Result], str]:
    """Read the sources, then look for DOIs; return what came of each."""
    with watched() as progress:
        results = [await app.syncer.sync(source, progress, how) for source in sources]
    return results, await announcing.find_dois(app) if how.keep else ""


def _show(app: App, place: str) -> bool:
    print(place)
    try:
        page = asyncio.run(app.opener.source(place).first_page())
        print("\n".join(told(page)))
    except PprnetError as error:
        print(f"  {error.human}")
        return False
    return True


def _lines(result: Result) -> Iterator[str]:
    yield result.source
    match result:
        case Synced():
            yield from (f"  {line}" for line in _synced_lines(result))
        case Doubted(_, alarms, aside):
            yield "  The source was read and not believed; nothing was written."
            yield from (f"  - {alarm.what}" for alarm in alarms)
            yield from _beside(aside)
            yield "  If all this is right, `pprnet sync --accept` takes it as it is."
        case Unread(_, error, aside):
            yield f"  {error.human}"
            yield from _beside(aside)


def _synced_lines(result: Synced) -> Iterator[str]:
    extent = "the whole of it" if result.facts.full else "as far as there is anything new"
    yield f"{counted(result.facts.pages, 'page')} read: {extent}."
    yield from result.remarks
    yield from (f"Accepted: {alarm.what}" for alarm in result.accepted)
    yield from report_lines(result.report, unchanged=False)
    if result.withdrawn:
        yield f"{counted(len(result.withdrawn), 'post')} withdrawn, from now on found by id only:"
    yield from (f"  {post.month.label:<14}  {post.title}" for post in result.withdrawn)


def _beside(aside: str) -> Iterator[str]:
    if aside:
        yield f"  The pages, and this report, are in {aside}."


def _data(result: Result) -> dict[str, object]:
    match result:
        case Synced(source, facts, report, withdrawn, remarks, accepted):
            figures = {"pages": facts.pages, "posts": facts.posts, "whole": facts.full}
            gone = [{"id": post.id, "month": str(post.month), "title": post.title} for post in withdrawn]
            return {
                "source": source, "outcome": "read", **figures, **report_data(report), "withdrawn": gone,
                "remarks": list(remarks), "accepted": [asdict(alarm) for alarm in accepted],
            }  # fmt: skip
        case Doubted(source, alarms, aside):
            return {
                "source": source, "outcome": "doubted", "alarms": [asdict(alarm) for alarm in alarms], "aside": aside,
            }  # fmt: skip
        case Unread(source, error, aside):
            return {"source": source, "outcome": "unread", "why": error.human, "aside": aside}
