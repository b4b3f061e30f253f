"""What the administrator's dashboard says of this process and its disk."""

import asyncio
import shutil
from pathlib import Path

from bot.upkeep import Upkeep
from console.dashboards.machine import Machine, Ran

SQLITE = "sqlite:///"


async def machine_of(database_url: str, upkeep: Upkeep) -> Machine:
    """The chores as they ran last, and how much room the database has left."""
    chores = tuple(_ran(name, upkeep) for name in upkeep.names)
    if not database_url.startswith(SQLITE):
        return Machine(chores=chores)
    free, size = await asyncio.to_thread(room_for, database_url.removeprefix(SQLITE))
    return Machine(chores=chores, disk_free=free, disk_size=size)


def room_for(file: str) -> tuple[int, int]:
    """Bytes that are free, and all bytes, on the disk where the file lies."""
    disk = shutil.disk_usage(Path(file).absolute().parent)
    return disk.free, disk.total


def _ran(name: str, upkeep: Upkeep) -> Ran:
    last = upkeep.last.get(name)
    if last is None:
        return Ran(name=name)
    return Ran(name=name, done_at=last.done_at, failed_at=last.failed_at, fault=last.fault)
