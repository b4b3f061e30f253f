"""Departments as the conversation asks for them: who answers a matter, and how to reach them."""

import asyncio
from collections.abc import Sequence

from cases.routing import Router

from cases.department import Department, Routing
from cases.elsewhere import Unit, where_to_go


class Directory:
    """The departments' table and the router over it; `load` replaces both at once."""

    def __init__(self, router: Router) -> None:
        self._router = router
        self._by_name: dict[str, Department] = {}

    async def load(self, departments: Sequence[Department]) -> None:
        """Takes a new table; routing goes on with the old one meanwhile."""
        await asyncio.to_thread(self._router.load, departments)
        self._by_name = {each.name: each for each in departments}

    async def route(self, text: str) -> Routing:
        return await asyncio.to_thread(self._router.suggest, text)

    def department(self, name: str) -> Department | None:
        return self._by_name.get(name)

    def elsewhere(self, text: str) -> Unit | None:
        return where_to_go(text, tuple(self._by_name.values()))
