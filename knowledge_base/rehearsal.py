"""Trying a change before it is made: an index with the change, beside the one in use."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import ExitStack, asynccontextmanager
from datetime import date

from knowledge_base.entry import Entry, Status
from knowledge_base.kinds import KindsLine
from knowledge_base.kinds import tried_with as kinds_tried_with
from knowledge_base.outcome import Finding
from knowledge_base.own_places import PlaceName
from knowledge_base.own_places import tried_with as places_tried_with
from knowledge_base.ports import EntryStore
from knowledge_base.search import KnowledgeBase
from knowledge_base.synonyms import SynonymLine, tried_with

AT_ONCE = 4
"""Questions asked together: more would wait for each other's encoding until it is too late."""
Search = Callable[[str], Awaitable[Finding]]


class Rehearsal:
    """Asks questions of the published entries with some of them changed.

    `open_kb` makes an empty knowledge base with the desk's encoder, vectors and model. One change
    is tried at a time: each takes the memory of another index.
    """

    def __init__(self, open_kb: Callable[[], KnowledgeBase], entries: EntryStore) -> None:
        self._open_kb = open_kb
        self._entries = entries
        self._one = asyncio.Lock()

    async def ask(
        self,
        questions: Sequence[str],
        changed: Sequence[Entry],
        *,
        today: date,
        gone: Collection[str] = (),
        synonyms: Sequence[SynonymLine] | None = None,
        kinds: Sequence[KindsLine] | None = None,
        places: Sequence[PlaceName] | None = None,
    ) -> list[Finding]:
        """What each question would find if `changed` were published and `gone` withdrawn.

        `synonyms`, `kinds` and `places` are the desk's own to read with; None: those in use.
        """
        with ExitStack() as tried:
            if synonyms is not None:
                tried.enter_context(tried_with(synonyms))
            if kinds is not None:
                tried.enter_context(kinds_tried_with(kinds))
            if places is not None:
                tried.enter_context(places_tried_with(places))
            async with self._one, self._changed(changed, gone) as kb:

                async def search(text: str) -> Finding:
                    return await kb.search(text, today=today)

                return await ask_all(questions, search)

    @asynccontextmanager
    async def _changed(
        self, changed: Sequence[Entry], gone: Collection[str]
    ) -> AsyncIterator[KnowledgeBase]:
        now = await self._entries.published_entries()
        published = {entry.id: entry for entry in now if entry.id not in gone}
        published |= {entry.id: entry.with_status(Status.PUBLISHED) for entry in changed}
        kb = self._open_kb()
        try:
            await kb.load([published[each] for each in sorted(published)])
            yield kb
        finally:
            await kb.close()


async def ask_all(
    questions: Sequence[str],
    search: Search,
    progress: Callable[[int, int], Awaitable[None]] | None = None,
) -> list[Finding]:
    """The findings in the order of the questions."""
    found: list[Finding] = []
    for start in range(0, len(questions), AT_ONCE):
        found += await asyncio.gather(*map(search, questions[start : start + AT_ONCE]))
        if progress is not None:
            await progress(len(found), len(questions))
    return found
