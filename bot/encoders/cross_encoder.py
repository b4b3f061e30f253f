"""A sentence-transformers CrossEncoder by name or folder, for questions that are undecided."""

from collections.abc import Sequence
from threading import Lock
from typing import Any

from bot.encoders.rows import DOCUMENT_LIMIT, QUERY_LIMIT, clean_all
from bot.encoders.sentence_transformers import INSTALL
from bot.encoders.waiting import let_threads_sleep
from knowledge_base.ports import EncoderUnavailable


class CrossEncoderReranker:
    """Fits `knowledge_base.ports.Reranker`; reads question and entry together, one list at a time.

    Raises `EncoderUnavailable` when the extra or the model is missing, with the next step.
    """

    def __init__(self, model: str) -> None:
        self._model, self._sigmoid = _load(model)
        self._one_at_a_time = Lock()

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers the question, from 0 to 1."""
        if not texts:
            return []
        asked = clean_all([question], QUERY_LIMIT)[0]
        pairs = [(asked, text) for text in clean_all(texts, DOCUMENT_LIMIT)]
        with self._one_at_a_time:
            try:
                found = self._model.predict(
                    pairs, activation_fn=self._sigmoid, show_progress_bar=False
                )
            except RuntimeError as error:  # torch: out of memory, device lost
                raise EncoderUnavailable(f"the reranker failed: {type(error).__name__}") from error
        return [float(score) for score in found]


def _load(model: str) -> tuple[Any, Any]:
    let_threads_sleep()
    try:
        # Imported here: torch takes seconds and hundreds of MB, and most desks have none.
        from sentence_transformers import CrossEncoder
        from torch.nn import Sigmoid
    except ImportError as error:
        raise EncoderUnavailable(
            f"reranker.model needs an extra that is not installed: {INSTALL}"
        ) from error
    try:
        return CrossEncoder(model, num_labels=1, trust_remote_code=False), Sigmoid()
    except (OSError, ValueError, RuntimeError) as error:
        raise EncoderUnavailable(f"the reranker {model!r} cannot be loaded: {error}") from error
