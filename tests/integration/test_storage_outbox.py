"""A frozen text reaches its citizen once: pushed, or inside their next reply."""

from datetime import timedelta

from cases.case import State
from storage import Storage
from tests.values.storage import (
    CLAIM,
    HOUR,
    MINUTE,
    NOW,
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


async def queued(storage: Storage, citizen: str = "o-1", amount: int = 1) -> list[str]:
    """Texts of one case for a citizen, as a department would send them."""
    case = await storage.write_change(opening(f"HY20261118-{citizen}", citizen=citizen))
    keys = []
    for number in range(amount):
        change = letter(step(case, State.ACCEPTED), f"第{number}封", "interim")
        case = await storage.write_change(change)
        keys.append(change.delivery.key)
    return keys


async def take(storage: Storage, now=LATER, limit: int = 10, accounts=("main",)):
    return await storage.take_deliveries(now=now, limit=limit, accounts=accounts)


class TestTaking:
    async def test_each_taken_once_and_for_one_push(self, storage: Storage):
        await spoke(storage)
        keys = await queued(storage, amount=2)
        assert [out.delivery.key for out in await take(storage)] == keys
        assert not await take(storage)
        citizen = await storage.citizen("main", "o-1")
        assert citizen.push_left == 3

    async def test_no_more_than_the_window_allows(self, storage: Storage):
        await spoke(storage)
        await queued(storage, amount=7)
        assert len(await take(storage)) == 5
        assert not await take(storage)

    async def test_nothing_outside_the_window(self, storage: Storage):
        await spoke(storage)
        await queued(storage)
        assert not await take(storage, now=NOW + timedelta(hours=48))

    async def test_nothing_to_who_left_or_never_wrote(self, storage: Storage):
        await queued(storage, "o-2")
        await spoke(storage)
        await queued(storage)
        left = await accept(storage, event("unsubscribe"))
        await storage.settle(left.id, settlement(left, reply=""))
        assert not await take(storage)

    async def test_only_the_accounts_that_may_push(self, storage: Storage):
        await spoke(storage)
        await queued(storage)
        assert not await take(storage, accounts=["second"])
        assert len(await take(storage, accounts=["second", "main"])) == 1

    async def test_a_small_limit_takes_the_oldest(self, storage: Storage):
        await spoke(storage)
        keys = await queued(storage, amount=3)
        assert [out.delivery.key for out in await take(storage, limit=1)] == keys[:1]


class TestEnding:
    async def test_sent_is_the_end(self, storage: Storage):
        await spoke(storage)
        (key,) = await queued(storage)
        await take(storage)
        await storage.delivery_sent(key, now=LATER)
        assert not await take(storage)
        assert not (await accept(storage, message(2), now=LATER)).waiting

    async def test_postponed_comes_again_and_gets_its_push_back(self, storage: Storage):
        await spoke(storage)
        (key,) = await queued(storage)
        await take(storage)
        await storage.delivery_postponed(key, reason="-1", look_again_at=LATER + MINUTE)
        assert not await take(storage)
        (again,) = await take(storage, now=LATER + MINUTE)
        assert again.attempts == 2
        assert (await storage.citizen("main", "o-1")).push_left == 4

    async def test_unpushable_waits_for_the_next_message(self, storage: Storage):
        await spoke(storage)
        (key,) = await queued(storage)
        await take(storage)
        await storage.delivery_unpushable(key, reason="45015", now=LATER)
        assert not await take(storage)
        accepted = await accept(storage, message(2), now=LATER)
        assert [delivery.key for delivery in accepted.waiting] == [key]

    async def test_unpushable_that_was_not_carried_is_pushed_again(self, storage: Storage):
        await spoke(storage)
        (key,) = await queued(storage)
        await take(storage)
        await storage.delivery_unpushable(key, reason="45015", now=LATER)
        await spoke(storage, 2, now=LATER)
        assert [out.delivery.key for out in await take(storage)] == [key]

    async def test_interrupted_is_never_pushed_again_but_carried(self, storage: Storage):
        await spoke(storage)
        (key,) = await queued(storage)
        await take(storage)
        assert await storage.release_interrupted(now=LATER) == 1
        accepted = await accept(storage, message(2), now=LATER)
        assert [delivery.key for delivery in accepted.waiting] == [key]
        await storage.settle(accepted.id, settlement(accepted))
        assert not await take(storage)
        assert (await accept(storage, message(3), now=LATER)).waiting

    async def test_what_may_have_arrived_is_carried_and_never_pushed(self, storage: Storage):
        await spoke(storage)
        (key,) = await queued(storage)
        await take(storage)
        await storage.delivery_uncertain(key, reason="no answer", now=LATER)
        assert not await take(storage)
        accepted = await accept(storage, message(2), now=LATER)
        assert [delivery.key for delivery in accepted.waiting] == [key]


class TestCarrying:
    async def test_carried_in_a_reply_is_delivered(self, storage: Storage):
        await spoke(storage)
        keys = await queued(storage, amount=2)
        accepted = await accept(storage, message(2))
        assert [delivery.key for delivery in accepted.waiting] == keys
        await storage.settle(accepted.id, settlement(accepted, carries=tuple(keys)))
        assert not await take(storage)
        assert not (await accept(storage, message(3))).waiting

    async def test_nobody_pushes_what_a_reply_may_carry(self, storage: Storage):
        await spoke(storage)
        await queued(storage)
        await accept(storage, message(2), now=LATER)
        assert not await take(storage)
        assert len(await take(storage, now=LATER + CLAIM)) == 1

    async def test_two_messages_do_not_carry_the_same_text(self, storage: Storage):
        await queued(storage)
        first, second = await accept(storage, message(1)), await accept(storage, message(2))
        assert len(first.waiting) == 1
        assert not second.waiting
        assert len((await storage.reread(first.id)).waiting) == 1

    async def test_what_is_being_sent_is_not_offered(self, storage: Storage):
        await spoke(storage)
        await queued(storage)
        await take(storage)
        assert not (await accept(storage, message(2), now=LATER)).waiting

    async def test_another_citizens_text_is_never_offered(self, storage: Storage):
        await queued(storage, "o-2")
        assert not (await accept(storage, message(1))).waiting
