"""One row of a file, before and after it is understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from knowledge_base.entry import Entry, Source, Status
from knowledge_base.entry_check import problem_with, tidied
from knowledge_base.exchange.cells import BadCell, questions_of, text_of, wordings_of
from knowledge_base.exchange.columns import CHINESE
from knowledge_base.exchange.days import day_of
from knowledge_base.exchange.web_text import seen_text


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row as it stands in the file.

    `number` counts from 1 as a spreadsheet shows it (the header's row included); `sheet` is named
    where a file has several. `fields` holds
    the columns that the file has, by name in `columns.CHINESE`; `original` the row as it was, for
    the file of rejected rows; `broken` the reason when it could not even be read.
    """

    number: int
    fields: Mapping[str, object] = field(default_factory=dict)
    original: Mapping[str, object] = field(default_factory=dict)
    broken: str = ""
    broken_column: str = ""
    sheet: str = ""

    @property
    def place(self) -> str:
        """Such as: “医保科”表第 3 行."""
        return (f"“{self.sheet}”表" if self.sheet else "") + f"第 {self.number} 行"


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """A row that was left out, and why (in Chinese, for staff)."""

    row: Row
    column: str
    reason: str

    @property
    def sentence(self) -> str:
        """Such as: 第 3 行“答案”：答案不能为空."""
        return f"{self.row.place}{self.why}"

    @property
    def why(self) -> str:
        """The same without its place: “答案”：答案不能为空."""
        name = CHINESE.get(self.column, self.column)
        return (f"“{name}”" if name else "") + f"：{self.reason}"


def sentences(rejected: Sequence[Rejected]) -> list[str]:
    """Why rows were left out, those with one reason together: the most frequent first."""
    alike: dict[str, list[Rejected]] = {}
    for each in rejected:
        alike.setdefault(each.why, []).append(each)
    ordered = sorted(alike.values(), key=len, reverse=True)
    return [_together(each) for each in ordered]


def _together(alike: Sequence[Rejected]) -> str:
    if len(alike) == 1:
        return alike[0].sentence
    places = "、".join(each.row.place for each in alike[:NAMED])
    more = "等" if len(alike) > NAMED else ""
    return f"{places}{more}（共 {len(alike)} 行）{alike[0].why}"


NAMED = 8
_TEXTS = ("id", "question", "answer", "department", "topic", "region", "audience")
_WORDINGS = ("variants", "negatives")
_DAYS = ("checked_on", "valid_from", "valid_until")
_SOURCE = {"source_title": "title", "source_number": "number", "source_url": "url"}


def entry_of(row: Row, base: Entry | None = None) -> Entry | Rejected:
    """The entry in a row, as a draft; columns that the file lacks are taken from `base`."""
    if row.broken:
        return Rejected(row=row, column=row.broken_column, reason=row.broken)
    base = base or Entry(id="", question="", answer="")
    values: dict[str, Any] = {"status": Status.DRAFT, "author": "", "reviewer": ""}
    source: dict[str, str] = {}
    for column, value in row.fields.items():
        try:
            _understand(column, value, values, source)
        except BadCell as error:
            return Rejected(row=row, column=column, reason=str(error))
    if others := values.pop("questions", ()):
        values["variants"] = (*values.get("variants", base.variants), *others)
    entry = tidied(replace(base, source=replace(base.source, **source), **values))
    if problem := problem_with(entry):
        return Rejected(row=row, column=problem.column, reason=problem.reason)
    return entry


def _understand(column: str, value: object, values: dict[str, Any], source: dict[str, str]) -> None:
    if column == "question":
        seen = seen_text(value) if isinstance(value, str) else value
        values["question"], values["questions"] = questions_of(seen)
    elif column == "answer":
        values["answer"] = seen_text(text_of(value))
    elif column in _TEXTS:
        values[column] = text_of(value)
    elif column in _WORDINGS:
        values[column] = wordings_of(value)
    elif column in _DAYS:
        values[column] = day_of(value)
    else:
        source[_SOURCE[column]] = text_of(value)


def fields_of(entry: Entry) -> dict[str, Any]:
    """The columns of an entry, in the order of `columns.CHINESE`; wordings as tuples."""
    source: Source = entry.source
    flat = {column: getattr(source, name) for column, name in _SOURCE.items()}
    return {c: flat[c] if c in flat else getattr(entry, c) for c in CHINESE}
