"""What the console is given of the accounts and the ways to citizens, by shape."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from cases.people import Person
from handlers.attachment import Attachment
from handlers.channels import CallCount, Queue, Trouble
from handlers.menu import Button, Menu, MenuState
from handlers.office_directory import Office
from handlers.outbox import Backlog, Undelivered
from handlers.service_directory import Service, ServiceState


class ChannelRefused(Exception):
    """WeChat did not do it; `tell` says why to the staff."""

    def __init__(self, tell: str) -> None:
        super().__init__(tell)
        self.tell = tell


@dataclass(frozen=True, kw_only=True)
class AccountCard:
    """An account as its administrators know it.

    `pushes`: customer-service messages, menus and media are open to it. `notifies`: it tells
    citizens by notice of what cannot be pushed any more. `mode` is safe, compatible or plain.
    """

    name: str
    appid: str
    kind: str
    verified: bool
    pushes: bool
    notifies: bool
    mode: str = "safe"


class ChannelStore(Protocol):
    """Keeps what goes out, what comes in besides words, and what WeChat refuses."""

    async def undelivered(
        self, *, viewer: Person, only_failed: bool = False, limit: int = 200
    ) -> list[Undelivered]: ...

    async def undelivered_of_case(self, number: str, *, viewer: Person) -> list[Undelivered]: ...

    async def count_failed(self, *, viewer: Person) -> int: ...

    async def retry_delivery(self, key: str, *, viewer: Person, now: datetime) -> bool: ...

    async def retry_account(self, account: str, *, actor: str, now: datetime) -> int: ...

    async def backlogs(self) -> Mapping[str, Backlog]: ...

    async def queues(self, *, now: datetime) -> Mapping[str, Queue]: ...

    async def last_messages(self, *, since: datetime) -> Mapping[str, datetime]: ...

    async def database_size(self) -> int: ...

    async def token(self, account: str) -> tuple[str, datetime] | None:
        """The access token kept for an account, and when it expires."""

    async def troubles(self) -> list[Trouble]: ...

    async def calls_of_day(self, day: date) -> list[CallCount]: ...

    async def attachments(self, number: str, *, viewer: Person) -> list[Attachment]: ...

    async def attachment_content(
        self, attachment: int, number: str, *, viewer: Person
    ) -> tuple[Attachment, bytes] | None: ...


class MenuStore(Protocol):
    """Keeps menus, the directory 掌上办事 and offices; steps raise `MenuError`."""

    async def menus(self, account: str) -> list[Menu]: ...

    async def save_menu(
        self,
        account: str,
        buttons: Sequence[Button],
        *,
        version: int,
        author: str,
        now: datetime,
    ) -> int: ...

    async def move_menu(
        self,
        account: str,
        version: int,
        before: MenuState,
        after: MenuState,
        *,
        actor: str,
        remark: str = "",
        now: datetime,
    ) -> None: ...

    async def services(self) -> list[Service]: ...

    async def service(self, number: int) -> Service | None: ...

    async def add_service(
        self,
        name: str,
        link: str,
        department: str,
        *,
        replaces: int | None = None,
        author: str,
        now: datetime,
    ) -> int: ...

    async def change_service(self, service: Service, *, author: str, now: datetime) -> None: ...

    async def move_service(
        self,
        service: Service,
        after: ServiceState,
        *,
        actor: str,
        remark: str = "",
        now: datetime,
    ) -> None: ...

    async def offices(self) -> list[Office]: ...

    async def office(self, number: int) -> Office | None: ...

    async def add_office(self, office: Office, *, author: str, now: datetime) -> int: ...

    async def change_office(self, office: Office, *, author: str, now: datetime) -> None: ...

    async def move_office(
        self,
        office: Office,
        after: ServiceState,
        *,
        actor: str,
        remark: str = "",
        now: datetime,
    ) -> None: ...

    async def look_again(self, number: int, *, now: datetime) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Channels:
    """Accounts by name, their stores, and what can be asked of WeChat (raises `ChannelRefused`).

    `publish_menu` takes the buttons as menu/create does, none to take the menu away; `live_menu`
    gives those that WeChat shows now.
    """

    store: ChannelStore
    menus: MenuStore
    accounts: Mapping[str, AccountCard]
    clear_quota: Callable[[str], Awaitable[None]]
    publish_menu: Callable[[str, list[dict[str, Any]]], Awaitable[None]]
    live_menu: Callable[[str], Awaitable[list[dict[str, Any]]]]

    def may_push(self, account: str) -> bool:
        """Whether customer-service messages are open to this account."""
        card = self.accounts.get(account)
        return card is not None and card.pushes
