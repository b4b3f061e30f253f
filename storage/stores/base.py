"""How an operation becomes a method of the storage."""

from collections.abc import Callable, Coroutine
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from storage.driver import Driver
from storage.errors import StorageUnavailable
from storage.operation import Operation

P = ParamSpec("P")
T = TypeVar("T")
Method = Callable[Concatenate["Store", P], Coroutine[Any, Any, T]]


class Store:
    """Anything that runs its operations on `driver`.

    `unwritable`: a write failed (a full disk, a read-only file, a lost server), and `try_to_write`
    did not go well since. Many an operation changes nothing and goes well on a full disk.
    """

    driver: Driver
    unwritable: bool = False


def writes(operation: Callable[P, Operation[T]]) -> Method[P, T]:
    """A method that runs the operation in one transaction and returns when it is on disk."""

    @wraps(operation)
    async def method(store: Store, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await store.driver.write(partial(operation, *args, **kwargs))
        except StorageUnavailable:
            store.unwritable = True
            raise

    return method


def reads(operation: Callable[P, Operation[T]]) -> Method[P, T]:
    """A method that runs the operation on one consistent view of the data."""

    @wraps(operation)
    async def method(store: Store, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await store.driver.read(partial(operation, *args, **kwargs))

    return method
