"""PostgreSQL: a pool of connections, each operation its own transaction, tried again when it
collided with another worker's."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any, TypeVar
from urllib.parse import urlsplit

import asyncpg

from storage import moving, postgres_copies
from storage.driver import Progress
from storage.errors import (
    AlreadyServed,
    BackupFailed,
    DataRefused,
    SchemaTooNew,
    StorageUnavailable,
    WrongDatabaseUrl,
)
from storage.migrations import MIGRATIONS, script
from storage.operation import Operation, Statement
from storage.postgres_adapter import PostgresAdapter
from storage.queries import load
from storage.sqlite_files import EMPTY

T = TypeVar("T")
CONNECTIONS = 12
CALLED = "huiying"  # and some letters more for each process, as pg_stat_activity shows it
OTHERS = """
SELECT COUNT(*) FROM pg_stat_activity
WHERE datname = CURRENT_DATABASE() AND application_name LIKE $1 AND application_name <> $2
"""
TRIES = 8
WRITTEN = "signs such as @ : / # in a password are written %40 %3A %2F %23"
COLLISIONS = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)
REFUSALS = (asyncpg.IntegrityConstraintViolationError, asyncpg.DataError, UnicodeEncodeError)
UNREACHABLE = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.AdminShutdownError,
    TimeoutError,
)


async def open_postgres(url: str) -> "PostgresDriver":
    """Connects once. Raises `StorageUnavailable`, also for a database that is not UTF-8."""
    name = f"{CALLED}-{token_hex(4)}"
    try:
        pool = await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=CONNECTIONS,
            timeout=10,
            reset=_leave_as_it_is,
            server_settings={"application_name": name},
        )
    except UNREACHABLE as error:
        raise StorageUnavailable(_explain(url, error)) from error
    except ValueError as error:  # asyncpg's own words may repeat the password
        form = "postgresql://user:password@host:port/name"
        raise WrongDatabaseUrl(f"not {form}; {WRITTEN}") from error
    encoding = await pool.fetchval("SHOW server_encoding")
    if encoding != "UTF8":
        await pool.close()
        raise StorageUnavailable(f"the database must be in UTF8, not {encoding}: create it anew")
    return PostgresDriver(url, pool, name)


def _explain(url: str, error: Exception) -> str:
    """What PostgreSQL or the network said, where, and the next step; never the password."""
    plain = (
        url.count("@") == 1 and "#" not in url
    )  # else the end of a password may look like a host
    host = urlsplit(url).netloc.rpartition("@")[2] if plain else ""
    where = f"PostgreSQL {host and f'at {host} '}cannot be used: {_first_line(error)}"
    if isinstance(error, asyncpg.InvalidCatalogNameError):
        return f"{where}. Make it on that server: createdb --owner USER NAME"
    if isinstance(error, asyncpg.InvalidAuthorizationSpecificationError):
        return f"{where}. Correct user and password in database_url; {WRITTEN}"
    return f"{where}. Nothing was changed. Does it run, and can this machine reach it? {WRITTEN}"


def _first_line(error: Exception) -> str:
    """What is wrong, without the hints and details on the lines below."""
    return next(iter(str(error).splitlines()), type(error).__name__)


async def _migrate(connection: Any) -> None:
    """Within the connection's transaction, one process at a time."""
    await connection.execute("SELECT pg_advisory_xact_lock(hashtext('huiying migrate'))")
    await connection.execute(
        "CREATE TABLE IF NOT EXISTS migrations"
        " (name TEXT PRIMARY KEY, applied_at TIMESTAMPTZ NOT NULL DEFAULT now())"
    )
    done = {row["name"] for row in await connection.fetch("SELECT name FROM migrations")}
    if unknown := done - set(MIGRATIONS):
        raise SchemaTooNew(unknown)
    for name in MIGRATIONS:
        if name not in done:
            await connection.execute(script(name, "postgres"))
            await connection.execute("INSERT INTO migrations (name) VALUES ($1)", name)


