"""What a visit to a source brought, and whether it can be believed.

A source that changes its looks is read without an error, only wrongly. So every visit leaves some figures behind, and
the next one is held against them before anything is written.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from math import sqrt

from bot.model import Reading

UNREADABLE_SHARE = 0.1
"""Which share of a visit's lines may fit no rule. The blog's own pages have none; a page's menu, unread, is a third."""

UNREADABLE_GROWTH = 1.5
"""By how much the share may grow from one visit to the next, where it was larger already."""

LOST_TOPICS_SHARE = 0.1
"""Which share of the topics that a source assigns may be gone at the next whole visit."""

SHAPE_SLACK = 0.15
"""How far the shape may move between two visits of very many posts; see `compare`."""


class AlarmKind(StrEnum):
    """What can be wrong with a visit."""

    FEWER_POSTS = "fewer posts"
    UNREADABLE = "unreadable lines"
    SHAPE = "another shape"
    FEWER_TOPICS = "fewer topics"


@dataclass(frozen=True, slots=True)
class Alarm:
    """Why a visit is not believed: the kind, and a sentence for the operator."""

    kind: AlarmKind
    what: str


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """What is kept of a visit to hold the next one against. None of it is text of the source.

    Attributes:
        full: whether the whole source was read, or only as far back as something new was.
        pages: how many pages were read.
        posts: how many different posts they held.
        opening: how many posts the first page held.
        lines: how many lines the pages held.
        unplaced: how many of them fitted no rule.
        topics: how many topics the source assigns to its posts, summed over the posts.
        shape: how many lines each rule of the grammar read, by the rule's name.
    """

    full: bool
    pages: int
    posts: int
    opening: int
    lines: int
    unplaced: int
    topics: int = 0
    shape: tuple[tuple[str, int], ...] = ()

    @property
    def unreadable(self) -> float:
        """The share of lines that fitted no rule."""
        return self.unplaced / max(self.lines, 1)


@dataclass(frozen=True, slots=True)
class Remembered:
    """A visit that was believed: its facts, and when it was, an aware time."""

    facts: VisitFacts
    at: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visit brought.

    Attributes:
        readings: the pages, each post standing in one of them only, newest first.
        kinds: the types of research that the source names, by the posts' ids, each in the source's own word.
        facts: what to keep of it.
        remarks: what the operator should know though nothing is wrong, a sentence each.
        bare: the ids of the posts that stand on none of its topics' lists, where it has such lists and all were read.
    """

    readings: tuple[Reading, ...]
    kinds: Mapping[str, str]
    facts: VisitFacts
    remarks: tuple[str, ...] = ()
    bare: frozenset[str] = frozenset()


def compare(previous: VisitFacts | None, this: VisitFacts) -> tuple[Alarm, ...]:
    """Return what speaks against believing a visit; nothing when it can be believed.

    The shape is how many lines each rule read for each post. It has moved when one of these figures differs from the
    last visit's by more than `SHAPE_SLACK` + 1/sqrt(posts), relative to the figure where that is above one: the
    standard deviation of a share is at most 1/(2 sqrt(posts)), so that two of them are left to chance.

    Args:
        previous: the last visit of the same extent that was believed; `None` if there was none.
        this: the visit in question.
    """
    return (*_unreadable(previous, this), *(_differences(previous, this) if previous else ()))


def write_facts(facts: VisitFacts) -> str:
    """Return facts as JSON."""
    return json.dumps(asdict(facts) | {"shape": dict(facts.shape)})


def read_facts(text: str) -> VisitFacts:
    """Return facts that `write_facts` wrote, in this version or an older one.

    Raises:
        ValueError: the text is nothing of the kind.
    """
    data = json.loads(text)
    try:
        shape = tuple((str(rule), int(count)) for rule, count in data.pop("shape", {}).items())
        return VisitFacts(**data, shape=shape)
    except (AttributeError, TypeError) as error:
        raise ValueError("these are no facts of a visit") from error


def _unreadable(previous: VisitFacts | None, this: VisitFacts) -> Iterator[Alarm]:
    allowed = max(UNREADABLE_SHARE, UNREADABLE_GROWTH * previous.unreadable if previous else 0)
    if this.unreadable > allowed:
        share = f"{this.unreadable:.0%}; up to {allowed:.0%} would do"
        yield Alarm(AlarmKind.UNREADABLE, f"{this.unplaced} of {this.lines} lines fitted no rule ({share}).")


def _differences(previous: VisitFacts, this: VisitFacts) -> Iterator[Alarm]:
    if this.full and previous.full:
        if this.posts < previous.posts:
            yield _fewer(f"The source held {previous.posts} posts at the last visit and holds {this.posts} now.")
        if this.topics < previous.topics * (1 - LOST_TOPICS_SHARE):
            what = f"The source gave its posts {previous.topics} topics in all at the last visit and {this.topics} now."
            yield Alarm(AlarmKind.FEWER_TOPICS, what)
    if this.opening < previous.opening:
        yield _fewer(f"Its first page held {previous.opening} posts at the last visit and holds {this.opening} now.")
    yield from _moved(previous, this)


def _fewer(what: str) -> Alarm:
    return Alarm(AlarmKind.FEWER_POSTS, what)


def _moved(previous: VisitFacts, this: VisitFacts) -> Iterator[Alarm]:
    before, now = dict(previous.shape), dict(this.shape)
    slack = SHAPE_SLACK + 1 / sqrt(max(1, min(previous.posts, this.posts)))
    for rule in dict.fromkeys((*before, *now)):
        was, is_now = before.get(rule, 0) / max(previous.posts, 1), now.get(rule, 0) / max(this.posts, 1)
        if abs(is_now - was) > slack * max(1, was):
            what = f"Lines read as {rule}: {was:.1f} for each post at the last visit, {is_now:.1f} now."
            yield Alarm(AlarmKind.SHAPE, what)
