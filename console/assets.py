"""The console's own files: read once, served with a fingerprint in their address."""

import hashlib
from pathlib import Path
from typing import Final

from aiohttp import web

from console.packed import pack

FOLDER: Final = Path(__file__).parent / "static"
TYPES: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FILES: Final = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir())}
PRINTS: Final = {name: hashlib.sha256(body).hexdigest()[:12] for name, body in FILES.items()}


def address(name: str, prefix: str) -> str:
    """Where a file is found; its address changes with its content."""
    return f"{prefix}/static/{name}?v={PRINTS[name]}"


async def serve(request: web.Request) -> web.Response:
    """One of our files, to be kept by the browser for a year when the fingerprint fits."""
    name = request.match_info["name"]
    if name not in FILES:
        raise web.HTTPNotFound
    fits = request.query.get("v") == PRINTS[name]
    answer = web.Response(
        body=FILES[name],
        content_type=TYPES[Path(name).suffix],
        charset="utf-8",
        headers={"Cache-Control": "public, max-age=31536000, immutable" if fits else "no-cache"},
    )
    return pack(request, answer, kept=True)
