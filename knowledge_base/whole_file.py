"""A file that is written whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """Where to write first: only what was written to its end takes the place of `path`.

    What is no file (/dev/stdout, a pipe) is written as it is. Raises `OSError`.
    """
    if path.exists() and not path.is_file():
        yield path
        return
    part = path.with_name(f".{path.name}.part")
    with suppress(OSError):  # left by a process that was killed
        part.unlink()
    try:
        yield part
        part.replace(path)
    finally:
        with suppress(OSError):  # it is gone, or where it lies nothing can be written
            part.unlink()
