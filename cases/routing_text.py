"""A message as the router reads it."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 1_000
"""Characters of a message that are read: what follows repeats or tells the story."""
ENCODED: Final = 100
"""Characters that are encoded: an encoder's time grows with them, and the matter comes first."""
MASKED: Final = re.compile(r"[*＊×█■]{2,}")
GREETING: Final = re.compile(
    r"^(?:尊敬的|敬爱的)?(?:各位)?[\u4e00-\u9fff]{0,6}?(?:领导|书记|市长|县长|区长|局长|厅长|部长)?"
    r"(?:们)?[,，:：!！\s]*(?:您好|你好|你们好|大家好)[,，。:：!！\s]*"
)


def plain(text: str) -> str:
    """Half-width, lower case, single blanks, without the masks of personal data."""
    folded = unicodedata.normalize("NFKC", text[: 2 * LONGEST]).lower()
    return " ".join(MASKED.sub("", folded).split())[:LONGEST]


def for_encoder(text: str) -> str:
    """The front of a message, for the encoder: a greeting would take its place for nothing."""
    short = plain(text)
    return (GREETING.sub("", short) or short)[:ENCODED] or " "
