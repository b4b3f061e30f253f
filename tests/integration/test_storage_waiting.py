"""What cannot be pushed: told of, shown to those who may see it, tried again when they say so."""

from dataclasses import replace
from datetime import timedelta

from cases.case import State
from handlers.message import Message
from storage import Storage
from tests.values.storage import (
    HOUR,
    MINUTE,
    NOW,
    OFFICER,
    SCHOOLS,
    STRANGER,
    SUPERVISOR,
    accept,
    event,
    letter,
    message,
    opening,
    settlement,
    spoke,
    step,
)

LATER = NOW + 2 * HOUR
CLOSED = NOW + timedelta(days=3)


async def queued(storage: Storage, number: str = "0001", citizen: str = "o-1") -> str:
    """A reply of the schools' department; its key."""
    case = await storage.write_change(
        opening(f"HY20261118-{number}", citizen, department=SCHOOLS, state=State.ROUTED)
    )
    change = letter(step(case, State.ACCEPTED), "请带户口簿。")
    await storage.write_change(change)
    assert change.delivery is not None
    return change.delivery.key


async def take(storage: Storage, now=LATER):
    return await storage.take_deliveries(now=now, limit=10, accounts=("main",))


async def given_up(storage: Storage) -> str:
    await spoke(storage)
    key = await queued(storage)
    await take(storage)
    await storage.delivery_failed(key, reason="文字太长（45002）", now=LATER)
    return key


def finished(number: str, status: str) -> Message:
    """WeChat's word on how a template message ended."""
    at = CLOSED + timedelta(seconds=int(number) + len(status))
    plain = event("templatesendjobfinish", at=at)
    return replace(plain, details={"MsgID": number, "Status": status})


class TestWindows:
    async def test_a_taps_pushes_are_used_before_a_messages(self, storage: Storage):
        await spoke(storage)
        await accept(storage, event("click"), now=NOW + HOUR)
        for number in range(9):
            await queued(storage, f"100{number}")
        assert len(await take(storage, now=NOW + HOUR + MINUTE / 2)) == 8
        citizen = await storage.citizen("main", "o-1")
        assert (citizen.push_left, citizen.tap_left) == (0, 0)

    async def test_a_push_goes_back_to_the_window_it_came_from(self, storage: Storage):
        await spoke(storage)
        await accept(storage, event("click"), now=NOW + HOUR)
        key = await queued(storage)
        soon = NOW + HOUR + MINUTE / 4
        assert len(await take(storage, now=soon)) == 1
        assert (await storage.citizen("main", "o-1")).tap_left == 2
        await storage.delivery_postponed(key, reason="-1", look_again_at=soon)
        citizen = await storage.citizen("main", "o-1")
        assert (citizen.push_left, citizen.tap_left) == (5, 3)

    async def test_a_push_that_goes_back_to_a_renewed_window_makes_it_no_larger(
        self, storage: Storage
    ):
        await spoke(storage)
        key = await queued(storage)
        assert len(await take(storage)) == 1
        await spoke(storage, 2, now=NOW + MINUTE)
        await storage.delivery_postponed(key, reason="-1", look_again_at=NOW + HOUR)
        assert (await storage.citizen("main", "o-1")).push_left == 5

    async def test_an_ended_tap_leaves_the_messages_window(self, storage: Storage):
        await spoke(storage)
        await accept(storage, event("click"))
        await queued(storage)
        await take(storage)
        citizen = await storage.citizen("main", "o-1")
        assert (citizen.push_left, citizen.tap_left) == (4, 3)


