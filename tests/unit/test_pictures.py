"""How large a picture unfolds, from its header."""

import struct

import pytest

from bot.pictures import pixels
from simulator.media import sample_picture

JPEG = b"\xff\xd8" + b"\xff\xe0" + struct.pack(">H", 4) + b"xx"
FRAME = b"\xff\xc2" + struct.pack(">HBHH", 17, 8, 30, 40)
RIFF = b"RIFF0000WEBP"


@pytest.mark.parametrize(
    ("content", "kind", "found"),
    [
        (sample_picture(40, 30), "png", 1200),
        (b"GIF89a" + struct.pack("<HH", 40, 30), "gif", 1200),
        (JPEG + FRAME, "jpeg", 1200),
        (RIFF + b"VP8 0000" + bytes(6) + struct.pack("<HH", 0x4000 | 40, 30), "webp", 1200),
        (RIFF + b"VP8L0000/" + struct.pack("<I", 39 | 29 << 14), "webp", 1200),
        (RIFF + b"VP8X0000" + bytes(4) + b"\x27\0\0\x1d\0\0", "webp", 1200),
        (RIFF + b"VP8X0000" + bytes(4) + b"\xff\xff\xff\xff\xff\xff", "webp", 1 << 48),
    ],
)
def test_a_header_tells_how_many_pixels(content: bytes, kind: str, found: int) -> None:
    assert pixels(content, f"image/{kind}") == found


@pytest.mark.parametrize("content", [JPEG, b"\xff\xd8" + bytes(9_000_000), b"\xff" * 9_000_000])
def test_a_jpeg_without_a_frame_has_none_and_is_soon_given_up(content: bytes) -> None:
    assert pixels(content, "image/jpeg") == 0
