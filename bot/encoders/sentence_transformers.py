"""Any sentence-transformers model, by name or folder (extra `[sentence-transformers]`)."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from bot.encoders.prompts import Prompts, prompts_for
from bot.encoders.rows import DOCUMENT_LIMIT, QUERY_LIMIT, clean_all, unit_rows
from bot.encoders.waiting import let_threads_sleep
from knowledge_base.ports import EncoderUnavailable, Vectors

INSTALL = "pip install 'huiying[sentence-transformers]' -c constraints-transformers.txt"


class SentenceTransformersEncoder:
    """Fits `knowledge_base.ports.Encoder`; one text list at a time, whichever thread asks.

    The model's own prompts are used where it has any, else those of its family (prompts.py).
    Raises `EncoderUnavailable` when the extra or the model is missing, with the next step.
    """

    def __init__(self, model: str) -> None:
        if not model:
            raise ValueError("encoder.model: sentence-transformers needs a model's name or folder")
        self._model = _load(model)
        self._prompts = _prompts(self._model.prompts, model)
        self._name = f"sentence-transformers/{_identity(model)}/{QUERY_LIMIT}-{DOCUMENT_LIMIT}"
        # The tokenizer keeps state during a call and raises "Already borrowed" when shared.
        self._one_at_a_time = Lock()

    @property
    def name(self) -> str:
        return self._name

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        cut = clean_all(texts, QUERY_LIMIT)
        return self._encode(self._model.encode_query, cut, self._prompts.query)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        cut = clean_all(texts, DOCUMENT_LIMIT)
        return self._encode(self._model.encode_document, cut, self._prompts.document)

    def _encode(self, encode: Any, texts: list[str], prompt: str) -> Vectors:
        if not texts:
            return unit_rows(self._encode(encode, [" "], prompt)[:0], count=0)
        with self._one_at_a_time:
            try:
                rows = encode(texts, prompt=prompt or None, show_progress_bar=False)
            except RuntimeError as error:  # torch: out of memory, device lost
                raise EncoderUnavailable(f"the model failed: {type(error).__name__}") from error
        return unit_rows(rows, count=len(texts))


def _load(model: str) -> Any:
    let_threads_sleep()
    try:
        # Imported here: torch takes seconds and hundreds of MB, and most desks have none.
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise EncoderUnavailable(
            f"encoder.kind 'sentence-transformers' needs an extra that is not installed: {INSTALL}"
        ) from error
    try:
        return SentenceTransformer(model, trust_remote_code=False)
    except (OSError, ValueError, RuntimeError) as error:
        raise EncoderUnavailable(f"the model {model!r} cannot be loaded: {error}") from error


def _prompts(own: dict[str, str], model: str) -> Prompts:
    stated = Prompts(own.get("query", ""), own.get("document", ""))
    return stated if any(stated) else prompts_for(model)


def _identity(model: str) -> str:
    """The model's name; for a folder, its name and a digest of the weights.

    A folder can be fine-tuned in place, and vectors of the old weights must not be compared
    with vectors of the new ones.
    """
    folder = Path(model)
    if not folder.is_dir():
        return model
    digest = hashlib.sha256()
    for weights in sorted([*folder.rglob("*.safetensors"), *folder.rglob("*.bin")]):
        with weights.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return f"{folder.resolve().name}-{digest.hexdigest()[:12]}"
