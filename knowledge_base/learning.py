"""What the knowledge base lacks: unmet questions gathered into matters, kept up to date."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from knowledge_base.background import BACKGROUND
from knowledge_base.clusters import Cluster, Matrix, clusters_of, dismissed_rows, similarities
from knowledge_base.entry import Entry, Status
from knowledge_base.outcome import Answer, Finding
from knowledge_base.ports import EncoderUnavailable, EntryStore, Vectors
from knowledge_base.text import normalise, question_of
from knowledge_base.unmet import Unmet, UnmetStore

PERIOD = timedelta(days=90)
MOST = 3_000
"""Different texts that are gathered, the newest: all pairs of them are compared."""
STALE = timedelta(minutes=5)
MOST_LOOKED_AT = 300
"""Clusters, the most asked first, that are asked again to see whether they are answered by now;
the others stay unmet until they rise."""
LOOKED_AT = 3
"""Wordings of a cluster that are asked to see whether it is answered by now."""
Encode = Callable[[Sequence[str]], Awaitable[Vectors]]
Search = Callable[[str], Awaitable[Finding]]


@dataclass(frozen=True, kw_only=True)
class Matter:
    """A cluster, and what has been done about it: the entry that answers it by now, and the
    draft that holds one of its wordings ("" for none)."""

    cluster: Cluster
    answered_by: str = ""
    draft: str = ""


class Learning:
    """Gathers on demand, at most every five minutes; `encode` is None without an encoder."""

    def __init__(
        self, unmet: UnmetStore, entries: EntryStore, encode: Encode | None, search: Search
    ) -> None:
        self._unmet = unmet
        self._entries = entries
        self._encode = encode
        self._search = search
        self._matters: list[Matter] = []
        self._made_at: datetime | None = None
        self._making: asyncio.Task[None] | None = None
        self._forgotten = 0

    async def matters(
        self, *, now: datetime, patience: float, of: str | None = None
    ) -> list[Matter] | None:
        """The matters as of the last minutes; None while they are still being gathered.

        `of` names a department: only what its own cases asked, in their words.
        """
        if self._making is None and (self._made_at is None or now - self._made_at > STALE):
            self._making = asyncio.create_task(self._make(now))
        making = self._making  # others may wait for the same, and be done with it first
        if making is not None:
            await asyncio.wait([making], timeout=patience)
            if making.done():
                self._making = None if self._making is making else self._making
                making.result()
        if self._made_at is None:
            return None
        return self._matters if of is None else _within(self._matters, of, now)

    def known(self, *, now: datetime, of: str | None = None) -> list[Matter] | None:
        """The matters as they were gathered last, without gathering them anew; None: never."""
        if self._made_at is None and not self._matters:
            return None
        return list(self._matters) if of is None else _within(self._matters, of, now)

    def forget(self) -> None:
        """After a draft or a dismissal: what was gathered is out of date."""
        self._made_at = None
        self._forgotten += 1

    async def find(self, wording: str, *, now: datetime, of: str | None = None) -> Matter | None:
        """The matter that a wording belongs to."""
        matters = await self.matters(now=now, patience=60.0, of=of) or []
        return next((each for each in matters if wording in each.cluster.wordings), None)

    async def close(self) -> None:
        if self._making is not None:
            self._making.cancel()
            await asyncio.gather(self._making, return_exceptions=True)

    async def _make(self, now: datetime) -> None:
        begun = self._forgotten
        unmet = await self._unmet.unmet_questions(since=now - PERIOD, limit=2 * MOST)
        by_text = _by_text(unmet)
        hidden = [text for each in await self._unmet.dismissed() for text in each.wordings]
        texts = [*by_text, *hidden]
        alike, near = await self._similarities(texts)
        gone = dismissed_rows(alike, near, len(by_text))
        keep = [row for row in range(len(by_text)) if row not in gone]
        kept = {texts[row]: by_text[texts[row]] for row in keep}
        found = await asyncio.to_thread(clusters_of, kept, alike[keep][:, keep], near, now=now)
        drafts = _drafts(await self._entries.newest_entries())
        self._matters = [
            await self._matter(cluster, drafts, is_asked=place < MOST_LOOKED_AT)
            for place, cluster in enumerate(found)
        ]
        # What was drafted or dismissed while this was gathered is not in it.
        self._made_at = now if begun == self._forgotten else None

    async def _ask(self, text: str) -> Finding:
        """One search, and as long a rest: citizens' questions come first."""
        started = time.monotonic()
        finding = await self._search(text)
        await asyncio.sleep(min(time.monotonic() - started, 1.0))
        return finding

    async def _similarities(self, texts: Sequence[str]) -> tuple[Matrix, float]:
        """By meaning; by words while the encoder cannot be reached."""
        vectors = background = None
        if self._encode is not None and texts:
            try:
                vectors, background = await self._encode(texts), await self._encode(BACKGROUND)
            except EncoderUnavailable:
                vectors = None
        return await asyncio.to_thread(similarities, texts, vectors, background)

    async def _matter(self, cluster: Cluster, drafts: dict[str, str], *, is_asked: bool) -> Matter:
        asked = cluster.wordings[:LOOKED_AT]
        found = [await self._ask(text) for text in asked] if is_asked else []
        answers = [finding.best.entry.id for finding in found if isinstance(finding, Answer)]
        is_met = 2 * len(answers) > len(asked)
        draft = next((drafts[text] for text in asked if text in drafts), "")
        return Matter(cluster=cluster, answered_by=answers[0] if is_met else "", draft=draft)


def _within(matters: Sequence[Matter], department: str, now: datetime) -> list[Matter]:
    """The most asked first, as this department's cases count."""
    found = ((each, each.cluster.within(department, now=now)) for each in matters)
    own = [replace(each, cluster=cluster) for each, cluster in found if cluster is not None]
    return sorted(own, key=lambda each: -len(each.cluster.members))


def _by_text(unmet: Sequence[Unmet]) -> dict[str, list[Unmet]]:
    """The members by their question; what says nothing is left out."""
    found: dict[str, list[Unmet]] = {}
    for each in unmet:
        text = question_of(each.text)
        if len(text) >= 4 and (text in found or len(found) < MOST):
            found.setdefault(text, []).append(each)
    return found


def _drafts(newest: Sequence[Entry]) -> dict[str, str]:
    """The id of the open draft by each wording in it."""
    open_now = [e for e in newest if e.status in {Status.DRAFT, Status.IN_REVIEW}]
    return {normalise(text): e.id for e in open_now for text in e.wordings}
