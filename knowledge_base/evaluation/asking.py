"""Asking every labelled question of an index in memory."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date

from knowledge_base.entry import Entry
from knowledge_base.evaluation.judged import Judged
from knowledge_base.evaluation.query import Query
from knowledge_base.evaluation.report import Report
from knowledge_base.evaluation.row import row_of
from knowledge_base.search import KnowledgeBase

AT_ONCE = 16


async def evaluate(
    entries: Sequence[Entry],
    queries: Sequence[Query],
    kb: KnowledgeBase,
    *,
    today: date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Loads `entries` into `kb` and asks every query; raises nothing for any text."""
    await kb.load(entries, progress)
    return await ask_queries(queries, kb, today=today, progress=progress)


async def ask_queries(
    queries: Sequence[Query],
    kb: KnowledgeBase,
    *,
    today: date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """The same of the entries that are loaded."""
    judged: list[Judged] = []
    entries = kb.index.entries
    day = today or date.today()
    for start in range(0, len(queries), AT_ONCE):
        batch = queries[start : start + AT_ONCE]
        findings = await asyncio.gather(*(kb.search(query.text, today=day) for query in batch))
        judged += [
            Judged(query=query, row=row_of(query.qid, finding))
            for query, finding in zip(batch, findings, strict=True)
        ]
        if progress is not None:
            progress(len(judged), len(queries))
    return Report(
        judged=tuple(judged),
        departments={entry.id: entry.department for entry in entries},
        topics={entry.id: entry.topic for entry in entries},
        texts={entry.id: entry.question or entry.answer[:40] for entry in entries},
        degraded=kb.degraded,
    )
