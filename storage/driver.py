"""What a database has to offer for `Storage` to work on it."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from storage.operation import Operation

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Told now and then how many rows are done, and of how many."""


class Driver(Protocol):
    """Runs operations; `make` starts the operation afresh, so that it can be tried again."""

    async def write(self, make: Callable[[], Operation[T]]) -> T:
        """One transaction; returns when it is on disk. Raises `StorageUnavailable`."""

    async def read(self, make: Callable[[], Operation[T]]) -> T:
        """One consistent view of the data. Raises `StorageUnavailable`."""

    async def migrate(self) -> None:
        """Brings the schema to this version. Raises `SchemaTooNew`."""

    async def schema_is_current(self) -> bool: ...

    async def backup(self, path: Path) -> None:
        """A consistent copy while everything runs. Raises `BackupFailed`."""

    async def restore(self, path: Path, tell: Progress) -> None:
        """Replaces all data by the copy's. Raises `BackupFailed`."""

    async def scrub(self) -> None:
        """Takes what was deleted out of the files as well, as far as the database can."""

    def serve_alone(self) -> None:
        """Until `close` the only service, where only one may be. Raises `AlreadyServed`."""

    async def close(self) -> None: ...