class TestGivenUp:
    async def test_it_is_shown_first_with_its_reason(self, storage: Storage):
        key = await given_up(storage)
        await queued(storage, "0002")
        first, second = await storage.undelivered(viewer=SUPERVISOR)
        assert (first.delivery.key, first.state, first.reason) == (
            key,
            "failed",
            "文字太长（45002）",
        )
        assert second.state == "waiting"
        assert len(await storage.undelivered(viewer=SUPERVISOR, only_failed=True)) == 1

    async def test_its_push_is_given_back_and_nobody_takes_it(self, storage: Storage):
        await given_up(storage)
        assert (await storage.citizen("main", "o-1")).push_left == 5
        assert not await take(storage, now=NOW + 3 * HOUR)

    async def test_the_next_message_carries_it_all_the_same(self, storage: Storage):
        key = await given_up(storage)
        accepted = await accept(storage, message(2), now=LATER)
        assert [delivery.key for delivery in accepted.waiting] == [key]

    async def test_what_the_next_message_did_not_carry_is_pushed_afresh(self, storage: Storage):
        key = await given_up(storage)
        await spoke(storage, 2, now=LATER)
        (again,) = await take(storage)
        assert (again.delivery.key, again.attempts) == (key, 1)

    async def test_a_retry_sends_it_at_once_with_a_fresh_count(self, storage: Storage):
        key = await given_up(storage)
        assert await storage.retry_delivery(key, viewer=OFFICER, now=LATER)
        (again,) = await take(storage)
        assert (again.delivery.key, again.attempts) == (key, 1)

    async def test_another_department_neither_sees_nor_retries_it(self, storage: Storage):
        key = await given_up(storage)
        assert await storage.undelivered(viewer=STRANGER) == []
        assert await storage.count_failed(viewer=STRANGER) == 0
        assert not await storage.retry_delivery(key, viewer=STRANGER, now=LATER)
        assert await storage.count_failed(viewer=OFFICER) == 1

    async def test_all_of_an_account_are_retried_and_it_is_logged(self, storage: Storage):
        await given_up(storage)
        assert (await storage.backlogs())["main"].failed == 1
        assert await storage.retry_account("main", actor="administrator", now=LATER) == 1
        assert (await storage.backlogs())["main"].failed == 0
        assert (await storage.verify(now=LATER)).counts["audit_records"] == 1


class TestNotices:
    async def test_a_closed_window_is_told_of_once(self, storage: Storage):
        await spoke(storage)
        key = await queued(storage)
        assert not await storage.take_notices(now=LATER, limit=9, account="main")
        (notice,) = await storage.take_notices(now=CLOSED, limit=9, account="main")
        assert (notice.delivery.key, notice.department) == (key, SCHOOLS)
        assert not await storage.take_notices(now=CLOSED, limit=9, account="main")

    async def test_a_busy_platform_is_asked_again_then(self, storage: Storage):
        key = await queued(storage)
        await spoke(storage)
        await storage.take_notices(now=CLOSED, limit=9, account="main")
        await storage.notice_ended(key, "waiting", reason="忙", at=CLOSED + MINUTE)
        assert not await storage.take_notices(now=CLOSED, limit=9, account="main")
        (again,) = await storage.take_notices(now=CLOSED + MINUTE, limit=9, account="main")
        assert again.attempts == 2

    async def test_who_never_wrote_or_left_is_not_told(self, storage: Storage):
        await queued(storage, citizen="o-2")
        await spoke(storage)
        await queued(storage, "0002")
        left = await accept(storage, event("unsubscribe"))
        await storage.settle(left.id, settlement(left, reply=""))
        assert not await storage.take_notices(now=CLOSED, limit=9, account="main")

    async def test_what_a_crash_interrupts_is_not_sent_twice(self, storage: Storage):
        await spoke(storage)
        await queued(storage)
        await storage.take_notices(now=CLOSED, limit=9, account="main")
        await storage.release_interrupted(now=CLOSED)
        assert not await storage.take_notices(now=CLOSED, limit=9, account="main")
        (shown,) = await storage.undelivered(viewer=SUPERVISOR)
        assert shown.notice == "uncertain"

    async def test_an_event_says_that_the_citizen_blocks_notices(self, storage: Storage):
        await spoke(storage)
        key = await queued(storage)
        await storage.take_notices(now=CLOSED, limit=9, account="main")
        await storage.notice_ended(key, "sent", reason="", at=CLOSED, number="77")
        for number, status in (("78", "failed:user block"), ("77", "success")):
            await accept(storage, finished(number, status), now=CLOSED)
            assert (await storage.undelivered(viewer=SUPERVISOR))[0].notice == "sent"
        await accept(storage, finished("77", "failed:user block"), now=CLOSED)
        (shown,) = await storage.undelivered(viewer=SUPERVISOR)
        assert (shown.notice, shown.notice_reason) == ("refused", "市民拒收了公众号的通知")

    async def test_a_told_text_still_goes_with_the_next_message(self, storage: Storage):
        await spoke(storage)
        key = await queued(storage)
        await storage.take_notices(now=CLOSED, limit=9, account="main")
        await storage.notice_ended(key, "sent", reason="", at=CLOSED)
        accepted = await accept(storage, message(2), now=CLOSED)
        assert [delivery.key for delivery in accepted.waiting] == [key]