async def _leave_as_it_is(connection: Any) -> None:
    """No operation leaves settings, listeners or locks behind; asyncpg ends open transactions.

    The usual reset would be one more round trip for each operation.
    """
    del connection


class PostgresDriver:
    """Runs operations on one database; constructed by `open_postgres`."""

    def __init__(self, url: str, pool: Any, name: str) -> None:
        self._url, self._pool, self._name = url, pool, name
        self._calls: Mapping[str, Callable[..., Any]] = load("postgres", PostgresAdapter)

    async def write(self, make: Callable[[], Operation[T]]) -> T:
        for attempt in range(TRIES):
            try:
                async with self._connection() as connection, connection.transaction():
                    return await self._drive(connection, make())
            except COLLISIONS as error:
                if attempt == TRIES - 1:
                    raise StorageUnavailable(f"too many collisions: {error}") from error
                await asyncio.sleep(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311  # no secret
        raise AssertionError("the last attempt returns or raises")

    async def read(self, make: Callable[[], Operation[T]]) -> T:
        async with self._connection() as connection:
            view = connection.transaction(isolation="repeatable_read", readonly=True)
            async with view:
                return await self._drive(connection, make())

    async def migrate(self) -> None:
        try:
            async with self._connection() as connection, connection.transaction():
                await _migrate(connection)
        except asyncpg.InsufficientPrivilegeError as error:
            raise StorageUnavailable(
                f"PostgreSQL: {error}; nothing was changed. The database must belong to its user: "
                "ALTER DATABASE name OWNER TO user"
            ) from error

    async def _move(self, path: Path, tell: Progress) -> None:
        """A SQLite desk into this empty database, all of it or nothing."""
        async with self._connection() as connection, connection.transaction():
            await moving.refuse_filled(connection)
            await _migrate(connection)
            await moving.move(path, connection, self._calls["add_search_words"], tell)

    async def schema_is_current(self) -> bool:
        async with self._connection() as connection:
            try:
                rows = await connection.fetch("SELECT name FROM migrations")
            except asyncpg.UndefinedTableError:
                return False
            return {row["name"] for row in rows} == set(MIGRATIONS)

    async def backup(self, path: Path) -> None:
        async with self._connection() as connection:
            if await connection.fetchval("SELECT TO_REGCLASS('case_events')") is None:
                raise BackupFailed(EMPTY)
        await postgres_copies.backup(self._url, path)

    async def restore(self, path: Path, tell: Progress) -> None:
        await self._refuse_served()
        if moving.is_sqlite(path):
            await self._move(path, tell)
            return
        await postgres_copies.restore(self._url, path)
        await self._pool.expire_connections()  # they remember statements on tables now replaced

    async def _refuse_served(self) -> None:
        """What a service stores meanwhile would be gone, and its case numbers given out again."""
        async with self._connection() as connection:
            others = await connection.fetchval(OTHERS, f"{CALLED}%", self._name)
        if others:
            raise AlreadyServed(
                "the PostgreSQL database is in use by a service or another command of this desk. "
                "Nothing was changed. Stop it first."
            )

    async def scrub(self) -> None:
        """Its vacuum does it, in its own time."""

    def serve_alone(self) -> None:
        """Several workers share one database."""

    async def close(self) -> None:
        await self._pool.close()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        try:
            async with self._pool.acquire(timeout=10) as connection:
                yield connection
        except REFUSALS as error:
            raise DataRefused(str(error)) from error
        except UNREACHABLE as error:
            raise StorageUnavailable(f"PostgreSQL: {_first_line(error)}") from error

    async def _drive(self, connection: Any, operation: Operation[T]) -> T:
        answer: Any = None
        try:
            while True:
                answer = await self._execute(connection, operation.send(answer))
        except StopIteration as finished:
            result: T = finished.value
            return result

    async def _execute(self, connection: Any, statement: Statement) -> Any:
        call = self._calls[statement.name]
        if statement.many is not None:
            return await call(connection, statement.many)
        answer = call(connection, **statement.values)
        return [row async for row in answer] if hasattr(answer, "__anext__") else await answer
