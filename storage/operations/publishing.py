"""Which rows a set of entry versions changes, decided before anything is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from knowledge_base.entry import Entry, Status
from knowledge_base.ports import EntryMovedOn, VersionIsFrozen
from storage.operation import Value
from storage.rows.entries import entry_values, text_values

FROZEN = frozenset({Status.PUBLISHED, Status.WITHDRAWN})
MOVES = ("entry_id", "version", "status", "saved_at", "published_at", "withdrawn_at")
Key = tuple[str, int]


@dataclass
class Plan:
    """The rows to write by statement; `saved` are the versions that really change, `replaced`
    the published ones that a newer version withdraws, each with that one."""

    add_version: dict[Key, dict[str, Value]] = field(default_factory=dict)
    change_version: dict[Key, dict[str, Value]] = field(default_factory=dict)
    move_version: dict[Key, dict[str, Value]] = field(default_factory=dict)
    saved: list[Entry] = field(default_factory=list)
    replaced: list[tuple[Entry, Entry]] = field(default_factory=list)
    changes_index: bool = False


def plan(entries: Iterable[Entry], stored: Mapping[Key, Entry], *, now: datetime) -> Plan:
    """Raises `VersionIsFrozen` when a published or withdrawn text would be rewritten.

    Publishing withdraws the entry's earlier published version, also one of this same call.
    """
    made, known = Plan(), dict(stored)
    published = {e.id: e for e in stored.values() if e.status is Status.PUBLISHED}
    for entry in entries:
        was = known.get((entry.id, entry.version))
        if was == entry:
            continue
        refuse_rewriting(entry, was)
        earlier = published.get(entry.id)
        if entry.status is Status.PUBLISHED:
            if earlier is not None and earlier.version != entry.version:
                withdrawn = earlier.with_status(Status.WITHDRAWN)
                _write(made, withdrawn, stored, now)
                made.replaced.append((withdrawn, entry))
            published[entry.id] = entry
        stood = was is not None and was.status is Status.PUBLISHED
        made.changes_index |= stood != (entry.status is Status.PUBLISHED)
        _write(made, entry, stored, now)
        made.saved.append(entry)
        known[entry.id, entry.version] = entry
    return made


def refuse_unseen(
    entries: Iterable[Entry], stored: Mapping[Key, Entry], seen: Iterable[Entry]
) -> None:
    """Raises `EntryMovedOn` when a version to be saved is not stored as its author saw it."""
    expected = {(entry.id, entry.version): entry for entry in seen}
    for entry in entries:
        key = (entry.id, entry.version)
        if stored.get(key) != expected.get(key):
            raise EntryMovedOn(f"entry {entry.id} version {entry.version} was changed meanwhile")


def refuse_rewriting(entry: Entry, was: Entry | None) -> None:
    """A frozen version may be withdrawn or published again, its text may not change."""
    if was is None or was.status not in FROZEN:
        return
    if entry.status not in FROZEN or text_values(entry) != text_values(was):
        raise VersionIsFrozen(f"entry {entry.id} version {entry.version} is {was.status}")


def _write(made: Plan, entry: Entry, stored: Mapping[Key, Entry], now: datetime) -> None:
    key = (entry.id, entry.version)
    values = dict(entry_values(entry, now=now))
    was = stored.get(key)
    if was is None:
        before = made.add_version.get(key)
        if before is not None and values["published_at"] is None:
            values["published_at"] = before["published_at"]
        made.add_version[key] = values
    elif was.status in FROZEN:
        made.move_version[key] = {name: values[name] for name in MOVES}
    else:
        made.change_version[key] = values
