"""A desk's move from SQLite to PostgreSQL: every row of every table, with its number and its time.

Nothing is translated: both schemas have the same tables and columns, so that hashes, links and
signatures hold as they are. Only the index of words has a shape of its own in each database.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import islice
from pathlib import Path
from typing import Any

import asyncpg

from storage import sqlite_files
from storage.driver import Progress
from storage.errors import BackupFailed

AddWords = Callable[[Any, Sequence[Mapping[str, Any]]], Any]
BEGINS = b"SQLite format 3\0"
AT_ONCE = 1000
WORDS = "case_search"
NOT_ROWS = frozenset({"migrations", WORDS})
FILLED_BY_SCHEMA = ("counters",)
"""Tables of which a fresh schema holds rows already; the copy's take their place."""
STARTS_FILLED = frozenset({"migrations", *FILLED_BY_SCHEMA})
ONLY_SQLITE = ("sqlite_", "_sqlite_", "case_search", "case_texts")
UNFIT = (
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
    TypeError,
    ValueError,
    OverflowError,
)
TABLES = """
SELECT c.relname AS name, a.attname AS column, a.attidentity <> '' AS numbered
FROM pg_class AS c
INNER JOIN pg_attribute AS a ON c.oid = a.attrelid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
    AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY c.relname, a.attnum
"""
LINKS = """
SELECT conrelid::regclass::text AS one, confrelid::regclass::text AS other FROM pg_constraint
WHERE contype = 'f' AND connamespace = current_schema()::regnamespace AND conrelid <> confrelid
"""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table as PostgreSQL has it; `numbered` is the column that counts by itself, or ""."""

    name: str
    columns: tuple[str, ...]
    numbered: str = ""


def is_sqlite(path: Path) -> bool:
    """Whether the file is SQLite's, a copy or a desk's own."""
    try:
        with path.open("rb") as file:
            return file.read(len(BEGINS)) == BEGINS
    except OSError:
        return False


async def refuse_filled(connection: Any) -> None:
    """Raises `BackupFailed` when the database holds anything but an empty schema."""
    names = {row["name"] for row in await connection.fetch(TABLES)}
    for name in sorted(names - STARTS_FILLED):
        if await connection.fetchval(f'SELECT EXISTS (SELECT 1 FROM "{name}")'):  # noqa: S608  # its own name
            raise BackupFailed(
                f"the PostgreSQL database is not empty (there are rows in {name}). A desk moves "
                "only into an empty one: make it with createdb, or name another in database_url"
            )


async def move(path: Path, connection: Any, add_words: AddWords, tell: Progress) -> None:
    """Copies all into a migrated, empty database, within the transaction of `connection`.

    Raises `BackupFailed` and `SchemaTooNew`.
    """
    with closing(sqlite_files.opened_copy(path)) as copy:
        sqlite_files.refuse_older(copy, path)
        copy.execute("BEGIN")
        tables = await _tables(connection)
        _compare(copy, tables)
        amounts = {each.name: _count(copy, each.name) for each in tables}
        counted = _Counted(tell, sum(amounts.values()) + _count(copy, "case_texts"))
        for name in FILLED_BY_SCHEMA:
            await connection.execute(f'DELETE FROM "{name}"')  # noqa: S608  # ours
        for table in tables:
            await _copy(copy, connection, table, counted)
        await _copy_words(copy, connection, add_words, counted)
        await _recount(connection, amounts | {WORDS: _count(copy, "case_texts")})
        await connection.execute("ANALYZE")


class _Counted:
    """Tells how many rows are over, now and then."""

    def __init__(self, tell: Progress, of: int) -> None:
        self._tell, self._of, self._done = tell, of, 0

    def rows(self, found: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        for row in found:
            yield row
            self._done += 1
            if self._done % AT_ONCE == 0 or self._done == self._of:
                self._tell(self._done, self._of)


async def _tables(connection: Any) -> list[Table]:
    """Those to copy, each after the tables it points to."""
    found: dict[str, list[Any]] = {}
    for row in await connection.fetch(TABLES):
        found.setdefault(row["name"], []).append(row)
    order: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(found, ()))
    for link in await connection.fetch(LINKS):
        order.add(link["one"], link["other"])
    return [
        Table(
            name=name,
            columns=tuple(row["column"] for row in found[name]),
            numbered=next((row["column"] for row in found[name] if row["numbered"]), ""),
        )
        for name in order.static_order()
        if name not in NOT_ROWS
    ]


def _compare(copy: sqlite3.Connection, tables: Sequence[Table]) -> None:
    """The two schemas are written side by side; a table in one of them only would be lost."""
    names = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    theirs = {
        name: {row[1] for row in copy.execute(f'PRAGMA table_info("{name}")')}
        for (name,) in names.fetchall()
        if not name.startswith(ONLY_SQLITE)
    }
    if theirs != {each.name: set(each.columns) for each in tables}:
        raise BackupFailed("the copy's tables are not those of this version's PostgreSQL schema")


async def _copy(copy: sqlite3.Connection, connection: Any, table: Table, counted: _Counted) -> None:
    columns = ", ".join(f'"{column}"' for column in table.columns)
    found = copy.execute(f'SELECT {columns} FROM "{table.name}"')  # noqa: S608  # the schema's own names
    try:
        await connection.copy_records_to_table(
            table.name, records=counted.rows(found), columns=table.columns
        )
    except UNFIT as error:
        raise BackupFailed(f"PostgreSQL takes no row like one of {table.name}: {error}") from error
    if table.numbered and (last := _last_number(copy, table)):
        sequence = "SELECT setval(pg_get_serial_sequence($1, $2), $3)"
        await connection.execute(sequence, table.name, table.numbered, last)


def _last_number(copy: sqlite3.Connection, table: Table) -> int:
    """The highest number ever given, also to a row that is gone; 0 for none."""
    row = copy.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table.name,)).fetchone()
    return int(row[0]) if row else 0


async def _copy_words(
    copy: sqlite3.Connection, connection: Any, add_words: AddWords, counted: _Counted
) -> None:
    found = copy.execute(
        "SELECT case_texts.case_number, case_search.words FROM case_texts"
        " INNER JOIN case_search ON case_texts.id = case_search.rowid ORDER BY case_texts.id"
    )
    words = counted.rows(found)
    while some := list(islice(words, AT_ONCE)):
        await add_words(connection, [{"case_number": number, "words": w} for number, w in some])


async def _recount(connection: Any, amounts: Mapping[str, int]) -> None:
    for name, amount in amounts.items():
        there = await connection.fetchval(f'SELECT COUNT(*) FROM "{name}"')  # noqa: S608  # the schema's own names
        if there != amount:
            raise BackupFailed(f"{name}: {there} of {amount} rows arrived")


def _count(copy: sqlite3.Connection, name: str) -> int:
    return int(copy.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0])  # noqa: S608  # the schema's own names
