"""Copies of a PostgreSQL database, by PostgreSQL's own pg_dump and pg_restore.

The password goes to them in the environment, never on a command line that others can list.
"""

import asyncio
import os
import re
import shutil
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

from storage.errors import BackupFailed, SchemaTooNew
from storage.migrations import MIGRATIONS, script
from storage.sqlite_files import ELSEWHERE, OURS

CREATED = re.compile(r"^CREATE TABLE (\w+)", re.MULTILINE)
DEFINED = re.compile(r"^CREATE FUNCTION (\w+)", re.MULTILINE)


async def backup(url: str, path: Path) -> None:
    """A consistent copy in PostgreSQL's custom format. Raises `BackupFailed`."""
    part = path.with_name(path.name + ".part")
    arguments = ["--format=custom", "--no-owner", "--no-privileges", f"--file={part}"]
    try:
        await _run("pg_dump", url, *arguments)
        part.replace(path)
    except OSError as error:
        said = error.strerror or error
        raise BackupFailed(f"{path} could not be written: {said}. {ELSEWHERE}") from error
    finally:
        with suppress(OSError):  # where nothing can be written, nothing can be deleted
            part.unlink()


async def restore(url: str, path: Path) -> None:
    """Replaces all data in one transaction. Raises `BackupFailed` and `SchemaTooNew`."""
    if not await asyncio.to_thread(path.is_file):
        raise BackupFailed(f"there is no file {path}. {OURS}")
    if unknown := await _migrations(path) - set(MIGRATIONS):
        raise SchemaTooNew(unknown)
    with TemporaryDirectory(prefix="huiying-restore-") as folder:  # for our user alone
        emptying, copied = Path(folder) / "first.sql", Path(folder) / "then.sql"
        await asyncio.to_thread(emptying.write_text, _dropping())
        plain = ["--no-owner", "--no-privileges", f"--file={copied}"]
        await _run("pg_restore", "", *plain, str(path))
        at_once = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        await _run("psql", url, *at_once, f"--file={emptying}", f"--file={copied}")


def _dropping() -> str:
    """SQL that drops all of ours, also what is newer than the copy: it would stand in the way when
    the restored schema is brought up to date."""
    scripts = [script(name, "postgres") for name in MIGRATIONS]
    tables = [name for text in scripts for name in CREATED.findall(text)]
    functions = [name for text in scripts for name in DEFINED.findall(text)]
    return "\n".join(
        [
            "SET client_min_messages = warning;",
            *(f"DROP TABLE IF EXISTS {name} CASCADE;" for name in ("migrations", *tables)),
            *(f"DROP FUNCTION IF EXISTS {name} CASCADE;" for name in functions),
        ]
    )


async def _migrations(path: Path) -> set[str]:
    """The names that the copy's table of migrations holds, read without any database."""
    only = ["--data-only", "--table=migrations", "--file=-"]
    lines = (await _run("pg_restore", "", *only, str(path))).decode(errors="replace").splitlines()
    begin = next((i for i, line in enumerate(lines) if line.startswith("COPY ")), None)
    if begin is None:
        raise BackupFailed(f"{path} is not a copy of this desk's database. {OURS}")
    rows = takewhile(lambda line: line != r"\.", lines[begin + 1 :])
    return {row.partition("\t")[0] for row in rows}


async def _run(program: str, url: str, *arguments: str) -> bytes:
    """What the program writes; an empty `url` names no database. Raises `BackupFailed`."""
    found = _program(program)
    if found is None:
        raise BackupFailed(f"{program} was not found: install PostgreSQL's client programs")
    address, password = _split(url)
    process = await asyncio.create_subprocess_exec(
        found,
        *([f"--dbname={address}"] if url else []),
        *arguments,
        env={**os.environ, **({"PGPASSWORD": password} if password else {})},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    wrote, said = await process.communicate()
    if process.returncode:
        told = said.decode(errors="replace").strip()
        raise BackupFailed(f"{program} failed: {told}. {_step(told)}".rstrip())
    return wrote


def _step(told: str) -> str:
    """What to do, where PostgreSQL's program leaves it to be guessed."""
    if "input file" in told:
        return OURS
    return ELSEWHERE if "output file" in told else ""


def _program(name: str) -> str | None:
    """On the path, or where Debian keeps it; of several versions the newest."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=_version)
    return shutil.which(name) or (str(installed[-1]) if installed else None)


def _version(program: Path) -> int:
    number = program.parts[-3]
    return int(number) if number.isdigit() else 0


def _split(url: str) -> tuple[str, str]:
    """The address without its password, and the password."""
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    name, _, password = user.partition(":")
    return parts._replace(netloc=name + at + host).geturl(), unquote(password)
