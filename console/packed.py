"""An answer that anybody may be sent: compressed for whoever takes it, and once while unchanged.

Only for what holds no secret: a compressed page tells by its length what stands in it twice
(CVE-2013-3587), so the desk's own pages, with their form tokens, go out as they are.
"""

import gzip
import hashlib
from functools import lru_cache
from typing import Final

from aiohttp import ETag, web

WORTH_IT: Final = 1024
"""Bytes; a shorter answer fits into one packet anyway."""


def pack(request: web.Request, response: web.Response, *, kept: bool) -> web.Response:
    """The answer, gzipped where the browser takes that; 304 when it holds the same already.

    `kept`: caches may keep it, so it carries an ETag (weak: the same for both forms, RFC 9110).
    """
    body = response.body
    if not isinstance(body, bytes):
        return response
    response.headers["Vary"] = "Accept-Encoding"
    if kept and response.status == 200:
        mark = ETag(hashlib.sha256(body).hexdigest()[:16], is_weak=True)
        response.etag = mark
        if any(each.value in {mark.value, "*"} for each in request.if_none_match or ()):
            same = web.Response(status=304, headers=response.headers)
            same.headers.popall("Content-Type", None)
            same.headers.popall("Content-Length", None)
            return same
    if len(body) >= WORTH_IT and takes_gzip(request.headers.get("Accept-Encoding", "")):
        response.body = _gzipped(body)
        response.headers["Content-Encoding"] = "gzip"
    return response


def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header allows gzip (RFC 9110, 12.5.3); "gzip;q=0" forbids it."""
    for part in accepted.lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";")
        if name == "gzip":
            return weight.removeprefix("q=").strip("0.") != "" or weight == ""
    return False


@lru_cache(maxsize=64)
def _gzipped(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=6, mtime=0)
