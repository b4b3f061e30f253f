"""A file of questions for a batch test: xlsx, csv or jsonl, with or without the right entries."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge_base.evaluation import Query, queries_of
from knowledge_base.exchange.cells import BadCell, text_of
from knowledge_base.exchange.csv_file import csv_lines
from knowledge_base.exchange.encodings import decode
from knowledge_base.exchange.table import BadLine, BadValue, UnreadableFile
from knowledge_base.exchange.xlsx import xlsx_lines

MOST = 5_000
_QUESTION = frozenset({"问题", "标准问", "相似问", "question", "text", "query"})
_ENTRIES = frozenset({"条目编号", "编号", "应答条目", "正确条目", "id", "pos", "entry"})
_FORMATS = (".xlsx", ".csv", ".jsonl")


@dataclass(frozen=True, kw_only=True)
class Questions:
    """The questions of a file, and how many of its rows had none."""

    queries: list[Query]
    blank: int


def read_questions(path: Path) -> Questions:
    """The questions, at most 5,000; a row without a right entry must not be answered directly.

    A table needs a column 问题; the column 条目编号 may name several entries, parted by | or a
    comma; in a file without it nothing is right or wrong. Raises `UnreadableFile`, with the
    reason for staff.
    """
    if not path.stat().st_size:
        raise UnreadableFile(f"{path.name}: empty", tell="文件是空的，请重新选一个")
    match path.suffix.lower():
        case ".jsonl":
            queries = _of_jsonl(path)
        case ".csv":
            queries = _of_lines(csv_lines(path))
        case ".xlsx":
            queries = _of_lines(xlsx_lines(path))
        case _:
            tell = f"只能上传 {'、'.join(_FORMATS)} 文件；请在表格软件里另存为 xlsx"
            raise UnreadableFile(f"{path.name}: not one of {_FORMATS}", tell=tell)
    if len(queries) > MOST:
        tell = f"文件里有 {len(queries)} 个问题，一次最多测试 {MOST} 个，请分成几次"
        raise UnreadableFile(f"{path.name}: {len(queries)} questions", tell=tell)
    asked = [query for query in queries if query.text.strip()]
    if not asked:
        raise UnreadableFile(f"{path.name}: no question", tell="文件里没有找到任何问题")
    return Questions(queries=asked, blank=len(queries) - len(asked))


def _of_jsonl(path: Path) -> list[Query]:
    try:
        lines = decode(path.read_bytes()).split("\n")
        rows = [json.loads(line) for line in lines if line.strip()]
        queries = queries_of(rows)
    except (ValueError, AttributeError) as error:
        raise UnreadableFile(
            f"{path.name}: {error}",
            tell="每一行都要是一个 JSON 对象，含 text（问题）和 pos（编号）",
        ) from error
    is_labelled = any("pos" in row for row in rows)
    return queries if is_labelled else [replace(each, is_open=True) for each in queries]


def _of_lines(lines: Iterable[tuple[int, Sequence[object]]]) -> list[Query]:
    queries: list[Query] = []
    header: dict[str, int] = {}
    for number, cells in lines:
        if cells and isinstance(line := cells[0], BadLine):
            raise UnreadableFile(f"line {number}", tell=f"第 {number} 行：{line.reason}")
        texts = [_text(cell) for cell in cells]
        if not header:
            header = _header(texts)
            continue
        question = _at(texts, header["question"])
        ids = re.split(r"[|｜,，;；、\s]+", _at(texts, header.get("entries", -1)))
        pos = frozenset(each for each in ids if each)
        is_open = "entries" not in header  # nobody said what is right
        if question or pos:
            queries.append(Query(qid=str(number), text=question, pos=pos, is_open=is_open))
    if not header:
        raise UnreadableFile("no header", tell="找不到表头：第一行里要有“问题”这一列")
    return queries


def _header(texts: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, text in enumerate(texts):
        name = text.strip().lower()
        if name in _QUESTION:
            found.setdefault("question", place)
        elif name in _ENTRIES:
            found.setdefault("entries", place)
    return found if "question" in found else {}


def _at(texts: Sequence[str], place: int) -> str:
    return texts[place].strip() if 0 <= place < len(texts) else ""


def _text(cell: object) -> str:
    try:
        return str(cell) if isinstance(cell, BadValue) else text_of(cell)
    except BadCell:
        return ""
