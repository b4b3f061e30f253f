"""What is to be done under a comment: decided once, sent once, never after it was undone."""

import asyncio
import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

import psycopg
import pytest

from cases.case import AlreadyLeft, Change, Release, State
from cases.people import Person, Role
from handlers.comments import moderation
from handlers.comments.comment import Comment
from handlers.comments.moderation import Order, OrderState, Step
from handlers.comments.ports import OrderStands
from storage import Storage
from tests.integration.test_storage_comments import _approved, _one, _proposed
from tests.values.comments import filed, listed
from tests.values.storage import (
    DAY,
    DISPATCHER,
    HOUR,
    MINUTE,
    NOW,
    OFFICER,
    REVIEWER,
    SUPERVISOR,
    by_hand,
    letter,
    step,
)

DISPATCHER2 = Person(name="dispatcher2", role=Role.DISPATCHER)


async def test_an_order_goes_out_once_after_its_time_to_undo(storage: Storage) -> None:
    order = await _approved(storage)
    soon, due = NOW + timedelta(seconds=30), NOW + 2 * MINUTE
    assert await _take(storage, at=soon) == []
    taken = await asyncio.gather(*(_take(storage, at=due) for _ in range(3)))
    (sending,) = [each for each in taken if each]
    assert (sending[0].id, sending[0].state) == (order.id, OrderState.SENDING)
    await storage.order_done(sending[0], now=due)
    assert (await _one(storage)).elected
    assert await _take(storage, at=due + HOUR) == []


async def test_an_order_whose_worker_died_is_sent_again(storage: Storage) -> None:
    await _approved(storage)
    (first,) = await _take(storage, at=NOW + 2 * MINUTE)
    (again,) = await _take(storage, at=NOW + 4 * MINUTE)
    assert (first.id, again.attempts) == (again.id, 2)


async def test_an_order_that_failed_or_waits_says_why(storage: Storage) -> None:
    await _approved(storage)
    (order,) = await _take(storage, at=NOW + 2 * MINUTE)
    await storage.order_postponed(order, code=45009, reason="quota", look_again_at=NOW + HOUR)
    assert await _take(storage, at=NOW + 3 * MINUTE) == []
    (order,) = await _take(storage, at=NOW + HOUR)
    await storage.order_failed(order, code=88003, reason="limit", now=NOW + HOUR)
    (failed,) = await storage.orders_in([OrderState.FAILED], viewer=DISPATCHER, limit=5)
    assert (failed.order.code, failed.order.state) == (88003, OrderState.FAILED)
    again = moderation.retry(failed.order, now=NOW + HOUR)
    assert await storage.change_order(failed.order, again, by="dispatcher", now=NOW + HOUR)
    assert len(await _take(storage, at=NOW + HOUR)) == 1


async def test_an_order_is_decided_once_and_stands_once(storage: Storage) -> None:
    order = await _proposed(storage)
    with pytest.raises(OrderStands):
        await storage.add_order(replace(order, id=0))
    read = moderation.fingerprint(order)
    yes = moderation.approve(order, read, actor=SUPERVISOR, now=NOW, wait=MINUTE)
    no = moderation.reject(order, "不合适", actor=DISPATCHER2, now=NOW)
    assert await storage.change_order(order, yes, by="supervisor", now=NOW)
    assert not await storage.change_order(order, no, by="dispatcher2", now=NOW)
    assert [each.state for each in await storage.orders_of(order.comment)] == [OrderState.APPROVED]


async def test_what_is_undone_is_never_sent(storage: Storage) -> None:
    order = await _approved(storage)
    undone = moderation.undo(order, actor=DISPATCHER, now=NOW)
    assert await storage.change_order(order, undone, by="dispatcher", now=NOW)
    assert await _take(storage, at=NOW + HOUR) == []


@pytest.mark.parametrize("citizen", ["o-1", ""])
async def test_the_approved_reply_of_a_case_goes_under_its_comment(
    storage: Storage, citizen: str
) -> None:
    await filed(storage, listed(1, citizen=citizen))
    comment = await _one(storage)
    await _reply(storage, comment, "带上户口簿。")
    (order,) = await _take(storage, at=NOW + HOUR)
    assert (order.step, order.text, order.case) == (Step.REPLY, "带上户口簿。", comment.case)
    await storage.order_done(order, now=NOW + HOUR)
    lines = await storage.conversation(comment.case, viewer=OFFICER)
    said = [(line.text, line.state) for line in lines if line.speaker != "citizen"]
    private = [("关于您的来信：带上户口簿。", "waiting")] if citizen else []
    assert said == [*private, ("带上户口簿。", "published")]
    assert (await storage.verify(now=NOW + HOUR)).violations == []


