"""Policy libraries run by others, from which entries are taken in as drafts."""

from urllib.parse import urlsplit

from pydantic import Field, field_validator

from bot.config_part import Part


class LibrarySettings(Part):
    """A folder, or the address of one file: xlsx, csv or jsonl, as `kb import` reads them."""

    source: str = Field(min_length=1)
    every_hours: float = Field(default=24.0, ge=0.05, le=24 * 31)

    @field_validator("source")
    @classmethod
    def _is_a_folder_or_an_address(cls, value: str) -> str:
        if "://" in value and urlsplit(value).scheme not in {"http", "https"}:
            raise ValueError("must be a folder, or an address with http:// or https://")
        return value
