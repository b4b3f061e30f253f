"""Entries as csv, in the encodings that spreadsheets write."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from knowledge_base.exchange.encodings import UNKNOWN, decode, is_unknown, shown
from knowledge_base.exchange.table import BadLine, ImportFile, Progress, import_file

LARGEST_CELL = 1_000_000
UNPAIRED = "英文双引号不成对，或双引号后面不是逗号，分不出各列；请用表格软件打开，改好再导入"
# A spreadsheet runs a csv cell that begins like this as a formula; an apostrophe in front makes
# it text (OWASP, "CSV Injection"). A text that already looks so marked gets one more.
_GUARDED = re.compile(r"'+[=+\-@]")
_DANGEROUS = re.compile(r"'*[=+\-@]")


def read_csv(path: Path, progress: Progress) -> ImportFile:
    """UTF-8 with or without a byte order mark, GB18030 or UTF-16; comma, semicolon or tab."""
    return import_file(csv_lines(path), progress)


def csv_lines(path: Path) -> Iterator[tuple[int, Sequence[object]]]:
    """The numbered lines of cells; one that cannot be parted is a single `BadLine`.

    Raises `UnreadableFile`.
    """
    text = decode(path.read_bytes())
    head = (line for line in text[:10_000].split("\n") if any(sign in line for sign in ",\t;"))
    delimiter = max(",\t;", key=next(head, "").count)
    csv.field_size_limit(LARGEST_CELL)
    return _lines(io.StringIO(text, newline="").readlines(), delimiter)


def write_csv(path: Path, header: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for line in lines:
            writer.writerow([_guard("" if cell is None else str(cell)) for cell in line])


def _lines(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, Sequence[object]]]:
    """A quotation mark without its other half spoils its own line: reading goes on behind it."""
    number = start = 0
    while start < len(lines):
        rest = (lines[place] for place in range(start, len(lines)))
        reader = csv.reader(rest, delimiter=delimiter, strict=True)
        begun = 0
        try:
            for cells in reader:
                number += 1
                begun = reader.line_num
                yield number, _cells(cells)
        except csv.Error:
            number += 1
            yield number, [BadLine(UNPAIRED, shown=shown(lines[start + begun].rstrip("\r\n")))]
            start += begun + 1
        else:
            return


def _cells(cells: Sequence[str]) -> Sequence[object]:
    if any(is_unknown(cell) for cell in cells):
        return [BadLine(UNKNOWN, shown=shown(",".join(cells)))]
    return [_unguard(cell) for cell in cells]


def _guard(text: str) -> str:
    return "'" + text if _DANGEROUS.match(text) else text


def _unguard(text: str) -> str:
    return text[1:] if _GUARDED.match(text) else text
