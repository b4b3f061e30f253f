"""What the console needs from outside, by shape (beside the ports of cases and knowledge_base)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from cases.case import Event
from cases.figures import DepartmentFigures, Figures
from cases.people import Account, Person, Session
from cases.privacy import Dossier, Erased
from cases.publication import PublicAnswer, Standing
from cases.records import Mark, Record, RecordFilter
from handlers.citizen import Citizen

__all__ = [
    "Account",
    "AuditStore",
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

    async def accounts(self) -> list[Account]: ...

    async def display_names(self) -> dict[str, str]:
        """How people are called, by the name they sign in with; only of those who have one."""

    async def save_account(self, account: Account) -> None:
        """Adds or replaces by the person's name."""

    async def change_password(self, name: str, *, password_hash: str, must_change: bool) -> None:
        """A new password; it clears failures and lock."""

    async def change_totp(self, name: str, *, secret: str, step: int) -> None:
        """Another authenticator, or none ("" and 0)."""

    async def change_person(self, person: Person) -> None:
        """Another role, department or name to be called by, for the person of that name."""

    async def change_access(self, name: str, *, disabled: bool) -> None:
        """Closes the account or opens it again."""

    async def sign_in_failed(self, name: str, *, locked_until: datetime | None) -> None:
        """Counts one failure, in one update; sets the lock when given."""

    async def sign_in_succeeded(self, name: str) -> None:
        """Clears failures and lock."""

    async def use_totp_step(self, name: str, step: int) -> bool:
        """Whether this step's code was still unused; it is used from now on."""

    async def start_session(self, session: Session) -> None: ...

    async def session(self, token_hash: str, *, now: datetime) -> Session | None:
        """A session that has not expired, of a person who is not disabled."""

    async def touch_session(self, token_hash: str, *, now: datetime) -> None: ...

    async def sessions_of(self, name: str, *, now: datetime) -> list[Session]:
        """A person's sessions that have not expired, the one used last first."""

    async def end_session(self, token_hash: str) -> None: ...

    async def end_session_of(self, name: str, session_id: str) -> int:
        """Ends one session of this person, named by `Session.id`; returns how many ended."""

    async def end_sessions_of(self, name: str, *, but: str = "") -> int:
        """Ends all sessions of this person except the one with that hash."""


class AuditStore(Protocol):
    """The desk's append-only log."""

    async def log(self, actor: str, action: str, details: Mapping[str, str], now: datetime) -> None:
        """Adds one record; `details` must hold no personal data."""

    async def records(self, only: RecordFilter) -> list[Record]:
        """Newest first."""

    async def count_records(self, only: RecordFilter) -> int: ...

    async def recorded_actors(self) -> list[str]: ...

    async def record_counts(self, *, since: datetime) -> dict[tuple[date, str, str], int]:
        """(day in China, actor, action) -> how many records."""

    async def verify_records(self) -> tuple[int, list[str]]:
        """How many records there are, and what is wrong with their chain."""

    async def audit_mark(self) -> Mark:
        """How the log stands now."""

    async def contradicts_mark(self, mark: Mark) -> bool:
        """Whether the log up to a mark noted earlier is another one by now."""

    async def case_chain(self, number: str) -> tuple[list[Event], list[str]]:
        """The steps of one case, oldest first, and what is wrong with their chain."""


class PrivacyStore(Protocol):
    """What is kept about a citizen, and erasing it."""

    async def dossier(self, account: str, citizen: str, *, case: str = "") -> Dossier:
        """`case` tells which of those without a name is meant."""

    async def erase_citizen(
        self,
        account: str,
        citizen: str,
        *,
        actor: str,
        reason: str,
        now: datetime,
        case: str = "",
    ) -> Erased:
        """Raises `StillOpen` while the desk owes them an answer."""


class AnswerStore(Protocol):
    """Answers for everybody; a viewer of None is the public, who is shown published ones only."""

    async def propose_answer(self, answer: PublicAnswer) -> None:
        """Raises `AlreadyDecided` while another proposal of the case waits or is published."""

    async def public_answer(self, answer_id: int, *, viewer: Person) -> PublicAnswer:
        """Raises `UnknownCase`, also when it is another department's."""

    async def answers_of_case(self, number: str, *, viewer: Person) -> list[PublicAnswer]: ...

    async def public_answers(
        self,
        standing: Standing,
        *,
        viewer: Person | None,
        text: str = "",
        department: str = "",
        limit: int = 20,
        offset: int = 0,
    ) -> list[PublicAnswer]: ...

    async def count_public_answers(
        self, standing: Standing, *, viewer: Person | None, text: str = "", department: str = ""
    ) -> int: ...

    async def decide_answer(
        self, answer: PublicAnswer, *, publish: bool, reason: str, actor: Person, now: datetime
    ) -> None:
        """Raises `AlreadyDecided`, also for its proposer."""

    async def withdraw_answer(
        self, answer: PublicAnswer, *, reason: str, actor: Person, now: datetime
    ) -> None:
        """Raises `AlreadyDecided`."""


class CitizenStore(Protocol):
    """What the desk knows of a citizen; the case page shows their push window."""

    async def citizen(self, account: str, openid: str) -> Citizen | None: ...


class FigureStore(Protocol):
    async def figures(self, *, since: datetime, until: datetime, now: datetime) -> Figures:
        """`received` counts questions (not events); departments by name, out-of-scope left out."""
