"""Reading all sources with nobody watching: what came of it is told in the log."""

import logging
from collections.abc import Iterable

from bot.errors import SourceError
from bot.model import Effect
from bot.ports.syncing import Source, Step
from bot.syncing.results import Doubted, Result, Synced, Unread
from bot.syncing.syncer import How, Syncer

_log = logging.getLogger("pprnet.syncing")


async def refresh(syncer: Syncer, sources: Iterable[Source]) -> None:
    """Read sources one after the other, each whatever came of the others; one that failed of late is left alone.

    Raises:
        SourceError: one of them could not be read, or not be believed.
        StoreError: the archive could not be read or written.
    """
    results = [await syncer.sync(source, log_step, How(unasked=True)) for source in sources]
    for result in results:
        log_result(result)
    failures = [result for result in results if not isinstance(result, Synced)]
    if failures:
        human = " ".join(f"{failure.source}: {failure.why}" for failure in failures)
        raise SourceError(f"{len(failures)} of {len(results)} sources could not be read or believed", human)


def log_step(step: Step) -> None:
    """Tell of a page that was read."""
    said = "%s: page %d is read, %d different posts so far"
    _log.info(said, step.listing, step.page, step.posts, extra={"action": "sync.page"})


def log_result(result: Result) -> None:
    """Tell what came of reading a source. Its name may be a path, and so a person's; it is left out."""
    match result:
        case Synced(_, facts, report, withdrawn):
            said = "a source was read: %d pages, %d posts, %d added, %d revised, %d withdrawn"
            new, revised = report.count(Effect.ADDED), report.count(Effect.REVISED)
            told = (facts.pages, facts.posts, new, revised, len(withdrawn))
            _log.info(said, *told, extra={"action": "sync.read"})
        case Doubted(_, alarms):
            kinds = ", ".join(alarm.kind for alarm in alarms)
            _log.warning("a source was not believed: %s", kinds, extra={"action": "sync.doubted"})
        case Unread(_, error):
            _log.warning("a source was not read: %s", error, extra={"action": "sync.unread"})
