"""Laws of merging: nothing is lost, and what is met again changes nothing."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.merging.batches import merge
from bot.merging.claims import Known
from bot.model import Effect, Post, PostOrigin, identify
from tests.bot.merging.meeting import HALF, HANDBOOK, LONG, OTHER, effects, results
from tests.builders import a_post
from tests.strategies import posts, topic_labels


@st.composite
def meeting_posts(draw: st.DrawFn) -> Post:
    """Posts that are likely to meet one another: few months, titles, texts and citations."""
    post = a_post(
        draw(st.sampled_from(["2021-07", "2021-08"])),
        draw(st.sampled_from(["Trust", "Trust early on", "Trusts early on", "Trust 2", "trust!"])),
        summary=draw(st.sampled_from([LONG, OTHER, HALF])),
        citation=draw(st.sampled_from([None, HANDBOOK])),
        origin=draw(st.sampled_from(PostOrigin)),
        topics=draw(topic_labels),
        sequence=draw(st.sampled_from([0, 0, 3])),
        url=draw(st.sampled_from(["", "", "https://example.org/1", "http://example.org/1"])),
    )
    return replace(post, id=draw(st.sampled_from([post.id, identify(post.month, "Trust"), "0123456789ab"])))


batches = st.lists(posts() | meeting_posts(), max_size=6)


@given(batches, batches)
def test_a_batch_met_again_changes_nothing(before: list[Post], batch: list[Post]) -> None:
    archive = merged_into([], before)
    archive = merged_into(archive, batch)
    assert set(effects(archive, *batch)) <= {Effect.UNCHANGED}


@given(batches, batches)
def test_no_post_is_lost_or_met_twice(before: list[Post], batch: list[Post]) -> None:
    archive = merged_into([], before)
    merged = results(archive, batch)
    ids = [one.change.post.id for one in merged]
    assert len(set(ids)) == len(ids) == len({identify(post.month, post.title) for post in batch})
    assert all(one.change.post.id == one.before.id for one in merged if one.before)
    after = merged_into(archive, batch)
    assert {one.post.id for one in archive} <= {one.post.id for one in after}
    assert len({identify(one.post.month, one.post.title) for one in after}) == len(after)


def merged_into(archive: list[Known], batch: list[Post]) -> list[Known]:
    """Return an archive after a batch, as a store would hold it."""
    after = {one.post.id: one for one in archive}
    opening = batch[0].month if batch else None
    changes = merge(archive, batch, set(after), opening)
    for one in changes.merged:
        former = after[one.before.id].former | {identify(one.before.month, one.before.title)} if one.before else set()
        after[one.change.post.id] = Known(one.change.post, frozenset(former))
    for post in changes.moved:
        after[post.id] = replace(after[post.id], post=post)
    return list(after.values())
