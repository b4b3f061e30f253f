"""A second, slower look at questions that the first one left undecided."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from knowledge_base.asked import Asked
from knowledge_base.decision import Reason, different_matters
from knowledge_base.index import KnowledgeIndex
from knowledge_base.outcome import Candidate, Finding, Nothing, Suggestions
from knowledge_base.ports import EncoderUnavailable, Reranker
from knowledge_base.vetoes import veto

_log = logging.getLogger(__name__)
_OFFERED_FROM = 0.5
"""A candidate that the reranker finds likelier to answer than not is offered."""
_READ = 300
"""Characters of an entry's answer that are read beside its question."""


class Reranking:
    """Lets a reranker order what is undecided, within the time left; it never answers directly.

    A direct answer needs a probability that was calibrated on labels, and no published reranker's
    score is one. So it changes which entries a citizen may choose from, and in which order.
    """

    def __init__(self, reranker: Reranker, *, budget: float) -> None:
        self._reranker = reranker
        self._budget = budget
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reranker")
        self._busy: asyncio.Future[list[float]] | None = None

    async def second_look(self, index: KnowledgeIndex, asked: Asked, finding: Finding) -> Finding:
        """The finding, its candidates in the reranker's order where it is undecided and in time."""
        if not _is_undecided(finding) or (self._busy is not None and not self._busy.done()):
            return finding
        texts = [_text(candidate) for candidate in finding.ranking]
        loop = asyncio.get_running_loop()
        self._busy = loop.run_in_executor(
            self._worker, lambda: list(self._reranker.scores(asked.question, texts))
        )
        try:
            scores = await asyncio.wait_for(asyncio.shield(self._busy), self._budget)
        except (TimeoutError, EncoderUnavailable) as error:
            _log.warning("the reranker gave nothing in time: %s", error or "too slow")
            return finding
        return reranked(index, asked, finding, scores)

    def close(self) -> None:
        """Ends the worker thread."""
        self._worker.shutdown(wait=False, cancel_futures=True)


def reranked(index: KnowledgeIndex, asked: Asked, finding: Finding, scores: list[float]) -> Finding:
    """An undecided finding in the order of `scores`, one from 0 to 1 per candidate.

    What was offered stays offered; what the reranker is surer of than not is offered as well.
    """
    order = sorted(range(len(scores)), key=lambda place: -scores[place])
    ranking = tuple(finding.ranking[place] for place in order)
    offered = {c.entry.id for c in finding.choices} if isinstance(finding, Suggestions) else set()
    likely = (
        finding.ranking[place]
        for place in order
        if finding.ranking[place].entry.id in offered or scores[place] >= _OFFERED_FROM
    )
    choices = different_matters(index, (c for c in likely if not veto(index, asked.texts, c)))
    if isinstance(finding, Suggestions):
        same = [c.entry.id for c in choices] == [c.entry.id for c in finding.choices]
        kept = finding.separation if same else None
        return replace(finding, choices=choices, ranking=ranking, separation=kept)
    return Suggestions(choices=choices, ranking=ranking) if choices else Nothing(ranking=ranking)


def _is_undecided(finding: Finding) -> bool:
    if isinstance(finding, Nothing):
        return finding.reason == Reason.UNLIKELY and bool(finding.ranking)
    return isinstance(finding, Suggestions) and len(finding.ranking) > 1


def _text(candidate: Candidate) -> str:
    return f"{candidate.entry.question} {candidate.entry.answer[:_READ]}".strip()
