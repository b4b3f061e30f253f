"""Departments as the conversation asks for them: who answers a matter, and how to reach them."""

import asyncio
from collections.abc import Sequence
from functools import partial

import structlog

from cases.department import Department, Routing
from cases.department_names import Named, matter_named, named_in
from cases.elsewhere import Unit, where_to_go
from cases.routing import Example, Router
from handlers.office_directory import Called, Office, OfficeBook
from knowledge_base.ports import EncoderUnavailable
from knowledge_base.remembered import remembered

LEARNT_AFTER = 20  # more answered cases, and the router learns again
NOBODY = Routing(department="", confidence=0.0)
log = structlog.get_logger(__name__)


class Directory:
    """The departments' table and the router over it; `load` replaces both at once."""

    def __init__(self, router: Router) -> None:
        self._router = router
        self._known: tuple[tuple[Department, ...], int] | None = None
        self._offices = OfficeBook()
        self._take(())

    async def load(
        self, departments: Sequence[Department], answered: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Takes a new table, and learns from (text, department) of answered cases.

        Routing goes on as before meanwhile. Learning takes seconds, so a few more cases are no
        reason to learn anew.
        """
        known = (tuple(departments), len(answered) // LEARNT_AFTER)
        if known == self._known:
            return
        examples = [Example(text=text, department=name) for text, name in answered]
        await asyncio.to_thread(self._router.load, departments, examples)
        self._known = known
        self._take(tuple(departments))

    def _take(self, departments: tuple[Department, ...]) -> None:
        """With what texts say of other departments, nothing that was remembered stays."""
        self._departments = departments
        self._by_name = {each.name: each for each in departments}
        self._named = remembered(partial(named_in, departments=departments))
        self._elsewhere = remembered(partial(where_to_go, departments=departments))

    def know(self, offices: Sequence[Office]) -> None:
        """Takes the offices people ask for besides departments."""
        self._offices = OfficeBook.of(offices)

    async def route(self, text: str) -> Routing:
        """The router's suggestion; nobody's while its encoder cannot be reached."""
        try:
            return await asyncio.to_thread(self._router.suggest, text)
        except EncoderUnavailable as error:
            log.warning("routing_unavailable", reason=str(error))
            return NOBODY

    def department(self, name: str) -> Department | None:
        return self._by_name.get(name)

    def named(self, text: str) -> Named | None:
        return self._named(text)

    def matter(self, text: str, besides: str) -> Named | None:
        return matter_named(text, besides, self._departments)

    def offices(self, text: str) -> Called | None:
        return self._offices.called_in(text)

    def doing(self, thing: str) -> tuple[Office, ...]:
        return self._offices.doing(thing)

    def hours(self) -> str:
        told = {each.hours for each in self._departments if each.hours}
        return told.pop() if len(told) == 1 else ""

    def elsewhere(self, text: str) -> Unit | None:
        return self._elsewhere(text)
