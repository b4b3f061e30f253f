"""Where everything is kept: one set of operations over SQLite or PostgreSQL."""

from storage.store import Storage, open_storage, sqlite_file

__all__ = ["Storage", "open_storage", "sqlite_file"]
