"""The starter archive: facts as printed, words of our own, topics that exist."""

import re
from importlib import resources
from importlib.resources.abc import Traversable

import pytest

from adapters.sources.postfile import read_post
from bot.folding import words
from bot.model import Post, PostOrigin, TopicOrigin, identify
from bot.reading import studied
from bot.topics.loading import load_catalogue

FILES = sorted(resources.files("content").joinpath("archive").iterdir(), key=lambda file: file.name)
TOPICS = {topic.name for topic in load_catalogue().topics}

each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


def read(file: Traversable) -> Post:
    return read_post(file.name, file.read_text(encoding="utf-8"))


def test_there_are_six_posts() -> None:
    assert len({read(file).id for file in FILES}) == 6


@each_file
def test_a_starter_post_says_that_it_is_one(file: Traversable) -> None:
    post = read(file)
    assert post.origin is PostOrigin.STARTER
    assert post.id == identify(post.month, post.title)


@each_file
def test_the_file_is_named_by_month_and_title(file: Traversable) -> None:
    post = read(file)
    assert file.name == f"{post.month}-{'-'.join(words(post.title))}.md"


@each_file
def test_the_citation_can_be_read(file: Traversable) -> None:
    citation = read(file).citation
    assert citation is not None
    assert citation.authors
    assert citation.year
    assert citation.title
    assert citation.container


@each_file
def test_a_doi_stands_in_the_citation_and_on_its_own(file: Traversable) -> None:
    citation = read(file).citation
    assert citation is not None
    assert bool(citation.doi) is ("doi.org" in citation.text)
    assert (f"\ndoi: {citation.doi}\n" in file.read_text(encoding="utf-8")) is bool(citation.doi)


@each_file
def test_the_topics_are_in_the_catalogue(file: Traversable) -> None:
    labels = read(file).topics
    assert {label.name for label in labels} <= TOPICS
    assert {label.origin for label in labels} == {TopicOrigin.CONTENT}


@each_file
def test_it_says_in_one_sentence_who_and_how_many_were_studied(file: Traversable) -> None:
    assert studied(read(file))


@each_file
def test_a_clinician_reads_it_between_two_clients(file: Traversable) -> None:
    post = read(file)
    assert 90 <= len(" ".join(post.summary).split()) <= 160
    assert 40 <= len(" ".join(post.implications).split()) <= 90


@each_file
def test_signs_and_quotes_are_typographic(file: Traversable) -> None:
    post = read(file)
    assert not re.search(r"[-–]\.\d|= -|['\"]", " ".join(post.summary + post.implications))
