"""Databases with our schema, without running its migrations for every test."""

import asyncio
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache
from pathlib import Path

from bot.clock import utc_now
from storage import Storage, open_storage


async def fresh_storage(file: Path, *, clock: Callable[[], datetime] = utc_now) -> Storage:
    """An open desk in a new SQLite file; whoever asks for it closes it."""
    return await open_storage(fresh_sqlite(file), clock=clock)


def fresh_sqlite(file: Path) -> str:
    """The address of a new SQLite file that is migrated already."""
    file.write_bytes(_migrated())
    return f"sqlite:///{file}"


@cache
def _migrated() -> bytes:
    """A desk's empty file, migrated once for each process."""
    with (
        tempfile.TemporaryDirectory() as folder,
        ThreadPoolExecutor(1) as beside,  # a test's own loop may be running here
    ):
        file = Path(folder) / "desk.db"
        beside.submit(asyncio.run, migrated(f"sqlite:///{file}")).result()
        return file.read_bytes()


async def migrated(url: str) -> None:
    """Brings the schema of any database to this version."""
    storage = await open_storage(url)
    await storage.migrate()
    await storage.close()
