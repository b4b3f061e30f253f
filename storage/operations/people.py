"""People, their sign-ins and sessions, and the desk's own secret."""

from datetime import datetime
from secrets import token_bytes

from cases.people import Account, Person, Session
from storage.operation import Operation, one, rows, run, the
from storage.rows.people import (
    account_from,
    account_values,
    person_from,
    session_from,
    session_values,
)
from storage.rows.plain import stamp, stamp_or_none


def account(name: str) -> Operation[Account | None]:
    row = yield from one("account", name=name)
    return account_from(row) if row is not None else None


def people() -> Operation[list[Person]]:
    """By name."""
    return [person_from(row) for row in (yield from rows("people"))]


def accounts() -> Operation[list[Account]]:
    """Everybody with what lock-out and the second factor know of them, by name."""
    return [account_from(row) for row in (yield from rows("accounts"))]


def display_names() -> Operation[dict[str, str]]:
    """How people are called, by the name they sign in with; only of those who have one."""
    return {row["name"]: row["display_name"] for row in (yield from rows("display_names"))}


def save_account(account: Account) -> Operation[None]:
    """Adds or replaces by the person's name."""
    yield from run("save_account", **account_values(account))


# Each of these writes what it is about and nothing else: an account read a moment ago may have been
# closed or locked since, and writing it back whole would open it again.


def change_password(name: str, *, password_hash: str, must_change: bool) -> Operation[None]:
    """A new password; it clears failures and lock."""
    must = int(must_change)
    yield from run("change_password", name=name, password_hash=password_hash, must_change=must)


def change_totp(name: str, *, secret: str, step: int) -> Operation[None]:
    """Another authenticator, or none ("" and 0)."""
    yield from run("change_totp", name=name, secret=secret, step=step)


def change_person(person: Person) -> Operation[None]:
    """Another role, department or name to be called by, for the person of that name."""
    yield from run(
        "change_person",
        name=person.name,
        role=person.role.value,
        department=person.department,
        display_name=person.display_name,
    )


def change_access(name: str, *, disabled: bool) -> Operation[None]:
    """Closes the account or opens it again."""
    yield from run("change_access", name=name, disabled=int(disabled))


def sign_in_failed(name: str, *, locked_until: datetime | None) -> Operation[None]:
    """Counts one failure, in one update; sets the lock when given."""
    yield from run("sign_in_failed", name=name, locked_until=stamp_or_none(locked_until))


def sign_in_succeeded(name: str) -> Operation[None]:
    """Clears failures and lock."""
    yield from run("sign_in_succeeded", name=name)


def use_totp_step(name: str, step: int) -> Operation[bool]:
    """Whether this step's code was still unused; it is used from now on."""
    return bool((yield from run("use_totp_step", name=name, step=step)))


def start_session(session: Session) -> Operation[None]:
    """Keeps a new session, and forgets those that ended before it began."""
    yield from run("forget_expired_sessions", now=stamp(session.created_at))
    yield from run("add_session", **session_values(session))
    yield from run("note_sign_in", name=session.person.name, now=stamp(session.created_at))


def session(token_hash: str, *, now: datetime) -> Operation[Session | None]:
    """One that has not expired, with the person as they are now; None when they are disabled."""
    row = yield from one("session", token_hash=token_hash, now=stamp(now))
    return session_from(row) if row is not None else None


def touch_session(token_hash: str, *, now: datetime) -> Operation[None]:
    yield from run("touch_session", token_hash=token_hash, now=stamp(now))


def sessions_of(name: str, *, now: datetime) -> Operation[list[Session]]:
    """A person's sessions that have not expired, the one used last first."""
    return [
        session_from(row) for row in (yield from rows("sessions_of", name=name, now=stamp(now)))
    ]


def end_session(token_hash: str) -> Operation[None]:
    yield from run("end_session", token_hash=token_hash)


def end_session_of(name: str, session_id: str) -> Operation[int]:
    """Ends one session of this person, named by `Session.id`; returns how many ended."""
    return (yield from run("end_session_of", name=name, id=session_id))


def end_sessions_of(name: str, *, but: str = "") -> Operation[int]:
    """Ends all sessions of this person except the one with that hash; returns how many ended."""
    return (yield from run("end_sessions_of", name=name, but=but))


def secret() -> Operation[bytes]:
    """32 random bytes, made once: what all workers of this desk sign with."""
    yield from run("add_secret", name="signing", value=token_bytes(32))
    return bytes((yield from the("secret", name="signing"))["value"])
