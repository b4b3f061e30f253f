"""Times, days, lists and texts as both databases keep them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

ONE_SPELLING = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=256)  # one moment is stored in several rows
def stamp(at: datetime) -> str:
    """YYYY-MM-DDTHH:MM:SS.ffffff+00:00: texts of one width, so they sort as the times do.

    Raises `ValueError` for a time without a zone.
    """
    if at.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def stamp_or_none(at: datetime | None) -> str | None:
    return None if at is None else stamp(at)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def moment_or_none(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def day_or_none(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def iso_or_none(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def packed(value: Sequence[str] | Sequence[Sequence[str]] | Mapping[str, str]) -> str:
    """JSON with one spelling: it is compared and hashed."""
    if not value:
        return "{}" if isinstance(value, Mapping) else "[]"
    return ONE_SPELLING.encode(value)


def unpacked(text: str) -> Any:
    return [] if text == "[]" else json.loads(text)


def storable(text: str) -> str:
    """The text without what a database refuses: NUL, and halves of a surrogate pair.

    Only a citizen's message can hold them (a push in JSON may spell any code unit).
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode()
    return text.replace("\0", "") if "\0" in text else text


def pattern(words: str) -> str:
    """A LIKE pattern for rows that hold `words`, in lower case, with "!" as its escape."""
    escaped = words.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"


def bars(names: Iterable[str]) -> str:
    """|one||two|: a set of short names as one text, to be asked with LIKE '%|one|%'."""
    return "".join(f"|{name}|" for name in names)


def fingerprint(*parts: str) -> str:
    """The sha256 of several texts; their borders count."""
    return sha256(packed(parts).encode("utf-8", "surrogatepass")).hexdigest()
