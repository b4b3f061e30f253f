"""Once each, on disk, in time: the inbox over a real SQLite file."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from handlers import texts
from handlers.at_once import AtOnce
from handlers.citizen import Citizen
from handlers.inbox import Intake, NotStored
from handlers.message import Message, MessageKind
from handlers.ports import Accepted
from handlers.settlement import Outcome, Settlement
from storage import Storage
from storage.errors import StorageUnavailable
from tests.servers.databases import fresh_storage

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MESSAGE = Message(
    account="main",
    citizen="o-wang",
    receiver="gh_desk",
    kind=MessageKind.TEXT,
    created_at=NOW,
    text="医保怎么交",
    message_id="1",
)


class CountingReception:
    """Stands for the path of a message: answers after a while, and counts how often it ran."""

    def __init__(self, *, takes: float = 0.0, fails: bool = False) -> None:
        self.runs = 0
        self.takes = takes
        self.fails = fails

    async def receive(self, message: Message, accepted: Accepted, *, now: datetime) -> Settlement:
        self.runs += 1
        await asyncio.sleep(self.takes)
        if self.fails:
            raise RuntimeError("a fault on the way")
        return settlement(f"第{self.runs}次：{message.text}", accepted, now)

    async def hand_over(self, message: Message, accepted: Accepted, *, now: datetime) -> Settlement:
        return settlement("交给人工", accepted, now)


def settlement(reply: str, accepted: Accepted, now: datetime) -> Settlement:
    return Settlement(
        outcome=Outcome.CHATTED, reply=reply, citizen=accepted.citizen, settled_at=now
    )


Open = Callable[..., Intake]


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Storage]:
    opened = await fresh_storage(tmp_path / "desk.db")
    yield opened
    await opened.close()


def intake_over(
    store: Storage, reception: CountingReception, *, now: datetime = NOW, within: float = 4.0
) -> Intake:
    return Intake(
        store,
        reception,
        clock=lambda: now,
        pushable=frozenset({"main"}),
        reply_within=within,
    )


async def test_three_deliveries_at_once_run_the_handler_once(store: Storage) -> None:
    reception = CountingReception(takes=0.1)
    intake = intake_over(store, reception)
    replies = await asyncio.gather(*(intake.once(MESSAGE) for _ in range(3)))
    assert reception.runs == 1
    assert len(set(replies)) == 1


async def test_a_delivery_in_another_process_waits_for_the_same_reply(store: Storage) -> None:
    first, second = CountingReception(takes=0.3), CountingReception()
    replies = await asyncio.gather(
        intake_over(store, first).once(MESSAGE), intake_over(store, second).once(MESSAGE)
    )
    assert first.runs + second.runs == 1
    assert replies[0] == replies[1]


async def test_a_delivery_after_a_restart_gets_the_stored_reply(store: Storage) -> None:
    before = await intake_over(store, CountingReception()).once(MESSAGE)
    reception = CountingReception()
    later = intake_over(store, reception, now=NOW + timedelta(seconds=9))
    assert await later.once(MESSAGE) == before
    assert reception.runs == 0


async def test_a_slow_answer_is_acknowledged_in_time_and_delivered_later(store: Storage) -> None:
    intake = intake_over(store, CountingReception(takes=0.5), within=0.2)
    started = asyncio.get_running_loop().time()
    reply = await intake.once(MESSAGE)
    assert asyncio.get_running_loop().time() - started < 0.4
    assert reply.text == texts.general.received(pushable=True)
    await intake.drain()
    (late,) = await store.take_deliveries(now=NOW, limit=5, accounts=("main",))
    assert late.delivery.text == "第1次：医保怎么交"


async def test_repeats_of_a_slow_message_get_the_same_acknowledgement(store: Storage) -> None:
    intake = intake_over(store, CountingReception(takes=0.5), within=0.2)
    first = await intake.once(MESSAGE)
    await intake.drain()
    assert await intake.once(MESSAGE) == first


async def test_a_fault_on_the_way_hands_the_message_to_a_person(store: Storage) -> None:
    reply = await intake_over(store, CountingReception(fails=True)).once(MESSAGE)
    assert reply.text == "交给人工"


async def test_a_message_that_cannot_be_stored_in_time_is_not_acknowledged(
    store: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stuck(*_: object, **__: object) -> Accepted:
        await asyncio.sleep(5)
        raise AssertionError("waited too long")

    monkeypatch.setattr(store, "accept", stuck)
    with pytest.raises(NotStored):
        await intake_over(store, CountingReception(), within=0.1).once(MESSAGE)


async def test_a_message_left_by_a_dead_worker_is_handled_and_its_answer_delivered(
    store: Storage,
) -> None:
    await store.accept(MESSAGE, now=NOW, claim_until=NOW + timedelta(minutes=1))
    later = NOW + timedelta(minutes=2)
    (left,) = await store.claim_unsettled(
        now=later, claim_until=later + timedelta(minutes=1), limit=5
    )
    await intake_over(store, CountingReception(), now=later).resume(left)
    (late,) = await store.take_deliveries(now=later, limit=5, accounts=("main",))
    assert late.delivery.text == "第1次：医保怎么交"
    assert (await store.verify(now=later)).violations == []


class Hasty(AtOnce):
    """Decides everything at once; or fails."""

    def __init__(self, *, fails: bool = False) -> None:
        self.fails = fails

    def decide(self, message: Message, accepted: Accepted, *, now: datetime) -> Settlement | None:
        if self.fails:
            raise RuntimeError("a fault inside the transaction")
        return settlement("马上就答", accepted, now)


def fill(store: Storage) -> None:
    """The disk of the store has no page left."""
    connection = store.driver._database.conn
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")


def hasty_intake(store: Storage, reception: CountingReception, *, fails: bool = False) -> Intake:
    return Intake(
        store, reception, clock=lambda: NOW, pushable=frozenset(), at_once=Hasty(fails=fails)
    )


async def test_what_is_decided_at_once_needs_one_commit_and_no_handler(
    store: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    reception, writes, write = CountingReception(), [], store.driver.write
    monkeypatch.setattr(store.driver, "write", lambda make: writes.append(make) or write(make))
    replies = [await hasty_intake(store, reception).once(MESSAGE) for _ in range(2)]
    assert [reply.text for reply in replies] == ["马上就答"] * 2
    assert (reception.runs, len(writes)) == (0, 2)  # one for each delivery


async def test_a_message_that_cannot_be_settled_at_once_is_stored_and_handled(
    store: Storage,
) -> None:
    reply = await hasty_intake(store, CountingReception(), fails=True).once(MESSAGE)
    assert reply.text == "第1次：医保怎么交"
    assert (await store.verify(now=NOW)).violations == []


async def test_a_letter_on_a_full_disk_costs_the_log_no_traceback(store: Storage) -> None:
    fill(store)
    with capture_logs() as lines, pytest.raises(StorageUnavailable):
        await hasty_intake(store, CountingReception()).once(replace(MESSAGE, text="水" * 40_000))
    assert lines == []  # the gateway tells of it, once


async def test_a_disk_that_fills_during_a_letter_is_told_in_one_line(store: Storage) -> None:
    class Filling(CountingReception):
        async def receive(
            self, message: Message, accepted: Accepted, *, now: datetime
        ) -> Settlement:
            fill(store)
            return settlement("水" * 40_000, accepted, now)

    with capture_logs() as lines:
        await intake_over(store, Filling()).once(MESSAGE)
    assert [(line["event"], "exc_info" in line) for line in lines] == [("handler_failed", False)]


async def test_a_reception_that_would_wait_decides_nothing_at_once() -> None:
    accepted = Accepted(
        id=1, claimed=True, reply=None, citizen=Citizen(account="main", openid="o-wang")
    )
    waiting = AtOnce(CountingReception(takes=0.1))
    assert waiting.decide(MESSAGE, accepted, now=NOW) is None
