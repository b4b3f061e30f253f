"""What the console is given of the accounts and the ways to citizens, by shape."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from cases.people import Person
from handlers.attachment import Attachment
from handlers.channels import CallCount, Trouble
from handlers.outbox import Backlog, Undelivered


class ChannelRefused(Exception):
    """WeChat did not do it; `tell` says why to the staff."""

    def __init__(self, tell: str) -> None:
        super().__init__(tell)
        self.tell = tell


@dataclass(frozen=True, kw_only=True)
class AccountCard:
    """An account as its administrators know it.

    `pushes`: customer-service messages, menus and media are open to it. `notifies`: it tells
    citizens by notice of what cannot be pushed any more.
    """

    name: str
    appid: str
    kind: str
    verified: bool
    pushes: bool
    notifies: bool


class ChannelStore(Protocol):
    """Keeps what goes out, what comes in besides words, and what WeChat refuses."""

    async def undelivered(
        self, *, viewer: Person, only_failed: bool = False, limit: int = 200
    ) -> list[Undelivered]: ...

    async def count_failed(self, *, viewer: Person) -> int: ...

    async def retry_delivery(self, key: str, *, viewer: Person, now: datetime) -> bool: ...

    async def retry_account(self, account: str, *, actor: str, now: datetime) -> int: ...

    async def backlogs(self) -> Mapping[str, Backlog]: ...

    async def troubles(self) -> list[Trouble]: ...

    async def calls_of_day(self, day: date) -> list[CallCount]: ...

    async def attachments(self, number: str, *, viewer: Person) -> list[Attachment]: ...

    async def attachment_content(
        self, attachment: int, number: str, *, viewer: Person
    ) -> tuple[Attachment, bytes] | None: ...


@dataclass(frozen=True, kw_only=True)
class Channels:
    """Accounts by name, their store, and what can be asked of WeChat (raises `ChannelRefused`)."""

    store: ChannelStore
    accounts: Mapping[str, AccountCard]
    clear_quota: Callable[[str], Awaitable[None]]
