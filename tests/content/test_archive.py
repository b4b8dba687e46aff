"""The starter archive: facts as printed, words of our own, topics that exist."""

import re
from importlib import resources
from importlib.resources.abc import Traversable

import pytest
import yaml

from bot.folding import words
from bot.model import Month
from bot.topics.catalogue import load_catalogue

FILES = sorted(
    (file for file in resources.files("content").joinpath("archive").iterdir() if file.name.endswith(".md")),
    key=lambda file: file.name,
)
TOPICS = {topic.name for topic in load_catalogue().topics}

each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


def read(file: Traversable) -> tuple[dict[str, object], str, str]:
    """Return what the file says about the post, its summary and its implications."""
    _, front, body = file.read_text(encoding="utf-8").split("---\n", 2)
    summary, implications = body.split("\n## Practice Implications\n")
    return yaml.safe_load(front), summary, implications


def test_there_are_six_posts() -> None:
    assert len(FILES) == 6


@each_file
def test_a_starter_post_says_that_it_is_one(file: Traversable) -> None:
    front, _, _ = read(file)
    assert front["origin"] == "starter"
    assert set(front) <= {"title", "month", "citation", "doi", "topics", "origin"}


@each_file
def test_the_file_is_named_by_month_and_title(file: Traversable) -> None:
    front, _, _ = read(file)
    month = Month.parse(str(front["month"]))
    assert file.name == f"{month}-{'-'.join(words(str(front['title'])))}.md"


@each_file
def test_the_doi_is_the_one_in_the_citation(file: Traversable) -> None:
    front, _, _ = read(file)
    printed = re.findall(r"10\.\d{4,}/[\w.-]*\w", str(front["citation"]))
    assert printed == ([front["doi"]] if "doi" in front else [])


@each_file
def test_the_topics_are_in_the_catalogue_and_in_order(file: Traversable) -> None:
    topics = read(file)[0]["topics"]
    assert isinstance(topics, list)
    assert set(topics) <= TOPICS
    assert topics == sorted(topics)


@each_file
def test_a_clinician_reads_it_between_two_clients(file: Traversable) -> None:
    _, summary, implications = read(file)
    assert 90 <= len(summary.split()) <= 160
    assert 40 <= len(implications.split()) <= 90


@each_file
def test_signs_and_figures_are_typographic(file: Traversable) -> None:
    _, summary, implications = read(file)
    assert not re.search(r"-\.\d|= -|'", summary + implications)
