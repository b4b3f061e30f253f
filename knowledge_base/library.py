"""The rows of a library run by others: whose they are here, which are new, which are gone."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from knowledge_base.entry import Entry, Status
from knowledge_base.entry_check import tidy_line
from knowledge_base.exchange import ImportPlan, Row, keys_of, plan_import
from knowledge_base.exchange.cells import BadCell, text_of
from knowledge_base.text import normalise


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What a library sent last under its own `key`, and the entry here that it became."""

    key: str
    entry: str
    digest: str
    is_gone: bool = False


@dataclass
class Delivery:
    """One round of a library's files, planned one after the other.

    A library's ids are its own: one that is taken here by another matter is given another name.
    A row that says what it said the last time brings nothing back: what was made of it here
    stays. An entry that stood in an earlier file of the round is rejected in the next.
    """

    library: str
    sent: Mapping[str, Sent]
    seen: dict[str, str] = field(default_factory=dict)

    def plan(
        self, rows: Sequence[Row], known: Sequence[Entry], file: str
    ) -> tuple[ImportPlan, list[Sent]]:
        """What to take in of a file, and what to remember of it once that is done."""
        at = {each.id: each for each in sorted(known, key=lambda each: each.version)}
        arrived: list[Row] = []
        remembered: dict[str, Sent] = {}
        for row, key in zip(rows, keys_of(rows, known), strict=True):
            if not key:
                arrived.append(row)
                continue
            if self.seen.setdefault(key, file) != file:
                reason = f"与文件 {self.seen[key]} 里的条目重复（编号 {key}）"
                arrived.append(replace(row, broken=reason, broken_column="id"))
                continue
            entry = self._entry_for(row, key, at)
            remembered.setdefault(entry, Sent(key=key, entry=entry, digest=digest_of(row)))
            arrived.append(replace(row, fields={**row.fields, "id": entry}))
        plan = self._without_old(plan_import(arrived, known), remembered)
        taken = {each.id for each in (*plan.added, *plan.changed, *plan.unchanged)}
        return plan, [each for each in remembered.values() if each.entry in taken]

    def gone(self) -> list[Sent]:
        """What the library had, and has no more; nothing when its files held no row at all."""
        if not self.seen:
            return []
        return [s for s in self.sent.values() if s.key not in self.seen and not s.is_gone]

    def _entry_for(self, row: Row, key: str, at: Mapping[str, Entry]) -> str:
        if key in self.sent:
            return self.sent[key].entry
        taken = at.get(key)
        given = bool(tidy_line(str(row.fields.get("id") or "")))
        if taken is None or not given or _asks_the_same(row, taken):
            return key
        return f"{self.library}-{key}"

    def _without_old(self, plan: ImportPlan, remembered: Mapping[str, Sent]) -> ImportPlan:
        old = {
            each.entry
            for each in remembered.values()
            if each.key in self.sent and self.sent[each.key].digest == each.digest
        }
        again = tuple(each for each in plan.changed if each.id in old)
        changed = tuple(each for each in plan.changed if each.id not in old)
        return replace(plan, changed=changed, unchanged=(*plan.unchanged, *again))


def digest_of(row: Row) -> str:
    """The same while a row says the same, wherever it stands."""
    said = {name: value for name, value in row.fields.items() if name != "id"}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def still_given(gone: Sequence[Sent], known: Sequence[Entry]) -> list[Entry]:
    """The published entries, or else the open drafts, that came from rows that are gone."""
    ids = {each.entry for each in gone}
    open_ones = [e for e in known if e.id in ids and e.status is not Status.WITHDRAWN]
    found = {e.id: e for e in sorted(open_ones, key=lambda e: e.status is Status.PUBLISHED)}
    return sorted(found.values(), key=lambda each: each.id)


def _asks_the_same(row: Row, taken: Entry) -> bool:
    try:
        question = tidy_line(text_of(row.fields.get("question")))
    except BadCell:
        return False
    return normalise(question) == normalise(taken.question)
