"""What is news is announced in one edition, and what is none in no edition at all."""

from dataclasses import replace
from functools import partial

import pytest

from bot.editions import Edition, EditionState
from bot.model import Month, Post, PostOrigin
from tests.builders import a_post
from tests.desk import DAY, NOON, SINCE, Desk, together


def unlike(month: str, title: str) -> Post:
    """Return a post that has nothing in common with any other."""
    summary = " ".join(f"{title.replace(' ', '')}{number}" for number in range(9))
    return a_post(month, title, summary=(summary,), citation=None, implications=())


FEBRUARY = unlike("2026-02", "Of February")
JANUARY = unlike("2026-01", "Of January")
LONG_AGO = unlike("2019-07", "Of long ago")


def titles(desk: Desk, since: Month = SINCE) -> list[str]:
    return [post.title for post in desk.newsroom.news(since)]


class TestNews:
    def test_a_post_that_is_added_is_news_and_whole(self, desk: Desk) -> None:
        post = a_post("2026-02", topics=["Empathy", "Training"])
        desk.bring(post)
        assert desk.newsroom.news(SINCE) == (replace(post, sequence=1),)

    def test_news_comes_newest_first(self, desk: Desk) -> None:
        desk.bring(JANUARY, FEBRUARY, unlike("2026-02", "Below it"))
        assert titles(desk) == ["Of February", "Below it", "Of January"]

    def test_what_the_first_import_brings_is_none(self, desk: Desk) -> None:
        desk.recorder.record([FEBRUARY, JANUARY], source="page.txt", at=NOON)
        assert titles(desk) == []

    def test_the_starter_archive_is_no_import(self, desk: Desk) -> None:
        starter = replace(JANUARY, origin=PostOrigin.STARTER)
        desk.recorder.record([starter], source="starter", at=NOON)
        desk.recorder.record([FEBRUARY], source="page.txt", at=NOON)
        assert titles(desk) == []
        desk.recorder.record([unlike("2026-02", "Second")], source="page.txt", at=NOON)
        assert titles(desk) == ["Second"]

    def test_starters_are_none_whenever_they_come(self, desk: Desk) -> None:
        desk.bring(replace(FEBRUARY, origin=PostOrigin.STARTER))
        assert titles(desk) == []

    def test_the_sources_words_for_a_starter_are_none(self, desk: Desk) -> None:
        desk.bring(replace(FEBRUARY, origin=PostOrigin.STARTER))
        desk.bring(replace(FEBRUARY, summary=("The source's words.",)))
        assert titles(desk) == []

    def test_a_rehearsal_makes_none(self, desk: Desk) -> None:
        desk.bring()
        desk.recorder.record([FEBRUARY], source="page.txt", at=NOON, keep=False)
        assert titles(desk) == []

    def test_a_revision_is_none_and_leaves_news_what_it_is(self, desk: Desk) -> None:
        desk.bring(FEBRUARY)
        desk.bring(replace(FEBRUARY, note=("A note.",)))
        assert [post.note for post in desk.newsroom.news(SINCE)] == [("A note.",)]
        assert desk.newsroom.freeze(SINCE, 6, NOON)
        desk.bring(FEBRUARY)
        assert titles(desk) == []

    def test_older_posts_are_none(self, desk: Desk) -> None:
        desk.bring(FEBRUARY, JANUARY, LONG_AGO)
        assert titles(desk) == ["Of February", "Of January"]
        assert titles(desk, Month(2026, 2)) == ["Of February"]


