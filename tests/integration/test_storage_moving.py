"""From a SQLite desk to PostgreSQL, with everything it holds."""

import sqlite3
from contextlib import closing
from pathlib import Path

import asyncpg
import pytest

from cases.people import Account
from cases.ports import CaseFilter
from storage import Storage, open_storage
from storage.errors import BackupFailed
from storage.moving import FILLED_BY_SCHEMA, ONLY_SQLITE
from tests.servers.databases import fresh_sqlite, fresh_storage
from tests.values.storage import NOW, OFFICER, accept, entry, message, opening, settlement

pytestmark = pytest.mark.postgres
ROWS = 3


def tables_of(file: sqlite3.Connection) -> dict[str, list[str]]:
    """The columns of each table that holds the desk's data."""
    names = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: [row[1] for row in file.execute(f'PRAGMA table_info("{name}")')]
        for (name,) in names
        if not name.startswith(ONLY_SQLITE)
    }


def value(kind: str, number: int) -> str | int | float | bytes:
    """One that is the same in every table, so that links between them hold."""
    if kind in {"TEXT", ""}:
        return f"第{number}行，“引号” \\ 反斜\t杠\n🙂"
    if kind == "BLOB":
        return bytes([0, number, 255])
    return number + 0.5 if kind == "DOUBLE PRECISION" else number


def fill(path: Path) -> None:
    """A few rows in every table there is."""
    with closing(sqlite3.connect(path)) as file, file:
        for name in FILLED_BY_SCHEMA:
            file.execute(f"DELETE FROM {name}")
        for name in tables_of(file):
            kinds = [row[2] for row in file.execute(f'PRAGMA table_info("{name}")')]
            marks = ", ".join("?" for _ in kinds)
            for number in range(1, ROWS + 1):
                row = [value(kind, number) for kind in kinds]
                file.execute(f'INSERT INTO "{name}" VALUES ({marks})', row)
        file.execute("INSERT INTO counters VALUES ('case search', 1)")


def test_what_a_fresh_schema_holds_makes_room_for_the_copys_rows(tmp_path: Path) -> None:
    fresh_sqlite(tmp_path / "desk.db")
    with closing(sqlite3.connect(tmp_path / "desk.db")) as file:
        filled = {
            name
            for name in tables_of(file)
            if file.execute(f"SELECT EXISTS (SELECT 1 FROM {name})").fetchone()[0]
        }
    assert filled == set(FILLED_BY_SCHEMA)


async def test_every_row_of_every_table_arrives(tmp_path: Path, postgres_url: str) -> None:
    fresh_sqlite(tmp_path / "desk.db")
    fill(tmp_path / "desk.db")
    told: list[tuple[int, int]] = []
    there = await open_storage(postgres_url)
    await there.restore(tmp_path / "desk.db", lambda done, of: told.append((done, of)))
    await there.close()
    reader = await asyncpg.connect(postgres_url)
    with closing(sqlite3.connect(tmp_path / "desk.db")) as file:
        tables = tables_of(file)
        assert len(tables) > 50
        for name, columns in tables.items():
            asked = f"SELECT {', '.join(columns)} FROM {name}"
            arrived = {tuple(row) for row in await reader.fetch(asked)}
            assert arrived == set(file.execute(asked)), name
    await reader.close()
    assert told[-1][0] == told[-1][1] == len(tables) * ROWS + 1


async def desk_at(path: Path) -> None:
    storage = await fresh_storage(path)
    await storage.save_versions([entry()], actor="c", reason="")
    await storage.write_change(opening("HY-1"))
    await storage.save_account(Account(person=OFFICER, password_hash="x"))
    for number in range(3):
        accepted = await accept(storage, message(number))
        await storage.settle(accepted.id, settlement(accepted))
    await storage.close()


async def test_a_desk_that_moved_goes_on_where_it_was(tmp_path: Path, postgres_url: str) -> None:
    await desk_at(tmp_path / "desk.db")
    before = await open_storage(f"sqlite:///{tmp_path / 'desk.db'}")
    verdict, secret = await before.verify(now=NOW), await before.secret()
    await before.backup(tmp_path / "copy")
    await before.close()
    storage = await open_storage(postgres_url)
    await storage.restore(tmp_path / "copy")
    assert await storage.verify(now=NOW) == verdict
    assert (await storage.secret(), verdict.violations) == (secret, [])
    assert await storage.published_entries() == [entry()]
    known = await accept(storage, message(1))
    new = await accept(storage, message(7))
    assert known.reply is not None
    assert known.id < 4 <= new.id  # PostgreSQL counts what it found known as well
    assert await found(storage, "HY-1") == ["HY-1"]
    await storage.log("system", "backup", {}, NOW)
    assert (await storage.verify_records())[1] == []
    await storage.close()


async def found(storage: Storage, text: str) -> list[str]:
    return [case.number for case in await storage.cases(CaseFilter(text=text), viewer=None)]


async def test_a_database_that_holds_anything_is_left_alone(
    tmp_path: Path, postgres_url: str
) -> None:
    await desk_at(tmp_path / "desk.db")
    storage = await open_storage(postgres_url)
    await storage.write_change(opening("HY-2"))
    with pytest.raises(BackupFailed, match="not empty"):
        await storage.restore(tmp_path / "desk.db")
    assert (await storage.case("HY-2")).number == "HY-2"
    await storage.close()


async def test_a_row_that_postgres_cannot_take_stops_the_whole_move(
    tmp_path: Path, postgres_url: str
) -> None:
    await desk_at(tmp_path / "desk.db")
    with closing(sqlite3.connect(tmp_path / "desk.db")) as file, file:
        file.execute("UPDATE messages SET text = 'a' || char(0) || 'b' WHERE id = 2")
    storage = await open_storage(postgres_url)
    with pytest.raises(BackupFailed, match="messages"):
        await storage.restore(tmp_path / "desk.db")
    assert await storage.people() == []
    await storage.close()


async def test_a_copy_of_an_older_version_is_brought_up_to_date_first(
    tmp_path: Path, postgres_url: str
) -> None:
    await desk_at(tmp_path / "desk.db")
    with closing(sqlite3.connect(tmp_path / "desk.db")) as file, file:
        file.execute("DELETE FROM _sqlite_migrations WHERE name = '0165_corrections'")
    storage = await open_storage(postgres_url)
    with pytest.raises(BackupFailed, match="older version"):
        await storage.restore(tmp_path / "desk.db")
    await storage.close()
