"""Taking back an approved text races with everything that delivers it: one of them wins."""

import asyncio
from dataclasses import replace

import pytest

from cases.case import AlreadyLeft, Case, Change, ChangedMeanwhile, Release, State
from cases.records import RecordFilter
from storage import Storage
from tests.values.storage import (
    DISPATCHER,
    HOUR,
    MINUTE,
    NOW,
    accept,
    letter,
    message,
    opening,
    replied,
    settlement,
    step,
)

APPROVED = NOW + HOUR
HOLD = 10 * MINUTE


async def answered(storage: Storage, citizen: str = "o-1", number: int = 1) -> Case:
    """A citizen wrote, and their case has an approved reply that nobody has sent."""
    accepted = await accept(storage, message(number, citizen))
    await storage.settle(accepted.id, settlement(accepted))
    return await replied(storage, opening(f"HY20261118-{number:04d}", citizen=citizen))


def taken_back(case: Case, at=APPROVED + MINUTE) -> Change:
    change = step(case, State.DRAFTED, actor="reviewer", at=at, reply="", replied_at=None)
    release = Release(key=f"reply-{case.number}-{case.version}", at=APPROVED)
    return replace(change, takes_back=release)


async def take(storage: Storage, at=APPROVED + HOUR):
    return await storage.take_deliveries(now=at, limit=10, accounts=("main",))


async def still_here(storage: Storage, case: Case, at=APPROVED) -> bool:
    release = taken_back(case).takes_back
    return await storage.leaving(case.number, release, now=at) is not None


async def test_what_was_taken_back_reaches_nobody_and_is_logged(storage: Storage):
    case = await answered(storage)
    assert await still_here(storage, case)
    await storage.write_change(taken_back(case))
    assert await take(storage) == []
    accepted = await accept(storage, message(2), now=APPROVED + HOUR)
    assert accepted.waiting == ()
    said = await storage.conversation(case.number, viewer=DISPATCHER)
    assert [line.state for line in said if line.text.startswith("关于")] == ["undone"]
    assert (await storage.dossier("main", "o-1")).letters == []
    (record,) = await storage.records(RecordFilter(actions=("reply_withdrawn",)))
    assert (record.actor, record.details) == ("reviewer", {"case": case.number})
    assert (await storage.verify(now=NOW + 2 * HOUR)).violations == []


async def test_a_held_text_is_not_pushed_before_its_time(storage: Storage):
    case = await answered(storage)
    change = letter(step(case, State.REPLIED, at=APPROVED), "补充一句。", "interim")
    sent = replace(change.delivery, leaves_at=APPROVED + HOLD)
    await storage.write_change(replace(change, delivery=sent))
    assert [each.delivery.text for each in await take(storage, APPROVED)] != ["补充一句。"]
    assert await take(storage, APPROVED + HOLD - MINUTE) == []
    assert [each.delivery.text for each in await take(storage, APPROVED + HOLD)] == ["补充一句。"]


async def test_a_text_on_its_way_sent_shown_or_being_carried_stays(storage: Storage):
    sending = await answered(storage, "o-1", 1)
    await take(storage, APPROVED)
    shown = await answered(storage, "o-2", 2)
    assert (await storage.shown(shown.number, now=APPROVED)).reply == "带上户口簿。"
    carried = await answered(storage, "o-3", 3)
    await accept(storage, message(33, "o-3"), now=APPROVED + MINUTE)
    for case in (sending, shown, carried):
        assert not await still_here(storage, case, APPROVED + MINUTE)
        with pytest.raises(AlreadyLeft):
            await storage.write_change(taken_back(case))
        assert await storage.case(case.number) == case
    await storage.delivery_sent(f"reply-{sending.number}-{sending.version}", now=APPROVED)
    with pytest.raises(AlreadyLeft):
        await storage.write_change(taken_back(sending))


async def test_of_a_sender_and_who_takes_back_exactly_one_wins(workers: list[Storage]):
    won = {"sent": 0, "undone": 0}
    for number in range(1, 21):
        case = await answered(workers[0], f"o-{number}", number)
        taken, undone = await asyncio.gather(
            take(workers[0]), workers[1].write_change(taken_back(case)), return_exceptions=True
        )
        assert isinstance(undone, Case | AlreadyLeft), undone
        assert len(taken) == isinstance(undone, AlreadyLeft)
        state = (await workers[0].case(case.number)).state
        assert state is (State.REPLIED if taken else State.DRAFTED)
        won["sent" if taken else "undone"] += 1
    assert sum(won.values()) == 20


async def test_of_a_reply_that_carries_it_and_who_takes_back_exactly_one_wins(
    workers: list[Storage],
):
    for number in range(1, 21):
        case = await answered(workers[0], f"o-{number}", number)
        accepted, undone = await asyncio.gather(
            accept(workers[0], message(100 + number, f"o-{number}"), now=APPROVED + MINUTE),
            workers[1].write_change(taken_back(case)),
            return_exceptions=True,
        )
        assert isinstance(undone, Case | AlreadyLeft), undone
        assert len(accepted.waiting) == isinstance(undone, AlreadyLeft)


async def test_of_the_citizens_page_and_who_takes_back_exactly_one_wins(workers: list[Storage]):
    for number in range(1, 21):
        case = await answered(workers[0], f"o-{number}", number)
        shown, undone = await asyncio.gather(
            workers[0].shown(case.number, now=APPROVED),
            workers[1].write_change(taken_back(case)),
            return_exceptions=True,
        )
        assert isinstance(undone, Case | AlreadyLeft), undone
        assert bool(shown.reply) == isinstance(undone, AlreadyLeft)


async def test_two_who_take_back_do_it_once(workers: list[Storage]):
    case = await answered(workers[0])
    done = await asyncio.gather(
        *(workers[n % 2].write_change(taken_back(case)) for n in range(6)), return_exceptions=True
    )
    assert sum(isinstance(each, Case) for each in done) == 1
    # Whoever was second hears that somebody was first, not that the text has left.
    assert sum(isinstance(each, ChangedMeanwhile) for each in done) == 5
    assert (await workers[0].case(case.number)).version == case.version + 1
