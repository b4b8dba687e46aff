"""Sources are compared with what they were before anything is written."""

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import pytest
from sqlalchemy import Engine, text

from bot.errors import ContentError, PprnetError, SourceError, StoreError
from bot.model import Effect, PostOrigin, Reading, TopicLabel, TopicOrigin
from bot.ports.syncing import BusyError, NotNowError, SourceStanding
from bot.syncing.resting import UNREAD_REST
from bot.syncing.results import Doubted, Result, Synced, Unread
from bot.syncing.syncer import WHOLE_EVERY, How
from bot.visits import AlarmKind
from tests.bot.syncing.scripted import BLOG, DERIVED, FEED, NOON, Office, Scripted, a_visit
from tests.builders import a_post

POSTS = [a_post("2026-02", f"A study of subject {number}", citation=None) for number in range(3)]
MORE = [a_post("2026-03", "A study that came later", citation=None), *POSTS]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def office(engine: Engine) -> Office:
    return Office(engine)


def synced(result: Result) -> Synced:
    assert isinstance(result, Synced), result
    return result


class TestFirstVisit:
    def test_the_whole_source_arrives_and_is_no_news(self, office: Office) -> None:
        source = Scripted([a_visit(POSTS, remarks=("The menu is odd.",))])
        result = synced(office.sync(source))
        assert [change.effect for change in result.report.changes] == [Effect.ADDED] * 3
        assert (result.remarks, result.withdrawn, result.accepted) == (("The menu is odd.",), (), ())
        assert office.titles() == [post.title for post in POSTS]
        assert office.news() == []
        assert (source.asked, source.concluded) == ([True], [""])
        assert [(step.listing, step.posts) for step in office.steps] == [("all posts", 3)]
        assert office.visits.standings() == (SourceStanding(BLOG, NOON + MINUTE),)

    def test_a_source_that_is_added_later_brings_no_news_either(self, office: Office) -> None:
        office.sync(Scripted([a_visit(POSTS)]))
        office.sync(Scripted([a_visit([a_post("2026-03", "From elsewhere")], full=False)], FEED))
        assert office.news() == []

    def test_a_source_without_posts_is_read_all_the_same(self, office: Office) -> None:
        assert synced(office.sync(Scripted([a_visit([])]))).report.changes == ()


class TestLaterVisits:
    def test_only_what_is_new_is_read_and_it_is_news(self, office: Office) -> None:
        source = Scripted([a_visit(POSTS), a_visit(MORE, full=False), a_visit(MORE, full=False)])
        first, second, third = (synced(office.sync(source)) for _ in range(3))
        assert (first.facts.full, second.report.count(Effect.ADDED)) == (True, 1)
        assert (source.asked, source.knew) == ([True, False, False], [False, False, True])
        assert office.news() == ["A study that came later"]
        assert {change.effect for change in third.report.changes} == {Effect.UNCHANGED}

    def test_the_whole_is_read_again_when_asked_for_and_once_a_month(self, office: Office) -> None:
        source = Scripted([a_visit(POSTS), a_visit(POSTS), a_visit(POSTS, full=False), a_visit(POSTS)])
        office.sync(source)
        office.sync(source, How(full=True))
        office.now += WHOLE_EVERY - 2 * MINUTE
        office.sync(source)
        office.now += MINUTE
        office.sync(source)
        assert source.asked == [True, True, False, True]

    def test_a_corrected_title_is_one_revision(self, office: Office) -> None:
        corrected = replace(POSTS[0], title="A study of the subject 0", id="0" * 12)
        office.sync(Scripted([a_visit(POSTS)]))
        report = synced(office.sync(Scripted([a_visit([corrected, *POSTS[1:]])]), How(full=True))).report
        assert (report.count(Effect.REVISED), report.count(Effect.UNCHANGED)) == (1, 2)
        assert [one.post.title for one in office.archive.history(POSTS[0].id)] == [POSTS[0].title]

    def test_starters_are_nobody_elses_words(self, office: Office) -> None:
        office.recorder.record([replace(POSTS[0], origin=PostOrigin.STARTER)], source="starters", at=NOON)
        source = Scripted([a_visit(POSTS[:1])])
        assert synced(office.sync(source)).report.count(Effect.REPLACED) == 1
        assert source.knew == [False]


