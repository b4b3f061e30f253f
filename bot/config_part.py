"""What every table of the configuration has in common."""

from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A table of the file; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def web_address(value: str) -> str:
    """The address as it was written; ValueError when no request could go there."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError('must be an address such as "https://your.domain"')
    return value
