"""The curators' workshop: what the knowledge base's pages and chores work with, joined."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.index import IndexKeeper
from console.knowledge.curating import Curating
from knowledge_base.embedding import encode_once
from knowledge_base.explanation import explain
from knowledge_base.housekeeping import Housekeeping
from knowledge_base.learning import Learning
from knowledge_base.ports import Encoder
from knowledge_base.rehearsal import Rehearsal
from knowledge_base.search import KnowledgeBase
from knowledge_base.stated_bound import stated_bound
from storage import Storage


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """What is learnt and tried beside the running knowledge base."""

    storage: Storage
    knowledge: KnowledgeBase
    index: IndexKeeper
    rehearsal: Rehearsal
    learning: Learning
    housekeeping: Housekeeping

    def curating(self) -> Curating:
        """The same as the console's pages use it."""
        knowledge, storage = self.knowledge, self.storage

        def has_meaning() -> bool:
            return knowledge.index.meaning is not None

        return Curating(
            corrections=storage,
            golden=storage,
            pairs=storage,
            jobs=storage,
            libraries=storage,
            unmet=storage,
            synonyms=storage,
            kinds=storage,
            places=storage,
            rehearsal=self.rehearsal,
            learning=self.learning,
            housekeeping=self.housekeeping,
            explain=lambda finding: explain(finding, knowledge.model.block(has_meaning())),
            bound=lambda: stated_bound(knowledge.model, has_meaning=has_meaning()),
            refresh=self.index.refresh,
        )


def join_workshop(
    storage: Storage,
    knowledge: KnowledgeBase,
    encoder: Encoder | None,
    index: IndexKeeper,
    open_kb: Callable[[], KnowledgeBase],
) -> Workshop:
    """`open_kb` makes an empty knowledge base with the desk's encoder, vectors and model."""
    encode = None
    if encoder is not None:
        encode = partial(encode_once, kind="query", encoder=encoder, store=storage)
    return Workshop(
        storage=storage,
        knowledge=knowledge,
        index=index,
        rehearsal=Rehearsal(open_kb, storage),
        learning=Learning(storage, storage, encode, index.search),
        housekeeping=Housekeeping(storage, encode),
    )
