"""Many at once: one claim, one settlement, one winner of a version, no text sent twice."""

import asyncio
from collections import Counter
from datetime import date

import pytest

from cases.case import ChangedMeanwhile, State
from handlers.settlement import Outcome
from knowledge_base.entry import Status
from storage import Storage
from tests.values.storage import (
    DAY,
    HOUR,
    NOW,
    accept,
    entry,
    letter,
    message,
    opening,
    settlement,
    step,
)


async def test_fifty_deliveries_of_one_message_make_one_claim(workers: list[Storage]):
    accepted = await asyncio.gather(*(accept(workers[n % 2], message()) for n in range(50)))
    assert sum(each.claimed for each in accepted) == 1
    assert len({each.id for each in accepted}) == 1


async def test_fifty_messages_of_one_citizen_are_all_kept(workers: list[Storage]):
    accepted = await asyncio.gather(*(accept(workers[n % 2], message(n)) for n in range(50)))
    assert all(each.claimed for each in accepted)
    assert (await workers[0].citizen("main", "o-1")).push_left == 5


async def test_two_settlements_leave_one_reply_and_one_case(workers: list[Storage]):
    accepted = await accept(workers[0], message())
    decided = [
        settlement(accepted, outcome=Outcome.CASED, reply=f"回复{n}", change=opening(f"HY-{n}"))
        for n in range(8)
    ]
    replies = await asyncio.gather(
        *(workers[n % 2].settle(accepted.id, each) for n, each in enumerate(decided))
    )
    assert len({reply.text for reply in replies}) == 1
    assert len((await workers[0].reread(accepted.id)).cases) == 1


async def test_a_late_settlement_and_an_early_reply_never_both_stand(workers: list[Storage]):
    for number in range(10):
        accepted = await accept(workers[0], message(number, citizen=f"o-{number}"))
        settled, frozen = await asyncio.gather(
            workers[0].settle(accepted.id, settlement(accepted)),
            workers[1].freeze_reply(accepted.id, "已收到", now=NOW),
        )
        assert settled == frozen
        late = await workers[0].take_deliveries(now=NOW, limit=5, accounts=["main"])
        assert len(late) == (1 if frozen.text == "已收到" else 0)


async def test_of_many_officers_on_one_version_one_wins(workers: list[Storage]):
    case = await workers[0].write_change(opening())
    tried = [step(case, State.ACCEPTED, actor=f"officer{n}") for n in range(10)]
    done = await asyncio.gather(
        *(workers[n % 2].write_change(each) for n, each in enumerate(tried)),
        return_exceptions=True,
    )
    lost = [each for each in done if isinstance(each, ChangedMeanwhile)]
    events = await workers[0].events(case.number)
    assert (len(lost), len(events)) == (9, 2)
    assert {each.by for each in lost} == {events[-1].actor}


async def test_each_delivery_is_taken_by_one_worker(workers: list[Storage]):
    for number in range(20):
        accepted = await accept(workers[0], message(citizen=f"o-{number}"))
        await workers[0].settle(accepted.id, settlement(accepted))
        case = await workers[0].write_change(opening(f"HY-{number}", citizen=f"o-{number}"))
        await workers[0].write_change(letter(step(case, State.WAITING), "请补充"))
    taken = await asyncio.gather(
        *(
            workers[n % 2].take_deliveries(now=NOW + HOUR, limit=7, accounts=["main"])
            for n in range(8)
        )
    )
    keys = [out.delivery.key for some in taken for out in some]
    assert len(keys) == len(set(keys)) == 20


async def test_each_unsettled_message_is_taken_over_once(workers: list[Storage]):
    for number in range(20):
        await accept(workers[0], message(number, citizen=f"o-{number}"))
    taken = await asyncio.gather(
        *(
            workers[n % 2].claim_unsettled(now=NOW + HOUR, claim_until=NOW + 2 * HOUR, limit=7)
            for n in range(8)
        )
    )
    ids = [each.accepted.id for some in taken for each in some]
    assert len(ids) == len(set(ids)) == 20


async def test_case_numbers_are_never_given_twice(workers: list[Storage]):
    day = date(2026, 11, 21)
    numbers = await asyncio.gather(*(workers[n % 2].next_case_number(day) for n in range(40)))
    assert sorted(numbers) == [f"HY20261121-{n:04d}" for n in range(1, 41)]


async def test_two_curators_never_publish_two_versions(workers: list[Storage]):
    await asyncio.gather(
        *(
            workers[n % 2].save_versions([entry(version=n + 1)], actor=f"c{n}", reason="")
            for n in range(10)
        )
    )
    versions = await workers[0].entry_versions("kindergarten")
    assert len(versions) == 10
    assert sum(each.status is Status.PUBLISHED for each in versions) == 1
    assert (await workers[0].verify(now=NOW)).violations == []


async def test_one_failing_operation_spoils_nothing_else(workers: list[Storage]):
    case = await workers[0].write_change(opening("HY-0"))
    await workers[0].write_change(step(case, State.ROUTED))
    mixed = [opening(f"HY-{n}") if n % 2 else step(case, State.ACCEPTED) for n in range(1, 41)]
    done = await asyncio.gather(
        *(workers[0].write_change(each) for each in mixed), return_exceptions=True
    )
    assert sum(isinstance(each, ChangedMeanwhile) for each in done) == 20
    assert sum(not isinstance(each, Exception) for each in done) == 20
    facts = await workers[0].facts(since=NOW, until=NOW + DAY, viewer=None)
    assert Counter(each.state for each in facts) == {State.RECEIVED: 20, State.ROUTED: 1}


async def test_whoever_stops_waiting_does_not_undo_the_work(workers: list[Storage]):
    task = asyncio.create_task(accept(workers[0], message()))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await accept(workers[0], message())).id
