"""Entries as jsonl: one JSON object a line, English keys, wordings as lists, days as ISO 8601."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from knowledge_base.entry import Entry
from knowledge_base.exchange.columns import IGNORED, REASON_KEY, field_of
from knowledge_base.exchange.row import Rejected, Row, fields_of
from knowledge_base.exchange.table import ImportFile, Progress, row_of_pairs

LARGEST_LINE = 4 * 1024 * 1024
LINE_KEY = "rejected_line"
"""Where a line that was no JSON object stands in a file of rejected rows."""


def read_jsonl(path: Path, progress: Progress) -> ImportFile:
    rows: list[Row] = []
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            text = line.decode("utf-8-sig" if number == 1 else "utf-8", "backslashreplace").strip()
            if text:
                rows.append(_row(number, text, whole=len(line) <= LARGEST_LINE))
                progress(len(rows))
    known = IGNORED | {"source"}
    unknown = (
        key for row in rows for key in row.original if key not in known and not field_of(key)
    )
    return ImportFile(rows=tuple(rows), unknown=tuple(dict.fromkeys(unknown)))


def _row(number: int, text: str, *, whole: bool) -> Row:
    if not whole:
        return _broken(number, text[:1000], "这一行过长（超过 4 MB）")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return _broken(number, text, "不是正确的 JSON")
    if not isinstance(value, dict):
        return _broken(number, text, "不是 JSON 对象")
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
