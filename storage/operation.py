"""An operation on the database, written once: a generator that asks for named statements.

It knows neither driver nor event loop. A driver sends back the answer of each statement and
commits when the generator returns; an exception from it undoes everything it asked for.
"""

from collections.abc import Generator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias, TypeVar

T = TypeVar("T")
Value: TypeAlias = str | int | float | bytes | None
Values: TypeAlias = Mapping[str, Value]


class Row(Protocol):
    """A row of either database, read by column name."""

    def __getitem__(self, column: str, /) -> Any: ...


class Statement(NamedTuple):
    """A named statement of `storage/sql` with its values; several sets of them when `many`."""

    name: str
    values: Values
    many: Sequence[Values] | None = None


Operation: TypeAlias = Generator[Statement, Any, T]


def one(name: str, /, **values: Value) -> Operation[Row | None]:
    """The first row, or None."""
    row: Row | None = yield Statement(name, values)
    return row


def the(name: str, /, **values: Value) -> Operation[Row]:
    """The one row of a statement that always has one."""
    row: Row | None = yield Statement(name, values)
    assert row is not None, f"{name} returned no row"
    return row


def rows(name: str, /, **values: Value) -> Operation[list[Row]]:
    """All rows."""
    found: list[Row] = yield Statement(name, values)
    return found


def run(name: str, /, **values: Value) -> Operation[int]:
    """The number of rows that the statement changed."""
    count: int = yield Statement(name, values)
    return count


def run_many(name: str, many: Sequence[Values], /) -> Operation[None]:
    """The same statement for each set of values."""
    if many:
        yield Statement(name, {}, many)
