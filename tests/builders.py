"""Values for tests, with only what a test speaks of spelled out."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.channels import Channel
from bot.model import Citation, Month, Post, TopicLabel, TopicOrigin, identify
from bot.subscriptions import Filter, Subscription


def a_post(month: str = "2021-07", title: str = "Burnout affects outcomes", **given: Any) -> Post:
    """Return a whole post; the keywords are `Post`'s fields, topics may be plain names (then said by the site)."""
    when = Month.parse(month)
    given["topics"] = tuple(
        topic if isinstance(topic, TopicLabel) else TopicLabel(topic, TopicOrigin.SITE)
        for topic in given.get("topics", ())
    )
    whole = Post(
        id=identify(when, title),
        month=when,
        title=title,
        summary=("The authors asked 49 therapists and 2223 of their patients. Burnout went with poorer outcomes.",),
        citation=Citation("Doe, J. (2020). A study. Journal, 1, 2-3."),
        implications=("Look after therapists. Their patients gain.",),
    )
    return replace(whole, **given)


def a_channel(name: str = "C1", workspace: str = "T1", platform: str = "slack") -> Channel:
    """Return a channel."""
    return Channel(platform, workspace, name)


def a_subscription(channel: Channel | str = "C1", *topics: str, **given: Any) -> Subscription:
    """Return an active subscription to some topics, or to everything; the keywords are `Subscription`'s fields."""
    whole = Subscription(
        id=0,
        channel=a_channel(channel) if isinstance(channel, str) else channel,
        label="#research",
        private=False,
        by="U1",
        since=datetime(2026, 2, 1, 9, tzinfo=UTC),
        filter=Filter(topics),
    )
    return replace(whole, **given)
