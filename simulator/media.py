"""Temporary material: pictures, sounds and videos, kept three days.

Source: WeChat, 新增临时素材 and 获取临时素材.
"""

import secrets
import struct
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from simulator.errors import PlatformError

KEPT = timedelta(days=3)
LIMITS = {"image": 10 << 20, "voice": 2 << 20, "video": 10 << 20, "thumb": 64 << 10}


@dataclass(frozen=True, kw_only=True)
class Media:
    """One piece of material."""

    media_id: str
    kind: str
    content: bytes
    content_type: str
    created_at: datetime


class MediaStore:
    """All material of all accounts."""

    def __init__(self) -> None:
        self._kept: dict[str, Media] = {}

    def add(self, kind: str, content: bytes, content_type: str, now: datetime) -> Media:
        """Keep material; raises 40004 for an unknown kind, 45002 when it is too big."""
        if kind not in LIMITS:
            raise PlatformError(40004)
        if len(content) > LIMITS[kind]:
            raise PlatformError(45002)
        media = Media(
            media_id=secrets.token_urlsafe(48),
            kind=kind,
            content=content,
            content_type=content_type,
            created_at=now,
        )
        self._kept[media.media_id] = media
        return media

    def get(self, media_id: str, now: datetime) -> Media:
        """Material by its id; raises 40007 when unknown or older than three days."""
        media = self._kept.get(media_id)
        if media is None or now - media.created_at > KEPT:
            raise PlatformError(40007)
        return media


def sample_picture(width: int = 240, height: int = 180) -> bytes:
    """A small PNG: a dull sky over a street with a hole in it, as citizens photograph them."""
    rows = b"".join(
        b"\0" + b"".join(_pixel(x / width, y / height) for x in range(width)) for y in range(height)
    )
    header = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _pixel(x: float, y: float) -> bytes:
    if y < 0.42:
        shade = int(y * 90)
        return bytes((176 + shade, 200 + shade // 2, 219))
    if ((x - 0.56) / 0.2) ** 2 + ((y - 0.74) / 0.1) ** 2 < 1:
        return bytes((58, 54, 52))
    if abs(x - 0.5) < 0.012 * y and int(y * 18) % 2:
        return bytes((236, 230, 206))
    shade = int(y * 40)
    return bytes((150 - shade, 148 - shade, 146 - shade))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data))
