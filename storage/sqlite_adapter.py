"""aiosql's statements as sqlite3 runs them, without aiosql's functions in between.

Its argument checks, generators and cursors of their own for every statement cost as much as a
small statement itself, and every message takes seven of them.
"""

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from aiosql.types import SQLOperationType

Call = Callable[[sqlite3.Connection, Any], Any]


def calls_of(functions: Mapping[str, Callable[..., Any]]) -> Mapping[str, Call]:
    """For each of aiosql's functions a call with a connection and the values, by name.

    It answers with all rows as a list, the first row, or how many rows changed.
    """
    return {name: _call_of(function) for name, function in functions.items()}


def _call_of(function: Any) -> Call:
    text: str = function.sql
    match function.operation:
        case SQLOperationType.SELECT:
            return lambda connection, values: connection.execute(text, values).fetchall()
        case SQLOperationType.SELECT_ONE:
            return lambda connection, values: connection.execute(text, values).fetchone()
        case SQLOperationType.INSERT_UPDATE_DELETE:
            return lambda connection, values: connection.execute(text, values).rowcount
        case SQLOperationType.INSERT_UPDATE_DELETE_MANY:
            return lambda connection, rows: connection.executemany(text, rows)
    raise ValueError(f"{function.__name__} is of a kind that no operation asks for")
