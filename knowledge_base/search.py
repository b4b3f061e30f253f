"""The knowledge base in use: its index, its encoder, and the search through both."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from knowledge_base.asked import Asked
from knowledge_base.background import BACKGROUND
from knowledge_base.calibration import Model
from knowledge_base.decision import exact_finding, find
from knowledge_base.embedding import Progress, between, count_missing, encode_once
from knowledge_base.entry import Entry
from knowledge_base.findings import Findings
from knowledge_base.index import KnowledgeIndex
from knowledge_base.intent import Intent
from knowledge_base.meaning import EntryVectors, Meaning, Moves, Renewal
from knowledge_base.outcome import Answer, Finding, Nothing, Suggestions
from knowledge_base.places import Region
from knowledge_base.ports import Encoder, EncoderUnavailable, Vectors, VectorStore
from knowledge_base.query_encoder import QueryEncoder
from knowledge_base.reranking import Reranking
from knowledge_base.respelling import respelt
from knowledge_base.synonyms import readings
from knowledge_base.texts import Texts

_HEARD = 0.3
"""The chance from which an entry is offered for what a question sounds like."""
_CLEARLY = 0.1
"""By so much more likely must an entry be to a question that was put right."""


class KnowledgeBase:
    """The current index and its encoder; `load` swaps the index without stopping the answers."""

    def __init__(
        self,
        encoder: Encoder | None,
        vectors: VectorStore | None,
        model: Model,
        region: str,
        budget: float,
        reranking: Reranking | None = None,
    ) -> None:
        self._encoder = encoder
        self._reranking = reranking
        self._store = vectors
        self.model = model.for_encoder(encoder.name) if encoder else model
        self.region = Region(region)
        self._queries = QueryEncoder(encoder, budget=budget)
        self._index = KnowledgeIndex((), Texts.of(()), None)
        self._meant = self._index
        self._findings = Findings()
        self._unencoded = ""

    @property
    def index(self) -> KnowledgeIndex:
        """The index in use; hold on to it to see one state throughout."""
        return self._index

    @property
    def degraded(self) -> str:
        """Why questions are searched by words alone at present; empty when all is well."""
        return self._queries.degraded or self._unencoded

    @property
    def by_words_only(self) -> bool:
        """Whether no encoder was chosen: searching by words alone is then as it should be."""
        return self._encoder is None

    def entry(self, entry_id: str) -> Entry | None:
        """The published entry with this id."""
        number = self._index.numbers.get(entry_id)
        return None if number is None else self._index.entries[number]

    async def load(self, entries: Sequence[Entry], progress: Progress | None = None) -> None:
        """Builds an index of `entries` beside the current one and puts it in its place.

        What both have is taken over, so that one changed entry among many costs little.
        """
        before = self._index
        await asyncio.to_thread(self.region.elsewhere, "")  # reads the list of places, once
        texts = await asyncio.to_thread(Texts.of, entries, before)
        meaning = await self._meaning(texts, self._meant, progress) if entries else None
        self._index = await asyncio.to_thread(KnowledgeIndex, entries, texts, meaning, before)
        self._meant = self._index
        self._findings = Findings()

    refresh = load

    async def load_words(self, entries: Sequence[Entry]) -> None:
        """An index that searches by words alone, at once; `load` follows when all is encoded, and
        takes over what the last index that had it knows of meaning.
        """
        before = self._index
        texts = await asyncio.to_thread(Texts.of, entries, before)
        self._index = await asyncio.to_thread(KnowledgeIndex, entries, texts, None, before)
        self._findings = Findings()
        self._unencoded = "the entries are still being encoded"

    async def missing(self, entries: Sequence[Entry]) -> int:
        """How many texts of `entries` are neither in the index nor have a stored vector yet."""
        if self._encoder is None or self._store is None:
            return 0
        texts, known = await asyncio.to_thread(Texts.of, entries, self._index), self._meant.texts
        count = partial(count_missing, encoder=self._encoder.name, store=self._store)
        if self._meant.meaning is None:
            questions = (*texts.wordings.texts, *BACKGROUND)
            return await count(questions, "query") + await count(texts.passages, "document")
        wordings = Moves.of(texts.wordings.texts, known.wordings.texts).new
        passages = Moves.of(texts.passages, known.passages).new
        return await count(wordings, "query") + await count(passages, "document")

    async def encode_questions(
        self, entries: Sequence[Entry], progress: Progress | None = None
    ) -> None:
        """Stores the vectors of all wordings; those of the answers, which take longer, follow
        with `load`. Builds no index. Raises `EncoderUnavailable`.
        """
        if self._encoder is None:
            return
        texts = await asyncio.to_thread(Texts.of, entries)
        questions = (*texts.wordings.texts, *BACKGROUND)
        await encode_once(
            questions, "query", encoder=self._encoder, store=self._store, progress=progress
        )

    async def encode(self, entries: Sequence[Entry], progress: Progress | None = None) -> None:
        """Stores the entries' vectors, so that a later `load` finds them; builds no index."""
        texts = await asyncio.to_thread(Texts.of, entries)
        await self._vectors(texts, progress)

    async def _meaning(
        self, texts: Texts, before: KnowledgeIndex, progress: Progress | None
    ) -> Meaning | None:
        if self._encoder is None:
            return None
        transform = self.model.map_of(self._encoder.name).transform
        renewal = await asyncio.to_thread(
            Renewal.of, texts, before.texts, before.meaning, transform
        )
        if renewal is None:
            vectors = await self._vectors(texts, progress)
            make = partial(Meaning.of, vectors, transform=transform) if vectors else None
        else:
            new = await self._encoded(renewal.wordings.new, renewal.passages.new, progress)
            make = partial(renewal.meaning, *new) if new else None
        return await asyncio.to_thread(make) if make else None

    async def _vectors(self, texts: Texts, progress: Progress | None) -> EntryVectors | None:
        wordings = (*texts.wordings.texts, *BACKGROUND)
        encoded = await self._encoded(wordings, texts.passages, progress)
        if encoded is None:
            return None
        own = len(texts.wordings.texts)
        return EntryVectors(encoded[0][:own], encoded[1], encoded[0][own:])

    async def _encoded(
        self, wordings: Sequence[str], passages: Sequence[str], progress: Progress | None
    ) -> tuple[Vectors, Vectors] | None:
        """The vectors of wordings and of passages; None when the encoder fails."""
        if self._encoder is None:
            return None
        encode = partial(encode_once, encoder=self._encoder, store=self._store, progress=progress)
        try:
            vectors = await encode(wordings, "query"), await encode(passages, "document")
        except EncoderUnavailable as error:
            self._unencoded = f"the entries could not be encoded: {error}"
            return None
        self._unencoded = ""
        return vectors

    async def search(self, text: str, *, today: date) -> Finding:
        """What the knowledge base has for a message; never raises for any text."""
        index, findings = self._index, self._findings
        known = self.known(text, today=today)
        if known is not None:
            return known
        asked = Asked.of(text, region=self.region, today=today)
        finding, vector = await self._found(index, asked)
        if not isinstance(finding, Answer) and not asked.intent.is_small_talk:
            asked, finding = await self._respelt(index, asked, finding)
        if isinstance(finding, Nothing) and asked.intent is Intent.QUESTION:
            finding = await self._heard(index, asked, finding)
        if self._reranking is not None:
            finding = await self._reranking.second_look(index, asked, finding)
        if vector is not None or index.meaning is None:  # else the encoder was slow: not the best
            findings.keep(text, today, finding)
        return finding

    async def _found(self, index: KnowledgeIndex, asked: Asked) -> tuple[Finding, Vectors | None]:
        vector = await self._vector(index, asked)
        return await asyncio.to_thread(find, index, self.model, asked, vector), vector

    async def _respelt(
        self, index: KnowledgeIndex, asked: Asked, finding: Finding
    ) -> tuple[Asked, Finding]:
        """The same with homophones put right, if that makes the best entry clearly likelier."""
        question = await asyncio.to_thread(respelt, asked.question, index.words.common)
        if question == asked.question:
            return asked, finding
        other = replace(asked, question=question)  # what it wants stays as it was read
        found, _ = await self._found(index, other)
        clearly = _likeliest(found) >= _likeliest(finding) + _CLEARLY
        return (other, found) if clearly and not isinstance(found, Nothing) else (asked, finding)

    async def _heard(self, index: KnowledgeIndex, asked: Asked, nothing: Nothing) -> Finding:
        """What is likely for the question as it sounds, to be offered and never answered."""
        question = await asyncio.to_thread(lambda: index.sounds.heard(asked.question))
        if question == asked.question:
            return nothing
        found, _ = await self._found(index, replace(asked, question=question))
        match found:
            case Answer(best=best):
                return Suggestions(choices=(best,), ranking=found.ranking)
            case Suggestions(choices=(first, *_)) if first.probability >= _HEARD or found.topic:
                return found
            case _:
                return nothing

    def known(self, text: str, *, today: date) -> Finding | None:
        """What was found before, or the entry whose wording the message is; for any thread.

        None when it takes a search to say.
        """
        findings = self._findings  # before the index: a new index may meet old findings, not
        index = self._index  # an old index's finding the new ones
        known = findings.get(text, today)
        if known is None:
            known = exact_finding(index, Asked.of(text, region=self.region, today=today))
            if known is not None:
                findings.keep(text, today, known, exact=True)
        return known

    async def _vector(self, index: KnowledgeIndex, asked: Asked) -> Vectors | None:
        if index.meaning is None or not asked.question:
            return None
        wordings = readings(asked.question)
        encoded = await asyncio.gather(*(self._queries.encode(each) for each in wordings))
        vectors = [vector for vector in encoded if vector is not None]
        return between(vectors) if vectors else None

    async def close(self) -> None:
        """Ends the worker threads."""
        if self._reranking is not None:
            self._reranking.close()
        await self._queries.close()


def _likeliest(finding: Finding) -> float:
    """The chance of the likeliest entry that was considered."""
    return max((each.probability for each in finding.ranking), default=0.0)
