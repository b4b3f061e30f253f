"""Names of places that no list of divisions has: own towns and quarters, and neighbours'."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class PlaceName:
    """A name as citizens say it; it `belongs` to another division, or with "" to the desk's own."""

    name: str
    belongs: str
    changed_by: str
    changed_at: datetime


class PlaceStore(Protocol):
    """Keeps the desk's names; each change counts as a publication."""

    async def own_places(self) -> list[PlaceName]: ...

    async def save_place(self, name: str, belongs: str, *, actor: str, now: datetime) -> None: ...

    async def drop_place(self, name: str, *, actor: str, now: datetime) -> None: ...


_in_use: dict[str, str] = {}
_on_trial: ContextVar[Mapping[str, str] | None] = ContextVar("places_on_trial", default=None)


def place_names() -> Mapping[str, str]:
    """The names in use with what each belongs to, "" for the desk's own."""
    tried = _on_trial.get()
    return _in_use if tried is None else tried


def adopt(own: Iterable[PlaceName]) -> None:
    """Reads with these names from now on, in this process."""
    global _in_use  # replaced as a whole: other threads are reading it
    _in_use = {each.name: each.belongs for each in own}


@contextmanager
def tried_with(own: Iterable[PlaceName]) -> Iterator[None]:
    """Reads with these names here, and in tasks and threads begun here; nowhere else."""
    token = _on_trial.set({each.name: each.belongs for each in own})
    try:
        yield
    finally:
        _on_trial.reset(token)
