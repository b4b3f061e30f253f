"""Any server that speaks OpenAI's `POST /v1/embeddings`: vLLM, TEI, Ollama, a cloud.

Source: https://platform.openai.com/docs/api-reference/embeddings
"""

import json
from collections.abc import Sequence

import numpy as np

from bot.encoders.http_call import Endpoint, Refused, ServerFailed
from bot.encoders.prompts import prompts_for
from bot.encoders.rows import DOCUMENT_LIMIT, QUERY_LIMIT, clean_all, unit_rows
from knowledge_base.ports import EncoderUnavailable, Vectors

BATCH = 64
# Seconds for one request: to be reached at all, and for each text in it. A single query thus
# fails well inside the desk's reply limit; a full batch may take a small server half a minute.
BASE_SECONDS = 2.0
SECONDS_PER_TEXT = 0.5


class HttpEncoder:
    """Fits `knowledge_base.ports.Encoder`. Safe to use from several threads at once.

    `url` is the server's root, its `/v1`, or the whole address of the endpoint. Nothing is sent
    before the first text. Prompts are put in front of the texts for families that want them.
    """

    def __init__(self, url: str, *, model: str = "", api_key: str = "") -> None:
        self._endpoint = Endpoint.parse(url, api_key)
        self._model = model
        self._prompts = prompts_for(model)
        self._dimension: int | None = None
        self._name = f"http/{model or self._endpoint.place}/{QUERY_LIMIT}-{DOCUMENT_LIMIT}"

    @property
    def name(self) -> str:
        return self._name

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self._prompts.query, clean_all(texts, QUERY_LIMIT))

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self._prompts.document, clean_all(texts, DOCUMENT_LIMIT))

    def _encode(self, prompt: str, texts: list[str]) -> Vectors:
        prompted = [prompt + text for text in texts]
        batches = [prompted[start : start + BATCH] for start in range(0, len(texts), BATCH)]
        parts = [self._one_batch(batch) for batch in batches]
        return np.concatenate(parts) if parts else np.empty((0, self._dimension or 0), np.float32)

    def _one_batch(self, texts: list[str]) -> Vectors:
        rows = unit_rows(_in_order(self._ask(texts), len(texts)), count=len(texts))
        if self._dimension is None:
            self._dimension = rows.shape[1]
        if rows.shape[1] != self._dimension:
            raise EncoderUnavailable(
                f"{self._endpoint.place} returned {rows.shape[1]} dimensions after "
                f"{self._dimension}: its model was changed; restart to encode anew"
            )
        return rows

    def _ask(self, texts: list[str]) -> bytes:
        body = {"model": self._model, "input": texts, "encoding_format": "float"}
        payload = json.dumps(body, ensure_ascii=False).encode()
        seconds = BASE_SECONDS + SECONDS_PER_TEXT * len(texts)
        try:
            try:
                return self._endpoint.post(payload, seconds=seconds)
            except ServerFailed:  # once more: a worker may just have been restarted
                return self._endpoint.post(payload, seconds=seconds)
        except (ServerFailed, Refused) as error:
            raise EncoderUnavailable(str(error)) from error


def _in_order(answer: bytes, count: int) -> list[list[float]]:
    """The answer's vectors in the order of the texts, whatever order the server sent them in."""
    try:
        rows = {item["index"]: item["embedding"] for item in json.loads(answer)["data"]}
        ordered = [rows.pop(index) for index in range(count)]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        reason = type(error).__name__
        raise EncoderUnavailable(f"the answer is not an embeddings list: {reason}") from error
    if rows:
        raise EncoderUnavailable(f"the answer holds {len(rows)} vectors more than texts")
    return ordered
