"""A curator over a store of entries in memory."""

import pytest

from knowledge_base.curation import Curator
from tests.fakes import InMemoryEntryStore


@pytest.fixture
def store() -> InMemoryEntryStore:
    return InMemoryEntryStore()


@pytest.fixture
def curator(store: InMemoryEntryStore) -> Curator:
    return Curator(store)