class TestTopicsAndTypes:
    def test_those_of_the_source_replace_derived_ones_and_its_changes_are_followed(self, office: Office) -> None:
        site = [replace(POSTS[0], topics=(TopicLabel(name, TopicOrigin.SITE),)) for name in ("Training", "Attachment")]
        seen = []
        for post in (POSTS[0], *site, POSTS[0]):
            office.sync(Scripted([a_visit([post])]), How(full=True))
            seen.append(next(office.archive.posts()).topics)
        assert seen == [(DERIVED,), site[0].topics, site[1].topics, site[1].topics]

    def test_a_post_that_loses_its_last_topic_on_the_site_gets_derived_ones(self, office: Office) -> None:
        site = (TopicLabel("Training", TopicOrigin.SITE),)
        told = [replace(post, topics=site) for post in POSTS]
        office.sync(Scripted([a_visit(told)]))
        bare = replace(told[0], title="A study of subject  0", topics=())
        trial = Scripted([a_visit([bare, *told[1:]], bare=frozenset({bare.id}))] * 2)
        office.sync(trial, How(full=True, keep=False))
        assert [post.topics for post in office.archive.posts()] == [site] * 3
        assert synced(office.sync(trial, How(full=True))).remarks == (
            "1 post lost the last topic that the source gave.",
        )
        assert [post.topics for post in office.archive.posts()] == [(DERIVED,), site, site]

    def test_a_type_of_research_is_the_sources_own_word_and_stays_where_none_is_told(self, office: Office) -> None:
        seen = []
        for kinds in ({POSTS[0].id: "Trials"}, {}, {POSTS[0].id: "Reviews"}):
            visit = replace(a_visit(POSTS[:1]), kinds=MappingProxyType(kinds))
            office.sync(Scripted([visit]), How(full=True))
            seen.append(next(office.archive.posts()).kind)
        assert seen == ["Trials", "Trials", "Reviews"]


class TestDoubts:
    def test_fewer_posts_stop_before_anything_is_written(self, office: Office) -> None:
        office.sync(Scripted([a_visit(POSTS)]))
        before = office.archive.facts()
        source = Scripted([a_visit([MORE[0], POSTS[0]])])
        result = office.sync(source, How(full=True))
        assert isinstance(result, Doubted)
        assert {alarm.kind for alarm in result.alarms} == {AlarmKind.FEWER_POSTS}
        assert result.aside == "/put-aside"
        assert source.concluded == ["\n".join(alarm.what for alarm in result.alarms)]
        assert office.archive.facts() == before
        (standing,) = office.visits.standings()
        assert (standing.stale_since, standing.why) == (NOON + 2 * MINUTE, result.why)

    def test_a_source_is_stale_since_the_first_doubt_until_it_is_believed(self, office: Office) -> None:
        office.sync(Scripted([a_visit(POSTS)]))
        for _ in range(2):
            office.sync(Scripted([a_visit(POSTS[:1])]), How(full=True))
        (standing,) = office.visits.standings()
        assert standing.stale_since == NOON + 2 * MINUTE
        office.sync(Scripted([a_visit(POSTS)]))
        assert office.visits.standings() == (SourceStanding(BLOG, NOON + 4 * MINUTE),)

    def test_what_the_operator_accepts_is_read_whole_and_believed_from_then_on(self, office: Office) -> None:
        office.sync(Scripted([a_visit(POSTS)]))
        office.sync(Scripted([a_visit(POSTS, full=False)]))
        source = Scripted([a_visit(POSTS[:1]), a_visit(POSTS[:1], full=False)])
        result = synced(office.sync(source, How(accept=True)))
        assert [alarm.kind for alarm in result.accepted] == [AlarmKind.FEWER_POSTS] * 2
        assert [post.title for post in result.withdrawn] == [post.title for post in POSTS[1:]]
        assert synced(office.sync(source)).accepted == ()
        assert source.asked == [True, False]

    def test_a_part_does_not_clear_a_doubt_of_the_whole(self, office: Office) -> None:
        office.sync(Scripted([a_visit(POSTS)]))
        source = Scripted([a_visit(POSTS[:1]), a_visit(POSTS[:1]), a_visit(POSTS), a_visit(POSTS, full=False)])
        assert isinstance(office.sync(source, How(full=True)), Doubted)
        assert isinstance(office.sync(source), Doubted)
        synced(office.sync(source))
        synced(office.sync(source))
        assert source.asked == [True, True, True, False]

    @pytest.mark.parametrize("error", [SourceError("x", "It holds no post."), ContentError("x", "A file is odd.")])
    def test_a_source_that_cannot_be_read_is_stale_and_its_pages_are_put_aside(
        self, office: Office, error: PprnetError
    ) -> None:
        source = Scripted([error])
        result = office.sync(source)
        assert result == Unread(BLOG, error, "/put-aside")
        assert source.concluded == [error.human]
        at = NOON + MINUTE
        assert office.visits.standings() == (SourceStanding(BLOG, None, at, error.human, at + UNREAD_REST),)

    def test_a_visit_that_has_to_wait_is_not_over(self, office: Office) -> None:
        error = NotNowError("x", "It sleeps.", timedelta(hours=1))
        source = Scripted([error, a_visit(POSTS)])
        assert office.sync(source) == Unread(BLOG, error)
        assert source.concluded == []
        synced(office.sync(source))
        assert source.concluded == [""]

    def test_what_could_not_be_written_is_not_over_either(self, office: Office) -> None:
        source = Scripted([a_visit(POSTS)])
        with office.engine.begin() as connection:
            connection.execute(text("ALTER TABLE imports RENAME TO elsewhere"))
        with pytest.raises(StoreError):
            office.sync(source)
        assert source.concluded == []
        assert office.visits.standings() == ()


