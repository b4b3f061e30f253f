"""Two entries that say the same made one: which stays, which wordings it takes over."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from knowledge_base.curation_steps import (
    EntryNotFound,
    StaleVersion,
    Step,
    StepNotPermitted,
    fit_to_keep,
    require_name,
    take_step,
)
from knowledge_base.entry import Entry, Status
from knowledge_base.entry_check import QUESTION_LIMIT, WORDINGS_LIMIT
from knowledge_base.places import Region
from knowledge_base.ports import EntryMovedOn, EntryStore
from knowledge_base.text import normalise
from knowledge_base.versions import Merge, mark_of


@dataclass(frozen=True, kw_only=True)
class Merged:
    """The entry that stays, with the other's wordings.

    `added` and `added_negatives` are what came to it; `left_out` found no room within the limits
    or contradicts a wording; it stays readable in the versions of the entry that goes.
    """

    entry: Entry
    added: tuple[str, ...]
    added_negatives: tuple[str, ...]
    left_out: tuple[str, ...]


def merged(kept: Entry, gone: Entry) -> Merged:
    """`kept` asked in the words of both, for all whom either speaks to and wherever either holds;
    its answer, source and dates stay as they are.
    """
    added, over = _fresh(gone.wordings, kept.wordings, WORDINGS_LIMIT - len(kept.variants))
    wordings = {normalise(text) for text in (*kept.wordings, *added)}
    own = tuple(text for text in kept.negatives if normalise(text) not in wordings)
    foreign = tuple(text for text in gone.negatives if normalise(text) not in wordings)
    negatives, more = _fresh(foreign, own, WORDINGS_LIMIT - len(own))
    contradicting = {*kept.negatives, *gone.negatives} - {*own, *foreign}
    return Merged(
        entry=replace(
            kept,
            variants=(*kept.variants, *added),
            negatives=(*own, *negatives),
            region=gone.region if Region(gone.region).holds(Region(kept.region)) else kept.region,
            audience=kept.audience if gone.audience else "",
        ),
        added=added,
        added_negatives=negatives,
        left_out=(*over, *more, *sorted(contradicting)),
    )


def _fresh(
    texts: Iterable[str], known: Collection[str], room: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those that `known` lacks, each once: as many as there is room for, and the rest."""
    seen = {normalise(text) for text in known}
    found: list[str] = []
    over: list[str] = []
    for text in texts:
        if normalise(text) in seen:
            continue
        seen.add(normalise(text))
        fits = len(found) < room and len(text) <= QUESTION_LIMIT
        (found if fits else over).append(text)
    return tuple(found), tuple(over)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Two published entries as they stand, and what the one that stays would become."""

    kept: Entry
    gone: Entry
    result: Merged

    @property
    def seal(self) -> str:
        """The same only while both texts are those that were read."""
        return f"{mark_of(self.kept)}{mark_of(self.gone)}"

    @property
    def merge(self) -> Merge:
        entry, gone = self.result.entry, self.gone
        return Merge(kept=entry.id, version=entry.version, gone=gone.id, gone_version=gone.version)


class Merger:
    """Puts a merge up for review, and says what goes when it is approved."""

    def __init__(self, store: EntryStore) -> None:
        self._store = store

    async def proposal(self, kept: str, gone: str, *, actor: str) -> Proposal:
        """Raises `EntryNotFound`, and `StepNotPermitted` while either is being changed."""
        if kept == gone:
            raise EntryNotFound(f"{kept!r} cannot be merged into itself")
        for merge in await self._store.open_merges():
            if {kept, gone} & {merge.kept, merge.gone}:
                raise StepNotPermitted(
                    f"{merge.kept!r} and {merge.gone!r} are being merged",
                    tell="其中一条正在合并，请先审核或取消那一次合并",
                )
        stays, goes = await self._published(kept), await self._published(gone)
        newest = (await self._store.entry_versions(kept))[0].version
        result = merged(stays, goes)
        entry = replace(
            fit_to_keep(result.entry),
            version=newest + 1,
            status=Status.IN_REVIEW,
            author=actor,
            reviewer="",
        )
        return Proposal(kept=stays, gone=goes, result=replace(result, entry=entry))

    async def _published(self, entry_id: str) -> Entry:
        versions = await self._store.entry_versions(entry_id)
        live = next((each for each in versions if each.status is Status.PUBLISHED), None)
        if live is None:
            raise EntryNotFound(f"{entry_id!r} is not published")
        if versions[0].status in {Status.DRAFT, Status.IN_REVIEW}:
            raise StepNotPermitted(
                f"{entry_id!r} has a version that waits",
                tell=f"“{live.question}”还有一版在修改或审核，请先处理完，再来合并",
            )
        return live

    async def begin(self, proposal: Proposal, *, seal: str, actor: str) -> Entry:
        """Puts the merged text up for review; the other stays published until it is approved.

        Raises `StaleVersion` when either changed since `seal` was shown.
        """
        require_name(actor)
        if seal != proposal.seal:
            raise StaleVersion("one of both has another text by now")
        entry, gone = proposal.result.entry, proposal.gone
        reason = f"合并“{gone.question or gone.id}”（{gone.id}）"
        save = partial(self._store.save_versions, actor=actor, reason=reason)
        try:
            await save([entry], seen=[], begins=proposal.merge)
        except EntryMovedOn as error:
            raise StaleVersion(str(error)) from error
        return entry

    async def ending(self, approved: Sequence[Entry]) -> tuple[list[Merge], list[Entry]]:
        """The merges that these versions carry out, and what they withdraw, as it is now.

        Raises `StaleVersion` when an entry that was to go has a newer text.
        """
        ids = {(entry.id, entry.version) for entry in approved}
        ends = [m for m in await self._store.open_merges() if (m.kept, m.version) in ids]
        return ends, [await self._to_go(merge) for merge in ends]

    async def _to_go(self, merge: Merge) -> Entry:
        for entry in await self._store.entry_versions(merge.gone):
            if entry.version == merge.gone_version and entry.status is Status.PUBLISHED:
                return entry
        raise StaleVersion(
            f"{merge.gone!r} is not at version {merge.gone_version} any more",
            tell="要并进来的那一条刚有变化，请取消这次合并，再看一遍重新合并",
        )


def withdrawn(entry: Entry, *, actor: str, reason: str) -> Entry:
    """An entry that was merged into another."""
    return take_step(entry, Step.WITHDRAW, actor=actor, reason=reason)
