"""Messages, cases and settlements for the tests of storage, and a way around its triggers."""

import contextlib
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg

from cases.case import Case, Change, Delivery, Event, Kind, State
from cases.people import Person, Role
from cases.wording import text_hash
from handlers.message import Message, MessageKind
from handlers.ports import Accepted, Decide
from handlers.settlement import Given, Outcome, Settlement
from knowledge_base.entry import Entry, Source, Status
from storage import Storage

NOW = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CLAIM = timedelta(seconds=60)
SCHOOLS, POLICE = "教育局", "公安局"
OFFICER = Person(name="officer", role=Role.OFFICER, department=SCHOOLS)
REVIEWER = Person(name="reviewer", role=Role.REVIEWER, department=SCHOOLS)
STRANGER = Person(name="officer2", role=Role.OFFICER, department=POLICE)
LOST_OFFICER = Person(name="officer3", role=Role.OFFICER, department="")
DISPATCHER = Person(name="dispatcher", role=Role.DISPATCHER)
SUPERVISOR = Person(name="supervisor", role=Role.SUPERVISOR)
AUDITOR = Person(name="auditor", role=Role.AUDITOR)


def message(number: int = 1, citizen: str = "o-1", **changed: Any) -> Message:
    plain = Message(
        account="main",
        citizen=citizen,
        receiver="gh_county",
        kind=MessageKind.TEXT,
        created_at=NOW,
        text="孩子上幼儿园要什么材料？",
        message_id=str(number),
    )
    return replace(plain, **changed)


def event(name: str, citizen: str = "o-1", at: datetime = NOW, key: str = "") -> Message:
    return message(
        citizen=citizen,
        kind=MessageKind.EVENT,
        event=name,
        event_key=key,
        text="",
        message_id="",
        created_at=at,
    )


async def spoke(
    storage: Storage, number: int = 1, citizen: str = "o-1", now: datetime = NOW
) -> None:
    """The citizen wrote, and was answered."""
    accepted = await accept(storage, message(number, citizen), now=now)
    await storage.settle(accepted.id, settlement(accepted))


async def accept(
    storage: Storage, sent: Message, now: datetime = NOW, decide: Decide | None = None
) -> Accepted:
    return await storage.accept(sent, now=now, claim_until=now + CLAIM, decide=decide)


def settlement(accepted: Accepted, **changed: Any) -> Settlement:
    plain = Settlement(
        outcome=Outcome.CHATTED, reply="您好。", citizen=accepted.citizen, settled_at=NOW
    )
    return replace(plain, **changed)


def opening(number: str = "HY20261118-0001", citizen: str = "o-1", **changed: Any) -> Change:
    plain = Case(
        number=number,
        account="main",
        citizen=citizen,
        kind=Kind.QUESTION,
        state=State.RECEIVED,
        text="孩子上幼儿园要什么材料？",
        received_at=NOW,
        due_at=NOW + 7 * DAY,
        due_date=date(2026, 11, 25),
        provisional=False,
        rule="reply",
    )
    case = replace(plain, **changed)
    first = Event(
        case=number,
        version=1,
        at=case.received_at,
        actor="citizen",
        step="open",
        before=None,
        after=case.state,
    )
    return Change(case=case, event=first)


def step(
    case: Case,
    after: State,
    actor: str = "officer",
    at: datetime = NOW + HOUR,
    details: dict[str, str] | None = None,
    **changed: Any,
) -> Change:
    taken = Event(
        case=case.number,
        version=case.version + 1,
        at=at,
        actor=actor,
        step=after.value,
        before=case.state,
        after=after,
        details=details or {},
    )
    return Change(case=replace(case, state=after, version=case.version + 1, **changed), event=taken)


def letter(change: Change, text: str, name: str = "reply") -> Change:
    """The change with a text for the citizen."""
    case = change.case
    sent = Delivery(
        key=f"{name}-{case.number}-{change.event.version}",
        account=case.account,
        citizen=case.citizen,
        text=text,
        case=case.number,
        created_at=change.event.at,
    )
    return replace(change, delivery=sent)


async def replied(storage: Storage, change: Change, text: str = "带上户口簿。") -> Case:
    """A case opened by `change`, drafted by the officer and approved by the reviewer."""
    case = await storage.write_change(change)
    digest = {"sha256": text_hash(text)}
    drafted = step(case, State.DRAFTED, details=digest, draft=text, drafted_by="officer")
    case = await storage.write_change(drafted)
    approved = step(
        case,
        State.REPLIED,
        actor="reviewer",
        details=digest,
        reply=text,
        reviewed_by="reviewer",
        draft_hash=text_hash(text),
        replied_at=NOW + HOUR,
    )
    return await storage.write_change(letter(approved, f"关于您的来信：{text}"))


def entry(name: str = "kindergarten", version: int = 1, **changed: Any) -> Entry:
    plain = Entry(
        id=name,
        version=version,
        question="上幼儿园要什么材料",
        answer="户口簿和预防接种证。",
        variants=("入园材料", "孩子进幼儿园带什么"),
        negatives=("小学入学材料",),
        department=SCHOOLS,
        source=Source(title="幼儿园工作规程", number="教育部令第39号"),
        checked_on=date(2026, 9, 1),
        status=Status.PUBLISHED,
        author="curator",
        reviewer="reviewer",
    )
    return replace(plain, **changed)


def given(version: int = 1) -> tuple[Given, ...]:
    return (Given(entry="kindergarten", version=version),)


def by_hand(url: str, *statements: str) -> list[tuple[Any, ...]]:
    """What somebody does with a database client; returns the last statement's rows."""
    if url.startswith("sqlite:///"):
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            for statement in statements:
                rows = connection.execute(statement).fetchall()
            connection.commit()
            return rows
    with psycopg.connect(url) as connection:
        for statement in statements:
            cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def without_trigger(url: str, table: str, trigger: str) -> str:
    """The statement that takes a guard away."""
    return f"DROP TRIGGER {trigger}" + ("" if url.startswith("sqlite") else f" ON {table}")
