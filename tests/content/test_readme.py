"""What the guide to the content files says is so."""

import re
from pathlib import Path

import pytest

from adapters.sources.postfile import read_post
from bot.errors import ContentError
from bot.topics.catalogue import Topic
from bot.topics.loading import load_catalogue, read_catalogue

CONTENT = Path(__file__).parents[2] / "content"
GUIDE = (CONTENT / "README.md").read_text(encoding="utf-8")


def example(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    assert found
    return found[1]


def test_the_example_of_a_topic_is_one() -> None:
    assert read_catalogue("README.md", example("yaml")).topics == (
        Topic("Grief and Loss", None, ("grief", "bereavement"), ("loss",)),
    )


def test_the_example_of_a_post_is_one() -> None:
    post = read_post("README.md", example("markdown"))
    assert post.citation is not None
    assert post.citation.doi == "10.1234/example"
    assert {label.name for label in post.topics} <= {topic.name for topic in load_catalogue().topics}
    assert post.implications


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        ("- name: A\n\tid: 1", "There is a tab here or in the line above"),
        ("- name: 'A", "This is not YAML"),
        ("- name: A", "Write either the blog's number of the topic, `id: 47`, or `ours: true`"),
        ("- name: A\n  alias: [b]", "A topic has no such line"),
        ("- name: A\n  id: 1\n  aliases:", "Write the words one a line, each after a dash"),
        ("- name: A\n  id: 1\n  aliases: [b, b]", "This topic has this word already"),
        ("- name: A\n  id: 1\n- name: A\n  id: 2", "This topic stands in line 1 already"),
        ("- name: A\n  id: 1\n- name: B\n  id: 1", "This id stands in line 2 already"),
    ],
)
def test_the_guide_explains_what_a_refusal_says(slip: str, told: str) -> None:
    with pytest.raises(ContentError) as refused:
        read_catalogue("topics.yaml", slip)
    assert told in refused.value.human
    assert f"| {re.sub(r'line [0-9]+', 'line ...', told)}" in GUIDE
