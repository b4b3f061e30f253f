"""One service for one SQLite file: a lock that the system takes back when its process ends.

A second service would end the claims of the first, whose messages would be handled twice.
"""

import os
import sys
from pathlib import Path

from storage.errors import AlreadyServed, StorageUnavailable

if sys.platform != "win32":
    import fcntl


class ServingLock:
    """Held from `take` to `release`; the empty file beside the database stays."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._handle: int | None = None

    def take(self) -> None:
        """Raises `AlreadyServed` while another process, or another desk of this one, holds it."""
        if sys.platform == "win32":  # without flock a second service is not noticed there
            return
        file = self._database.with_name(f"{self._database.name}-serving")
        try:
            # To be read is enough for a lock: whoever made the file, the service can take it.
            handle = os.open(file, os.O_RDONLY | os.O_CREAT, 0o644)
        except OSError as error:
            raise StorageUnavailable(f"{file}: {error.strerror}") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(handle)
            raise AlreadyServed(
                f"{self._database.absolute()} is served by another process. Nothing was changed. "
                "Stop that one first; several at once need PostgreSQL."
            ) from error
        self._handle = handle

    def release(self) -> None:
        """Harmless when nothing is held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