@pytest.mark.parametrize("is_out", [True, False])
async def test_an_order_for_an_erased_comment_keeps_no_words_and_goes_out_no_more(
    storage: Storage, database_url: str, is_out: bool
) -> None:
    await filed(storage, listed(1))
    comment = await _one(storage)
    await _reply(storage, comment, "带上户口簿。")
    if is_out:
        (order,) = await _take(storage, at=NOW + HOUR)
        await storage.order_done(order, now=NOW + HOUR)
    await storage.erase_citizen("main", "o-1", actor="s", reason="", now=NOW + HOUR)
    assert await _take(storage, at=NOW + DAY) == []
    kept = by_hand(database_url, "SELECT text, state, step FROM comment_orders")
    assert kept == [("", "done" if is_out else "undone", "reply")]
    assert by_hand(database_url, "SELECT reply FROM comments") == [("",)]
    assert (await storage.verify(now=NOW + DAY)).violations == []
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.IntegrityConstraintViolation)):
        by_hand(database_url, "UPDATE comment_orders SET text = 'x'")


async def test_a_second_reply_of_a_case_takes_the_place_of_one_that_waits(storage: Storage) -> None:
    await filed(storage, listed(1, citizen=""))
    comment = await _one(storage)
    await _reply(storage, comment, "带上户口簿。")
    case = await storage.case(comment.case)
    again = step(case, case.state, actor="reviewer", at=NOW + 2 * HOUR)
    await storage.write_change(_letter(again, "带上户口簿和接种证。"))
    assert [order.text for order in await _take(storage, at=NOW + DAY)] == ["带上户口簿和接种证。"]


@pytest.mark.parametrize("citizen", ["o-1", ""])
async def test_a_reply_taken_back_is_published_nowhere(storage: Storage, citizen: str) -> None:
    await filed(storage, listed(1, citizen=citizen))
    comment = await _one(storage)
    await _reply(storage, comment, "带上户口簿。")
    await storage.write_change(await _taken_back(storage, comment))
    assert await _take(storage, at=NOW + DAY) == []
    assert [each.state for each in await storage.orders_of(comment.id)] == [OrderState.UNDONE]
    assert (await storage.verify(now=NOW + HOUR)).violations == []


@pytest.mark.parametrize("citizen", ["o-1", ""])
async def test_a_reply_that_is_being_published_is_not_taken_back_in_part(
    storage: Storage, citizen: str
) -> None:
    await filed(storage, listed(1, citizen=citizen))
    comment = await _one(storage)
    await _reply(storage, comment, "带上户口簿。")
    change = await _taken_back(storage, comment)
    await _take(storage, at=NOW + HOUR)
    with pytest.raises(AlreadyLeft):
        await storage.write_change(change)
    if citizen:
        (letter_,) = await storage.undelivered_of_case(comment.case, viewer=SUPERVISOR)
        assert letter_.state == "waiting"


async def _taken_back(storage: Storage, comment: Comment) -> Change:
    case = await storage.case(comment.case)
    at = (await storage.events(case.number))[-1].at
    change = step(case, State.DRAFTED, actor="reviewer", at=at, reply="")
    return replace(change, takes_back=Release(key=f"reply-{case.number}-{case.version}", at=at))


async def _take(storage: Storage, *, at: datetime) -> list[Order]:
    taken = await storage.take_orders(now=at, claim_until=at + MINUTE, limit=10, accounts=["main"])
    return [each.order for each in taken]


async def _reply(storage: Storage, comment: Comment, text: str) -> None:
    case = await storage.case(comment.case)
    digest = {"sha256": moderation.text_hash(text)}
    drafted = step(case, State.DRAFTED, details=digest, draft=text, drafted_by=OFFICER.name)
    case = await storage.write_change(drafted)
    approved = step(
        case,
        State.REPLIED,
        actor=REVIEWER.name,
        details=digest,
        reply=text,
        draft_hash=digest["sha256"],
        replied_at=NOW,
    )
    await storage.write_change(_letter(approved, text))


def _letter(change: Change, text: str) -> Change:
    sent = letter(change, f"关于您的来信：{text}")
    return replace(sent, case=replace(sent.case, reply=text))
