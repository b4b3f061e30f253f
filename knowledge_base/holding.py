"""Why the likeliest entry is offered and not sent: the first rule that keeps it back."""

from knowledge_base import features
from knowledge_base.asked import Asked
from knowledge_base.calibration import Block
from knowledge_base.index import KnowledgeIndex
from knowledge_base.intent import Intent
from knowledge_base.outcome import Candidate, Held
from knowledge_base.presumed import presumes_more
from knowledge_base.topic import asks_something, is_a_name
from knowledge_base.vetoes import is_doubted

_SAID_OF_THE_WORDING = 0.5
"""The weighted share of the wording that a question of one telling word must have said."""


def why_held(
    index: KnowledgeIndex, block: Block, asked: Asked, best: Candidate, *, is_first: bool
) -> Held | None:
    """The reason why `best`, the likeliest that no veto takes, is no direct answer; None: it is.

    `is_first` says that nothing that was vetoed stands before it.
    """
    if not is_first:
        return Held.VETOED_BEFORE
    if best.probability < block.answer_at:
        return Held.UNLIKELY
    if best.sureness < block.answer_at:
        return Held.FEW_WORDS
    if asked.intent is not Intent.QUESTION:
        return Held.NO_QUESTION
    if asked.is_elsewhere(best.entry):
        return Held.ELSEWHERE
    if asked.leaves_open_where(best.entry):
        return Held.PART
    if not _says_which(asked.question, best):
        return Held.ONLY_A_NAME
    if is_doubted(index, asked.question, best):
        return Held.DOUBTED
    if presumes_more(asked.question, (best.entry.question, best.matched)):
        return Held.PRESUMES
    return None if features.may_answer(best.features) else Held.OTHER_SIDE


def _says_which(question: str, best: Candidate) -> bool:
    """False of a mere name, and of 社保卡怎么办 where the wording says more: 社保卡掉了咋办."""
    if not is_a_name(question):
        return True
    told = best.features.get(features.WORDING_COVERED, 0.0)
    return asks_something(question) and told >= _SAID_OF_THE_WORDING
