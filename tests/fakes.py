"""In-memory stand-ins for the stores, shaped like the real ones."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from knowledge_base.entry import Entry, Status
from knowledge_base.ports import EntryMovedOn, VersionIsFrozen
from knowledge_base.versions import EntryStep, Merge


class InMemoryEntryStore:
    """`knowledge_base.ports.EntryStore`: every version in a dict, and a log of what was saved."""

    def __init__(self, entries: Sequence[Entry] = ()) -> None:
        self.kept = {(entry.id, entry.version): entry for entry in entries}
        self.log: list[tuple[str, str, str]] = []
        self.index = 0
        self.merges: list[Merge] = []

    async def published_entries(self) -> list[Entry]:
        kept = sorted(self.kept.values(), key=lambda entry: entry.id)
        return [entry for entry in kept if entry.status is Status.PUBLISHED]

    async def approved_entries(self) -> list[Entry]:
        newest = await self.newest_entries()
        return [e for e in newest if e.status is Status.IN_REVIEW and e.reviewer]

    async def index_version(self) -> int:
        return self.index

    async def entry_versions(self, entry_id: str) -> list[Entry]:
        versions = [entry for entry in self.kept.values() if entry.id == entry_id]
        return sorted(versions, key=lambda entry: -entry.version)

    async def newest_entries(self, *, department: str = "", text: str = "") -> list[Entry]:
        newest = {e.id: e for e in sorted(self.kept.values(), key=lambda e: (e.id, e.version))}
        return [
            entry
            for entry in newest.values()
            if department in {"", entry.department} and text in entry.question + entry.answer
        ]

    async def entry_history(self, entry_id: str) -> list[EntryStep]:
        return []

    async def given_entries(self, *, since: datetime, until: datetime) -> list[tuple[str, int]]:
        return []

    async def times_given(self, entry_id: str) -> dict[int, int]:
        return {}

    async def save_versions(
        self,
        entries: Sequence[Entry],
        *,
        actor: str,
        reason: str,
        seen: Sequence[Entry] | None = None,
        begins: Merge | None = None,
        ends: Sequence[Merge] = (),
    ) -> None:
        for entry in entries:
            self._refuse_rewriting(entry)
            if seen is not None:
                self._refuse_unseen(entry, seen)
        for entry in entries:
            if entry.status is Status.PUBLISHED:
                for earlier in await self.entry_versions(entry.id):
                    if earlier.status is Status.PUBLISHED:
                        withdrawn = earlier.with_status(Status.WITHDRAWN)
                        self.kept[earlier.id, earlier.version] = withdrawn
            self.kept[entry.id, entry.version] = entry
            self.log.append((actor, reason, entry.status.value))
        self.index += 1
        self.merges = [each for each in self.merges if each not in ends]
        self.merges += [begins] if begins is not None else []

    async def open_merges(self) -> list[Merge]:
        return list(self.merges)

    async def merges_of(self, entry_id: str) -> list[Merge]:
        return [each for each in self.merges if entry_id in {each.kept, each.gone}]

    async def cancel_merge(self, kept: str, *, actor: str, now: datetime) -> bool:
        found = [each for each in self.merges if each.kept == kept]
        self.merges = [each for each in self.merges if each not in found]
        return bool(found)

    def _refuse_unseen(self, entry: Entry, seen: Sequence[Entry]) -> None:
        expected = {(each.id, each.version): each for each in seen}
        if self.kept.get((entry.id, entry.version)) != expected.get((entry.id, entry.version)):
            raise EntryMovedOn(f"entry {entry.id} version {entry.version} was changed meanwhile")

    def _refuse_rewriting(self, entry: Entry) -> None:
        was = self.kept.get((entry.id, entry.version))
        if was is None or was.status in {Status.DRAFT, Status.IN_REVIEW}:
            return
        if entry != replace(was, status=entry.status):
            raise VersionIsFrozen(f"entry {entry.id} version {entry.version} is {was.status}")
