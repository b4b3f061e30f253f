"""Tells whoever keeps an entry that its last day is near, and that it was taken back with it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote

from cases.people import Role
from cases.supervision.audience import Audience
from cases.supervision.ports import ReminderStore
from cases.supervision.reminder import Message, Raised, Recipient, ReminderKind
from cases.supervision.watch import Watch
from cases.work_calendar import today
from knowledge_base.curation import Curator
from knowledge_base.entry import Entry

NAMED: Final = 5
SOON: Final = "soon"
OVER: Final = "over"
ASK: Final = {
    SOON: "过了那天会自动撤下，群众就问不到了。"
    "请核对：还有效的，改好失效日期提交审核；不再有效的，不用管。",
    OVER: "已经自动撤下，群众问不到了。还有效的，请改好失效日期，重新提交审核。",
}


@dataclass(frozen=True, kw_only=True)
class Keepers:
    """Publishes what was approved for today, and withdraws what is over.

    Each entry's keeper hears of its last day once, and once 30 days before.
    The keeper is who wrote the text, or every curator when that person is none any more (also
    for a text that came in a file).
    """

    curator: Curator
    store: ReminderStore
    watch: Watch

    async def round(self, now: datetime) -> int:
        """Returns how many reminders were new. A keeper is told before anything is taken back:
        whatever stops the service, nothing goes in silence.
        """
        day = today(now)
        await self.curator.publish_due(day)
        over, soon = await self.curator.expired(day), await self.curator.expiring(day)
        told = await self._tell(OVER, over, now) + await self._tell(SOON, soon, now)
        await self.curator.withdraw_expired(day)
        return told

    async def _tell(self, stage: str, entries: Sequence[Entry], now: datetime) -> int:
        new = [each for each in entries if not await self.store.is_raised(_key(stage, each))]
        if not new:
            return 0
        audience = await self.watch.audience(now)
        kept: dict[Recipient, list[Entry]] = {}
        for entry in new:
            for keeper in keepers_of(entry, audience):
                kept.setdefault(keeper, []).append(entry)
        if not kept:  # nobody at all to tell: somebody may come tomorrow
            return 0
        told = [await self._raise(stage, own, keeper, now) for keeper, own in kept.items()]
        for entry in new:
            await self.store.raise_once(Raised(key=_key(stage, entry), at=now, send_at=now))
        return sum(told)

    async def _raise(
        self, stage: str, entries: Sequence[Entry], keeper: Recipient, now: datetime
    ) -> bool:
        together = "\n".join(_key(stage, each) for each in entries)
        digest = hashlib.sha256(together.encode("utf-8", "replace")).hexdigest()[:16]
        return await self.store.raise_once(
            Raised(
                key=f"expiries/{keeper.person}/{digest}",
                at=now,
                send_at=self.watch.hours.next(now, self.watch.calendar),
                parts=[(words(stage, entries), keeper)],
            )
        )


def keepers_of(entry: Entry, audience: Audience) -> list[Recipient]:
    """Its author, else the curators, else whoever can appoint one."""
    curators = audience.role(Role.CURATOR)
    own = [each for each in curators if each.person == entry.author]
    return own or curators or audience.role(Role.ADMINISTRATOR)


def _key(stage: str, entry: Entry) -> str:
    """The same for every version that ends on the same day."""
    return f"expiry/{stage}/{entry.id}/{entry.valid_until}"


def words(stage: str, entries: Sequence[Entry]) -> Message:
    """3 条答复快到失效日期 — which, when, and what to do."""
    lines = [f"{each.valid_until:%Y-%m-%d}　{_title(each)}" for each in entries[:NAMED]]
    more = [f"……还有 {len(entries) - NAMED} 条"] if len(entries) > NAMED else []
    what = "快到失效日期" if stage == SOON else "过了失效日期，已自动撤下"
    link = "/console/checks" if stage == SOON else "/console/entries?status=withdrawn"
    if len(entries) == 1:
        link = f"/console/entries/{quote(entries[0].id, safe='')}"
    return Message(
        kind=ReminderKind.ENTRY,
        title=f"{len(entries)} 条答复{what}",
        text="\n".join([*lines, *more, ASK[stage]]),
        link=link,
    )


def _title(entry: Entry) -> str:
    text = entry.question or entry.answer
    return text if len(text) <= 40 else f"{text[:39]}…"
