"""What platforms were told of the commands, kept in the database."""

from sqlalchemy import Engine, select

from bot.store.announcing import registrations
from bot.store.engine import reading, updating
from bot.store.rows import storable
from bot.store.upserts import upsert


class SqlRegistrations:
    """What a platform was last told of the commands: `bot.ports.platform.Registrations`.

    Every method raises `StoreError` when the database cannot be read or written.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def registered(self, application: str) -> str:
        """Return the fingerprint of the commands that an application was registered with; empty if none is known."""
        known = select(registrations.c.fingerprint).where(registrations.c.application == storable(application))
        with reading(self._engine) as connection:
            return connection.execute(known).scalar() or ""

    def register(self, application: str, fingerprint: str) -> None:
        """Keep the fingerprint of the commands that an application was registered with."""
        key, values = {"application": storable(application)}, {"fingerprint": storable(fingerprint)}
        with updating(self._engine) as connection:
            upsert(connection, registrations, key, values)
