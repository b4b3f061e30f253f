"""What curators keep as single texts: written by one, published by another, withdrawn by anyone."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Generic, Protocol, TypeVar

from aiohttp import web

from console.deps import SESSION
from console.guard import Handler
from handlers.menu import MenuError
from handlers.service_directory import ServiceState


class Kept(Protocol):
    """A row of such a list, at the version its page showed."""

    @property
    def author(self) -> str: ...

    @property
    def state(self) -> ServiceState: ...


STATES: Final = {
    ServiceState.DRAFT: ("草稿", ""),
    ServiceState.IN_REVIEW: ("待审核", "soon"),
    ServiceState.PUBLISHED: ("已发布", "ok"),
}
"""How a state is called, and its colour."""

T = TypeVar("T", bound=Kept)


@dataclass(frozen=True, kw_only=True)
class Step:
    """From where it leads where; `before` of None: from anywhere."""

    before: ServiceState | None
    after: ServiceState
    by_another: bool = False
    needs_reason: bool = False


STEPS: Final = {
    "submit": Step(before=ServiceState.DRAFT, after=ServiceState.IN_REVIEW),
    "publish": Step(before=ServiceState.IN_REVIEW, after=ServiceState.PUBLISHED, by_another=True),
    "send-back": Step(before=ServiceState.IN_REVIEW, after=ServiceState.DRAFT, needs_reason=True),
    "withdraw": Step(before=None, after=ServiceState.WITHDRAWN),
}


@dataclass(frozen=True, kw_only=True)
class Listed(Generic[T]):
    """A list and its page: `called` names one of its rows, `parameter` its number in a path."""

    home: str
    parameter: str
    called: str
    find: Callable[[web.Request, int], Awaitable[T | None]]
    move: Callable[[web.Request, T, ServiceState, str], Awaitable[None]]
    page: Callable[[web.Request, str], Awaitable[web.Response]]

    def handler(self, name: str) -> Handler:
        """Takes one step of `STEPS`, then shows the list again, with the reason if refused."""

        async def take(request: web.Request, row: T, reason: str) -> None:
            step, actor = STEPS[name], request[SESSION].person.name
            if step.before is not None and row.state is not step.before:
                raise MenuError("刚才已经有同事处理过了。请看看最新情况再操作。")
            if step.by_another and row.author == actor:
                raise MenuError(f"这个{self.called}是您写的，要由另一位同事发布。")
            if step.needs_reason and not reason:
                raise MenuError("请写明要改什么，撰写的同事会看到。")
            await self.move(request, row, step.after, reason)

        return self.doing(name, take)

    def doing(self, name: str, take: Callable[[web.Request, T, str], Awaitable[None]]) -> Handler:
        """The handler of any deed with one row."""

        async def handle(request: web.Request) -> web.StreamResponse:
            form = await request.post()
            row = await self.find(request, number_in(request.match_info[self.parameter]))
            if row is None:
                raise web.HTTPNotFound
            try:
                await take(request, _seen(row, form), str(form.get("reason", "")).strip()[:200])
            except MenuError as refused:
                return await self.page(request, refused.tell)
            raise web.HTTPSeeOther(f"{self.home}?done={name}")

        return handle


def _seen(row: Any, form: Any) -> Any:
    return replace(row, version=number_in(form.get("version")))


def number_in(given: object) -> int:
    """A number of a form or a path; 0 for what is none."""
    text = str(given)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
