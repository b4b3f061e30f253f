"""The search index of a running desk: answers at once, by meaning as soon as it can."""

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from bot.index import FEW, IndexKeeper
from bot.metrics import DEGRADED
from knowledge_base.calibration import load_model
from knowledge_base.entry import Entry, Status
from knowledge_base.outcome import Answer
from knowledge_base.ports import Vectors
from knowledge_base.search import KnowledgeBase
from storage import Storage
from storage.errors import StorageUnavailable
from tests.servers.databases import fresh_storage
from tests.values.storage import NOW

TODAY = date(2026, 11, 23)
ENTRIES = [
    Entry(
        id=f"e{number}",
        question=f"第{number}号窗口怎么预约办理",
        answer=f"第{number}号窗口请在网上预约。",
        author="ann",
        reviewer="ben",
    )
    for number in range(FEW)
]


class HeldEncoder:
    """Encodes by character counts, but only while it is not held back."""

    name = "held"

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.texts = 0

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        self.go_on.wait(20)
        self.texts += len(texts)
        rows = np.zeros((len(texts), 64), np.float32)
        for row, text in enumerate(texts):
            for character in text:
                rows[row, ord(character) % 64] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)

    encode_document = encode_query


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    opened = await fresh_storage(tmp_path / "desk.db")
    await opened.save_versions(ENTRIES, actor="ben", reason="test")
    yield opened
    await opened.close()


def base(storage: Storage, encoder: HeldEncoder) -> KnowledgeBase:
    return KnowledgeBase(encoder, storage, load_model(), "", 5.0)


async def test_a_first_start_answers_by_words_until_everything_is_encoded(
    storage: Storage,
) -> None:
    encoder = HeldEncoder()
    knowledge = base(storage, encoder)
    keeper = IndexKeeper(storage, knowledge)
    await keeper.refresh()
    assert "still being encoded" in knowledge.degraded
    finding = await knowledge.search("第7号窗口怎么预约办理", today=TODAY)
    assert isinstance(finding, Answer)
    encoder.go_on.set()
    await keeper.encoded()
    assert (knowledge.degraded, knowledge.index.meaning is None) == ("", False)
    await keeper.close()
    await knowledge.close()


async def test_a_second_start_encodes_nothing(storage: Storage) -> None:
    first, second = HeldEncoder(), HeldEncoder()
    for encoder in (first, second):
        encoder.go_on.set()
        knowledge = base(storage, encoder)
        keeper = IndexKeeper(storage, knowledge)
        await keeper.refresh()
        await keeper.encoded()
        await keeper.close()
        await knowledge.close()
    assert first.texts > FEW
    assert second.texts == 0


async def test_a_new_version_of_an_entry_reaches_the_running_index(storage: Storage) -> None:
    encoder = HeldEncoder()
    encoder.go_on.set()
    knowledge = base(storage, encoder)
    keeper = IndexKeeper(storage, knowledge)
    await keeper.refresh()
    await keeper.encoded()
    newer = replace(ENTRIES[0], version=2, answer="第0号窗口改在二楼。")
    await storage.save_versions([newer], actor="ben", reason="test")
    assert await keeper.refresh()
    current = knowledge.entry("e0")
    assert current is not None
    assert (current.version, await keeper.refresh()) == (2, False)
    await knowledge.close()


async def test_what_is_withdrawn_is_not_answered_while_a_long_file_is_encoded(
    storage: Storage,
) -> None:
    encoder = HeldEncoder()
    encoder.go_on.set()
    knowledge = base(storage, encoder)
    keeper = IndexKeeper(storage, knowledge)
    await keeper.refresh()
    await keeper.encoded()
    encoder.go_on.clear()
    many = [replace(each, id=f"n{each.id}", question=f"新的{each.question}") for each in ENTRIES]
    await storage.save_versions(many, actor="ben", reason="test")
    await asyncio.wait_for(keeper.refresh(), 5)
    gone = ENTRIES[7].with_status(Status.WITHDRAWN)
    await storage.save_versions([gone], actor="ben", reason="test")
    await asyncio.wait_for(keeper.refresh(), 5)
    assert knowledge.entry("e7") is None
    assert isinstance(await keeper.search(many[8].question), Answer)
    encoder.go_on.set()
    await keeper.encoded()
    assert (knowledge.index.meaning is None, knowledge.entry("e7")) == (False, None)
    assert not await keeper.refresh()
    await keeper.close()
    await knowledge.close()


async def test_a_desk_that_chose_no_encoder_is_not_called_degraded(storage: Storage) -> None:
    keeper = IndexKeeper(storage, KnowledgeBase(None, storage, load_model(), "", 5.0))
    await keeper.refresh()
    told = await keeper.readiness()
    (gauge,) = DEGRADED.collect()
    assert (told["encoder"], gauge.samples[0].value) == ("none", 0)


async def test_a_desk_that_cannot_write_is_not_ready_until_it_can(storage: Storage) -> None:
    encoder = HeldEncoder()
    encoder.go_on.set()
    keeper = IndexKeeper(storage, base(storage, encoder))
    assert (await keeper.readiness())["database"] == "ok"
    connection = storage.driver._database.conn  # type: ignore[attr-defined]  # SQLite's own
    connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageUnavailable):
        await storage.log("ann", "backup", {}, NOW)
    assert await storage.frozen_reply(1) is None
    assert (await keeper.readiness())["database"] == "down"
    connection.execute("PRAGMA query_only = OFF")
    assert (await keeper.readiness())["database"] == "ok"
    await keeper.close()
