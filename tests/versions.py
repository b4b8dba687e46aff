"""What fills a database that an earlier version made, as that version would."""

from collections.abc import Callable

from sqlalchemy import Connection, text

from bot.model import Author, Citation, Month, Post, TopicLabel, TopicOrigin


def fill_0001(connection: Connection) -> None:
    """Fill a database of the first version as that version would."""
    insert(
        connection,
        "posts",
        id="5d4140aef8c2",
        identity="aaaaaaaaaaaa",
        month=202107,
        sequence=2,
        origin="imported",
        title="β = −.31, “quoted”",
        url="https://example.org/1",
        summary='["One.","Two < three."]',
        implications="[]",
        note='["A note."]',
        citation="Řehoř, J. (2020). A work. Journal, 1(2), 3–4.",
        cited_authors='[["Řehoř","J."]]',
        cited_year=2020,
        cited_title="A work",
        cited_container="Journal",
        cited_volume="1",
        cited_issue="2",
        cited_pages="3–4",
        doi="10.1000/1",
    )
    place = {"post_id": "5d4140aef8c2", "month": 202107, "sequence": 2}
    insert(connection, "post_topics", name="Empathy", origin="derived", **place)
    insert(connection, "topic_totals", name="Empathy", posts=1)
    insert(connection, "former_identities", post_id="5d4140aef8c2", identity="5d4140aef8c2")
    words = (
        '{"id":"5d4140aef8c2","month":"2021-07","title":"Before","summary":["Old."],"citation":null,"implications":[],'
        '"note":[],"topics":[],"url":"","origin":"imported","sequence":2}'
    )
    insert(
        connection, "revisions", post_id="5d4140aef8c2", number=1, until="2026-03-01 12:00:00.000000+00", words=words
    )
    noon = {"at": "2026-03-01 12:00:00.000000+00", "source": "page.txt"}
    insert(connection, "imports", **noon, added=1, replaced=0, revised=0, unchanged=0)
    connection.execute(text("UPDATE archive SET revision = 2, posts = 1, oldest = 202107, newest = 202107"))


def insert(connection: Connection, table: str, **values: object) -> None:
    columns, markers = ", ".join(values), ", ".join(f":{name}" for name in values)
    statement = f"INSERT INTO {table} ({columns}) VALUES ({markers})"  # noqa: S608 - the names are ours, above
    connection.execute(text(statement), values)


def fill_0002(connection: Connection) -> None:
    """Fill a database of the second version as that version would."""
    fill_0001(connection)
    connection.execute(text("UPDATE posts SET address = 'a42646a3f91a2e35'"))


def fill_0003(connection: Connection) -> None:
    """Fill a database of the third version as that version would."""
    fill_0002(connection)
    noon = "2026-03-01 12:00:00.000000+00"
    asked = {"filter": '[["Empathy"],[]]', "filter_key": "7b33bd0a58c4c4de"}
    insert(connection, "lanes", name="slack:07", platform="slack", owner="worker", until=noon)
    insert(
        connection,
        "subscriptions",
        id=1,
        platform="slack",
        workspace="T1",
        channel="C1",
        lane="slack:07",
        label="#research",
        private=False,
        by="U1",
        by_name="Ada",
        since=noon,
        **asked,
        state="active",
        state_since=noon,
        why="",
    )
    insert(connection, "editions", id=1, mark="0a1b2c3d", frozen_at=noon, state="open", planned_at=noon)
    insert(connection, "news", post_id="5d4140aef8c2", since=noon, edition_id=1)
    insert(connection, "selections", id=1, edition_id=1, **asked, posts="5d4140aef8c2")
    insert(
        connection,
        "deliveries",
        id=1,
        subscription_id=1,
        edition_id=1,
        selection_id=1,
        lane="slack:07",
        state="sent",
        state_since=noon,
        unsure=False,
        attempts=1,
        first_tried_at=noon,
        intended_at=noon,
        message="1700000000.000100",
        url="https://example.slack.com/1",
        why="",
    )
    connection.execute(text("UPDATE agenda SET settled = :noon, begun = :noon, looked_at = :noon"), {"noon": noon})
    insert(connection, "registrations", application="discord:1", fingerprint="abc")


def fill_0004(connection: Connection) -> None:
    """Fill a database of the fourth version as that version would."""
    fill_0003(connection)
    insert(connection, "vectors", model="minilm", key="0a1b2c3d4e5f60718293a4b5c6d7e8f9", vector=b"\x01\xff")


def fill_0005(connection: Connection) -> None:
    """Fill a database of the fifth version as that version would."""
    fill_0004(connection)
    noon = "2026-03-01 12:00:00.000000+00"
    blog = "https://example.org/blog"
    facts = '{"full": true, "pages": 1, "posts": 1, "opening": 1, "lines": 9, "unplaced": 0, "topics": 1, "shape": {}}'
    insert(connection, "visits", source=blog, whole=True, at=noon, facts=facts)
    insert(connection, "doubts", source=blog, since=noon, why="It sleeps.")
    insert(connection, "sightings", source=blog, post_id="5d4140aef8c2")
    insert(connection, "dois", citation="0a1b2c3d4e5f6071", doi="10.1000/2", looked_at=noon)


def fill_0006(connection: Connection) -> None:
    """Fill a database of the sixth version as that version would."""
    fill_0005(connection)
    later = "2026-03-02 12:00:00.000000+00"
    connection.execute(text("UPDATE doubts SET rests_until = :later, whole = :yes"), {"later": later, "yes": True})


FILLED: dict[str, Callable[[Connection], None]] = {
    "0001": fill_0001,
    "0002": fill_0002,
    "0003": fill_0003,
    "0004": fill_0004,
    "0005": fill_0005,
    "0006": fill_0006,
}
"""For each migration, what fills a database that is at it; written once and never changed."""

HELD = Post(
    id="5d4140aef8c2",
    month=Month(2021, 7),
    title="β = −.31, “quoted”",
    summary=("One.", "Two < three."),
    citation=Citation(
        "Řehoř, J. (2020). A work. Journal, 1(2), 3–4.",
        (Author("Řehoř", "J."),),
        2020,
        "A work",
        "Journal",
        "1",
        "2",
        "3–4",
        "10.1000/1",
    ),
    note=("A note.",),
    topics=(TopicLabel("Empathy", TopicOrigin.DERIVED),),
    url="https://example.org/1",
    sequence=2,
)
