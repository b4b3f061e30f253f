"""How large a picture unfolds: a small file may hold more than any computer can show."""

import struct
from typing import Final

MOST_PIXELS: Final = 120_000_000
"""More than any telephone takes (108 million); four bytes each in whoever's browser shows it."""

MOST_PARTS: Final = 1000  # of a JPEG, before the picture itself
JPEG_FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # ITU-T T.81, table B.1


def pixels(content: bytes, content_type: str) -> int:
    """Width times height as a picture's own header says it; 0 when there is no such header.

    Sources: PNG, RFC 2083, 4.1.1; GIF89a, 18; JPEG, ITU-T T.81, B.2.2; WebP, RFC 9649, 2.5 to 2.7.
    """
    try:
        width, height = READERS[content_type](content)
    except (KeyError, struct.error):
        return 0
    return width * height


def _png(content: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", content, 16)
    return width, height


def _gif(content: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", content, 6)
    return width, height


def _jpeg(content: bytes) -> tuple[int, int]:
    at = 2
    for _ in range(MOST_PARTS):
        marker, length = struct.unpack_from(">HH", content, at)
        if marker & 0xFF in JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        at += 2 + length
    return 0, 0


def _webp(content: bytes) -> tuple[int, int]:
    kind = content[12:16]
    if kind == b"VP8X":
        low, middle, high = struct.unpack_from("<HHH", content, 24)
        return 1 + (low | (middle & 0xFF) << 16), 1 + (middle >> 8 | high << 8)
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 21)
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack_from("<HH", content, 26)
    return width & 0x3FFF, height & 0x3FFF


READERS: Final = {
    "image/png": _png,
    "image/gif": _gif,
    "image/jpeg": _jpeg,
    "image/webp": _webp,
}
