"""The desk's own words, over those of the release: put in force together."""

from typing import Protocol

from knowledge_base import kinds, own_places, synonyms
from knowledge_base.kinds import KindsStore
from knowledge_base.own_places import PlaceStore
from knowledge_base.synonyms import SynonymStore


class WordStore(SynonymStore, KindsStore, PlaceStore, Protocol):
    """Keeps all of them."""


async def adopt_own_words(store: WordStore) -> None:
    """Reads with them from now on, in this process; an index must be built anew after it."""
    synonyms.adopt(await store.synonyms())
    kinds.adopt(await store.own_kinds())
    own_places.adopt(await store.own_places())
