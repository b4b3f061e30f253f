"""A curator over a store of entries in memory, and an office over one of cases."""

import pytest

from knowledge_base.curation import Curator
from tests.fakes import InMemoryEntryStore
from tests.worlds.desk_office import Office


@pytest.fixture
def store() -> InMemoryEntryStore:
    return InMemoryEntryStore()


@pytest.fixture
def curator(store: InMemoryEntryStore) -> Curator:
    return Curator(store)


@pytest.fixture
def office() -> Office:
    return Office()
