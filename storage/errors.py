"""What can go wrong with the database; each error names the next step."""

from collections.abc import Iterable

from cases.ports import StoreAway


class StorageUnavailable(StoreAway):
    """The database cannot be reached or written just now: nothing was kept, try again later."""


class AlreadyServed(StorageUnavailable):
    """Another service has this database: stop it first."""


class DataRefused(Exception):
    """The data breaks a rule of the schema: trying again cannot help, the data must change."""


class WrongDatabaseUrl(ValueError):
    """`database_url` must be sqlite:///path or postgresql://user@host/name."""


class SchemaTooNew(Exception):
    """The data was written by a newer version: install that version, or restore an older copy."""

    def __init__(self, unknown: Iterable[str]) -> None:
        super().__init__(
            f"written by a newer version (migrations {', '.join(sorted(unknown))}); nothing was "
            "changed. Install that version again, or restore a copy made before the upgrade."
        )


class BackupFailed(Exception):
    """No copy was made, or the copy is not one of ours; the database itself is as it was."""


class UnknownMessage(LookupError):
    """No message with this id was ever accepted."""
