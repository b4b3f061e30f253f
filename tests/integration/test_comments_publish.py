"""What two people decided, carried out on the platform: once, whatever breaks on the way."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from prometheus_client import REGISTRY

from bot.comments import calls
from cases.case import State
from cases.wording import text_hash
from handlers.comments import moderation
from handlers.comments.comment import Comment
from handlers.comments.moderation import Order, OrderState, Step
from simulator import Comment as Shown
from tests.servers.databases import fresh_storage
from tests.values.storage import DISPATCHER, SUPERVISOR, letter, step
from tests.worlds.comments import CommentWorld, comment_world

REPLY, UNREPLY = "/cgi-bin/comment/reply/add", "/cgi-bin/comment/reply/delete"
ELECT, DELETE = "/cgi-bin/comment/markelect", "/cgi-bin/comment/delete"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
QUESTION, PRAISE = 1, 3


@pytest.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[CommentWorld]:
    monkeypatch.setattr(calls, "WAITS", (0.0, 0.0))
    storage = await fresh_storage(tmp_path / "desk.db")
    async with comment_world(storage) as made:
        monkeypatch.setattr("bot.wechat_api.utc_now", made.time)
        made.publish(7)
        made.write(5)
        await made.room.fetch(all_articles=True)
        yield made
    await storage.close()


async def comment(world: CommentWorld, number: int) -> Comment:
    return next(each for each in await world.stored() if each.number == number)


async def decided(
    world: CommentWorld, kind: Step, text: str = "", *, number: int = PRAISE
) -> Order:
    """An order that two people agreed on and that is due."""
    now = world.time.now
    about = await comment(world, number)
    order = moderation.propose(about, kind, text, actor=DISPATCHER, now=now)
    order = replace(order, id=await world.storage.add_order(order))
    read = moderation.fingerprint(order)
    wait = timedelta()
    after = moderation.approve(order, read, actor=SUPERVISOR, now=now, wait=wait)
    assert await world.storage.change_order(order, after, by="supervisor", now=now)
    return after


async def state_of(world: CommentWorld, order: Order) -> tuple[OrderState, int]:
    found = await world.storage.order(order.id)
    assert found is not None
    return found.state, found.code


def shown(world: CommentWorld, number: int = PRAISE) -> Shown:
    return world.board.comment(7, 0, number)


async def reply_case(world: CommentWorld, text: str, drafter: str = "officer") -> str:
    """The question's case, answered by two people."""
    case = await world.storage.case((await comment(world, QUESTION)).case)
    digest = {"sha256": text_hash(text)}
    drafted = step(case, State.DRAFTED, details=digest, draft=text, drafted_by=drafter)
    case = await world.storage.write_change(drafted)
    approved = step(
        case, State.REPLIED, actor="reviewer", details=digest, reply=text,
        draft_hash=text_hash(text), replied_at=world.time.now, at=world.time.now,
    )  # fmt: skip
    await world.storage.write_change(letter(approved, text))
    return case.number


async def test_each_step_is_carried_out_and_seen_at_once(world: CommentWorld) -> None:
    for kind in (Step.ELECT, Step.REPLY, Step.UNELECT, Step.UNREPLY, Step.DELETE):
        order = await decided(world, kind, "谢谢您的支持")
        await world.room.publish()
        assert await state_of(world, order) == (OrderState.DONE, 0)
        about = await comment(world, PRAISE)
        if kind is not Step.DELETE:
            assert about.elected == shown(world).elected
            assert about.reply == (shown(world).reply or "")
    assert about.gone_at is not None


async def test_the_approved_reply_of_a_case_appears_under_the_comment(world: CommentWorld) -> None:
    await reply_case(world, "带上户口簿。")
    await world.room.publish()
    assert shown(world, QUESTION).reply == "带上户口簿。"
    await world.room.publish()
    assert world.board.answered[7, 0, QUESTION] == 1


async def test_a_later_reply_of_the_case_takes_the_place_of_the_first(world: CommentWorld) -> None:
    number = await reply_case(world, "带上户口簿。")
    await world.room.publish()
    case = await world.storage.case(number)
    again = step(case, State.ROUTED, actor="citizen", at=world.time.now)
    await world.storage.write_change(again)
    await reply_case(world, "带上户口簿和接种证。")
    await world.room.publish()
    assert shown(world, QUESTION).reply == "带上户口簿和接种证。"


