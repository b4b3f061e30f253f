"""How the looks at a library run by others go, for the worker that looks and for curators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class LibraryLook:
    """The last look at a library.

    `digest` is the sha256 of the files that were taken in last, `tried` that of files nothing
    could be made of. `etag` and `modified` are what its site called the newest of these two at
    `source` (a sha256 of the address). `failures` counts looks in a row that failed, the last
    for `reason` (Chinese, for staff); `read_at` is the last one that went well.
    """

    name: str
    looked_at: datetime
    next_look_at: datetime | None = None
    read_at: datetime | None = None
    digest: str = ""
    tried: str = ""
    source: str = ""
    etag: str = ""
    modified: str = ""
    failures: int = 0
    reason: str = ""


class LibraryLooks(Protocol):
    """What the console needs of them."""

    async def library_looks(self) -> Sequence[LibraryLook]: ...

    async def look_at_library_soon(self, name: str, *, actor: str, now: datetime) -> bool: ...