def test_pages_that_cannot_be_tidied_up_or_put_aside_change_nothing(office: Office) -> None:
    class Untidy(Scripted):
        def conclude(self, report: str = "") -> str:
            raise SourceError(f"the folder is full{report}", "The folder is full.")

    error = SourceError("x", "The folder is full.")
    source = Untidy([a_visit(POSTS), a_visit(POSTS[:1]), error])
    synced(office.sync(source))
    assert len(office.titles()) == 3
    doubted = office.sync(source, How(full=True))
    assert isinstance(doubted, Doubted)
    assert doubted.aside == ""
    assert office.sync(source) == Unread(BLOG, error)


def test_a_source_that_another_process_reads_is_left_to_it(office: Office) -> None:
    error = BusyError("x")
    source = Scripted([error])
    assert office.sync(source) == Unread(BLOG, error)
    assert (source.concluded, office.visits.standings()) == ([], ())


class TestRests:
    """A source that failed is left alone for a while by whoever comes unasked."""

    UNASKED = How(unasked=True)

    def visits_in(self, office: Office, source: Scripted, span: timedelta) -> int:
        """Look at a source every hour, and return how often it was visited."""
        before, until = len(source.asked), office.now + span
        while office.now < until:
            office.sync(source, self.UNASKED)
            office.now += timedelta(minutes=59)
        return len(source.asked) - before

    def test_one_that_is_not_believed_is_read_ever_more_seldom_too(self, office: Office) -> None:
        office.sync(Scripted([a_visit(POSTS)]))
        office.sync(Scripted([a_visit(POSTS[:1])]), How(full=True))
        source = Scripted([a_visit(POSTS[:1])] * 9)
        assert self.visits_in(office, source, timedelta(days=1)) == 2
        assert self.visits_in(office, source, timedelta(days=3)) in {2, 3}

    def test_one_that_cannot_be_read_is_read_ever_more_seldom(self, office: Office) -> None:
        source = Scripted([SourceError("x", "It is broken.")] * 99)
        assert self.visits_in(office, source, timedelta(hours=6)) in {3, 4}
        assert self.visits_in(office, source, timedelta(days=1)) in {2, 3}
        assert self.visits_in(office, source, timedelta(days=5)) <= 5

    def test_what_a_site_asks_for_is_heeded(self, office: Office) -> None:
        asked_for = NotNowError("x", "It sleeps.", timedelta(hours=9))
        source = Scripted([asked_for, a_visit(POSTS)])
        assert self.visits_in(office, source, timedelta(hours=9)) == 1
        assert self.visits_in(office, source, timedelta(hours=1)) == 1

    def test_one_that_rests_says_why(self, office: Office) -> None:
        office.sync(Scripted([SourceError("x", "It is broken.")]), self.UNASKED)
        result = office.sync(Scripted([]), self.UNASKED)
        assert isinstance(result, Unread)
        assert result.why.startswith("It is broken. It is left alone")
        (standing,) = office.visits.standings()
        assert standing.why == "It is broken."

    def test_who_asks_is_answered_and_so_is_who_has_put_the_clock_back(self, office: Office) -> None:
        broken = SourceError("x", "It is broken.")
        source = Scripted([broken, broken, a_visit(POSTS)])
        office.sync(source, self.UNASKED)
        office.sync(source)
        office.now -= timedelta(days=9)
        synced(office.sync(source, self.UNASKED))


