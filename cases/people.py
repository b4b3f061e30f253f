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
    display_name: str = ""

    @property
    def called(self) -> str:
        """How colleagues know them; the name to sign in with as long as nothing else is set."""
        return self.display_name or self.name

    @property
    def scope(self) -> str | None:
        """The one department whose cases this person sees; None for all, "" for none."""
        if self.role in OWN_DEPARTMENT_ONLY:
            return self.department
        return None if self.role in SEES_CASES else ""

    @property
    def learns_from(self) -> str | None:
        """Whose unmet questions a curator is told of: one department's, or None for all.

        The knowledge base is the county's, so a curator of no department works for all of them.
        """
        return self.department or None


@dataclass(frozen=True, kw_only=True)
class Account:
    """A person's sign-in: an argon2id hash, and what lock-out needs to know.

    `totp_secret` is the base32 key of their authenticator, "" without one; `totp_step` is the
    newest 30-second step whose code was used, so that no code is used twice (RFC 6238, 5.2).
    """

    person: Person
    password_hash: str
    failures: int = 0
    locked_until: datetime | None = None
    must_change: bool = False
    disabled: bool = False
    totp_secret: str = ""
    totp_step: int = 0
    signed_in_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Session:
    """A signed-in browser; `token_hash` is the sha256 of the cookie's secret.

    `device` is what the browser calls itself in a few words, `address` where it came from.
    """

    token_hash: str
    person: Person
    csrf: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    device: str = ""
    address: str = ""

    @property
    def id(self) -> str:
        """Names the session on its owner's page; nobody can sign in with it."""
        return self.token_hash[:16]
