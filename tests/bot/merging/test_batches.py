"""Which incoming post is which existing one, and what becomes of it."""

from dataclasses import replace

from bot.merging.batches import merge
from bot.merging.claims import Known
from bot.model import Change, Citation, Effect, Month, PostOrigin, TopicLabel, TopicOrigin, identify
from tests.bot.merging.meeting import HALF, HANDBOOK, LONG, OTHER, effects, known, results
from tests.builders import a_post


class TestTheSamePost:
    def test_a_post_met_again_is_unchanged(self) -> None:
        assert effects(known(a_post()), a_post()) == [Effect.UNCHANGED]

    def test_case_punctuation_and_quotes_of_a_title_make_no_other_post(self) -> None:
        existing = a_post(title="“Burnout” affects outcomes")
        (merged,) = results(known(existing), [a_post(title='"burnout" AFFECTS outcomes.')])
        assert (merged.change.effect, merged.change.post.id) == (Effect.REVISED, existing.id)
        assert merged.change.post.title == '"burnout" AFFECTS outcomes.'
        assert merged.before == existing

    def test_a_new_text_revises_the_post(self) -> None:
        (merged,) = results(known(a_post()), [a_post(summary=LONG)])
        assert (merged.change.effect, merged.change.post.summary) == (Effect.REVISED, LONG)

    def test_white_space_of_another_kind_is_no_revision(self) -> None:
        existing = a_post(title="Trust early on", note=("A note, by us.",))
        texts = {name: getattr(existing, name) for name in ("summary", "implications", "note")}
        blanks = {name: tuple(text.replace(" ", "\u00a0\u2009") for text in texts[name]) for name in texts}
        for other in (
            {"title": "Trust\u00a0early on"},
            blanks,
            {"citation": Citation("Doe, J. (2020).\u00a0A study. Journal, 1,\u202f2-3.")},
        ):
            (merged,) = results(known(existing), [replace(existing, **other)])
            assert merged.change == Change(Effect.UNCHANGED, existing)

    def test_white_space_comes_along_with_another_word(self) -> None:
        (merged,) = results(known(a_post(summary=("One two",))), [a_post(summary=("One\u00a0three",))])
        assert (merged.change.effect, merged.change.post.summary) == (Effect.REVISED, ("One\u00a0three",))

    def test_a_paragraph_that_was_parted_is_a_revision(self) -> None:
        assert effects(known(a_post(summary=("One. Two.",))), a_post(summary=("One.", "Two."))) == [Effect.REVISED]

    def test_a_citation_that_vanished_is_a_revision(self) -> None:
        (merged,) = results(known(a_post()), [a_post(citation=None)])
        assert (merged.change.effect, merged.change.post.citation) == (Effect.REVISED, None)

    def test_the_same_title_in_another_month_is_another_post(self) -> None:
        assert effects(known(a_post("2021-07")), a_post("2021-08")) == [Effect.ADDED]

    def test_twice_in_one_batch_is_one_post_in_the_later_words(self) -> None:
        (merged,) = results([], [a_post(summary=LONG), a_post(summary=OTHER)])
        assert (merged.change.effect, merged.change.post.summary) == (Effect.ADDED, OTHER)

    def test_twice_in_one_batch_keeps_the_topics_of_both(self) -> None:
        (merged,) = results([], [a_post(topics=["Empathy", "Training"]), a_post(topics=["Attachment", "Empathy"])])
        assert [label.name for label in merged.change.post.topics] == ["Attachment", "Empathy", "Training"]

    def test_twice_in_one_batch_keeps_the_better_topics_only(self) -> None:
        derived = (TopicLabel("Attachment", TopicOrigin.DERIVED),)
        for batch in ([a_post(topics=derived), a_post(topics=["Empathy"])], [a_post(topics=["Empathy"]), a_post()]):
            (merged,) = results([], batch)
            assert [label.name for label in merged.change.post.topics] == ["Empathy"]


