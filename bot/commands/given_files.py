"""The files that a command is given, looked at before its work: what is wrong, and what to do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.commands.common import refuse, said_of


def readable(path: Path, *, folder: bool = False) -> None:
    """Ends the command when there is no such file to read, or no such `folder`."""
    try:
        if folder:
            next(path.iterdir(), None)
        else:
            _opened(path, "rb")
    except OSError as error:
        refuse(f"{path}: {_said(error)}; nothing was done. {_to_read(error, folder=folder)}")


def writable(option: str, path: Path | None) -> None:
    """Ends the command before its work when the result could not be written; None writes none."""
    if path is None:
        return
    named = _named(option, path)
    if not path.is_dir() and not path.absolute().parent.is_dir():
        refuse(
            f"{named}: nothing was written: there is no folder {path.parent}. "
            "Create it, or name another."
        )
    was_there = path.exists()
    try:
        _opened(path, "ab")
        if not was_there:
            path.unlink()
    except OSError as error:
        refuse(f"{named}: nothing was written: {_said(error)}. {_to_write(error)}")


@contextmanager
def written(
    option: str, path: Path, *, kept: str = "what was there is as it was"
) -> Iterator[None]:
    """Ends the command when the result could not be written after all; `kept` is what there is."""
    try:
        yield
    except OSError as error:
        refuse(
            f"{_named(option, path)}: nothing was written: {said_of(error)}; {kept}. "
            f"{_to_write(error)}"
        )


def _named(option: str, path: Path) -> str:
    return str(path) if option == "FILE" else f"{option} {path}"


def _opened(path: Path, mode: str) -> None:
    if not path.is_fifo():  # whoever is at its other end would take this for all
        path.open(mode).close()


def _said(error: OSError) -> str:
    return "it is a folder" if error.errno == errno.EISDIR else said_of(error)


def _to_read(error: OSError, *, folder: bool) -> str:
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR if folder:
            return "Name a folder that is there."
        case errno.ENOENT | errno.ENOTDIR:
            return "Look at its name, and at the folder you are in."
        case errno.EISDIR:
            return "Name a file in it."
        case errno.EACCES | errno.EPERM:
            return "Let the user who runs this read it, or copy it to where they may."
    return "Copy it to this machine's disk, and name the copy."


def _to_write(error: OSError) -> str:
    match error.errno:
        case errno.EISDIR:
            return "Name a file in it."
        case errno.ENOSPC | errno.EDQUOT:
            return "Make room there, or name a file on another disk."
    return "Name a file in a folder that the user who runs this may write to."
