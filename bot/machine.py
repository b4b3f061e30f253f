"""What the administrator's dashboard says of this process and its disk."""

import asyncio
import shutil
from pathlib import Path

from bot.upkeep import Upkeep
from console.dashboards.machine import Machine, Ran
from storage import sqlite_file


async def machine_of(database_url: str, upkeep: Upkeep) -> Machine:
    """The chores as they ran last, and how much room the database has left."""
    chores = tuple(_ran(name, upkeep) for name in upkeep.names)
    file = sqlite_file(database_url)
    if file is None:
        return Machine(chores=chores)
    free, size = await asyncio.to_thread(room_for, file)
    return Machine(chores=chores, disk_free=free, disk_size=size)


def room_for(file: Path) -> tuple[int, int]:
    """Bytes that are free, and all bytes, on the disk where the file lies."""
    disk = shutil.disk_usage(file.absolute().parent)
    return disk.free, disk.total


def _ran(name: str, upkeep: Upkeep) -> Ran:
    last = upkeep.last.get(name)
    if last is None:
        return Ran(name=name)
    return Ran(name=name, done_at=last.done_at, failed_at=last.failed_at, fault=last.fault)
