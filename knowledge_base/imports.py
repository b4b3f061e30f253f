"""Entries that come from a file: compared with what there is, then kept, all or none."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from knowledge_base.curation_steps import (
    NothingInFile,
    RowsRejected,
    fit_to_keep,
    require_name,
    require_two_people,
)
from knowledge_base.entry import Entry, Status
from knowledge_base.exchange.plan import ImportPlan, says_the_same
from knowledge_base.keeping import nothing_must_go, put
from knowledge_base.ports import EntryStore


class Imports:
    """Takes plans in: as drafts under one name, published under two."""

    def __init__(
        self, store: EntryStore, must_go: Callable[[Entry], str] = nothing_must_go
    ) -> None:
        self._store = store
        self._must_go = must_go

    async def known(self) -> list[Entry]:
        """What `plan_import` compares with: the newest and the published version of each entry."""
        newest = await self._store.newest_entries()
        seen = {(entry.id, entry.version) for entry in newest}
        published = await self._store.published_entries()
        return [*newest, *(e for e in published if (e.id, e.version) not in seen)]

    async def keep(
        self,
        plan: ImportPlan,
        *,
        author: str,
        reviewer: str = "",
        replacing: bool = False,
        today: date | None = None,
    ) -> int:
        """Saves a plan's added and changed entries, all or none; returns how many.

        As drafts by `author`; with `reviewer`, another person, they are published at once, but
        for texts that may not be public, which stay drafts, and for those that begin after
        `today` (a day in China) while an earlier version may be given: these wait, approved,
        until their day. With `replacing` the published entries that the file lacks are withdrawn,
        in the same transaction; refused while rows are rejected, for one of them may be such an
        entry, and for a file without any.
        """
        require_name(author)
        if replacing:
            require_whole(plan)
        early = await self._reviewed(plan, author, reviewer, today) if reviewer else ()
        entries = [
            self._imported(fit_to_keep(entry), author, reviewer, early)
            for entry in (*plan.added, *plan.changed)
        ]
        gone = [each.with_status(Status.WITHDRAWN) for each in plan.missing if replacing]
        if entries or gone:
            reason = _reason(reviewer, entries, gone)
            seen = plan.missing if gone else ()
            actor = reviewer or author
            await put(self._store, [*gone, *entries], seen=seen, actor=actor, reason=reason)
        return len(entries)

    def _imported(self, entry: Entry, author: str, reviewer: str, early: Collection[str]) -> Entry:
        if not reviewer or self._must_go(entry):
            return replace(entry, status=Status.DRAFT, author=author, reviewer="")
        status = Status.IN_REVIEW if entry.id in early else Status.PUBLISHED
        return replace(entry, status=status, author=author, reviewer=reviewer)

    async def _reviewed(
        self, plan: ImportPlan, author: str, reviewer: str, today: date | None
    ) -> Collection[str]:
        """The ids that two people stand for and that must wait; refuses what one of them wrote."""
        require_two_people(author, reviewer)
        await self._check_own_drafts(plan, reviewer)
        return too_early(plan, await self._store.published_entries(), today)

    async def _check_own_drafts(self, plan: ImportPlan, reviewer: str) -> None:
        """A text the reviewer drafted is not approved by way of a file under another's name."""
        if not plan.changed:
            return
        waiting = {e.id: e for e in await self._store.newest_entries() if not e.reviewer}
        for entry in plan.changed:
            draft = waiting.get(entry.id)
            if draft and draft.author and says_the_same(draft, entry):
                require_two_people(draft.author, reviewer)


def require_whole(plan: ImportPlan) -> None:
    """Only a file that was read whole, and holds something, can stand for the knowledge base.

    Raises `RowsRejected` and `NothingInFile`.
    """
    if plan.rejected:
        raise RowsRejected(f"{len(plan.rejected)} rows are rejected")
    if not (plan.added or plan.changed or plan.unchanged):
        raise NothingInFile("the file holds no entry, and would withdraw all")


def _reason(reviewer: str, entries: Sequence[Entry], gone: Sequence[Entry]) -> str:
    replaced = "（整库替换，文件里没有的已撤下）" if gone else ""
    if not reviewer:
        return f"导入为草稿{replaced}"
    waits = any(each.status is Status.IN_REVIEW for each in entries)
    done = "导入并审核通过，还没到生效日期的到那天自动换上" if waits else "导入并发布"
    return f"{done}{replaced}"


def too_early(plan: ImportPlan, published: Iterable[Entry], today: date | None) -> frozenset[str]:
    """The ids whose new text begins after `today` while the published one may still be given."""
    if today is None:
        return frozenset()
    given = {each.id for each in published if each.is_valid_on(today)}
    return frozenset(
        each.id for each in plan.changed if each.id in given and not each.is_begun_on(today)
    )
