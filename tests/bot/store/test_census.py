"""How the posts are spread, on each store."""

from sqlalchemy import Engine

from bot.store.census import SqlCensus
from bot.store.recorder import SqlRecorder
from tests.apps import NOW
from tests.builders import a_post


def test_posts_are_counted_by_year_and_topic(engine: Engine, recorder: SqlRecorder) -> None:
    census = SqlCensus(engine)
    assert (census.years(), census.spread()) == ({}, {})
    recorder.record(
        [
            a_post("2021-12", "One", topics=["Burnout"]),
            a_post("2021-01", "Two", topics=["Burnout", "Empathy"]),
            a_post("2013-06", "Three", topics=[]),
        ],
        source="a test",
        at=NOW,
    )
    assert census.years() == {2021: 2, 2013: 1}
    assert census.spread() == {("Burnout", 2021): 2, ("Empathy", 2021): 1}
