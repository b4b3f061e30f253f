"""SQLite: one file, one writer thread that commits in groups, a few reader threads."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

import sqlite_utils

from storage import sqlite_files
from storage.driver import Progress
from storage.errors import StorageUnavailable
from storage.operation import Operation, Statement
from storage.queries import load
from storage.sqlite_adapter import Call, calls_of
from storage.sqlite_serving import ServingLock
from storage.sqlite_writer import Writer

T = TypeVar("T")
READERS = 3
SCRUBBED = 500
"""Pages of the index of words that are merged at once: some 50 ms."""


def open_sqlite(path: Path) -> "SqliteDriver":
    """Opens or creates the file. Raises `StorageUnavailable`."""
    try:
        connection = connect(path)
        database = sqlite_utils.Database(connection)
        database.enable_wal()
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error as error:
        raise StorageUnavailable(sqlite_files.explain(path, error)) from error
    return SqliteDriver(path, database)


@cache
def _calls() -> Mapping[str, Call]:
    """Every statement by name, once for each process."""
    return calls_of(load("sqlite", "sqlite3"))


def connect(path: Path) -> sqlite3.Connection:
    """Transactions are begun and ended by hand, on whichever thread holds the connection."""
    connection = sqlite3.connect(
        path, timeout=10, isolation_level=None, check_same_thread=False, cached_statements=300
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # zeros in the place of what was erased
    return connection


class SqliteDriver:
    """Runs operations on one file; constructed by `open_sqlite`."""

    def __init__(self, path: Path, database: sqlite_utils.Database) -> None:
        self._path = path
        self._database = database
        self._calls = _calls()
        self._serving = ServingLock(path)
        self._writer = Writer(database.conn)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="storage-reader")
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []

    async def write(self, make: Callable[[], Operation[T]]) -> T:
        return await self._writer.run(lambda connection: self._drive(connection, make()))

    async def read(self, make: Callable[[], Operation[T]]) -> T:
        return await self._on_reader(partial(self._read, make))

    async def migrate(self) -> None:
        await self._writer.run_alone(lambda _: sqlite_files.migrate(self._database))

    async def schema_is_current(self) -> bool:
        return await self._writer.run_alone(lambda _: sqlite_files.is_current(self._database))

    async def backup(self, path: Path) -> None:
        await asyncio.to_thread(sqlite_files.backup, self._path, path)

    async def restore(self, path: Path, tell: Progress) -> None:
        del tell  # a copy of the whole file
        await self._writer.run_alone(lambda connection: sqlite_files.restore(connection, path))

    async def scrub(self) -> None:
        """Page by page, so that messages are written in between."""
        pages = -SCRUBBED
        while await self._writer.run_alone(partial(sqlite_files.merge_search, pages=pages)):
            pages = SCRUBBED
        await self._writer.run_alone(sqlite_files.empty_log)

    def serve_alone(self) -> None:
        self._serving.take()

    async def close(self) -> None:
        await self._writer.close()
        await asyncio.to_thread(self._readers.shutdown)
        for connection in [*self._open, self._database.conn]:
            connection.close()
        self._serving.release()

    async def _on_reader(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._readers, work)

    def _read(self, make: Callable[[], Operation[T]]) -> T:
        connection = self._reader()
        try:
            connection.execute("BEGIN")
            try:
                return self._drive(connection, make())
            finally:
                connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise StorageUnavailable(str(error)) from error

    def _reader(self) -> sqlite3.Connection:
        """This thread's own connection, which cannot write."""
        if not hasattr(self._local, "connection"):
            self._local.connection = connect(self._path)
            self._local.connection.execute("PRAGMA query_only = ON")
            self._open.append(self._local.connection)
        connection: sqlite3.Connection = self._local.connection
        return connection

    def _drive(self, connection: sqlite3.Connection, operation: Operation[T]) -> T:
        answer: Any = None
        try:
            while True:
                answer = self._execute(connection, operation.send(answer))
        except StopIteration as finished:
            result: T = finished.value
            return result

    def _execute(self, connection: sqlite3.Connection, statement: Statement) -> Any:
        many = statement.many
        return self._calls[statement.name](connection, statement.values if many is None else many)