class TestWithdrawal:
    def test_a_post_that_is_gone_leaves_the_lists_and_is_found_by_its_id(self, office: Office) -> None:
        office.sync(Scripted([a_visit(POSTS)]))
        office.sync(Scripted([a_visit(POSTS[1:])]), How(accept=True))
        assert office.titles() == [post.title for post in POSTS[1:]]
        (held,) = office.archive.get([POSTS[0].id])
        assert held.withdrawn

    def test_it_comes_back_when_it_comes_back_and_is_no_news(self, office: Office) -> None:
        office.sync(Scripted([a_visit(POSTS)]))
        office.sync(Scripted([a_visit(POSTS[1:])]), How(accept=True))
        source = Scripted([a_visit(POSTS)])
        assert synced(office.sync(source)).report.count(Effect.REVISED) == 1
        assert source.knew == [False]
        assert (office.titles(), office.news()) == ([post.title for post in POSTS], [])

    def test_a_visit_of_a_part_withdraws_nothing(self, office: Office) -> None:
        office.sync(Scripted([a_visit(POSTS)]))
        office.sync(Scripted([a_visit(POSTS[1:], full=False)]))
        assert len(office.titles()) == 3

    def test_what_another_source_holds_stays(self, office: Office) -> None:
        office.sync(Scripted([a_visit(POSTS)]))
        office.sync(Scripted([a_visit(POSTS[:1], full=False)], FEED))
        result = synced(office.sync(Scripted([a_visit(POSTS[2:])]), How(accept=True)))
        assert [post.title for post in result.withdrawn] == [POSTS[1].title]

    def test_what_only_a_former_source_held_goes(self, office: Office) -> None:
        office.sync(Scripted([a_visit(POSTS)], "https://example.org/old"))
        office.sync(Scripted([a_visit(POSTS)]))
        result = synced(office.sync(Scripted([a_visit(POSTS[1:])]), How(accept=True)))
        assert [post.title for post in result.withdrawn] == [POSTS[0].title]

    def test_what_no_source_ever_held_stays(self, office: Office) -> None:
        office.recorder.record([a_post("2020-01", "By hand", citation=None)], source="page.txt", at=NOON)
        office.sync(Scripted([a_visit(POSTS)]))
        office.sync(Scripted([a_visit(POSTS)]), How(full=True))
        assert "By hand" in office.titles()


class TestTrials:
    def test_a_trial_tells_all_and_changes_nothing(self, office: Office) -> None:
        office.sync(Scripted([a_visit(POSTS)]))
        before = office.archive.facts(), office.visits.standings(), list(office.archive.posts())
        result = synced(office.sync(Scripted([a_visit([MORE[0], *POSTS[1:]])]), How(full=True, keep=False)))
        assert not result.report.kept
        assert (result.report.count(Effect.ADDED), [post.title for post in result.withdrawn]) == (1, [POSTS[0].title])
        assert isinstance(office.sync(Scripted([a_visit([])]), How(full=True, keep=False)), Doubted)
        assert (office.archive.facts(), office.visits.standings(), list(office.archive.posts())) == before


class TestByHand:
    def test_saved_pages_are_compared_with_nothing_and_withdraw_nothing(self, office: Office) -> None:
        office.sync(Scripted([a_visit(POSTS)]))
        saved = Scripted([a_visit([MORE[0]]), a_visit([MORE[0], POSTS[0]]), a_visit([POSTS[0]])], "/saved")
        assert not any(synced(office.sync(saved, How(by_hand=True))).withdrawn for _ in range(3))
        assert office.titles() == [post.title for post in MORE]
        assert office.news() == [MORE[0].title]
        assert [standing.name for standing in office.visits.standings()] == [BLOG]

    def test_saved_pages_that_cannot_be_read_are_doubted_as_any(self, office: Office) -> None:
        visit = a_visit(POSTS)
        unreadable = replace(visit, facts=replace(visit.facts, unplaced=20))
        assert isinstance(office.sync(Scripted([unreadable], "/saved"), How(by_hand=True)), Doubted)
        assert office.visits.standings() == ()


def test_a_page_without_posts_among_others_is_refused(office: Office) -> None:
    visit = a_visit(POSTS)
    with pytest.raises(SourceError):
        office.sync(Scripted([replace(visit, readings=(*visit.readings, Reading("page 2", ())))]))
    assert office.titles() == []
