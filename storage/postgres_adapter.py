"""aiosql's asyncpg adapter, for a connection that a transaction already holds.

aiosql's own asks before every statement whether it was given a pool, and reports no number of
changed rows; both are needed on the path of every message.
"""

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any

from aiosql.adapters.asyncpg import AsyncPGAdapter


class PostgresAdapter(AsyncPGAdapter):
    """Same statements and parameters; answers as aiosql's sqlite3 adapter gives them."""

    def _ordered(self, query_name: str, parameters: Mapping[str, Any]) -> list[Any]:
        """In the order of $1, $2 …; a missing one is a `KeyError`."""
        return [parameters[name] for name in self.var_sorted[query_name]]

    async def select(
        self, conn: Any, query_name: str, sql: str, parameters: Any, record_class: Any = None
    ) -> AsyncIterator[Any]:
        del record_class
        for row in await conn.fetch(sql, *self._ordered(query_name, parameters)):
            yield row

    async def select_one(
        self, conn: Any, query_name: str, sql: str, parameters: Any, record_class: Any = None
    ) -> Any:
        del record_class
        return await conn.fetchrow(sql, *self._ordered(query_name, parameters))

    async def insert_update_delete(
        self, conn: Any, query_name: str, sql: str, parameters: Mapping[str, Any]
    ) -> int:
        """How many rows changed: the status is e.g. "INSERT 0 1" or "UPDATE 3"."""
        status: str = await conn.execute(sql, *self._ordered(query_name, parameters))
        return int(status.rpartition(" ")[2])

    async def insert_update_delete_many(
        self, conn: Any, query_name: str, sql: str, parameters: Iterable[Mapping[str, Any]]
    ) -> None:
        ordered = [self._ordered(query_name, each) for each in parameters]
        await conn.executemany(sql, ordered)