class TestACorrectedTitle:
    def test_a_corrected_title_revises_the_post_and_keeps_its_id(self) -> None:
        existing = a_post(title="Burnuot affects outcomes", summary=LONG)
        (merged,) = results(known(existing), [a_post(title="Burnout affects outcomes", summary=LONG)])
        assert merged.change.effect is Effect.REVISED
        assert merged.change.post == replace(existing, title="Burnout affects outcomes")

    def test_the_words_tell_when_the_title_is_another_altogether(self) -> None:
        edited = (f"{LONG[0]} One remark was added.",)
        existing = a_post(title="What the alliance does", summary=LONG)
        assert effects(known(existing), a_post(title="Trust early on", summary=edited)) == [Effect.REVISED]

    def test_a_near_title_and_half_of_the_words_tell(self) -> None:
        existing = a_post(title="The effects of trusting early", summary=LONG, implications=())
        incoming = a_post(title="Effects of trusting early", summary=HALF, implications=())
        assert effects(known(existing), incoming) == [Effect.REVISED]

    def test_a_doi_tells_though_the_citation_is_worded_anew(self) -> None:
        existing = a_post(title="Trust", summary=LONG, citation=Citation("Doe (2020). Trust.", doi="10.1000/AB"))
        incoming = a_post(title="Trust early on", summary=LONG, citation=Citation("Doe, J. Trust.", doi="10.1000/ab"))
        assert effects(known(existing), incoming) == [Effect.REVISED]

    def test_two_dois_are_two_works(self) -> None:
        one, other = (Citation("Doe (2020). Trust.", doi=f"10.1000/{number}") for number in (1, 2))
        existing = a_post(title="Trust", summary=LONG, citation=one)
        incoming = a_post(title="Trust early on", summary=LONG, citation=other)
        assert effects(known(existing), incoming) == [Effect.ADDED]

    def test_posts_without_citation_are_told_by_their_words(self) -> None:
        existing = a_post(title="Trust", summary=LONG, citation=None)
        assert effects(known(existing), a_post(title="Trust early on", summary=LONG, citation=None)) == [Effect.REVISED]

    def test_a_few_words_in_common_do_not_make_one_post_of_two(self) -> None:
        for text in ("Text", "A summary of nine words says nothing of its own."):
            existing = a_post(title="Foo", summary=(text,), citation=None, implications=())
            incoming = a_post(title="Foo4", summary=(text,), citation=None, implications=())
            assert effects(known(existing), incoming) == [Effect.ADDED]

    def test_a_mistyped_title_over_a_few_words_is_corrected(self) -> None:
        existing = a_post(title="Trusting early on", summary=("Text",), implications=())
        incoming = a_post(title="Trusting earlyon", summary=("Text",), implications=())
        assert effects(known(existing), incoming) == [Effect.REVISED]

    def test_another_citation_is_another_post(self) -> None:
        existing = a_post(title="Trust", summary=LONG)
        incoming = a_post(title="Trust early on", summary=LONG, citation=HANDBOOK)
        assert effects(known(existing), incoming) == [Effect.ADDED]

    def test_chapters_of_one_handbook_stay_several(self) -> None:
        existing = a_post(title="Therapy for low mood", summary=LONG, citation=HANDBOOK, implications=())
        incoming = a_post(title="Therapy for panic", summary=OTHER, citation=HANDBOOK, implications=())
        assert effects(known(existing), incoming) == [Effect.ADDED]

    def test_parts_of_one_chapter_stay_several(self) -> None:
        for origin in PostOrigin:
            existing = a_post(title="A chapter, part 1", summary=LONG, citation=HANDBOOK, origin=origin)
            incoming = a_post(title="A chapter, part 2", summary=OTHER, citation=HANDBOOK)
            assert effects(known(existing), incoming) == [Effect.ADDED]

    def test_a_near_title_over_other_words_is_another_post(self) -> None:
        existing = a_post(title="Effects of therapist training", summary=LONG, citation=HANDBOOK, implications=())
        incoming = a_post(title="Effects of therapists training", summary=OTHER, citation=HANDBOOK, implications=())
        assert effects(known(existing), incoming) == [Effect.ADDED]

    def test_a_post_that_is_met_by_its_title_is_not_taken_for_another(self) -> None:
        existing = a_post(title="Trust", summary=LONG)
        batch = [a_post(title="Trust early on", summary=LONG), a_post(title="Trust", summary=LONG)]
        assert effects(known(existing), *batch) == [Effect.ADDED, Effect.UNCHANGED]

    def test_each_post_is_met_once_and_the_likeliest_pair_first(self) -> None:
        first = a_post(title="Trust in therapy early on", summary=LONG)
        second = a_post(title="Trust in therapy later on", summary=LONG)
        batch = [a_post(title="Trusts in therapy later on", summary=LONG), a_post(title="Trust in", summary=LONG)]
        assert [one.before for one in results(known(first, second), batch)] == [second, first]


