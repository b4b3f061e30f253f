"""What only the running process knows of itself; `bot/machine.py` fills it in."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Ran:
    """A chore of the desk: when it was done last, and what was wrong the last time it failed.

    `fault` is "" while the newest try went well.
    """

    name: str
    done_at: datetime | None = None
    failed_at: datetime | None = None
    fault: str = ""


@dataclass(frozen=True, kw_only=True)
class Machine:
    """This worker's chores, and the disk its database lies on (None: on another machine)."""

    chores: tuple[Ran, ...] = ()
    disk_free: int | None = None
    disk_size: int | None = None
