"""What the console needs from outside, by shape (beside the ports of cases and knowledge_base)."""

from datetime import datetime
from typing import Protocol

from cases.figures import DepartmentFigures, Figures
from cases.people import Account, Person, Session
from handlers.citizen import Citizen

__all__ = [
    "Account",
    "CitizenStore",
    "DepartmentFigures",
    "FigureStore",
    "Figures",
    "PeopleStore",
    "Session",
]


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


class CitizenStore(Protocol):
    """What the desk knows of a citizen; the case page shows their push window."""

    async def citizen(self, account: str, openid: str) -> Citizen | None: ...


class FigureStore(Protocol):
    async def figures(self, *, since: datetime, until: datetime, now: datetime) -> Figures:
        """`received` counts questions (not events); departments by name, out-of-scope left out."""