async def test_a_reply_of_somebody_elses_is_never_taken_back(world: CommentWorld) -> None:
    world.board.answer(7, 0, QUESTION, "后台回复", at=world.time.now)
    await world.room.fetch(all_articles=True)
    await reply_case(world, "带上户口簿。")
    await world.room.publish()
    (order,) = await world.storage.orders_of((await comment(world, QUESTION)).id)
    assert (order.state, order.code) == (OrderState.FAILED, 88005)
    assert shown(world, QUESTION).reply == "后台回复"


@pytest.mark.parametrize(
    "fault", [{"errcode": -1}, {"status": 502}, {"status": 502, "after": True}]
)
async def test_a_reply_that_broke_off_is_sent_again_and_stands_once(
    world: CommentWorld, fault: dict[str, int]
) -> None:
    world.platform.faults.plan(REPLY, **fault)  # type: ignore[arg-type]  # its own names
    order = await decided(world, Step.REPLY, "谢谢您的支持")
    await world.room.publish()
    assert (await state_of(world, order))[0] is OrderState.APPROVED
    world.time.advance(HOUR)
    await world.room.publish()
    assert await state_of(world, order) == (OrderState.DONE, 0)
    assert (shown(world).reply, world.board.answered[7, 0, PRAISE]) == ("谢谢您的支持", 1)


async def test_a_reply_whose_answer_got_lost_is_found_to_stand(
    world: CommentWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.wechat_api.TIMEOUT", aiohttp.ClientTimeout(total=0.2))
    world.platform.faults.plan(REPLY, hang=0.5, after=True)
    order = await decided(world, Step.REPLY, "谢谢您的支持")
    await world.room.publish()
    assert (await state_of(world, order))[0] is OrderState.APPROVED
    world.time.advance(HOUR)
    await world.room.publish()
    assert await state_of(world, order) == (OrderState.DONE, 0)
    assert world.board.answered[7, 0, PRAISE] == 1


@pytest.mark.parametrize(
    "code", [88000, 88001, 88002, 88003, 88004, 88005, 88006, 88007, 88008, 88009, 88010, 48001]
)
async def test_a_refusal_is_kept_with_its_number_and_can_be_tried_again(
    world: CommentWorld, code: int
) -> None:
    world.platform.faults.plan(ELECT, errcode=code)
    order = await decided(world, Step.ELECT)
    await world.room.publish()
    assert await state_of(world, order) == (OrderState.FAILED, code)
    failed = await world.storage.order(order.id)
    assert failed is not None
    again = moderation.retry(failed, now=world.time.now)
    assert await world.storage.change_order(failed, again, by="dispatcher", now=world.time.now)
    await world.room.publish()
    assert await state_of(world, order) == (OrderState.DONE, 0)


@pytest.mark.parametrize("code", [88004, 88008])
async def test_what_is_gone_already_counts_as_deleted(world: CommentWorld, code: int) -> None:
    world.platform.faults.plan(DELETE, errcode=code)
    order = await decided(world, Step.DELETE)
    await world.room.publish()
    assert await state_of(world, order) == (OrderState.DONE, 0)


async def test_a_spent_quota_sends_the_rest_after_midnight(world: CommentWorld) -> None:
    world.platform.quotas.limits[ELECT] = 0
    order = await decided(world, Step.ELECT)
    await world.room.publish()
    assert (await state_of(world, order))[0] is OrderState.APPROVED
    world.platform.quotas.limits[ELECT] = 5
    world.time.advance(13 * HOUR)
    await world.room.publish()
    assert (await state_of(world, order))[0] is OrderState.DONE


async def test_what_waits_is_measured(world: CommentWorld) -> None:
    await decided(world, Step.ELECT)
    world.time.advance(2 * HOUR)
    await world.room.measure()

    def seconds(what: str) -> float:
        return REGISTRY.get_sample_value("huiying_comments_waiting_seconds", {"what": what}) or 0

    assert (seconds("send") >= 7200, seconds("look") > 0, seconds("file")) == (True, True, 0)


async def test_verify_finds_an_order_of_one_person(world: CommentWorld) -> None:
    order = await decided(world, Step.ELECT)
    assert (await world.storage.verify(now=world.time.now)).violations == []
    alone = replace(order, decided_by=order.proposed_by)
    assert await world.storage.change_order(order, alone, by="x", now=world.time.now)
    found = await world.storage.verify(now=world.time.now)
    assert found.violations == [f"comment order {order.id} has no second person"]
