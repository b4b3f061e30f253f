"""What a citizen sends besides words, as it is fetched, kept and shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

EXPIRES: Final = timedelta(days=3)  # WeChat: 获取临时素材
JOINS_WITHIN: Final = timedelta(minutes=30)  # a picture before the words that open a case
IMAGE, AUDIO, VIDEO = "image", "audio", "video"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What a message of a kind may hold, and how big it may be (bytes; WeChat's own limits)."""

    family: str
    most: int
    words: str


KINDS: Final = {
    "image": Kind(family=IMAGE, most=10 << 20, words="图片"),
    "voice": Kind(family=AUDIO, most=2 << 20, words="语音"),
    "video": Kind(family=VIDEO, most=10 << 20, words="视频"),
    "shortvideo": Kind(family=VIDEO, most=10 << 20, words="小视频"),
}


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """One of them. `state`: wanted, fetching, kept, refused, lost; `reason` is for the staff.

    `content_type` was found in the content itself and is "" until it is kept; `size` in bytes.
    """

    id: int
    account: str
    kind: str
    media_id: str
    picture_url: str
    sent_at: datetime
    state: str
    attempts: int = 0
    reason: str = ""
    content_type: str = ""
    size: int = 0


class Attachments(Protocol):
    """Keeps them."""

    async def take_attachments(
        self, *, now: datetime, claim_until: datetime, limit: int
    ) -> Sequence[Attachment]:
        """Due ones; nobody else takes them before `claim_until`."""

    async def attachment_kept(
        self, attachment: int, content: bytes, *, content_type: str, now: datetime
    ) -> None: ...

    async def attachment_ended(
        self, attachment: int, state: str, *, reason: str, look_at: datetime
    ) -> None:
        """`state` is refused or lost, or wanted again from `look_at` on."""


def type_of(content: bytes) -> str:
    """The type that the first bytes tell, "" for any other: headers and names are not believed.

    Only types that no browser runs. Sources: the formats' own signatures (PNG, RFC 2083; JPEG,
    ITU-T T.81; GIF89a; RIFF/WebP; RFC 4867 AMR; ISO/IEC 14496-12 `ftyp`).
    """
    for at, signature, found in SIGNATURES:
        if content[at : at + len(signature)] == signature:
            return found
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and content[8:12] in FILM_BRANDS:
        return "video/mp4"
    return ""


SIGNATURES: Final = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"#!AMR\n", "audio/amr"),
    (0, b"#!AMR-WB\n", "audio/amr-wb"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xf2", "audio/mpeg"),
)
FILM_BRANDS: Final = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV"}
)
EXTENSIONS: Final = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "audio/amr": "amr",
    "audio/amr-wb": "amr",
    "audio/mpeg": "mp3",
    "video/mp4": "mp4",
}
