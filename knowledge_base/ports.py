"""What the knowledge base needs from outside, by shape."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge_base.entry import Entry
from knowledge_base.versions import EntryStep, Merge

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors; the names are sentence-transformers' own.

    Both methods block (they run on a worker thread), take any number of texts and return
    float32 of shape (len(texts), dimension), each row of length 1. They raise
    `EncoderUnavailable` when the model or its server cannot be reached.
    """

    @property
    def name(self) -> str:
        """Identifies the model and its settings: vectors of one name can be compared."""

    def encode_query(self, texts: Sequence[str]) -> Vectors: ...

    def encode_document(self, texts: Sequence[str]) -> Vectors: ...


class Reranker(Protocol):
    """Reads a question and entries together, as sentence-transformers' CrossEncoder does.

    `scores` blocks (it runs on a worker thread) and gives each text from 0 to 1 how well it
    answers. It raises `EncoderUnavailable` when the model fails.
    """

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]: ...


class EncoderUnavailable(Exception):
    """The encoder could not be reached or loaded; search goes on with words alone."""


class VectorStore(Protocol):
    """Keeps vectors by (encoder name, kind "query" or "document", hash of the encoded text)."""

    async def vectors(
        self, *, encoder: str, kind: str, hashes: Sequence[str]
    ) -> Mapping[str, Vectors]:
        """The stored ones of `hashes`, each of shape (dimension,)."""

    async def keep_vectors(
        self, *, encoder: str, kind: str, vectors: Mapping[str, Vectors]
    ) -> None: ...


class EntryStore(Protocol):
    """Keeps entries, every version of them; a published version never changes."""

    async def published_entries(self) -> list[Entry]: ...

    async def index_version(self) -> int:
        """A number that grows whenever the set of published entries changes."""

    async def entry_versions(self, entry_id: str) -> list[Entry]:
        """All versions of an entry, newest first; empty when there is none."""

    async def newest_entries(self, *, department: str = "", text: str = "") -> list[Entry]:
        """The newest version of each entry, for lists; filters are optional."""

    async def approved_entries(self) -> list[Entry]:
        """Versions in review that a second person approved, for a day to come; by entry."""

    async def entry_history(self, entry_id: str) -> list[EntryStep]:
        """Every step taken with an entry, newest first."""

    async def given_entries(self, *, since: datetime, until: datetime) -> list[tuple[str, int]]:
        """(entry, messages it answered directly in that time), the most given first."""

    async def times_given(self, entry_id: str) -> Mapping[int, int]:
        """How often each version of an entry was sent to a citizen; one never sent is missing."""

    async def open_merges(self) -> list[Merge]:
        """Those whose version waits to be published; oldest first."""

    async def merges_of(self, entry_id: str) -> list[Merge]:
        """All of an entry, into it and from it, newest first."""

    async def cancel_merge(self, kept: str, *, actor: str, now: datetime) -> bool:
        """The entry that was to go stays; False when there is nothing to cancel."""

    async def save_versions(
        self,
        entries: Sequence[Entry],
        *,
        actor: str,
        reason: str,
        seen: Sequence[Entry] | None = None,
        begins: Merge | None = None,
        ends: Sequence[Merge] = (),
    ) -> None:
        """Adds versions, or moves existing versions to their new status, in one transaction.

        Publishing a version withdraws the entry's earlier published one. An (id, version) whose
        text is already published or withdrawn is never rewritten: raises `VersionIsFrozen`.
        With `seen` (the stored rows that this was decided on; a version missing there is new)
        nothing is saved when another step came first: raises `EntryMovedOn`.
        `begins` is kept with it; `ends` are carried out by it: what goes among `entries` says so
        as its reason, and golden questions that wanted it want the entry that stays.
        """


class EntryMovedOn(Exception):
    """Another step on the same version came first: nothing was saved; load it and decide again."""


class VersionIsFrozen(Exception):
    """A published or withdrawn version cannot be changed; save a new version instead."""