class TestFreezing:
    def test_an_edition_takes_all_news_once(self, desk: Desk) -> None:
        desk.bring(JANUARY, FEBRUARY)
        edition = desk.newsroom.freeze(SINCE, 6, NOON)
        assert edition == Edition(1, NOON, (FEBRUARY.id, JANUARY.id), EditionState.OPEN)
        assert titles(desk) == []
        assert desk.newsroom.freeze(SINCE, 6, NOON) is None
        assert desk.newsroom.editions() == (edition,)

    def test_without_news_there_is_no_edition(self, desk: Desk) -> None:
        assert desk.newsroom.freeze(SINCE, 6, NOON) is None
        desk.bring(LONG_AGO)
        assert desk.newsroom.freeze(SINCE, 6, NOON) is None
        assert desk.newsroom.editions() == ()

    def test_older_posts_are_passed_over_for_good(self, desk: Desk) -> None:
        desk.bring(FEBRUARY, LONG_AGO)
        edition = desk.newsroom.freeze(SINCE, 6, NOON)
        assert edition
        assert edition.posts == (FEBRUARY.id,)
        assert titles(desk, Month(2013, 1)) == []

    def test_a_later_post_goes_into_the_next_edition(self, desk: Desk) -> None:
        first = desk.freeze(FEBRUARY)
        second = desk.freeze(JANUARY)
        assert [edition.posts for edition in (first, second)] == [(FEBRUARY.id,), (JANUARY.id,)]
        assert desk.newsroom.editions() == (second, first)
        assert desk.newsroom.editions(limit=1) == (second,)

    @pytest.mark.parametrize(("most", "state"), [(1, EditionState.HELD), (2, EditionState.OPEN)])
    def test_an_edition_of_too_many_posts_is_held(self, desk: Desk, most: int, state: EditionState) -> None:
        assert desk.freeze(FEBRUARY, JANUARY, most=most).state is state

    def test_older_posts_do_not_make_an_edition_long(self, desk: Desk) -> None:
        assert desk.freeze(FEBRUARY, LONG_AGO, most=1).state is EditionState.OPEN

    def test_of_several_processes_one_freezes(self, desk: Desk) -> None:
        desk.bring(FEBRUARY, JANUARY)
        made = together(*[partial(desk.newsroom.freeze, SINCE, 6, NOON)] * 4)
        (edition,) = desk.newsroom.editions()
        assert [one for one in made if one] == [edition]

    def test_news_that_comes_while_an_edition_is_frozen_is_in_one_or_the_next(self, desk: Desk) -> None:
        desk.bring()
        posts = [unlike("2026-02", f"Post {number}") for number in range(12)]

        def bring() -> None:
            for post in posts:
                desk.recorder.record([post], source="page.txt", at=NOON)

        def freeze() -> None:
            for _ in posts:
                desk.newsroom.freeze(SINCE, 6, NOON)

        together(bring, freeze, freeze)
        freeze()
        announced = [post for edition in desk.newsroom.editions(limit=99) for post in edition.posts]
        assert sorted(announced) == sorted(post.id for post in posts)

    def test_an_edition_keeps_its_post_when_the_title_is_corrected(self, desk: Desk) -> None:
        edition = desk.freeze(a_post("2026-02", "Burnout affects outcomes"))
        desk.bring(a_post("2026-02", "Burnout affects the outcomes"))
        assert desk.newsroom.editions() == (edition,)


class TestDeciding:
    @pytest.mark.parametrize("state", [EditionState.OPEN, EditionState.DISCARDED])
    def test_a_held_edition_is_opened_or_discarded(self, desk: Desk, state: EditionState) -> None:
        held = desk.freeze(FEBRUARY, most=0)
        decided = desk.newsroom.decide(held.id, state)
        assert decided == replace(held, state=state)
        assert desk.newsroom.editions() == (decided,)
        assert titles(desk) == []

    def test_only_a_held_edition_waits_for_a_decision(self, desk: Desk) -> None:
        edition = desk.freeze(FEBRUARY)
        assert desk.newsroom.decide(edition.id, EditionState.DISCARDED) is None
        assert desk.newsroom.decide(99, EditionState.OPEN) is None
        assert desk.newsroom.editions() == (edition,)

    def test_it_is_decided_once(self, desk: Desk) -> None:
        held = desk.freeze(FEBRUARY, most=0)
        decide = desk.newsroom.decide
        made = together(*(partial(decide, held.id, state) for state in (EditionState.OPEN, EditionState.DISCARDED)))
        assert len([one for one in made if one]) == 1

    def test_a_planned_edition_says_when(self, desk: Desk) -> None:
        desk.freeze(FEBRUARY)
        desk.ledger.plan(NOON + DAY)
        assert [edition.planned_at for edition in desk.newsroom.editions()] == [NOON + DAY]
