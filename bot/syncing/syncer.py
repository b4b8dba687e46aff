"""Reading sources into the archive: visit, compare with the last visit, and only then write."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot.errors import ContentError, PprnetError, SourceError
from bot.importing import Importer, Report
from bot.model import Change, Reading, TopicOrigin, identify
from bot.pages.phrases import counted
from bot.ports.archive import Corpus, Recorder
from bot.ports.syncing import BusyError, NotNowError, Progress, Source, SourceStanding, Visits
from bot.syncing.resting import DOUBTED_REST, UNREAD_REST, rest_after, resting
from bot.syncing.results import Doubted, Result, Synced, Unread
from bot.syncing.words import Words
from bot.visits import Alarm, Remembered, Visit, VisitFacts, compare

WHOLE_EVERY = timedelta(days=28)
"""How often a source is read whole although nobody asks for it: only then it shows what it withdrew, which topics it
gives to older posts now, and posts that it put below others."""


@dataclass(frozen=True, slots=True)
class How:
    """How to read sources.

    Attributes:
        full: read the whole of them.
        accept: believe what they say now, whatever it was before.
        by_hand: they are pages that somebody saved, as many as they liked: what is not among them is no news.
        keep: false to find out what would happen.
        unasked: nobody asked just now: a source that could not be read or believed of late is left alone.
    """

    full: bool = False
    accept: bool = False
    by_hand: bool = False
    keep: bool = True
    unasked: bool = False


@dataclass(frozen=True, slots=True)
class Stores:
    """Where everything is kept: the posts, which source holds them, and what is remembered of visits."""

    corpus: Corpus
    recorder: Recorder
    visits: Visits


class Syncer:
    """Brings what sources hold into the archive."""

    def __init__(
        self, stores: Stores, importer: Importer, names: Collection[str], clock: Callable[[], datetime]
    ) -> None:
        """Begin.

        Args:
            stores: where everything is kept.
            importer: the way into the archive.
            names: the sources that there are. What only others held, which were sources once, nobody holds any more.
            clock: returns the time of day, an aware time.
        """
        self._stores = stores
        self._importer = importer
        self._names = frozenset(names)
        self._clock = clock

    async def sync(self, source: Source, progress: Progress, how: How = How()) -> Result:
        """Read one source.

        Args:
            source: the source.
            progress: is told of every page.
            how: how to read it.

        Raises:
            StoreError: the archive could not be read or written. The pages are kept, and the next visit goes on.
        """
        past = await asyncio.to_thread(self._past, source, how)
        if how.unasked and (rest := resting(past.standing, self._clock())):
            return Unread(source.name, rest)
        try:
            visit = await source.visit(past.known, progress, full=past.is_due)
        except BusyError as error:  # says nothing about the source
            return Unread(source.name, error)
        except NotNowError as error:
            return await self._unread(source, error, past, how)
        except (SourceError, ContentError) as error:
            return replace(await self._unread(source, error, past, how), aside=_concluded(source, error.human))
        alarms = compare(past.comparable(visit), visit.facts)
        if alarms and not how.accept:
            return await self._doubted(source, alarms, past, how)
        result = await asyncio.to_thread(self._take, source.name, visit, past, how)
        _concluded(source)
        return replace(result, accepted=alarms)

    def _past(self, source: Source, how: How) -> "_Past":
        known = Words(self._stores.corpus.posts())
        if how.by_hand:
            return _Past(known, SourceStanding(source.name, None), None, None, is_due=True)
        standing = self._stores.visits.standing(source.name)
        whole, recent = (self._stores.visits.last(source.name, whole=extent) for extent in (True, False))
        due = whole is None or self._clock() - whole.at >= WHOLE_EVERY or standing.whole
        return _Past(known, standing, whole, recent, is_due=due or how.full or how.accept)

    async def _unread(self, source: Source, error: PprnetError, past: "_Past", how: How) -> Unread:
        unread, now = Unread(source.name, error), self._clock()
        least = max(UNREAD_REST, error.after) if isinstance(error, NotNowError) else UNREAD_REST
        await self._note(source, unread.why, how, now + rest_after(past.standing, now, least))
        return unread

    async def _doubted(self, source: Source, alarms: tuple[Alarm, ...], past: "_Past", how: How) -> Doubted:
        doubted = Doubted(source.name, alarms)
        until = self._clock() + rest_after(past.standing, self._clock(), DOUBTED_REST)
        await self._note(source, doubted.why, how, until, whole=past.is_due)
        return replace(doubted, aside=_concluded(source, "\n".join(alarm.what for alarm in alarms)))

    async def _note(self, source: Source, why: str, how: How, rests_until: datetime, *, whole: bool = False) -> None:
        if how.keep and not how.by_hand:
            doubt = partial(self._stores.visits.doubt, rests_until=rests_until, whole=whole)
            await asyncio.to_thread(doubt, source.name, why, self._clock())

    def _take(self, name: str, visit: Visit, past: "_Past", how: How) -> Synced:
        """Write what a visit brought. Whatever ends the process in between, the next visit does the rest."""
        at = self._clock()
        news = past.is_known or how.by_hand
        report = self._importer.take(_readings(visit), source=name, at=at, keep=how.keep, news=news)
        if how.by_hand:
            return Synced(name, visit.facts, report, remarks=visit.remarks)
        withdrawn = self._stores.recorder.attribute(
            _ids(report.changes), source=name, among=self._names, whole=visit.facts.full, keep=how.keep
        )
        bare = _without_topics(visit, report)
        if how.keep:
            if bare:
                self._importer.disown(bare)
            self._stores.visits.believe(name, visit.facts, at, anew=how.accept)
        remarks = [f"{counted(len(bare), 'post')} lost the last topic that the source gave."] if bare else []
        return Synced(name, visit.facts, report, withdrawn, (*visit.remarks, *remarks))


@dataclass(frozen=True, slots=True)
class _Past:
    """What is known before a visit: words, how the source stands, its last visits, whether the whole is to be read."""

    known: Words
    standing: SourceStanding
    last_whole: Remembered | None
    last_recent: Remembered | None
    is_due: bool

    @property
    def is_known(self) -> bool:
        """Whether the source was ever read: the first visit brings years of posts that are no news to anybody."""
        return not (self.last_whole is None and self.last_recent is None)

    def comparable(self, visit: Visit) -> VisitFacts | None:
        """Return the facts of the last visit of the same extent."""
        last = self.last_whole if visit.facts.full else self.last_recent
        return last.facts if last else None


def _concluded(source: Source, report: str = "") -> str:
    """End a visit. What came of it stands, whatever becomes of the pages: there may be no room to put them aside."""
    with suppress(SourceError):
        return source.conclude(report)
    return ""


def _readings(visit: Visit) -> Sequence[Reading]:
    return [
        replace(reading, posts=[replace(post, kind=visit.kinds.get(post.id, post.kind)) for post in reading.posts])
        for reading in visit.readings
    ]


def _without_topics(visit: Visit, report: Report) -> set[str]:
    """Return the ids of posts that have topics of the source's, though it gives them none now.

    Importing them without a topic is no word against those: a visit of a part knows the topics of new posts only.
    """
    posts = (change.post for change in report.changes if identify(change.post.month, change.post.title) in visit.bare)
    return {post.id for post in posts if any(label.origin is TopicOrigin.SITE for label in post.topics)}


def _ids(changes: Sequence[Change]) -> set[str]:
    return {change.post.id for change in changes}
