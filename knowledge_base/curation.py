"""The curator's desk: every change to an entry goes through here and into the store."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from knowledge_base.curation_steps import (
    SYSTEM,
    WARNED_DAYS_BEFORE,
    EntryNotFound,
    StaleVersion,
    Step,
    StepNotPermitted,
    UnfitText,
    expires_soon,
    fit_to_keep,
    has_expired,
    is_same_person,
    is_unsigned,
    require_days_left,
    require_name,
    require_reason,
    require_two_people,
    take_step,
)
from knowledge_base.entry import Entry, Status
from knowledge_base.exchange.plan import says_the_same
from knowledge_base.imports import Imports
from knowledge_base.keeping import nothing_must_go, put
from knowledge_base.merging import Merger, withdrawn
from knowledge_base.ports import EntryStore
from knowledge_base.versions import mark_of

HELD = "审核通过，到生效日期自动换上"
BEGUN = "到了生效日期，自动换上"


class Curator:
    """Drafts, submits, publishes and withdraws; each method saves one step and returns it.

    `version` is the one the person saw and `mark` the mark of its text (`versions.mark_of`; ""
    where no page was shown). If either is another by now, the step is refused with
    `StaleVersion`, so nobody approves a text they have not read, and of two people who save the
    same version at once the second is told. `must_go` names what may not stand in a public text
    ("" for nothing): such a text is not published.
    """

    def __init__(
        self, store: EntryStore, must_go: Callable[[Entry], str] = nothing_must_go
    ) -> None:
        self._store = store
        self._must_go = must_go
        self.merging = Merger(store)
        self.imports = Imports(store, must_go)

    async def draft(self, content: Entry, *, author: str, version: int | None = None) -> Entry:
        """A new entry, or a new version of the entry with that id, as a draft by `author`.

        Earlier versions stay as they are; a published one is answered from until this one is.
        With `version`, the newest one the author saw, nothing newer may have been saved since.
        """
        require_name(author)
        content = fit_to_keep(content)
        versions = await self._store.entry_versions(content.id)
        newest = versions[0].version if versions else 0
        if version is not None and newest != version:
            raise StaleVersion(f"{content.id!r} is at version {newest}, not {version}")
        return await self._save(
            replace(content, version=newest + 1, status=Status.DRAFT, author=author, reviewer=""),
            was=None,
            actor=author,
            reason="新版本草稿" if newest else "新建草稿",
        )

    async def restore(
        self, entry_id: str, number: int, *, version: int, actor: str, reason: str
    ) -> Entry:
        """Puts the text of an earlier version up for review as a new version by `actor`.

        Whoever approves it reads it as any other; nothing earlier is changed or lost. So a
        withdrawn text comes back too.
        """
        require_reason(reason)
        current = await self._newest(entry_id, version)
        earlier = await self._version(entry_id, number)
        if says_the_same(earlier, current) and current.status is not Status.WITHDRAWN:
            raise StepNotPermitted(
                f"version {number} says what version {version} says",
                tell=f"第 {number} 版和最新的第 {version} 版内容相同，不用恢复",
            )
        again = replace(
            fit_to_keep(earlier),
            version=version + 1,
            status=Status.IN_REVIEW,
            author=actor,
            reviewer="",
        )
        why = f"恢复第 {number} 版：{reason.strip()}"
        return await self._save(again, was=None, actor=actor, reason=why)

    async def revise(self, content: Entry, *, version: int, author: str, mark: str = "") -> Entry:
        """Changes the text of a draft. Another person's draft becomes a new version instead:
        each version has one author, and `publish` must know them all.
        """
        current = await self._newest(content.id, version, mark)
        revised = take_step(current, Step.REVISE, actor=author)
        if not is_same_person(current.author, author):
            return await self.draft(content, author=author, version=version)
        kept = replace(
            fit_to_keep(content),
            version=version,
            status=revised.status,
            author=author,
            reviewer="",
        )
        return await self._save(kept, was=current, actor=author, reason="修改草稿")

    async def submit(self, entry_id: str, *, version: int, actor: str, mark: str = "") -> Entry:
        """Whoever submits what no person of the desk wrote (a library's draft) stands for it as
        its author, so that somebody else approves it.
        """
        current = await self._newest(entry_id, version, mark)
        step = _submitted(current, actor)
        return await self._save(step, was=current, actor=actor, reason="提交审核")

    async def send_back(
        self, entry_id: str, *, version: int, actor: str, reason: str, mark: str = ""
    ) -> Entry:
        """From review back to its author, with what is to be changed."""
        current = await self._newest(entry_id, version, mark)
        step = take_step(current, Step.SEND_BACK, actor=actor, reason=reason)
        return await self._save(step, was=current, actor=actor, reason=reason)

    async def submit_all(self, author: str) -> int:
        """Puts every draft of one author up for review, all or none; returns how many."""
        newest = await self._store.newest_entries()
        own = [e for e in newest if e.status is Status.DRAFT and is_same_person(e.author, author)]
        steps = [take_step(entry, Step.SUBMIT, actor=author) for entry in own]
        if steps:
            await put(self._store, steps, seen=own, actor=author, reason="提交审核")
        return len(steps)

    async def submit_read(self, read: Sequence[Entry], *, actor: str) -> int:
        """Puts several drafts up for review, all or none: exactly those that `actor` read.

        Raises `StaleVersion` when one of them has changed since.
        """
        steps = [_submitted(entry, actor) for entry in read]
        if steps:
            await put(self._store, steps, seen=read, actor=actor, reason="提交审核")
        return len(steps)

    async def publish_all(
        self, read: Sequence[Entry], *, reviewer: str, today: date | None = None, remark: str = ""
    ) -> int:
        """Publishes several texts, all or none: exactly those that the reviewer read.

        A `remark` stands in the record beside the step. Raises what `publish` raises, for the
        first that may not be published.
        """
        approved = [await self._approved(entry, reviewer) for entry in read]
        kept = [await self._held(each, today) for each in approved]
        if kept:
            await self._publish(kept, read, reviewer, remark=remark)
        return len(kept)

    async def publish(
        self,
        entry_id: str,
        *,
        version: int,
        reviewer: str,
        mark: str = "",
        today: date | None = None,
        remark: str = "",
    ) -> Entry:
        """Raises `SamePerson` if the reviewer wrote this text or a draft that led to it.

        A text that begins after `today` waits, approved, while an earlier version may be given:
        `publish_due` puts it in that one's place on its day.
        """
        current = await self._newest(entry_id, version, mark)
        kept = await self._held(await self._approved(current, reviewer), today)
        await self._publish([kept], [current], reviewer, remark=remark)
        return kept

    async def publish_due(self, today: date) -> list[Entry]:
        """Publishes what was approved for a day that has come; `today` is a day in China."""
        due = [e for e in await self._store.approved_entries() if e.is_begun_on(today)]
        done = []
        for entry in due:
            published = take_step(entry, Step.PUBLISH, actor=entry.reviewer)
            try:
                await self._publish([published], [entry], SYSTEM, reason=BEGUN)
            except StaleVersion:  # somebody has just sent it back or changed what it takes over
                continue
            done.append(published)
        return done

    async def _held(self, approved: Entry, today: date | None) -> Entry:
        require_days_left(approved, today)
        if today is None or approved.is_begun_on(today):
            return approved
        versions = await self._store.entry_versions(approved.id)
        given = any(e.status is Status.PUBLISHED and e.is_valid_on(today) for e in versions)
        return approved.with_status(Status.IN_REVIEW) if given else approved

    async def _publish(
        self,
        kept: Sequence[Entry],
        seen: Sequence[Entry],
        actor: str,
        reason: str = "审核通过并发布",
        remark: str = "",
    ) -> None:
        """With what was merged into them, which is withdrawn in the same transaction."""
        held = [each for each in kept if each.status is Status.IN_REVIEW]
        if held:
            reason = HELD if len(held) == len(kept) else "审核通过"
        reason += f"。{remark}" if remark else ""
        ends, live = await self.merging.ending(
            [each for each in kept if each.status is Status.PUBLISHED]
        )
        gone = [withdrawn(entry, actor=actor, reason=reason) for entry in live]
        together = [*gone, *kept]
        await put(self._store, together, seen=[*live, *seen], actor=actor, reason=reason, ends=ends)

    async def _approved(self, current: Entry, reviewer: str) -> Entry:
        if current.reviewer:
            raise StepNotPermitted(
                f"{current.id!r} is approved", tell="这一版已经审核通过，不用再审"
            )
        published = take_step(current, Step.PUBLISH, actor=reviewer)
        for draft in await self._drafts_leading_to(current):
            require_two_people(draft.author, reviewer)
        if told := self._must_go(current):
            raise UnfitText(f"{current.id!r} may not be public", tell=told)
        return published

    async def withdraw(self, entry_id: str, *, version: int, actor: str, reason: str) -> Entry:
        """Takes a version out, also a published one that a newer draft is to replace."""
        current = await self._version(entry_id, version)
        step = take_step(current, Step.WITHDRAW, actor=actor, reason=reason)
        return await self._save(step, was=current, actor=actor, reason=reason)

    async def withdraw_expired(self, today: date) -> list[Entry]:
        """Withdraws every published entry whose last day is over; `today` is a day in China."""
        expired = await self.expired(today)
        gone = [take_step(entry, Step.EXPIRE, actor=SYSTEM) for entry in expired]
        if gone:
            reason = f"失效日期已过（{today.isoformat()} 自动撤回）"
            await self._store.save_versions(gone, actor=SYSTEM, reason=reason)
        return gone

    async def expired(self, today: date) -> list[Entry]:
        """Published entries whose last day is over, longest first."""
        published = await self._store.published_entries()
        over = [entry for entry in published if has_expired(entry, today)]
        return sorted(over, key=lambda entry: (entry.valid_until or today, entry.id))

    async def expiring(self, today: date, days: int = WARNED_DAYS_BEFORE) -> list[Entry]:
        """Published entries that are valid today and will not be in `days` days, soonest first."""
        published = await self._store.published_entries()
        soon = [entry for entry in published if expires_soon(entry, today, days)]
        return sorted(soon, key=lambda entry: (entry.valid_until or today, entry.id))

    async def _save(self, entry: Entry, *, was: Entry | None, actor: str, reason: str) -> Entry:
        seen = [was] if was is not None else []
        await put(self._store, [entry], seen=seen, actor=actor, reason=reason)
        return entry

    async def _newest(self, entry_id: str, version: int, mark: str = "") -> Entry:
        versions = await self._store.entry_versions(entry_id)
        if not versions:
            raise EntryNotFound(f"no entry {entry_id!r}")
        if versions[0].version != version:
            raise StaleVersion(f"{entry_id!r} is at version {versions[0].version}, not {version}")
        if mark and mark != mark_of(versions[0]):
            raise StaleVersion(f"version {version} of {entry_id!r} was changed meanwhile")
        return versions[0]

    async def _version(self, entry_id: str, version: int) -> Entry:
        for entry in await self._store.entry_versions(entry_id):
            if entry.version == version:
                return entry
        raise EntryNotFound(f"no version {version} of entry {entry_id!r}")

    async def _drafts_leading_to(self, current: Entry) -> list[Entry]:
        """The versions since the last one that a second person had approved."""
        leading: list[Entry] = []
        for version in await self._store.entry_versions(current.id):
            if version.reviewer:
                break
            leading.append(version)
        return leading


def _submitted(current: Entry, actor: str) -> Entry:
    step = take_step(current, Step.SUBMIT, actor=actor)
    return replace(step, author=actor) if is_unsigned(step.author) else step
