"""Saving a step of curation, and what no public text may hold."""

from collections.abc import Sequence

from knowledge_base.curation_steps import StaleVersion
from knowledge_base.entry import Entry
from knowledge_base.ports import EntryMovedOn, EntryStore
from knowledge_base.versions import Merge


def nothing_must_go(_: Entry) -> str:
    """For desks that check nothing."""
    return ""


async def put(
    store: EntryStore,
    entries: Sequence[Entry],
    *,
    seen: Sequence[Entry],
    actor: str,
    reason: str,
    ends: Sequence[Merge] = (),
) -> None:
    """Saves all of them or none; raises `StaleVersion` when another step came first."""
    try:
        await store.save_versions(entries, seen=seen, ends=ends, actor=actor, reason=reason)
    except EntryMovedOn as error:
        raise StaleVersion(str(error)) from error
