"""What `kb fit --desk` does: a new model from a desk's own labels, held against its golden
questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from knowledge_base.calibration import Model
from knowledge_base.embedding import Progress
from knowledge_base.entry import Entry
from knowledge_base.fitting import FEWEST, FitRefused
from knowledge_base.golden import GoldenQuestion, Turn, moves
from knowledge_base.labels import DeskLabels, Kind
from knowledge_base.outcome import Finding
from knowledge_base.ports import Encoder, Vectors, VectorStore
from knowledge_base.refit import LabelledBase, fit
from knowledge_base.rehearsal import ask_all
from knowledge_base.search import KnowledgeBase

_WEAK = 0.5
"""The say in ranking of an answer that nobody objected to: silence is not yet consent."""


@dataclass(frozen=True, kw_only=True)
class GoldenCheck:
    """Golden questions asked of the model in use and of the new one."""

    asked: int
    lost: int
    mended: int

    def as_json(self) -> dict[str, int]:
        """Counts; `lost` are answered rightly by the model in use and not by the new one."""
        return {"asked": self.asked, "lost": self.lost, "mended": self.mended}


@dataclass(frozen=True, kw_only=True)
class KnownVectors:
    """A store's vectors to read; new ones are not kept.

    The vectors of citizens' words would outlive their erasure.
    """

    store: VectorStore

    async def vectors(
        self, *, encoder: str, kind: str, hashes: Sequence[str]
    ) -> Mapping[str, Vectors]:
        return await self.store.vectors(encoder=encoder, kind=kind, hashes=hashes)

    async def keep_vectors(
        self, *, encoder: str, kind: str, vectors: Mapping[str, Vectors]
    ) -> None:
        """Keeps nothing."""


@dataclass(frozen=True, kw_only=True)
class Workbench:
    """Where a desk's model is fitted: its entries, encoder, vectors and place, as of today."""

    entries: Sequence[Entry]
    encoder: Encoder | None
    store: VectorStore
    region: str
    today: date
    progress: Progress | None = None

    async def fit(self, labels: DeskLabels, current: Model, *, bound: float) -> Model:
        """A model fitted to the desk's labels. Raises `FitRefused` as `refit.fit` does."""
        if labels.answerable < FEWEST:
            raise FitRefused(_too_few(labels.answerable))
        weak = [query for query in labels.queries if query.kind == Kind.ANSWERED]
        sure = [query for query in labels.queries if query.kind != Kind.ANSWERED]
        base = partial(LabelledBase, entries=self.entries)
        bases = [base(queries=sure), base(queries=weak, weight=_WEAK)]
        model = await fit(
            [each for each in bases if each.queries],
            encoder=self.encoder,
            current=current,
            store=KnownVectors(store=self.store),
            region=self.region,
            bound=bound,
            progress=self.progress,
        )
        return model.under(bound)

    async def check(
        self, golden: Sequence[GoldenQuestion], current: Model, new: Model
    ) -> GoldenCheck:
        """What the new model does to the golden questions."""
        texts = [question.text for question in golden]
        before, after = await self._ask(current, texts), await self._ask(new, texts)
        turns = [move.turn for move in moves(golden, before, after)]
        return GoldenCheck(
            asked=len(golden), lost=turns.count(Turn.BROKEN), mended=turns.count(Turn.MENDED)
        )

    async def _ask(self, model: Model, texts: Sequence[str]) -> list[Finding]:
        store = KnownVectors(store=self.store)
        kb = KnowledgeBase(self.encoder, store, model, self.region, 60.0)
        try:
            await kb.load(self.entries, self.progress)
            return await ask_all(texts, partial(kb.search, today=self.today))
        finally:
            await kb.close()


def _too_few(answerable: int) -> str:
    return (
        f"the desk knows the entry of {answerable} questions, {FEWEST - answerable} more are "
        "needed; mark golden questions (必答题) in the console, insert entries into replies "
        "when drafting, or come back when more citizens have asked"
    )
