"""aiosql's sqlite3 adapter without a generator and a cursor of its own for every statement.

Both cost as much as a small statement itself, and every message takes eight of them.
"""

import sqlite3
from typing import Any

from aiosql.adapters.sqlite3 import SQLite3Adapter

Rows = list[Any]


class SqliteAdapter(SQLite3Adapter):
    """Same statements, parameters and answers; all rows come at once, as a list."""

    def select(  # type: ignore[override]  # a list where aiosql yields: callers only iterate
        self,
        conn: sqlite3.Connection,
        query_name: str,
        sql: str,
        parameters: Any,
        record_class: Any = None,
    ) -> Rows:
        del query_name, record_class
        return conn.execute(sql, parameters).fetchall()

    def select_one(
        self,
        conn: sqlite3.Connection,
        query_name: str,
        sql: str,
        parameters: Any,
        record_class: Any = None,
    ) -> Any:
        del query_name, record_class
        return conn.execute(sql, parameters).fetchone()

    def insert_update_delete(
        self, conn: sqlite3.Connection, query_name: str, sql: str, parameters: Any
    ) -> int:
        """How many rows changed."""
        del query_name
        return conn.execute(sql, parameters).rowcount
