"""Entries as jsonl: one JSON object a line, English keys, wordings as lists, days as ISO 8601."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from knowledge_base.entry import Entry
from knowledge_base.exchange.columns import IGNORED, REASON_KEY, field_of
from knowledge_base.exchange.encodings import UNKNOWN, decode, is_unknown, shown
from knowledge_base.exchange.row import Rejected, Row, fields_of
from knowledge_base.exchange.table import ImportFile, Progress, row_of_pairs

LARGEST_LINE = 2_000_000
"""Characters."""
LINE_KEY = "rejected_line"
"""Where a line that was no JSON object stands in a file of rejected rows."""


def read_jsonl(path: Path, progress: Progress) -> ImportFile:
    """One object a line; a file that is one JSON array of objects is read as well."""
    rows: list[Row] = []
    for row in _rows(decode(path.read_bytes())):
        rows.append(row)
        progress(len(rows))
    known = IGNORED | {"source"}
    unknown = (
        key for row in rows for key in row.original if key not in known and not field_of(key)
    )
    return ImportFile(rows=tuple(rows), unknown=tuple(dict.fromkeys(unknown)))


def _rows(text: str) -> Iterator[Row]:
    if text.lstrip().startswith("["):
        values = _array(text)
        if values is not None:
            yield from (_object(number, each) for number, each in enumerate(values, start=1))
            return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _row(number, line.strip())


def _array(text: str) -> list[object] | None:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, list) else None


def _row(number: int, text: str) -> Row:
    if is_unknown(text):
        return _broken(number, shown(text)[:1000], UNKNOWN)
    if len(text) > LARGEST_LINE:
        return _broken(number, text[:1000], f"这一行过长（超过 {LARGEST_LINE:,} 个字）")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return _broken(number, text, "不是正确的 JSON：每一行要是一个完整的 {…} 对象")
    return _object(number, value)


def _object(number: int, value: object) -> Row:
    if not isinstance(value, dict):
        text = json.dumps(value, ensure_ascii=False)
        return _broken(number, text, "不是 JSON 对象：每一行要是一个完整的 {…} 对象")
    return row_of_pairs(number, _pairs(value), value)


def _broken(number: int, text: str, reason: str) -> Row:
    return Row(number=number, original={LINE_KEY: text}, broken=reason)


def _pairs(value: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for key, item in value.items():
        if key == "source" and isinstance(item, dict):
            yield from ((f"source_{part}", item[part]) for part in _PARTS if part in item)
        elif field := field_of(key):
            yield field, item


_PARTS = ("title", "number", "url")


def write_jsonl(path: Path, objects: Iterable[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8", errors="replace") as file:
        for item in objects:
            file.write(json.dumps(item, ensure_ascii=False, default=_plain) + "\n")


def object_of(entry: Entry) -> dict[str, object]:
    """All columns, also empty ones: an empty value empties it again, a missing one keeps it."""
    return {
        column: list(value) if isinstance(value, tuple) else "" if value is None else value
        for column, value in fields_of(entry).items()
    }


def rejected_objects(rejected: Sequence[Rejected]) -> Iterator[dict[str, object]]:
    for one in rejected:
        yield {**one.row.original, REASON_KEY: one.sentence}


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
