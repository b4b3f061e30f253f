"""What every table of the configuration has in common."""

import unicodedata
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator


class Part(BaseModel):
    """A table of the file; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _is_plain(cls, value: Any, info: ValidationInfo) -> Any:
        return plain(value, cls.model_fields[str(info.field_name)].annotation)


def plain(value: Any, wanted: Any) -> Any:
    """The value; ValueError for true or false as a number, and for a character nobody can see."""
    if isinstance(value, bool) and wanted in {int, float}:
        raise ValueError("must be a number, not true or false")
    if isinstance(value, str) and any(unicodedata.category(sign) == "Cc" for sign in value):
        raise ValueError("has a character that cannot be seen: type it anew")
    return value


def web_address(value: str) -> str:
    """The address as it was written; ValueError when no request could go there."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError('must be an address such as "https://your.domain"')
    return value


def own_address(value: str) -> str:
    """Where to listen; ValueError for "", which would be every address, the public one too."""
    if not value.strip():
        raise ValueError('must be an address of this machine such as "127.0.0.1"')
    return value
