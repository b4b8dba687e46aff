"""What visits do to an archive, on each store."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from bot.importing import Importer
from bot.model import Effect
from bot.store.archive import SqlArchive
from bot.store.recorder import SqlRecorder
from bot.visits import Visit, compare
from tests.adapters.sources.site.visiting import BEGINNING, a_source, posts_of, whole
from tests.loops import on_a_loop
from tests.standins.site import SiteStandIn
from tests.standins.site_posts import TOPICS, invented


@on_a_loop
async def test_all_comes_in_once_then_nothing_then_one_revision(
    recorder: SqlRecorder, archive: SqlArchive, tmp_path: Path
) -> None:
    importer = Importer(recorder, lambda _: ())
    async with SiteStandIn(invented(40)) as site:
        source = a_source(site, tmp_path)
        first = await whole(source)
        effects = [_effects(importer, first)]
        again = await whole(source)
        effects.append(_effects(importer, again))
        site.posts[7] = replace(site.posts[7], title=site.posts[7].title.replace("What", "All That"))
        corrected = await whole(source)
        effects.append(_effects(importer, corrected))
    assert effects == [{Effect.ADDED: 40}, {Effect.UNCHANGED: 40}, {Effect.UNCHANGED: 39, Effect.REVISED: 1}]
    assert not compare(first.facts, again.facts)
    assert not compare(again.facts, corrected.facts)
    kept = archive.posts()
    assert [post.title for post in kept] == [post.title for post in posts_of(corrected)]
    counts = Counter(TOPICS[number] for post in site.posts for number in post.topics)
    assert archive.topic_counts() == counts


def _effects(importer: Importer, visit: Visit) -> dict[Effect, int]:
    report = importer.take(visit.readings, source="the blog", at=BEGINNING)
    return dict(Counter(change.effect for change in report.changes))
