"""What can go wrong with the database; each error names the next step."""


class StorageUnavailable(Exception):
    """The database cannot be reached or written just now: nothing was kept, try again later."""


class DataRefused(Exception):
    """The data breaks a rule of the schema: trying again cannot help, the data must change."""


class WrongDatabaseUrl(ValueError):
    """`database_url` must be sqlite:///path or postgresql://user@host/name."""


class SchemaTooNew(Exception):
    """The database was written by a newer version: install that version, or restore a backup."""


class BackupFailed(Exception):
    """No copy was made, or the copy is not one of ours; the database itself is as it was."""


class UnknownMessage(LookupError):
    """No message with this id was ever accepted."""
