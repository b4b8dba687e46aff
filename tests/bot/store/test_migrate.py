"""Migrations make the very tables that the code speaks of, from every earlier state, with data in them."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect, text

from bot.editions import DeliveryState, Edition, EditionState, Standing
from bot.model import Citation, Effect, Month, Post
from bot.ports.syncing import SourceStanding
from bot.store import migrate as module
from bot.store.agenda import SqlAgenda
from bot.store.announcing import deliveries
from bot.store.archive import Revision, SqlArchive
from bot.store.dois import SqlDois
from bot.store.engine import migrating
from bot.store.failures import StoreNewerError, StoreNotSetUpError
from bot.store.lanes import SqlLanes
from bot.store.ledger import SqlLedger
from bot.store.migrate import SCHEMA, is_current, migrate, require_current, revision_of
from bot.store.newsroom import SqlNewsroom
from bot.store.recorder import SqlRecorder
from bot.store.registrations import SqlRegistrations
from bot.store.subscriptions import SqlSubscriptions
from bot.store.visits import SqlVisits
from bot.visits import Remembered, VisitFacts
from tests.builders import a_channel, a_post, a_subscription
from tests.desk import Desk
from tests.versions import FILLED, HELD

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

Opened = Callable[..., Engine]


def revisions() -> list[str]:
    """Return every migration there is, the oldest first."""
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]


@pytest.fixture
def bare(opened: Opened, database_url: str) -> Engine:
    """A database without any tables, on each store."""
    return opened(database_url)


class TestTables:
    def test_the_newest_migration_is_the_one_that_is_asked_for(self) -> None:
        assert revisions()[-1] == SCHEMA
        assert revisions() == sorted(revisions())

    def test_the_migrations_make_the_tables(self, engine: Engine) -> None:
        with engine.connect() as connection:
            context = MigrationContext.configure(
                connection, opts={"compare_type": True, "compare_server_default": True}
            )
            assert compare_metadata(context, deliveries.metadata) == []

    def test_keys_indexes_and_constraints_are_the_tables_own(self, engine: Engine, bare: Engine) -> None:
        deliveries.metadata.create_all(bare)
        assert shape(engine) == shape(bare)


def shape(engine: Engine) -> dict[str, Any]:
    """Return whatever a database can tell of its tables."""
    looker = inspect(engine)
    return {
        table: {
            "columns": [{**column, "type": repr(column["type"])} for column in looker.get_columns(table)],
            "primary key": looker.get_pk_constraint(table),
            "foreign keys": looker.get_foreign_keys(table),
            "unique": looker.get_unique_constraints(table),
            "checks": sorted(looker.get_check_constraints(table), key=lambda check: str(check["name"])),
            "indexes": sorted(map(spelled_out, looker.get_indexes(table)), key=lambda index: str(index["name"])),
        }
        for table in looker.get_table_names()
        if table != "alembic_version"
    }


def spelled_out(index: Any) -> dict[str, Any]:
    """Return an index with the condition of a partial one as text: no two conditions are equal as objects."""
    options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return {**index, "dialect_options": options}


class TestMigrating:
    def test_a_fresh_database_becomes_an_empty_archive(self, bare: Engine) -> None:
        assert (revision_of(bare), is_current(bare)) == (None, False)
        migrate(bare)
        assert (revision_of(bare), is_current(bare)) == (SCHEMA, True)
        assert SqlArchive(bare).facts().posts == 0

    def test_migrating_again_changes_nothing(self, engine: Engine, archive: SqlArchive, recorder: SqlRecorder) -> None:
        recorder.record([a_post()], source="page.txt", at=NOON)
        before = archive.facts()
        migrate(engine)
        assert archive.facts() == before

    def test_two_archives_differ_from_the_start(self, opened: Opened, bare: Engine, tmp_path: Any) -> None:
        other = opened(f"sqlite:///{tmp_path}/other.db")
        for one in (bare, other):
            migrate(one)
        assert SqlArchive(bare).stamp() != SqlArchive(other).stamp()

    def test_a_migration_that_breaks_off_leaves_nothing_behind(self, bare: Engine) -> None:
        with breaking_off(bare, "archive"), pytest.raises(ZeroDivisionError):
            migrate(bare)
        assert (revision_of(bare), inspect(bare).get_table_names()) == (None, [])
        migrate(bare)
        assert is_current(bare)

    def test_several_processes_migrate_at_once(self, opened: Opened, database_url: str) -> None:
        script = (
            "import sys\n"
            "from bot.store.engine import open_engine\n"
            "from bot.store.migrate import migrate\n"
            "sys.stdin.readline()\n"
            "migrate(open_engine(sys.argv[1]))\n"
        )
        command = [sys.executable, "-c", script, database_url]
        processes = [subprocess.Popen(command, stdin=subprocess.PIPE, text=True) for _ in range(3)]
        for process in processes:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.close()
        assert [process.wait() for process in processes] == [0, 0, 0]
        assert SqlArchive(opened(database_url)).facts().posts == 0


@contextmanager
def breaking_off(engine: Engine, table: str) -> Any:
    """Break off when a table is to be created."""

    def stop(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if f"CREATE TABLE {table} " in statement:
            raise ZeroDivisionError

    event.listen(engine, "before_cursor_execute", stop)
    yield
    event.remove(engine, "before_cursor_execute", stop)


class TestVersions:
    def test_a_current_database_is_accepted(self, engine: Engine) -> None:
        require_current(engine)

    def test_a_database_without_tables_is_to_be_migrated(self, bare: Engine) -> None:
        with pytest.raises(StoreNotSetUpError, match="at migration None") as caught:
            require_current(bare)
        assert "pprnet migrate" in caught.value.human

    def test_a_newer_database_is_left_alone(self, engine: Engine) -> None:
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        for act in (require_current, migrate):
            with pytest.raises(StoreNewerError, match="at migration 9999"):
                act(engine)
        assert (is_current(engine), revision_of(engine)) == (False, "9999")

    def test_a_database_whose_migration_is_not_told_is_to_be_migrated(self, engine: Engine) -> None:
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM alembic_version"))
        with pytest.raises(StoreNotSetUpError):
            require_current(engine)


class TestEarlierVersions:
    def test_every_migration_has_its_data(self) -> None:
        assert list(FILLED) == revisions()

    @pytest.mark.parametrize("revision", revisions())
    def test_no_row_is_lost_on_the_way_up(self, bare: Engine, revision: str) -> None:
        with migrating(bare) as connection:
            module._upgrade(connection, revision)
            FILLED[revision](connection)
        migrate(bare)
        archive = SqlArchive(bare)
        assert list(archive.posts()) == [HELD]
        assert archive.topic_counts() == {"Empathy": 1}
        assert archive.history(HELD.id) == (Revision(NOON, Post(HELD.id, HELD.month, "Before", ("Old.",), sequence=2)),)
        assert archive.facts().stamp.startswith("2-")

    @pytest.mark.parametrize("revision", revisions())
    def test_a_post_is_found_by_its_address_afterwards(self, bare: Engine, revision: str) -> None:
        with migrating(bare) as connection:
            module._upgrade(connection, revision)
            FILLED[revision](connection)
        migrate(bare)
        moved = replace(HELD, month=Month(2021, 8), url="http://example.org/1", sequence=0)
        (change,) = SqlRecorder(bare).record([moved], source="feed.xml", at=NOON)
        assert (change.effect, change.post.id) == (Effect.REVISED, HELD.id)

    @pytest.mark.parametrize("revision", revisions())
    def test_nothing_that_is_there_already_becomes_news(self, bare: Engine, revision: str) -> None:
        with migrating(bare) as connection:
            module._upgrade(connection, revision)
            FILLED[revision](connection)
        migrate(bare)
        assert SqlNewsroom(bare).news(Month(2013, 1)) == ()

    @pytest.mark.parametrize("revision", [one for one in revisions() if one >= "0003"])
    def test_what_was_subscribed_and_announced_is_known_afterwards(self, bare: Engine, revision: str) -> None:
        with migrating(bare) as connection:
            module._upgrade(connection, revision)
            FILLED[revision](connection)
        migrate(bare)
        here = a_channel()
        kept = a_subscription(here, "Empathy", id=1, by_name="Ada", since=NOON, state_since=NOON)
        assert SqlSubscriptions(bare).among() == (kept,)
        assert SqlNewsroom(bare).editions() == (Edition(1, NOON, (HELD.id,), EditionState.OPEN, NOON),)
        (standing,) = SqlLedger(bare).standings()
        assert standing == Standing(
            "0a1b2c3d-1", 1, here, "#research", DeliveryState.SENT, NOON, 1, url="https://example.slack.com/1"
        )
        assert SqlAgenda(bare).ticks() == (NOON, None)
        assert SqlLanes(bare).holders() == ("worker",)
        assert SqlRegistrations(bare).registered("discord:1") == "abc"

    @pytest.mark.parametrize("revision", [one for one in revisions() if one >= "0005"])
    def test_what_was_read_is_known_afterwards(self, bare: Engine, revision: str) -> None:
        with migrating(bare) as connection:
            module._upgrade(connection, revision)
            FILLED[revision](connection)
        migrate(bare)
        blog = "https://example.org/blog"
        visits = SqlVisits(bare)
        rest = (NOON + timedelta(days=1), True) if revision >= "0006" else (None, False)
        assert visits.standings() == (SourceStanding(blog, NOON, NOON, "It sleeps.", *rest),)
        last = visits.last(blog, whole=True)
        assert last == Remembered(VisitFacts(True, 1, 1, 1, 9, 0, 1), NOON)
        (gone,) = SqlRecorder(bare).attribute([], source=blog, among=[blog], whole=True)
        assert gone == HELD
        work = Citation("A. (2020).")
        SqlDois(bare).keep(work.text, "10.1000/3", NOON)
        SqlRecorder(bare).record([a_post(citation=work)], source="page.txt", at=NOON)
        assert SqlDois(bare).recall() == 1

    def test_what_subscribes_after_migrating_gets_what_is_planned(self, bare: Engine) -> None:
        with migrating(bare) as connection:
            module._upgrade(connection, "0002")
            FILLED["0002"](connection)
            connection.execute(text("UPDATE archive SET source_read_at = '2026-03-01 12:00:00.000000+00'"))
        migrate(bare)
        desk = Desk(bare)
        desk.plan("C1")
        assert len(desk.claim()) == 1
