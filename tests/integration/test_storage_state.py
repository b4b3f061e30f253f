"""What the administrator is told of queues and of the database itself."""

from cases.case import State
from handlers.settlement import Outcome
from storage import Storage
from storage.operation import Operation
from storage.operations import state
from tests.values.storage import (
    DAY,
    HOUR,
    NOW,
    accept,
    entry,
    given,
    letter,
    message,
    opening,
    settlement,
    step,
)


async def test_queues_say_what_waits_since_when_and_what_stands_still(storage: Storage):
    empty = await storage.queues(now=NOW)
    assert {each.waiting for each in empty.values()} == {0}
    assert set(empty) == {
        *("messages", "deliveries", "attachments", "comment_orders", "reminders", "jobs")
    }
    await accept(storage, message(1))
    answered = await accept(storage, message(2, "o-2"))
    await storage.settle(answered.id, settlement(answered))
    case = await storage.write_change(opening())
    change = letter(step(case, State.ACCEPTED), "请补充地址。", "interim")
    await storage.write_change(change)
    job = await storage.start_job("batch", "x.csv", actor="curator", now=NOW)
    now = await storage.queues(now=NOW + HOUR)
    messages, letters = now["messages"], now["deliveries"]
    assert (messages.waiting, messages.stuck, messages.oldest) == (1, 1, NOW)
    assert (letters.waiting, letters.stuck, letters.oldest) == (1, 0, NOW + HOUR)
    assert (now["jobs"].waiting, now["jobs"].stuck) == (1, 1)
    await storage.tell_job(job, done=1, total=2, now=NOW + HOUR)
    assert (await storage.queues(now=NOW + HOUR))["jobs"].stuck == 0


async def test_a_text_that_was_given_up_stands_still(storage: Storage):
    accepted = await accept(storage, message(1))
    await storage.settle(accepted.id, settlement(accepted))
    case = await storage.write_change(opening())
    change = letter(step(case, State.ACCEPTED), "请补充地址。", "interim")
    await storage.write_change(change)
    (taken,) = await storage.take_deliveries(now=NOW + 2 * HOUR, limit=5, accounts=("main",))
    await storage.delivery_failed(taken.delivery.key, reason="40003", now=NOW + 2 * HOUR)
    letters = (await storage.queues(now=NOW + 3 * HOUR))["deliveries"]
    assert (letters.waiting, letters.stuck) == (1, 1)


async def test_each_account_says_when_it_was_written_to_last(storage: Storage):
    await accept(storage, message(1), now=NOW)
    await accept(storage, message(2), now=NOW + HOUR)
    await accept(storage, message(3, account="village"), now=NOW - 40 * DAY)
    assert await storage.last_messages(since=NOW - 30 * DAY) == {"main": NOW + HOUR}


async def test_the_database_says_how_large_it_is(storage: Storage):
    assert await storage.database_size() > 100_000


async def test_the_log_is_counted_by_the_day_in_china(storage: Storage):
    await storage.log("ann", "reveal", {}, NOW)
    await storage.log("ann", "reveal", {}, NOW + 15 * HOUR)  # past midnight in China
    await storage.log("ben", "export", {}, NOW - 3 * DAY)
    day = NOW.date()
    assert await storage.record_counts(since=NOW - DAY) == {
        (day, "ann", "reveal"): 1,
        (day + DAY, "ann", "reveal"): 1,
    }


async def test_a_weeks_entries_are_counted_by_message(storage: Storage):
    await storage.save_versions([entry()], actor="curator", reason="")
    for number, at in enumerate((NOW, NOW + HOUR, NOW + DAY)):
        accepted = await accept(storage, message(number), now=at)
        answered = settlement(accepted, outcome=Outcome.ANSWERED, given=given())
        await storage.settle(accepted.id, answered)
    chatted = await accept(storage, message(9), now=NOW)
    await storage.settle(chatted.id, settlement(chatted))
    found = await storage.given_entries(since=NOW, until=NOW + DAY)
    assert found == [("kindergarten", 2)]


async def test_a_try_to_write_asks_postgresql_for_room_and_leaves_nothing(
    storage: Storage, database_url: str
):
    def tried() -> Operation[int]:
        before = yield from state.database_size()
        yield from state.try_to_write()
        return (yield from state.database_size()) - before

    before = await storage.driver.read(state.database_size)
    for _ in range(3):
        taken = await storage.driver.write(tried)
        assert taken >= 250_000 or database_url.startswith("sqlite")
    after = await storage.driver.read(state.database_size)
    assert after - before < 200_000  # the catalogue may grow by a page or two, the tries are gone
