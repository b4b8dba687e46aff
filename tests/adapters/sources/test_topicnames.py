"""Topic names in files: spelled as the catalogue has them, refused with advice, or left out and reported."""

import json
from pathlib import Path

import pytest

from adapters.sources.files import read_path
from adapters.sources.jsonlines import read_posts, write_posts
from adapters.sources.topicnames import TopicNames
from bot.errors import ContentError
from bot.model import TopicLabel, TopicOrigin, Unplaced
from bot.topics.catalogue import Catalogue, Topic
from bot.topics.index import TopicIndex
from tests.builders import a_post

TOPICS = TopicIndex(Catalogue((
    Topic("Burnout", None, ("exhaustion",)), Topic("Client Preferences", 17), Topic("Client Factors", 16),
    Topic("Trauma and/or PTSD", 50, ("PTSD",)), Topic("Training", 48, ("burnout",)),
), ""))  # fmt: skip


def markdown(*lines: str) -> str:
    return "\n".join(["---", "title: Tired Therapists", "month: 2021-07", *lines, "---", "", "They were tired."])


def refusal(path: Path) -> str:
    with pytest.raises(ContentError) as refused:
        list(read_path(path, topics=TOPICS))
    return refused.value.human


def test_names_become_the_catalogues_own_spelling(tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(markdown(
        "topics: [burnout, Client preferences]", "site topics: TRAUMA or PTSD", "derived topics: [client-factors]",
    ))  # fmt: skip
    (reading,) = read_path(tmp_path, topics=TOPICS)
    assert reading.posts[0].topics == (
        TopicLabel("Burnout", TopicOrigin.CONTENT), TopicLabel("Client Factors", TopicOrigin.DERIVED),
        TopicLabel("Client Preferences", TopicOrigin.CONTENT), TopicLabel("Trauma and/or PTSD", TopicOrigin.SITE),
    )  # fmt: skip
    assert not reading.unplaced


def test_names_in_json_lines_become_it_too(tmp_path: Path) -> None:
    (tmp_path / "archive.jsonl").write_text("\n".join(write_posts([a_post(topics=("training", "burnout"))])))
    (reading,) = read_path(tmp_path, topics=TOPICS)
    assert [label.name for label in reading.posts[0].topics] == ["Burnout", "Training"]


@pytest.mark.parametrize(("written", "advice"), [
    ("Clinet Factors", "write `Client Factors`"),
    ("ptsd", "write `Trauma and/or PTSD`"),
    ("client", "write `Client Preferences` or `Client Factors`"),
    ("burnuot", "write `Burnout` or `Training`"),
    ("Tr", "write `Training` or `Trauma and/or PTSD`"),
    ("Nonsense", "`pprnet topics` lists all there are"),
])  # fmt: skip
def test_a_name_that_a_person_wrote_wrong_is_refused_with_the_nearest(
    tmp_path: Path, written: str, advice: str
) -> None:
    file = tmp_path / "post.md"
    file.write_text(markdown("topics:", "  - Training", f"  - {written}"))
    assert refusal(file) == f"{file}, line 6: there is no topic `{written}`; {advice}."
    named = [{"name": written, "origin": "content"}]
    line = json.dumps({"month": "2021-07", "title": "Tired", "summary": ["One."], "topics": named})
    file.write_text(f"\n{line}\n")
    file = file.rename(tmp_path / "posts.jsonl")
    assert refusal(file) == f"{file}, line 2: there is no topic `{written}`; {advice}."


@pytest.mark.parametrize("origin", [TopicOrigin.SITE, TopicOrigin.DERIVED])
def test_a_topic_that_an_export_has_and_the_catalogue_no_longer_is_left_out_and_reported(
    tmp_path: Path, origin: TopicOrigin
) -> None:
    why = "there is no such topic any more, so the post does not get it"
    (tmp_path / "a.md").write_text(markdown(f"{origin} topics:", "- Grafting", "- Training"))
    labels = (TopicLabel("Grafting", origin), TopicLabel("Training", origin))
    posts = [a_post(title=title, topics=labels) for title in ("One", "Two")]
    (tmp_path / "b.jsonl").write_text("\n".join(write_posts(posts)))
    by_hand, exported = read_path(tmp_path, topics=TOPICS)
    assert {post.topics for post in (*by_hand.posts, *exported.posts)} == {(TopicLabel("Training", origin),)}
    assert list(by_hand.unplaced) == [Unplaced(5, "Grafting", why)]
    assert list(exported.unplaced) == [Unplaced(1, "Grafting", why), Unplaced(2, "Grafting", why)]


def test_one_topic_spelled_in_two_ways_is_one_too_many(tmp_path: Path) -> None:
    file = tmp_path / "post.md"
    file.write_text(markdown("topics: [Burnout]", "site topics: [burnout]"))
    assert "line 5: the topic Burnout stands here for a second time" in refusal(file)
    with pytest.raises(ContentError) as refused:
        read_posts("a", "\n".join(write_posts([a_post(topics=("Burnout", "Burnout"))])))
    assert "line 1: the topic Burnout stands here for a second time" in refused.value.human


def test_without_a_catalogue_names_are_taken_as_they_are_written() -> None:
    assert TopicNames("a").labels([(1, "Grafting", TopicOrigin.CONTENT)]) == (
        TopicLabel("Grafting", TopicOrigin.CONTENT),
    )
