"""Entries asked alike, side by side: what contradicts is seen before citizens read both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from console.deps import Deps
from knowledge_base.entry import Entry
from knowledge_base.outcome import Answer, Finding
from knowledge_base.pairs import Pair, may_clash
from knowledge_base.rehearsal import ask_all
from knowledge_base.word_difference import Change, Part, difference

SHOWN: Final = 3
"""Of the entries beside one text, published ones before others, the likest."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A pair with its answers' difference, word by word."""

    pair: Pair
    percent: int
    parts: tuple[Part, ...]

    @property
    def apart(self) -> bool:
        """Whether so little is the same that both are read better side by side."""
        same = sum(len(each.text) for each in self.parts if each.change is Change.SAME)
        longer = max(len(self.pair.first.answer), len(self.pair.second.answer))
        return 2 * same < longer


def shown_pair(pair: Pair) -> Shown:
    return Shown(
        pair=pair,
        percent=round(pair.likeness * 100),
        parts=difference(pair.first.answer, pair.second.answer),
    )


async def beside(box: Deps, drafts: Sequence[Entry]) -> dict[str, list[Shown]]:
    """By id what stands beside texts that are to be published: what is asked alike, and what
    answers their question now. But for what somebody found in order, and what goes when they come.
    """
    settled = await box.curating.pairs.settled_pairs()
    leaving = {(merge.kept, merge.gone) for merge in await box.entries.open_merges()}
    found: dict[str, dict[str, Pair]] = {each.id: {} for each in drafts}
    asked = [each for each in drafts if each.question]
    findings = await ask_all([each.question for each in asked], box.search)
    nearest = {each.entry.id: each.entry for finding in findings for each in finding.ranking}
    asked_alike = await box.curating.housekeeping.beside(drafts, nearest.values())
    for pair in (*asked_alike, *_answering_now(asked, findings)):
        if pair.mark not in settled and (pair.second.id, pair.first.id) not in leaving:
            found[pair.second.id].setdefault(pair.first.id, pair)
    return {
        each: [shown_pair(pair) for pair in list(pairs.values())[:SHOWN]]
        for each, pairs in found.items()
    }


def _answering_now(asked: Sequence[Entry], findings: Sequence[Finding]) -> list[Pair]:
    """Another entry that a text's question is answered with as things stand."""
    return [
        Pair(first=finding.best.entry, second=draft, likeness=finding.best.probability)
        for draft, finding in zip(asked, findings, strict=True)
        if isinstance(finding, Answer)
        and finding.best.entry.id != draft.id
        and may_clash(finding.best.entry, draft)
    ]
