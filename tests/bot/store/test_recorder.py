"""What is recorded stands in the archive, to the letter, and what was there before is kept."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, select

from bot.model import Effect, Month, Post, PostOrigin, TopicLabel, TopicOrigin, Where, identify
from bot.store import tables
from bot.store.archive import Revision, SqlArchive
from bot.store.lookups import CHUNK
from bot.store.recorder import SqlRecorder
from tests.builders import a_post

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1)


class TestRecording:
    def test_a_recorded_post_stands_in_the_archive(self, archive: SqlArchive, recorder: SqlRecorder) -> None:
        (change,) = recorder.record([a_post()], source="page.txt", at=NOON)
        assert change.effect is Effect.ADDED
        assert archive.page(Where()).posts == (change.post,) == (a_post(sequence=1),)

    def test_a_rehearsal_tells_the_same_and_changes_nothing(self, archive: SqlArchive, recorder: SqlRecorder) -> None:
        recorder.record([a_post(title="Here before")], source="page.txt", at=NOON)
        before = archive.facts(), list(archive.posts())
        batch = [a_post(title="Here before", citation=None), a_post("2021-08")]
        rehearsed = recorder.record(batch, source="page.txt", at=LATER, keep=False)
        assert (archive.facts(), list(archive.posts())) == before
        assert recorder.record(batch, source="page.txt", at=LATER) == rehearsed

    def test_the_same_again_changes_nothing(self, archive: SqlArchive, recorder: SqlRecorder) -> None:
        batch = [a_post(), a_post("2021-08", topics=["Empathy"])]
        recorder.record(batch, source="page.txt", at=NOON)
        before = archive.facts().stamp, list(archive.posts())
        changes = recorder.record(batch, source="page.txt", at=LATER)
        assert [change.effect for change in changes] == [Effect.UNCHANGED] * 2
        assert (archive.facts().stamp, list(archive.posts())) == before

    def test_posts_of_a_month_stand_in_the_order_in_which_they_were_read(
        self, archive: SqlArchive, recorder: SqlRecorder
    ) -> None:
        batch = [a_post(title=title) for title in ("Third", "Second", "First")]
        recorder.record(batch, source="page.txt", at=NOON)
        assert [post.title for post in archive.posts()] == ["Third", "Second", "First"]

    @pytest.mark.parametrize(
        ("pages", "order"),
        [
            (["2021-08 e, 2021-07 d", "2021-07 c", "2021-07 b, 2021-06 a"], "edcba"),
            (["2021-07 b, 2021-06 a", "2021-08 d, 2021-07 c"], "dcba"),
            (["2021-07 c", "2021-07 b", "2021-07 a"], "cba"),
            (["2021-07 d, 2021-07 b, 2021-06 a", "2021-07 e, 2021-07 d, 2021-07 c, 2021-07 b"], "edcba"),
        ],
    )
    def test_a_month_that_is_split_across_pages_keeps_its_order(
        self, archive: SqlArchive, recorder: SqlRecorder, pages: list[str], order: str
    ) -> None:
        for page in [*pages, *pages]:
            batch = [a_post(*line.split(), citation=None, topics=["Empathy"]) for line in page.split(", ")]
            batch = [replace(post, summary=(f"Nothing but {post.title}.",)) for post in batch]
            tried = recorder.record(batch, source="page.txt", at=NOON, keep=False)
            assert recorder.record(batch, source="page.txt", at=NOON) == tried
            held = {post.id: post for post in archive.posts()}
            assert all(held[change.post.id] == change.post for change in tried)
        assert [post.title for post in archive.posts()] == list(order)
        assert [post.title for post in archive.page(Where(topics=("Empathy",)), limit=9).posts] == list(order)

    def test_batches_of_many_months_come_out_newest_first(self, archive: SqlArchive, recorder: SqlRecorder) -> None:
        months = [Month(year, number) for year in range(2013, 2030) for number in range(1, 13)]
        batch = [a_post(str(month), f"Post {part}") for month in months for part in "cba"]
        assert len(batch) > CHUNK
        changes = recorder.record(batch, source="folder", at=NOON)
        assert [change.post.id for change in changes] == [post.id for post in batch]
        expected = [post.id for post in sorted(batch, key=lambda post: (post.month, post.title), reverse=True)]
        assert [post.id for post in archive.posts()] == expected
        assert [post.id for post in archive.get(expected)] == expected

    def test_what_no_database_can_hold_is_replaced(self, archive: SqlArchive, recorder: SqlRecorder) -> None:
        post = a_post(title="A\0 title", summary=("a\ud800b",), topics=["To\0pic"], url="u\0", note=("\udfff",))
        (change,) = recorder.record([replace(post, id="\0")], source="page\0.txt", at=NOON)
        assert (change.post.title, change.post.summary) == ("A\ufffd title", ("a\ufffdb",))
        assert archive.page(Where(topics=("To\0pic",))).posts == (change.post,)

    def test_every_import_is_noted(self, engine: Engine, recorder: SqlRecorder) -> None:
        recorder.record([a_post(origin=PostOrigin.STARTER)], source="starter", at=NOON)
        east = NOON.astimezone(timezone(timedelta(hours=5)))
        recorder.record([a_post(), a_post("2021-08")], source="page.txt", at=east)
        with engine.connect() as connection:
            rows = connection.execute(select(tables.imports).order_by(tables.imports.c.id)).all()
        assert [tuple(row)[1:] for row in rows] == [(NOON, "starter", 1, 0, 0, 0), (NOON, "page.txt", 1, 1, 0, 0)]

    def test_an_id_of_another_month_is_not_given_twice(self, archive: SqlArchive, recorder: SqlRecorder) -> None:
        first = a_post("2021-07")
        for batch in ([first], [replace(a_post("2021-08"), id=first.id)]):
            recorder.record(batch, source="page.txt", at=NOON)
        assert sorted(post.id for post in archive.posts()) == sorted([first.id, a_post("2021-08").id])


class TestCorrections:
    def test_a_corrected_title_revises_the_post(self, archive: SqlArchive, recorder: SqlRecorder) -> None:
        wrong, right = a_post(title="Burnuot affects outcomes"), a_post(title="Burnout affects outcomes")
        recorder.record([wrong], source="page.txt", at=NOON)
        (change,) = recorder.record([right], source="page.txt", at=LATER)
        assert change.effect is Effect.REVISED
        assert list(archive.posts()) == [replace(right, id=wrong.id, sequence=1)]
        assert archive.history(wrong.id) == (Revision(LATER, replace(wrong, sequence=1)),)

    def test_an_earlier_title_still_leads_to_the_post(self, archive: SqlArchive, recorder: SqlRecorder) -> None:
        titles = ("First title", "Second title", "First title", "Third title", "Second title")
        for title in titles:
            recorder.record([a_post(title=title)], source="page.txt", at=NOON)
        (post,) = archive.posts()
        assert (post.id, post.title) == (identify(post.month, "First title"), "Second title")
        assert [revision.post.title for revision in archive.history(post.id)] == list(titles[:-1])

    def test_an_earlier_title_leads_to_the_post_whatever_it_says_now(
        self, archive: SqlArchive, recorder: SqlRecorder
    ) -> None:
        for title in ("First title", "Second title", "Third title"):
            recorder.record([a_post(title=title)], source="page.txt", at=NOON)
        recorder.record([a_post(title="Second title", summary=("All is new.",), citation=None)], source="p", at=NOON)
        assert [post.summary for post in archive.posts()] == [("All is new.",)]

    def test_the_sources_words_replace_the_starters_and_keep_them_in_the_history(
        self, archive: SqlArchive, recorder: SqlRecorder
    ) -> None:
        starter = a_post(origin=PostOrigin.STARTER, topics=[TopicLabel("Empathy", TopicOrigin.CONTENT)])
        recorder.record([starter], source="starter", at=NOON)
        recorder.record([a_post(summary=("The source's words.",))], source="page.txt", at=LATER)
        (post,) = archive.posts()
        assert (post.origin, post.summary, post.topics) == (
            PostOrigin.IMPORTED,
            ("The source's words.",),
            starter.topics,
        )
        assert archive.history(post.id) == (Revision(LATER, replace(starter, sequence=1)),)

    def test_a_post_whose_date_moves_into_another_month_stays_one(
        self, archive: SqlArchive, recorder: SqlRecorder
    ) -> None:
        url = "https://example.org/" + "long/" * 1000
        january = a_post("2021-01", url=url, topics=["Empathy"])
        recorder.record([january, a_post("2021-01", "Another", citation=None)], source="feed.xml", at=NOON)
        batch = [replace(a_post("2021-02", url=url.replace("https", "http")), topics=january.topics)]
        tried = recorder.record(batch, source="feed.xml", at=LATER, keep=False)
        assert recorder.record(batch, source="feed.xml", at=LATER) == tried
        assert [(change.effect, change.post.id) for change in tried] == [(Effect.REVISED, january.id)]
        assert archive.page(Where(month=Month(2021, 2), topics=("Empathy",))).posts == (tried[0].post,)
        assert archive.page(Where(month=Month(2021, 1))).total == 1
        assert archive.history(january.id) == (Revision(LATER, replace(january, sequence=2)),)
        (again,) = recorder.record(batch, source="feed.xml", at=LATER)
        assert again.effect is Effect.UNCHANGED

    def test_a_post_that_moves_is_met_once_in_a_batch_of_any_length(
        self, archive: SqlArchive, recorder: SqlRecorder
    ) -> None:
        url = "https://example.org/1"
        recorder.record([a_post("2021-01", url=url)], source="feed.xml", at=NOON)
        many = [a_post("2021-02", f"Post {number}", citation=None) for number in range(CHUNK)]
        batch = [a_post("2021-02", url=url), *many, a_post("2021-01", "Burnout affects outcome")]
        tried = recorder.record(batch, source="feed.xml", at=NOON, keep=False)
        assert recorder.record(batch, source="feed.xml", at=NOON) == tried
        effects = [change.effect for change in tried]
        assert (effects[0], set(effects[1:])) == (Effect.REVISED, {Effect.ADDED})
        assert archive.facts().posts == len(batch)

    def test_an_address_that_a_batch_of_any_length_bears_twice_tells_nothing(self, recorder: SqlRecorder) -> None:
        url = "https://example.org/1"
        recorder.record([a_post("2021-01", url=url)], source="feed.xml", at=NOON)
        many = [a_post("2021-02", f"Post {number}", citation=None) for number in range(CHUNK)]
        batch = [a_post("2021-02", url=url), *many, a_post("2021-03", url=url)]
        changes = recorder.record(batch, source="feed.xml", at=NOON)
        assert {change.effect for change in changes} == {Effect.ADDED}

    def test_a_post_that_never_changed_has_no_history(self, archive: SqlArchive, recorder: SqlRecorder) -> None:
        recorder.record([a_post()], source="page.txt", at=NOON)
        assert archive.history(a_post().id) == archive.history("nothing\0") == ()


class TestFacts:
    def test_an_empty_archive_says_so(self, archive: SqlArchive) -> None:
        facts = archive.facts()
        assert (facts.posts, facts.oldest, facts.newest, facts.source_read_at, facts.starters) == (
            0,
            None,
            None,
            None,
            0,
        )

    def test_facts_follow_the_posts(self, archive: SqlArchive, recorder: SqlRecorder) -> None:
        starter = a_post("2013-02", origin=PostOrigin.STARTER)
        recorder.record([a_post("2021-07"), starter], source="page.txt", at=NOON)
        facts = archive.facts()
        assert (facts.posts, facts.oldest, facts.newest, facts.starters) == (2, Month(2013, 2), Month(2021, 7), 1)

    def test_the_stamp_moves_when_posts_or_topics_do(self, archive: SqlArchive, recorder: SqlRecorder) -> None:
        stamps = [archive.stamp()]
        for post in (a_post(), a_post(note=("A note.",)), a_post(topics=["Empathy"])):
            recorder.record([post], source="page.txt", at=NOON)
            stamps.append(archive.stamp())
        assert len(set(stamps)) == 4

    def test_the_source_is_read_at_every_import_that_brings_its_words(
        self, archive: SqlArchive, recorder: SqlRecorder
    ) -> None:
        starter, imported = a_post(origin=PostOrigin.STARTER), a_post()
        read: list[datetime | None] = []
        for post, at in ((starter, NOON), (imported, NOON), (imported, LATER), (imported, NOON), (starter, LATER)):
            recorder.record([post], source="page.txt", at=at)
            read.append(archive.facts().source_read_at)
        assert read == [None, NOON, LATER, LATER, LATER]


class TestTopics:
    def derived(self, *names: str) -> tuple[TopicLabel, ...]:
        return tuple(TopicLabel(name, TopicOrigin.DERIVED) for name in names)

    def test_a_topic_that_comes_twice_is_kept_once_by_its_better_origin(
        self, archive: SqlArchive, recorder: SqlRecorder
    ) -> None:
        site = TopicLabel("Empathy", TopicOrigin.SITE)
        recorder.record([a_post(topics=(*self.derived("Empathy", "Alliance"), site))], source="page.txt", at=NOON)
        assert next(archive.posts()).topics == (*self.derived("Alliance"), site)

    def test_topics_are_counted(self, archive: SqlArchive, recorder: SqlRecorder) -> None:
        batch = [a_post("2021-07", topics=["Empathy", "Training"]), a_post("2021-08", topics=["Empathy"])]
        recorder.record(batch, source="page.txt", at=NOON)
        assert archive.topic_counts() == {"Empathy": 2, "Training": 1}
        recorder.record([a_post("2021-07", topics=["Alliance"])], source="page.txt", at=NOON)
        assert archive.topic_counts() == {"Empathy": 1, "Alliance": 1}

    def test_deriving_anew_touches_only_what_was_derived(self, archive: SqlArchive, recorder: SqlRecorder) -> None:
        plain, derived, said = a_post("2021-07"), a_post("2021-08", topics=self.derived("Old")), a_post("2021-09")
        said = replace(said, topics=(TopicLabel("Said", TopicOrigin.SITE),))
        recorder.record([said, derived, plain], source="page.txt", at=NOON)
        stamp = archive.stamp()
        assert recorder.relabel(lambda _: self.derived("New", "Also"), "2nd catalogue") == 2
        assert [[label.name for label in post.topics] for post in archive.posts()] == [
            ["Said"],
            ["Also", "New"],
            ["Also", "New"],
        ]
        assert archive.topic_counts() == {"Said": 1, "New": 2, "Also": 2}
        assert archive.stamp() != stamp
        assert recorder.catalogue() == "2nd catalogue"
        assert all(archive.history(post.id) == () for post in archive.posts())

    def test_deriving_the_same_anew_changes_nothing(self, archive: SqlArchive, recorder: SqlRecorder) -> None:
        batch = [a_post(f"20{year}-07", topics=self.derived("Old")) for year in range(13, 30)]
        recorder.record(batch, source="page.txt", at=NOON)
        stamp = archive.stamp()
        assert recorder.relabel(lambda post: post.topics, "2nd catalogue") == 0
        assert (archive.stamp(), recorder.catalogue()) == (stamp, "2nd catalogue")

    def test_deriving_anew_goes_through_an_archive_of_any_length(
        self, archive: SqlArchive, recorder: SqlRecorder
    ) -> None:
        recorder.record([a_post(title=f"Post {number}") for number in range(CHUNK + 7)], source="page", at=NOON)
        assert recorder.relabel(lambda _: self.derived("New"), "") == CHUNK + 7
        assert archive.topic_counts() == {"New": CHUNK + 7}

    def test_topics_that_the_site_takes_back_leave_what_others_say_or_what_is_derived(
        self, archive: SqlArchive, recorder: SqlRecorder
    ) -> None:
        site, said = TopicLabel("Said", TopicOrigin.SITE), TopicLabel("Own", TopicOrigin.CONTENT)
        batch = [a_post(f"2021-{10 - at:02}", topics=of) for at, of in enumerate([(site,), (said, site), (said,)])]
        recorder.record(batch, source="page.txt", at=NOON)
        ids = [post.id for post in archive.posts()]
        assert recorder.disown([*ids, "0" * 12], lambda _: self.derived("New")) == 2
        assert [post.topics for post in archive.posts()] == [self.derived("New"), (said,), (said,)]
        assert archive.topic_counts() == {"New": 1, "Own": 2}

    def test_nothing_is_derived_when_deriving_fails(self, archive: SqlArchive, recorder: SqlRecorder) -> None:
        recorder.record([a_post()], source="page.txt", at=NOON)
        before = archive.facts(), recorder.catalogue()

        def fail(_: Post) -> tuple[TopicLabel, ...]:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            recorder.relabel(fail, "2nd catalogue")
        assert (archive.facts(), recorder.catalogue()) == before
