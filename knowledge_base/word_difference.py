"""What changed from one text to another, for the eyes of a reviewer.

Sentences that both have stay; between them words are compared, as long as most of them stay too.
What was written anew is shown as whole sentences: scattered words of it that happen to be in both
tell nobody anything.
"""

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
_SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]+|[^。！？!?；;\n]+")
_COMMON = 0.5
"""Of both texts' characters: with less in common two sentences are not one sentence."""
_ISLAND = 4
"""Characters."""
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


_END = Part(Change.SAME, "")


@dataclass(frozen=True, kw_only=True)
class FieldDifference:
    """One changed field of an entry; `parts` in reading order, the old words before the new."""

    column: str
    title: str
    parts: tuple[Part, ...]


def difference(old: str, new: str) -> tuple[Part, ...]:
    """The parts of both texts: those not new make `old` again, those not gone make `new`."""
    parts: list[Part] = []
    gone, new_text = "", ""
    for part in (*_compared(_SENTENCE.findall(old), _SENTENCE.findall(new)), _END):
        if part.change is Change.GONE:
            gone = part.text
        elif part.change is Change.NEW:
            new_text = part.text
        else:
            parts += [*_by_words(gone, new_text), part]
            gone, new_text = "", ""
    return _joined(parts)


def _by_words(gone: str, new: str) -> Sequence[Part]:
    """Sentences in the place of others: word by word, or as a whole where little is common."""
    whole = (Part(Change.GONE, gone), Part(Change.NEW, new))
    before, after = _words(gone), _words(new)
    if not before or not after or len(before) + len(after) > _LONGEST:
        return whole
    parts = _compared(before, after)
    stays = [len(part.text) for part in parts if part.change is Change.SAME and part.text]
    if 2 * sum(stays) >= _COMMON * (len(gone) + len(new)):
        return _without_islands(parts)
    return parts if len(stays) <= 2 <= sum(stays) else whole  # one change between what stays


def _without_islands(parts: Sequence[Part]) -> list[Part]:
    """With a few words counted as changed that stayed between longer changes on both sides."""
    changes = [part.change is not Change.SAME and len(part.text) for part in parts]
    found: list[Part] = []
    for place, part in enumerate(parts):
        around = (
            max(changes[max(0, place - 2) : place], default=0),
            max(changes[place + 1 : place + 3], default=0),
        )
        if part.change is Change.SAME and len(part.text) <= min(_ISLAND, *around):
            found += [Part(Change.GONE, part.text), Part(Change.NEW, part.text)]
        else:
            found.append(part)
    return _in_order(found)


def _compared(before: Sequence[str], after: Sequence[str]) -> list[Part]:
    parts: list[Part] = []
    for step in Indel.opcodes(before, after):
        if step.tag == "insert":
            parts.append(Part(Change.NEW, "".join(after[step.dest_start : step.dest_end])))
        else:
            change = Change.SAME if step.tag == "equal" else Change.GONE
            parts.append(Part(change, "".join(before[step.src_start : step.src_end])))
    return _in_order(parts)


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
    return _joined(
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
    for part in [*parts, _END]:
        if part.change is Change.GONE:
            gone += part.text
        elif part.change is Change.NEW:
            new += part.text
        else:
            ordered += [Part(Change.GONE, gone), Part(Change.NEW, new), part]
            gone, new = "", ""
    return ordered


def _joined(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Without empty ones, and neighbours of one fate as one."""
    kept: list[Part] = []
    for part in parts:
        if kept and kept[-1].change is part.change:
            kept[-1] = Part(part.change, kept[-1].text + part.text)
        elif part.text:
            kept.append(part)
    return tuple(kept)
