"""The people of the desk and what their roles let them see."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """The desk's roles; CASES.md says what each may do."""

    ADMINISTRATOR = "administrator"
    CURATOR = "curator"
    DISPATCHER = "dispatcher"
    OFFICER = "officer"
    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"


OWN_DEPARTMENT_ONLY = frozenset({Role.OFFICER, Role.REVIEWER})
SEES_CASES = frozenset({Role.OFFICER, Role.REVIEWER, Role.DISPATCHER, Role.SUPERVISOR})


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who works at the desk; `name` is unique and used to sign in."""

    name: str
    role: Role
    department: str = ""

    @property
    def scope(self) -> str | None:
        """The one department whose cases this person sees; None for all, "" for none."""
        if self.role in OWN_DEPARTMENT_ONLY:
            return self.department
        return None if self.role in SEES_CASES else ""


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
