"""What the console needs from outside, by shape (beside the ports of cases and knowledge_base)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cases.people import Person


@dataclass(frozen=True, kw_only=True)
class Account:
    """A person's sign-in: an argon2id hash, and what lock-out needs to know."""

    person: Person
    password_hash: str
    failures: int = 0
    locked_until: datetime | None = None
    must_change: bool = False
    disabled: bool = False


@dataclass(frozen=True, kw_only=True)
class Session:
    """A signed-in browser; `token_hash` is the sha256 of the cookie's secret."""

    token_hash: str
    person: Person
    csrf: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


class PeopleStore(Protocol):
    """Keeps people, their passwords' hashes and their sessions."""

    async def account(self, name: str) -> Account | None: ...

    async def people(self) -> list[Person]: ...

    async def save_account(self, account: Account) -> None:
        """Adds or replaces by the person's name."""

    async def sign_in_failed(self, name: str, *, locked_until: datetime | None) -> None:
        """Counts one failure, in one update; sets the lock when given."""

    async def sign_in_succeeded(self, name: str) -> None:
        """Clears failures and lock."""

    async def start_session(self, session: Session) -> None: ...

    async def session(self, token_hash: str, *, now: datetime) -> Session | None:
        """A session that has not expired, of a person who is not disabled."""

    async def touch_session(self, token_hash: str, *, now: datetime) -> None: ...

    async def end_session(self, token_hash: str) -> None: ...
