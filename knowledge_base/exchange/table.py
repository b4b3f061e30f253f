"""What xlsx and csv share: a header, then rows of cells."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from knowledge_base.exchange.cells import BadCell, wordings_of
from knowledge_base.exchange.columns import REASON
from knowledge_base.exchange.header import Header, found_in
from knowledge_base.exchange.numbering import without_numbers
from knowledge_base.exchange.row import Rejected, Row

Progress = Callable[[int], None]
"""Told now and then how many rows are done."""


class UnreadableFile(Exception):
    """The file as a whole cannot be imported. `tell` says why, in Chinese, for staff."""

    def __init__(self, message: str, *, tell: str) -> None:
        super().__init__(message)
        self.tell = tell


@dataclass(frozen=True, kw_only=True)
class ImportFile:
    """The rows of a file; `unknown` are headers without a meaning and `unread` sheets with
    content that were left out, both to be shown to the curator, as are the `hidden` rows, which
    were read though nobody saw them in the sheet.
    """

    rows: tuple[Row, ...]
    unknown: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    hidden: int = 0


@dataclass(frozen=True)
class BadValue:
    """Stands for a cell whose content is not a value: a formula, or a formula's error."""

    reason: str
    shown: str = ""

    def __str__(self) -> str:
        return self.shown


@dataclass(frozen=True)
class BadLine(BadValue):
    """Stands for a whole line that could not be parted into cells."""


def import_file(lines: Iterable[tuple[int, Sequence[object]]], progress: Progress) -> ImportFile:
    """Rows from numbered lines of cells, of which one of the first is the header; where that
    comes again it is no row."""
    numbered = iter(lines)
    found = found_in(numbered)
    if found is None:
        raise UnreadableFile(
            "no header: one of the first lines must name a question and an answer column",
            tell="找不到表头：前几行里要有“问题”和“答案”两列；可以下载模板对照着改",
        )
    header, behind = found
    rows = []
    for number, cells in chain(behind, numbered):
        if any(_is_filled(cell) for cell in cells) and not header.comes_again(cells):
            rows.append(_row(number, header, cells))
            progress(len(rows))
    return ImportFile(rows=without_numbers(rows), unknown=header.unknown())


def _row(number: int, header: Header, cells: Sequence[object]) -> Row:
    if cells and isinstance(line := cells[0], BadLine):
        name = next(filter(None, header.names), "")
        return Row(number=number, original={name: line.shown}, broken=line.reason)
    width = len(header.names)
    padded = [*cells, *[None] * (width - len(cells))]
    original = {name: cell for name, cell in zip(header.names, padded, strict=False) if name}
    surplus = sum(_is_filled(cell) for cell in padded[width:])
    if surplus:
        reason = f"比表头多出 {surplus} 列（文字里有逗号时，要用英文双引号括起整格）"
        return Row(number=number, original=original, broken=reason)
    pairs = zip(header.fields, padded, strict=False)
    return row_of_pairs(number, ((field, cell) for field, cell in pairs if field), original)


def row_of_pairs(
    number: int, pairs: Iterable[tuple[str, object]], original: Mapping[str, object]
) -> Row:
    """A row from (field, value) pairs; of a field given twice, wordings add up, and of texts
    the last that is not empty counts.
    """
    fields: dict[str, object] = {}
    wordings: dict[str, tuple[str, ...]] = {}
    for field, value in pairs:
        if isinstance(value, BadValue):
            return _broken(number, original, field, value.reason)
        if field not in {"variants", "negatives"}:
            fields[field] = value if _is_filled(value) else fields.get(field)
            continue
        try:
            wordings[field] = wordings.get(field, ()) + wordings_of(value)
        except BadCell as error:
            return _broken(number, original, field, str(error))
    lists = {field: list(texts) for field, texts in wordings.items()}
    return Row(number=number, fields=fields | lists, original=original)


def _broken(number: int, original: Mapping[str, object], field: str, reason: str) -> Row:
    return Row(number=number, original=original, broken=reason, broken_column=field)


def _is_filled(cell: object) -> bool:
    return cell is not None and str(cell).strip() != ""


def rejected_table(rejected: Sequence[Rejected]) -> tuple[list[str], list[list[object]]]:
    """The header and the lines of a file of rejected rows: as they were, and the reason."""
    names = dict.fromkeys(name for one in rejected for name in one.row.original)
    header = [name for name in names if name != REASON]
    lines = [[*(one.row.original.get(name) for name in header), one.sentence] for one in rejected]
    return [*header, REASON], lines
