"""One blocking POST of JSON to a server that may be slow, wrong or gone."""

import http.client
import ssl
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

# 64 texts of 4,096 dimensions in full precision are some 6 MB of JSON.
LARGEST_ANSWER = 64 * 1024 * 1024


class ServerFailed(Exception):
    """The server answered 5xx or dropped the connection: the same request may succeed again."""


class Refused(Exception):
    """No use in asking again now: not reachable, too slow, or the request is not accepted."""


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """Where to post. Errors name the address and the status, never the key nor the texts:
    servers like to quote the input, and citizens' words do not belong in a log.
    """

    host: str
    port: int
    path: str
    headers: dict[str, str] = field(repr=False)
    tls: ssl.SSLContext | None

    @classmethod
    def parse(cls, url: str, api_key: str) -> "Endpoint":
        """Raises `ValueError` naming the setting that is wrong."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"encoder.url: {url!r} is not an http or https address")
        if not (api_key.isascii() and (api_key + "x").isprintable()):
            raise ValueError("encoder.api_key: only printable ASCII characters are possible")
        tls = ssl.create_default_context() if parts.scheme == "https" else None
        headers = {"Content-Type": "application/json"}
        if api_key:
            headers["Authorization"] = f"Bearer {api_key}"
        return cls(
            host=parts.hostname,
            port=parts.port or (443 if tls else 80),
            path=_endpoint_path(parts.path) + (f"?{parts.query}" if parts.query else ""),
            headers=headers,
            tls=tls,
        )

    @property
    def place(self) -> str:
        """The address without key or query, for names and errors."""
        return f"{self.host}:{self.port}{self.path.partition('?')[0]}"

    def post(self, payload: bytes, *, seconds: float) -> bytes:
        """The body of a 200 answer, all of it within `seconds`."""
        deadline = time.monotonic() + seconds
        connection = self._connection(seconds)
        try:
            connection.request("POST", self.path, payload, self.headers)
            with connection.getresponse() as response:
                self._check(response.status)
                return self._body(response, deadline)
        except ConnectionResetError as error:  # also http.client.RemoteDisconnected
            raise ServerFailed(f"{self.place} dropped the connection") from error
        except TimeoutError as error:
            raise Refused(f"{self.place} took longer than {seconds:.1f} s") from error
        except (OSError, http.client.HTTPException) as error:
            raise Refused(f"{self.place} cannot be used: {type(error).__name__}") from error
        finally:
            connection.close()

    def _connection(self, seconds: float) -> http.client.HTTPConnection:
        if self.tls is None:
            return http.client.HTTPConnection(self.host, self.port, timeout=seconds)
        return http.client.HTTPSConnection(self.host, self.port, timeout=seconds, context=self.tls)

    def _check(self, status: int) -> None:
        if status >= 500:
            raise ServerFailed(f"{self.place} answered {status}")
        if status != 200:
            raise Refused(f"{self.place} answered {status}: see encoder.url, model and api_key")

    def _body(self, response: http.client.HTTPResponse, deadline: float) -> bytes:
        """Reads piece by piece, for a socket's time-out starts anew with every byte received."""
        body = bytearray()
        while piece := response.read1(65536):
            body += piece
            if len(body) > LARGEST_ANSWER:
                raise Refused(f"{self.place} sent more than {LARGEST_ANSWER} bytes")
            if time.monotonic() > deadline:
                raise TimeoutError
        return bytes(body)


def _endpoint_path(path: str) -> str:
    """`/v1/embeddings`, or what the address says if it already names an API or an endpoint."""
    path = path.rstrip("/")
    if path.endswith("/embeddings"):
        return path
    return f"{path or '/v1'}/embeddings"
