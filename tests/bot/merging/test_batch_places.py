"""Where posts stand in their month, and what else they bring along."""

from dataclasses import replace

from bot.merging.batches import merge
from bot.model import Effect, PostOrigin, TopicLabel, TopicOrigin
from tests.bot.merging.meeting import HALF, HANDBOOK, LONG, OTHER, effects, known, results
from tests.builders import a_post


class TestOrigins:
    def test_the_sources_words_replace_the_starters(self) -> None:
        starter = a_post(origin=PostOrigin.STARTER, summary=OTHER)
        (merged,) = results(known(starter), [a_post(summary=LONG)])
        assert (merged.change.effect, merged.change.post.summary) == (Effect.REPLACED, LONG)

    def test_a_starter_never_touches_the_sources_words(self) -> None:
        (merged,) = results(known(a_post(summary=LONG)), [a_post(origin=PostOrigin.STARTER, summary=OTHER)])
        assert merged.change.post == a_post(summary=LONG)
        assert merged.change.effect is Effect.UNCHANGED

    def test_a_newer_starter_revises_an_older_one(self) -> None:
        starter = a_post(origin=PostOrigin.STARTER)
        assert effects(known(starter), replace(starter, summary=OTHER)) == [Effect.REVISED]

    def test_a_near_title_is_enough_between_a_starter_and_the_source(self) -> None:
        starter = a_post(title="The effects of trusting early", origin=PostOrigin.STARTER, summary=OTHER)
        assert effects(known(starter), a_post(title="Effects of trusting early", summary=LONG)) == [Effect.REPLACED]


class TestTopicsAndAddress:
    def test_derived_topics_and_no_topics_leave_better_ones_alone(self) -> None:
        existing = a_post(topics=["Empathy"])
        for labels in ((), (TopicLabel("Training", TopicOrigin.DERIVED),), (TopicLabel("A", TopicOrigin.CONTENT),)):
            assert effects(known(existing), a_post(topics=labels)) == [Effect.UNCHANGED]

    def test_topics_trusted_as_much_or_more_replace_the_others(self) -> None:
        derived, content, site = (TopicLabel(origin.value, origin) for origin in reversed(TopicOrigin))
        for before, after in ((derived, content), (content, site), (derived, site), (site, replace(site, name="new"))):
            (merged,) = results(known(a_post(topics=[before])), [a_post(topics=[after])])
            assert (merged.change.effect, merged.change.post.topics) == (Effect.REVISED, (after,))

    def test_derived_topics_vanish_with_the_words_they_came_from(self) -> None:
        existing = a_post(topics=[TopicLabel("Training", TopicOrigin.DERIVED)])
        (merged,) = results(known(existing), [a_post()])
        assert merged.change.post.topics == ()

    def test_an_address_that_is_not_given_again_stays(self) -> None:
        existing = a_post(url="https://example.org/1")
        assert effects(known(existing), a_post()) == [Effect.UNCHANGED]

    def test_a_new_address_revises(self) -> None:
        existing = a_post(url="https://example.org/1")
        assert effects(known(existing), a_post(url="https://example.org/2")) == [Effect.REVISED]


class TestPlaces:
    def test_the_first_read_of_a_month_stands_highest(self) -> None:
        batch = [a_post(title=title, citation=None) for title in ("Newest", "Middle", "Oldest")]
        assert [one.change.post.sequence for one in results([], batch)] == [3, 2, 1]

    def test_a_post_that_is_met_may_have_to_make_room(self) -> None:
        archive = known(a_post(title="Trust", sequence=2), a_post(title="Bonds", sequence=1, summary=LONG))
        batch = [archive[0].post, a_post(title="Empathy", citation=HANDBOOK), archive[1].post]
        changes = merge(archive, batch)
        assert [one.change.effect for one in changes.merged] == [Effect.UNCHANGED, Effect.ADDED, Effect.UNCHANGED]
        assert [one.change.post.sequence for one in changes.merged] == [3, 2, 1]
        assert changes.moved == (replace(archive[0].post, sequence=3),)

    def test_a_revised_post_makes_room_as_it_is_revised(self) -> None:
        existing = a_post(title="Trust", sequence=1, summary=LONG)
        batch = [replace(existing, summary=HALF), a_post(title="Empathy", citation=HANDBOOK)]
        changes = merge(known(existing), batch)
        assert [(one.change.effect, one.change.post.sequence) for one in changes.merged] == [
            (Effect.REVISED, 2),
            (Effect.ADDED, 1),
        ]
        assert changes.moved == ()

    def test_new_posts_stand_above_those_that_the_month_has(self) -> None:
        existing = a_post(title="Here before", sequence=4, citation=HANDBOOK)
        assert [one.change.post.sequence for one in results(known(existing), [a_post()])] == [5]

    def test_a_place_that_is_given_is_kept(self) -> None:
        assert results([], [a_post(sequence=7)])[0].change.post.sequence == 7

    def test_a_post_stays_in_its_place(self) -> None:
        assert effects(known(a_post(sequence=2)), a_post(sequence=9)) == [Effect.UNCHANGED]
