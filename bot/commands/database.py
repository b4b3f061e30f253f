"""huiying migrate · backup · restore · verify"""

from pathlib import Path
from typing import Annotated

import typer

from bot.clock import utc_now
from bot.commands.common import (
    ConfigOption,
    JsonOption,
    desk_storage,
    make_room,
    new_desk,
    progress_bar,
    refuse,
    run,
    say,
    settings_from,
    teller,
)
from bot.commands.given_files import readable, writable
from bot.config import Settings
from cases.records import Mark, read_mark
from storage import Storage
from storage.errors import BackupFailed, SchemaTooNew, StorageUnavailable


def add_database(app: typer.Typer) -> None:
    """Registers the commands that look after the database as a whole."""
    _add_schema(app)
    _add_backup(app)
    _add_restore(app)
    _add_proof(app)


def _add_schema(app: typer.Typer) -> None:
    @app.command("migrate")
    def migrate_command(config: ConfigOption = None, as_json: JsonOption = False) -> None:
        """Brings the database's schema to this version; safe to run again."""
        settings = settings_from(config)
        run(_migrate(settings))
        say({"ok": True}, as_json=as_json, lines=lambda: "the schema is up to date")


def _add_backup(app: typer.Typer) -> None:
    @app.command("backup")
    def backup_command(
        file: Annotated[Path, typer.Argument(help="The copy; it must not exist yet.")],
        config: ConfigOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Makes a consistent copy, also while the service runs."""
        if file.exists():
            refuse(f"{file} exists already; nothing was overwritten. Name another file.")
        writable("FILE", file)
        settings = settings_from(config)
        if missing := new_desk(settings):
            refuse(
                f"no copy was made: there is no database {missing} (database_url). Go to the "
                "desk's folder, or give database_url its whole path."
            )
        run(_backup(settings, file))
        size = file.stat().st_size
        data = {"ok": True, "file": str(file), "bytes": size}
        say(data, as_json=as_json, lines=lambda: f"{file}: {size:,} bytes")


def _add_restore(app: typer.Typer) -> None:
    @app.command("restore")
    def restore_command(
        file: Annotated[Path, typer.Argument(help="A copy made by huiying backup.")],
        config: ConfigOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Replaces all data by the copy's. Stop the service first.

        A SQLite desk moves to PostgreSQL this way: into an empty database only.
        """
        readable(file)
        settings = settings_from(config)
        run(_restore(settings, file))
        say({"ok": True}, as_json=as_json, lines=lambda: f"restored from {file}")


def _add_proof(app: typer.Typer) -> None:
    @app.command("verify")
    def verify_command(
        mark: Annotated[
            str, typer.Option(help="The audit log's mark as verify or the service's log told it.")
        ] = "",
        config: ConfigOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Proves the bookkeeping behind the four promises; exit 1 on any violation.

        Whoever can write the database can rewrite the audit log with all its hashes:
        only a mark kept elsewhere (--mark) shows that.
        """
        earlier = read_mark(mark)
        if mark and earlier is None:
            refuse(f"--mark {mark}: no mark; one looks like 327-0123456789abcdef01234567")
        settings = settings_from(config)
        messages, violations, now = run(_verify(settings, earlier))
        data = {"ok": not violations, "messages": messages, "violations": violations}
        say(data, as_json=as_json, lines=lambda: _verdict(messages, violations, now))
        raise typer.Exit(1 if violations else 0)


async def _migrate(settings: Settings) -> None:
    try:
        async with desk_storage(settings):
            pass
    except (SchemaTooNew, StorageUnavailable) as error:
        refuse(f"{error}{make_room(error)}")


async def _backup(settings: Settings, file: Path) -> None:
    try:
        # Before an upgrade the copy must be one that the older version can read.
        async with desk_storage(settings, as_it_is=True) as storage:
            await storage.backup(file)
            await _note(storage, file)
    except (BackupFailed, StorageUnavailable) as error:
        refuse(f"no copy was made: {error}")


async def _note(storage: Storage, file: Path) -> None:
    """On a disk that is full the copy elsewhere is worth most: it counts without its note."""
    if not await storage.schema_is_current():
        return
    try:
        details = {"file": file.name, "by": "command line"}
        await storage.log("system", "backup", details, utc_now())
    except StorageUnavailable as error:
        typer.echo(f"the copy was made; the desk's log has no note of it: {error}", err=True)


async def _restore(settings: Settings, file: Path) -> None:
    try:
        # What is there may be of a newer version, or damaged: it is about to be replaced.
        async with desk_storage(settings, as_it_is=True) as storage:
            storage.serve_alone()
            with progress_bar() as bar:
                await storage.restore(file, teller(bar, "rows"))
    except (BackupFailed, SchemaTooNew, StorageUnavailable) as error:
        refuse(f"nothing was restored: {error}{make_room(error)}")


async def _verify(settings: Settings, earlier: Mark | None) -> tuple[int, list[str], Mark]:
    async with desk_storage(settings) as storage:
        mark, found = await storage.audit_mark(), await storage.verify(now=utc_now())
        wrong = list(found.violations)
        if earlier is not None and await storage.contradicts_mark(earlier):
            wrong.append(f"audit record {earlier.number} is not the one of mark {earlier}")
    return found.counts["messages"], wrong, mark


def _verdict(messages: int, violations: list[str], mark: Mark) -> str:
    if not violations:
        return f"{messages:,} messages: everything holds; the audit log's mark is {mark}"
    return "\n".join([f"{messages:,} messages, {len(violations):,} violations:", *violations])
