"""Entries as csv, in the encodings that spreadsheets write."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from knowledge_base.exchange.table import ImportFile, Progress, UnreadableFile, import_file

LARGEST_CELL = 1_000_000
# A spreadsheet runs a csv cell that begins like this as a formula; an apostrophe in front makes
# it text (OWASP, "CSV Injection"). A text that already looks so marked gets one more.
_GUARDED = re.compile(r"'+[=+\-@]")
_DANGEROUS = re.compile(r"'*[=+\-@]")


def read_csv(path: Path, progress: Progress) -> ImportFile:
    """UTF-8 with or without a byte order mark, GB18030 or UTF-16; comma, semicolon or tab."""
    return import_file(csv_lines(path), progress)


def csv_lines(path: Path) -> Iterator[tuple[int, Sequence[object]]]:
    """The numbered lines of cells. Raises `UnreadableFile`."""
    text = _decode(path.read_bytes())
    head = (line for line in text[:10_000].split("\n") if any(sign in line for sign in ",\t;"))
    delimiter = max(",\t;", key=next(head, "").count)
    csv.field_size_limit(LARGEST_CELL)
    return _lines(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def write_csv(path: Path, header: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for line in lines:
            writer.writerow([_guard("" if cell is None else str(cell)) for cell in line])


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(
        "neither UTF-8 nor GB18030", tell="文件编码无法识别，请另存为“CSV UTF-8”后再导入"
    )


def _lines(reader: Iterator[list[str]]) -> Iterator[tuple[int, Sequence[object]]]:
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableFile(
                f"row {number}: {error}",
                tell=f"第 {number} 行附近有不成对的英文双引号，后面的内容无法分列",
            ) from error
        yield number, [_unguard(cell) for cell in cells]


def _guard(text: str) -> str:
    return "'" + text if _DANGEROUS.match(text) else text


def _unguard(text: str) -> str:
    return text[1:] if _GUARDED.match(text) else text
