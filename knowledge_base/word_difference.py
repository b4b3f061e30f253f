"""What changed from one text to another, word by word, for the eyes of a reviewer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import rjieba
from rapidfuzz.distance import Indel

from knowledge_base.entry import Entry
from knowledge_base.exchange.columns import CHINESE
from knowledge_base.exchange.row import fields_of

_FIGURE_OR_REST = re.compile(r"[0-9]+(?:[.,:][0-9]+)*|[A-Za-z]+|[^0-9A-Za-z]+")
_LONGEST = 20_000
"""Words compared of one text; a longer one is shown as replaced."""


class Change(StrEnum):
    """What became of a stretch of words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Part:
    """Some words in a row with one fate."""

    change: Change
    text: str


@dataclass(frozen=True, kw_only=True)
class FieldDifference:
    """One changed field of an entry; `parts` in reading order, the old words before the new."""

    column: str
    title: str
    parts: tuple[Part, ...]


def difference(old: str, new: str) -> tuple[Part, ...]:
    """The parts of both texts: those not new make `old` again, those not gone make `new`."""
    before, after = _words(old), _words(new)
    if len(before) + len(after) > _LONGEST:
        return _kept([Part(Change.GONE, old), Part(Change.NEW, new)])
    parts: list[Part] = []
    for step in Indel.opcodes(before, after):
        if step.tag == "insert":
            parts.append(Part(Change.NEW, "".join(after[step.dest_start : step.dest_end])))
        else:
            change = Change.SAME if step.tag == "equal" else Change.GONE
            parts.append(Part(change, "".join(before[step.src_start : step.src_end])))
    return _kept(_in_order(parts))


def entry_difference(old: Entry | None, new: Entry) -> tuple[FieldDifference, ...]:
    """The fields in which `new` differs from `old`, in the order of an export; all for None."""
    before = fields_of(old) if old is not None else {}
    after = fields_of(new)
    found = []
    for column, title in CHINESE.items():
        was, now = before.get(column), after[column]
        if column != "id" and (was or "") != (now or ""):
            is_list = isinstance(now, tuple)
            parts = _lists(was or (), now) if is_list else difference(_shown(was), _shown(now))
            found.append(FieldDifference(column=column, title=title, parts=parts))
    return tuple(found)


def _lists(was: Sequence[str], now: Sequence[str]) -> tuple[Part, ...]:
    """Whole wordings, one a line: those of both, then what went and what came."""
    return _kept(
        [
            *(Part(Change.SAME, f"{text}\n") for text in was if text in now),
            *(Part(Change.GONE, f"{text}\n") for text in was if text not in now),
            *(Part(Change.NEW, f"{text}\n") for text in now if text not in was),
        ]
    )


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _words(text: str) -> list[str]:
    """Words, figures and signs; joined they are the text."""
    return [part for word in rjieba.cut(text, hmm=False) for part in _FIGURE_OR_REST.findall(word)]


def _in_order(parts: Sequence[Part]) -> list[Part]:
    """Neighbours of one fate joined; between two same parts the gone words stand first."""
    ordered: list[Part] = []
    gone, new = "", ""
    for part in [*parts, Part(Change.SAME, "")]:
        if part.change is Change.GONE:
            gone += part.text
        elif part.change is Change.NEW:
            new += part.text
        else:
            ordered += [Part(Change.GONE, gone), Part(Change.NEW, new), part]
            gone, new = "", ""
    return ordered


def _kept(parts: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.text)
