"""A SQLite file as a whole: its schema, copies of it, and back from a copy."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import sqlite_utils
from sqlite_utils.migrations import Migrations

from storage.errors import BackupFailed, SchemaTooNew
from storage.migrations import MIGRATIONS, script

SET = "huiying"
ELSEWHERE = "Name a file where there is room and the user who runs this may write"
OURS = "Name a copy made by huiying backup"
EMPTY = "the database holds no desk: look at database_url"


def explain(path: Path, error: sqlite3.Error) -> str:
    """Why the file could not be opened, and what to do: SQLite says the same of every reason."""
    folder = path.absolute().parent
    if path.is_dir():
        return f"{path} is a folder: database_url must name a file in it"
    if not folder.is_dir():
        return f"there is no folder {folder}: create it, or correct database_url"
    closed = [each for each in (folder, path) if each.exists() and not os.access(each, os.W_OK)]
    if closed:
        return f"{closed[0]} may not be written by the user who runs this: chown it to that user"
    if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_NOTADB:
        return f"{path} is no SQLite database; nothing was changed: correct database_url"
    return f"{path}: {error}"


def _steps() -> Migrations:
    steps = Migrations(SET)
    for name in MIGRATIONS:

        def apply(database: sqlite_utils.Database, name: str = name) -> None:
            for statement in statements(script(name, "sqlite")):
                database.execute(statement)

        steps(name=name)(apply)
    return steps


def statements(text: str) -> list[str]:
    """The script's single statements: `executescript` would commit after each."""
    found, current = [], ""
    for line in text.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            found.append(current)
            current = ""
    return found


def migrate(database: sqlite_utils.Database) -> None:
    """Raises `SchemaTooNew`."""
    steps = _steps()
    if unknown := {done.name for done in steps.applied(database)} - set(MIGRATIONS):
        raise SchemaTooNew(unknown)
    steps.apply(database)


def is_current(database: sqlite_utils.Database) -> bool:
    return {done.name for done in _steps().applied(database)} == set(MIGRATIONS)


def backup(file: Path, path: Path) -> None:
    """A compact copy as of one moment, beside whatever is being written. Raises `BackupFailed`."""
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(file, timeout=10)) as connection:
            if not _is_ours(connection):
                raise BackupFailed(EMPTY)
            connection.execute("VACUUM INTO ?", (str(part),))
        with part.open("rb+") as copy:
            os.fsync(copy.fileno())
        part.replace(path)
    except (sqlite3.Error, OSError) as error:
        for left in (part, part.with_name(f"{part.name}-journal")):  # by a disk that is full
            with suppress(OSError):  # where nothing can be written, nothing can be deleted
                left.unlink()
        said = (isinstance(error, OSError) and error.strerror) or error
        raise BackupFailed(f"{path} could not be written: {said}. {ELSEWHERE}") from error


def restore(connection: sqlite3.Connection, path: Path) -> None:
    """Replaces all data in one transaction. Raises `BackupFailed` and `SchemaTooNew`."""
    with closing(opened_copy(path)) as copy:
        try:
            copy.backup(connection)
        except sqlite3.Error as error:
            raise BackupFailed(f"{path} cannot be restored: {error}") from error


def opened_copy(path: Path) -> sqlite3.Connection:
    """A whole copy of ours, to be read. Raises `BackupFailed` and `SchemaTooNew`."""
    if not path.is_file():
        raise BackupFailed(f"there is no file {path}. {OURS}")
    copy = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        _check(copy, path)
    except sqlite3.Error as error:
        copy.close()
        said = f"{path} cannot be restored: {error}. {OURS}"
        raise BackupFailed(said) from error
    except (BackupFailed, SchemaTooNew):
        copy.close()
        raise
    return copy


def merge_search(connection: sqlite3.Connection, pages: int) -> bool:
    """Merges a part of the index of words, so that it forgets texts that were deleted from it.

    Returns whether there is more to do. A negative number of pages begins anew (SQLite, FTS5
    6.7 and 6.8: a deleted row's words stay in their segment until it is merged).
    """
    before = connection.total_changes
    connection.execute("INSERT INTO case_search (case_search, rank) VALUES ('merge', ?)", (pages,))
    return connection.total_changes - before >= 2


def empty_log(connection: sqlite3.Connection) -> None:
    """Moves all of the write-ahead log into the file and empties it; not while somebody reads."""
    (before,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout = 200")  # those who write must not wait for long
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(before)}")


def refuse_older(copy: sqlite3.Connection, path: Path) -> None:
    """Raises `BackupFailed` when an older version wrote the copy."""
    if _applied(copy) != set(MIGRATIONS):
        raise BackupFailed(
            f"{path} was written by an older version: with database_url on SQLite run huiying "
            "restore, then huiying backup for a copy of this version"
        )


def _check(copy: sqlite3.Connection, path: Path) -> None:
    (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
    if verdict != "ok":
        raise BackupFailed(f"{path} is damaged: {verdict}. Name an earlier copy")
    if not _is_ours(copy):
        raise BackupFailed(f"{path} is not a copy of this desk's database. {OURS}")
    if unknown := _applied(copy) - set(MIGRATIONS):
        raise SchemaTooNew(unknown)


def _is_ours(connection: sqlite3.Connection) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'case_events'").fetchone()
    return found is not None


def _applied(copy: sqlite3.Connection) -> set[str]:
    rows = copy.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (SET,))
    return {name for (name,) in rows}
