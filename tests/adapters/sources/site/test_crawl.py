"""Visits to the blog."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.model import Post, TopicLabel, TopicOrigin
from tests.adapters.sources.site.visiting import a_source, posts_of, whole
from tests.loops import on_a_loop
from tests.standins.site import SiteStandIn
from tests.standins.site_pages import Markup
from tests.standins.site_posts import KINDS, TOPICS, SitePost, invented


def expected(post: SitePost) -> Post:
    topics = tuple(TopicLabel(name, TopicOrigin.SITE) for name in sorted(TOPICS[number] for number in post.topics))
    return replace(post.as_post(), topics=topics)


@pytest.mark.parametrize("markup", Markup)
@on_a_loop
async def test_a_whole_visit_brings_every_post_once_with_its_topics_and_type(markup: Markup, tmp_path: Path) -> None:
    async with SiteStandIn(invented(40), markup) as site:
        visit = await whole(a_source(site, tmp_path))
    assert posts_of(visit) == [expected(post) for post in site.posts]
    assert visit.kinds == {post.id: KINDS[post.kind] for post in site.posts}
    assert not [line for reading in visit.readings for line in reading.unplaced]
    assert visit.facts.posts == 40
    assert not visit.remarks
