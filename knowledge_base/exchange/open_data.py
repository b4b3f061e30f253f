"""The published answers as open data: one SQLite file, searchable, that opens in Datasette."""

import errno
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import date, datetime
from pathlib import Path

import sqlite_utils

from knowledge_base.entry import Entry, Status
from knowledge_base.entry_check import tidied
from knowledge_base.exchange.word_search import index_words
from knowledge_base.whole_file import unfinished

COLUMNS = {
    "id": str,
    "version": int,
    "question": str,
    "answer": str,
    "wordings": str,
    "department": str,
    "topic": str,
    "region": str,
    "audience": str,
    "source_title": str,
    "source_number": str,
    "source_url": str,
    "checked_on": str,
    "valid_from": str,
    "valid_until": str,
}
"""One row an entry; `wordings` one a line. Who wrote and approved it stays at the desk."""


def write_open_data(
    path: Path, entries: Sequence[Entry], *, place: str, made_at: datetime, today: date
) -> int:
    """Writes the entries that are published and valid on `today`; returns how many.

    Tables `entries` (full-text index over question, wordings and answer; a word of one to eight
    characters is found), `wordings` (one row each) and `about`. All or nothing: a file that was
    there before stays until the new one is whole. Raises `OSError`.
    """
    shown = [tidied(each) for each in entries if _is_public(each, today)]
    with unfinished(path) as part:
        try:
            with closing(sqlite_utils.Database(part)) as database:
                _fill(database, shown, place=place, made_at=made_at)
        except sqlite3.OperationalError as error:
            full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
            raise OSError(errno.ENOSPC if full else errno.EIO, str(error)) from error
        finally:
            with suppress(OSError):  # SQLite leaves it on a disk that is full
                part.with_name(f"{part.name}-journal").unlink()
    return len(shown)


def _is_public(entry: Entry, today: date) -> bool:
    return entry.status is Status.PUBLISHED and entry.is_valid_on(today)


def _fill(
    database: sqlite_utils.Database, entries: Sequence[Entry], *, place: str, made_at: datetime
) -> None:
    table = database.table("entries")
    table.create(COLUMNS, pk="id")
    table.enable_fts(["question", "wordings", "answer"], tokenize="unicode61")
    table.insert_all(_row(entry) for entry in entries)
    wordings = database.table("wordings")
    wordings.create(
        {"entry": str, "text": str}, pk=("entry", "text"), foreign_keys=[("entry", "entries", "id")]
    )
    wordings.insert_all(
        {"entry": entry.id, "text": text}
        for entry in entries
        for text in dict.fromkeys(entry.wordings)
    )
    index_words(database)
    about = {
        "title": f"{place}常见问题及答复" if place else "常见问题及答复",
        "made_at": made_at.isoformat(timespec="seconds"),
        "entries": str(len(entries)),
        "search": "全文检索：两个字的词也能查到；一个词最多八个字，更长的请用空格分开",
        "made_with": "Huiying (huiying kb snapshot)",
    }
    rows = [{"name": name, "value": value} for name, value in about.items()]
    database.table("about").insert_all(rows, pk="name")
    database.vacuum()


def _row(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "version": entry.version,
        "question": entry.question,
        "answer": entry.answer,
        "wordings": "\n".join(entry.variants),
        "department": entry.department,
        "topic": entry.topic,
        "region": entry.region,
        "audience": entry.audience,
        "source_title": entry.source.title,
        "source_number": entry.source.number,
        "source_url": entry.source.url,
        "checked_on": _iso(entry.checked_on),
        "valid_from": _iso(entry.valid_from),
        "valid_until": _iso(entry.valid_until),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
