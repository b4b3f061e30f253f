"""Everything the desk can ask of its database."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from cases.privacy import Erased, Retention
from knowledge_base.entry import Entry
from knowledge_base.versions import Merge
from storage import operations as do
from storage.driver import Driver, Progress
from storage.errors import WrongDatabaseUrl
from storage.operation import Operation
from storage.postgres import open_postgres
from storage.sqlite import open_sqlite
from storage.stores.cases import CaseStore
from storage.stores.channels import ChannelStore
from storage.stores.knowledge import KnowledgeStore
from storage.stores.messages import MessageStore
from storage.stores.people import PeopleStore


class Storage(MessageStore, CaseStore, KnowledgeStore, ChannelStore, PeopleStore):
    """The desk's data; each method is documented at its operation in `storage/operations`.

    All raise `StorageUnavailable` when the database cannot be reached or written, and
    `DataRefused` for data that the schema forbids.
    """

    def __init__(self, driver: Driver, *, clock: Callable[[], datetime]) -> None:
        self.driver = driver
        self._clock = clock

    async def save_versions(
        self,
        entries: Sequence[Entry],
        *,
        actor: str,
        reason: str,
        seen: Sequence[Entry] | None = None,
        begins: Merge | None = None,
        ends: Sequence[Merge] = (),
    ) -> None:
        """`storage.operations.entries.save_versions`, now."""
        save = partial(do.entries.save_versions, entries, actor=actor, reason=reason, seen=seen)
        await self.driver.write(partial(save, begins=begins, ends=ends, now=self._clock()))

    async def erase_citizen(
        self,
        account: str,
        citizen: str,
        *,
        actor: str,
        reason: str,
        now: datetime,
        case: str = "",
        only_look: bool = False,
    ) -> Erased:
        """`storage.operations.privacy.erase_citizen`; with `only_look` nothing is changed."""
        erase = partial(do.privacy.erase_citizen, account, citizen, actor=actor, reason=reason)
        return await self._erased(partial(erase, now=now, case=case, only_look=only_look))

    async def erase_old(
        self, retention: Retention, *, actor: str, now: datetime, only_look: bool = False
    ) -> Erased:
        """`storage.operations.privacy.erase_old`; with `only_look` nothing is changed."""
        erase = partial(do.privacy.erase_old, retention, actor=actor, now=now)
        return await self._erased(partial(erase, only_look=only_look))

    async def _erased(self, operation: Callable[[], Operation[Erased]]) -> Erased:
        try:
            erased = await self.driver.write(operation)
        except do.privacy.OnlyLooked as looked:
            return looked.erased
        if erased.amount:
            await self.driver.scrub()
        return erased

    async def migrate(self) -> None:
        """Brings the schema to this version; safe to run again. Raises `SchemaTooNew`."""
        await self.driver.migrate()
        await self._fill_search()

    async def schema_is_current(self) -> bool:
        """Whether `migrate` has nothing to do."""
        return await self.driver.schema_is_current()

    async def backup(self, path: str | Path) -> None:
        """A consistent copy while everything runs. Raises `BackupFailed`."""
        await self.driver.backup(Path(path))

    async def restore(self, path: str | Path, tell: Progress = lambda done, of: None) -> None:
        """Replaces all data by the copy's and migrates it; the service should be stopped.

        A copy of a SQLite desk goes into an empty PostgreSQL database as well. Raises
        `BackupFailed` and `SchemaTooNew`.
        """
        await self.driver.restore(Path(path), tell)
        await self.migrate()

    async def _fill_search(self) -> None:
        """Makes the cases of an older version findable, a few at a time, once."""
        if await self.driver.read(do.cases.search_is_filled):
            return
        after = await self.driver.write(partial(do.cases.fill_search, ""))
        while after:
            after = await self.driver.write(partial(do.cases.fill_search, after))

    def serve_alone(self) -> None:
        """Keeps other services from a SQLite file until `close`. Raises `AlreadyServed`."""
        self.driver.serve_alone()

    async def close(self) -> None:
        """Finishes what is being written."""
        await self.driver.close()


def _utc_now() -> datetime:
    return datetime.now(UTC)


def sqlite_file(url: str) -> Path | None:
    """The file of sqlite:///path, relative to the folder the process was started in."""
    scheme, _, rest = url.partition("://")
    is_file = scheme == "sqlite" and rest.startswith("/") and len(rest) > 1
    return Path(rest[1:]) if is_file else None


async def open_storage(url: str, *, clock: Callable[[], datetime] = _utc_now) -> Storage:
    """Opens sqlite:///path or postgresql://user@host/name; `clock` dates entries and their log.

    Raises `WrongDatabaseUrl` and `StorageUnavailable`.
    """
    if file := sqlite_file(url):
        return Storage(open_sqlite(file), clock=clock)
    scheme, _, rest = url.partition("://")
    if scheme in {"postgresql", "postgres"} and rest:
        return Storage(await open_postgres(url), clock=clock)
    raise WrongDatabaseUrl(f"not sqlite:///path or postgresql://user@host/name: {scheme}://…")
