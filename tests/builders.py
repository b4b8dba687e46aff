"""Posts for tests, with only what a test speaks of spelled out."""

from dataclasses import replace
from typing import Any

from bot.model import Citation, Month, Post, TopicLabel, TopicOrigin, identify


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
