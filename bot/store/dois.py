"""The DOIs that were found for citations that name none, in the database."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, Engine, bindparam, select, update

from bot.model import Citation
from bot.store.engine import reading, updating, writing
from bot.store.lookups import chunks
from bot.store.rows import cited, storable
from bot.store.syncing import dois
from bot.store.tables import posts
from bot.store.upserts import upsert
from bot.store.writes import count_anew


class SqlDois:
    """The found DOIs in a database: `bot.ports.syncing.Dois`.

    Every method raises `StoreError` when the database cannot be read or written.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def lacking(self, before: datetime) -> tuple[Citation, ...]:
        """Return the citations without a DOI for which none was looked for since a moment, each text once."""
        with reading(self._engine) as connection:
            by_key = {_key(row.citation): cited(row) for row in connection.execute(_LACKING)}
            recent = {
                key
                for keys in chunks(by_key)
                for key in connection.scalars(_LOOKED_AT, {"keys": keys, "before": before})
            }
        return tuple(citation for key, citation in by_key.items() if key not in recent)

    def keep(self, citation: str, doi: str, at: datetime) -> None:
        """Keep what was found for the text of a citation; an empty DOI when nothing was."""
        with updating(self._engine) as connection:
            upsert(connection, dois, {"citation": _key(citation)}, {"doi": storable(doi), "looked_at": at})

    def recall(self) -> int:
        """Give every post whose citation names no DOI the one that was found for it; return how many posts got one."""
        with writing(self._engine) as connection:
            lacking = {row.id: _key(row.citation) for row in connection.execute(_LACKING)}
            found = _found(connection, lacking)
            rows = [{"which": post_id, "given": found[key]} for post_id, key in lacking.items() if key in found]
            if rows:
                connection.execute(_GIVE, rows)
                count_anew(connection)
        return len(rows)


_LACKING = select(posts).where(posts.c.citation.is_not(None), posts.c.doi == "", posts.c.found_doi == "")
_LOOKED_AT = select(dois.c.citation).where(
    dois.c.citation.in_(bindparam("keys", expanding=True)),
    (dois.c.looked_at >= bindparam("before")) | (dois.c.doi != ""),
)
_FOUND = select(dois.c.citation, dois.c.doi).where(
    dois.c.citation.in_(bindparam("keys", expanding=True)), dois.c.doi != ""
)
_GIVE = update(posts).where(posts.c.id == bindparam("which")).values(found_doi=bindparam("given"))


def _found(connection: Connection, lacking: Mapping[str, str]) -> dict[str, str]:
    keys = sorted(set(lacking.values()))
    return {key: doi for some in chunks(keys) for key, doi in connection.execute(_FOUND, {"keys": some})}


def _key(citation: str) -> str:
    """Return what a citation is found by, a digest: an index takes no text of any length."""
    return hashlib.sha256(storable(citation).encode()).hexdigest()[:32]