class TestAnEarlierTitle:
    def test_an_earlier_title_leads_to_the_post(self) -> None:
        existing = a_post(title="Trust early on", summary=LONG, citation=HANDBOOK)
        former = frozenset({identify(existing.month, "Trust")})
        (merged,) = results([Known(existing, former)], [a_post(title="Trust", summary=OTHER)])
        assert (merged.before, merged.change.post.id) == (existing, existing.id)

    def test_the_id_that_an_export_carries_leads_to_the_post(self) -> None:
        existing = a_post(title="Trust early on", summary=LONG)
        (merged,) = results(known(existing), [replace(a_post(title="Bonds"), summary=OTHER, id=existing.id)])
        assert (merged.before, merged.change.post.id) == (existing, existing.id)

    def test_an_id_leads_to_no_post_of_another_month(self) -> None:
        existing = a_post("2021-07")
        (merged,) = results(known(existing), [replace(a_post("2021-08", "Bonds"), id=existing.id)])
        assert merged.change.effect is Effect.ADDED
        assert merged.change.post.id == identify(Month(2021, 8), "Bonds")

    def test_an_earlier_title_beside_the_present_one_is_a_post_of_its_own(self) -> None:
        existing = replace(a_post(title="Trust early on", summary=LONG), id=identify(Month(2021, 7), "Trust"))
        batch = [a_post(title="Trust", summary=OTHER), a_post(title="Trust early on", summary=LONG)]
        new, met = results(known(existing), batch)
        assert (new.change.effect, met.change.effect) == (Effect.ADDED, Effect.UNCHANGED)
        assert new.change.post.id == identify(Month(2021, 7), "Trust 2")

    def test_a_new_post_keeps_the_id_that_it_brings(self) -> None:
        (merged,) = results([], [replace(a_post(), id="0123456789ab")])
        assert merged.change.post.id == "0123456789ab"

    def test_an_id_that_is_none_or_taken_is_not_kept(self) -> None:
        for name in ("", "no id at all", "0123456789ab"):
            (merged,) = results([], [replace(a_post(), id=name)], taken={"0123456789ab"})
            assert merged.change.post.id == identify(a_post().month, a_post().title)

    def test_an_id_that_another_post_of_the_batch_has_by_right_is_not_kept(self) -> None:
        rightful = a_post(title="Bonds")
        batch = [replace(a_post(), id=rightful.id), rightful]
        assert [one.change.post.id for one in results([], batch)] == [a_post().id, rightful.id]


class TestAnAddress:
    HERE, THERE = "https://example.org/trust", "http://example.org/trust"

    def test_an_address_leads_to_a_post_of_another_month(self) -> None:
        existing = a_post("2021-01", sequence=3, url=self.HERE)
        (merged,) = results(known(existing), [replace(a_post("2021-02"), url=self.THERE)])
        assert merged.change == Change(
            Effect.REVISED, replace(existing, month=Month(2021, 2), sequence=1, url=self.THERE)
        )
        assert merged.before == existing

    def test_an_address_leads_to_a_post_under_another_title_or_in_other_words(self) -> None:
        existing = a_post(title="Trust", summary=LONG, url=self.HERE)
        for other in (
            replace(existing, title="Bonds", citation=HANDBOOK),
            replace(existing, summary=OTHER, month=Month(2021, 8)),
        ):
            (merged,) = results(known(existing), [replace(other, id="")])
            assert (merged.change.effect, merged.change.post.id) == (Effect.REVISED, existing.id)

    def test_a_page_of_another_post_is_no_identity(self) -> None:
        existing = a_post("2021-01", "Trust", summary=LONG, implications=(), url=self.HERE)
        incoming = a_post("2021-02", "Empathy", summary=OTHER, implications=(), url=self.HERE)
        assert effects(known(existing), incoming) == [Effect.ADDED]

    def test_an_address_that_several_posts_bear_is_no_identity(self) -> None:
        old, older, new, newer = (a_post(f"2021-0{month}", url=self.HERE) for month in (1, 2, 3, 4))
        assert effects(known(old, older), new) == [Effect.ADDED]
        assert effects(known(old), new, newer) == [Effect.ADDED] * 2
        assert effects(known(old), old, new) == [Effect.UNCHANGED, Effect.ADDED]
        assert merge(known(old), [new], shared={"example.org/trust"}).merged[0].before is None

    def test_no_address_is_no_identity(self) -> None:
        assert effects(known(a_post("2021-01")), a_post("2021-02")) == [Effect.ADDED]

    def test_addresses_of_other_kinds_tell_as_they_are(self) -> None:
        for url in ("tag:example.org,2021:trust", "ftp://example.org/trust"):
            assert effects(known(a_post("2021-01", url=url)), a_post("2021-02", url=url)) == [Effect.REVISED]
        assert effects(known(a_post("2021-01", url="ftp://a.org")), a_post("2021-02", url="http://a.org")) == [
            Effect.ADDED
        ]
