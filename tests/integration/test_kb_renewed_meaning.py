"""A changed entry among many costs the encoding of that entry, and is found at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from knowledge_base import meaning
from knowledge_base.calibration import load_model
from knowledge_base.entry import Entry
from knowledge_base.ports import Vectors
from knowledge_base.search import KnowledgeBase

TODAY = date(2026, 11, 20)


class Directions:
    """Fits `Encoder`: one direction for each text, always the same; counts what it encodes."""

    name = "directions"

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        seeds = (int.from_bytes(text.encode()[:64], "big") for text in texts)
        rows = [np.random.default_rng(seed).standard_normal(32, np.float32) for seed in seeds]
        return np.stack([row / np.linalg.norm(row) for row in rows])

    encode_document = encode_query


def entry(number: int, text: str = "") -> Entry:
    return Entry(id=str(number), question=text or f"第{number}号事项去哪里办", answer="")


async def test_only_the_changed_entry_is_encoded_and_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(meaning, "MANY", 100)
    entries, encoder = [entry(number) for number in range(300)], Directions()
    kb = KnowledgeBase(encoder, None, load_model(), "", 10.0)
    await kb.load(entries)
    for changed, drift in ((1, 1), (2, 2), (3, 3), (4, 0)):
        encoder.encoded.clear()
        entries[changed] = replace(entries[changed], question=f"新的问题{changed}怎么问")
        await kb.load(entries)
        assert kb.index.meaning is not None
        assert kb.index.meaning.drift == drift
        if drift:
            assert set(encoder.encoded) == {f"新的问题{changed}怎么问"}
        vector = encoder.encode_query([f"新的问题{changed}怎么问"])[0]
        assert kb.index.candidates("别的", vector).entries[0] == changed
    await kb.load(entries[5:])
    assert kb.index.meaning is not None
    assert kb.index.meaning.drift == 0
    await kb.close()
