"""People, sessions and departments as rows."""

from cases.department import Department
from cases.people import Account, Person, Role, Session
from storage.operation import Row, Values
from storage.rows.plain import moment, moment_or_none, packed, stamp, stamp_or_none, unpacked


def person_from(row: Row) -> Person:
    return Person(
        name=row["name"],
        role=Role(row["role"]),
        department=row["department"],
        display_name=row["display_name"],
    )


def account_values(account: Account) -> Values:
    return {
        "name": account.person.name,
        "role": account.person.role.value,
        "department": account.person.department,
        "password_hash": account.password_hash,
        "failures": account.failures,
        "locked_until": stamp_or_none(account.locked_until),
        "must_change": int(account.must_change),
        "disabled": int(account.disabled),
        "display_name": account.person.display_name,
        "totp_secret": account.totp_secret,
        "totp_step": account.totp_step,
        "signed_in_at": stamp_or_none(account.signed_in_at),
    }


def account_from(row: Row) -> Account:
    return Account(
        person=person_from(row),
        password_hash=row["password_hash"],
        failures=row["failures"],
        locked_until=moment_or_none(row["locked_until"]),
        must_change=bool(row["must_change"]),
        disabled=bool(row["disabled"]),
        totp_secret=row["totp_secret"],
        totp_step=row["totp_step"],
        signed_in_at=moment_or_none(row["signed_in_at"]),
    )


def session_values(session: Session) -> Values:
    return {
        "token_hash": session.token_hash,
        "person": session.person.name,
        "csrf": session.csrf,
        "created_at": stamp(session.created_at),
        "seen_at": stamp(session.seen_at),
        "expires_at": stamp(session.expires_at),
        "device": session.device,
        "address": session.address,
    }


def session_from(row: Row) -> Session:
    return Session(
        token_hash=row["token_hash"],
        person=person_from(row),
        csrf=row["csrf"],
        created_at=moment(row["created_at"]),
        seen_at=moment(row["seen_at"]),
        expires_at=moment(row["expires_at"]),
        device=row["device"],
        address=row["address"],
    )


def department_values(department: Department, position: int) -> Values:
    return {
        "name": department.name,
        "position": position,
        "duties": department.duties,
        "keywords": packed(department.keywords),
        "phone": department.phone,
        "address": department.address,
        "hours": department.hours,
        "parent": department.parent,
    }


def department_from(row: Row) -> Department:
    return Department(
        name=row["name"],
        duties=row["duties"],
        keywords=tuple(unpacked(row["keywords"])),
        phone=row["phone"],
        address=row["address"],
        hours=row["hours"],
        parent=row["parent"],
    )
