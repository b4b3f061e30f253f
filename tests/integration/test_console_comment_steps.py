"""What two people decide about a comment: proposed, approved, turned down, undone, sent again."""

import pytest

from handlers.comments.comment import Shelf
from handlers.comments.moderation import OrderState, fingerprint
from tests.integration.test_console_comments import HOUR, LISTS, press
from tests.worlds.console import World
from tests.worlds.console_client import Browser, field_of, read, sign_in
from tests.worlds.console_comments import (
    ADVERT,
    PRAISE,
    commented,
    comments_of,
)


async def order_of(desk: World, number: int) -> tuple[OrderState, str]:
    comment = (await comments_of(desk))[number]
    (order, *_) = await desk.storage.orders_of(comment.id)
    return order.state, order.decided_by


async def proposed(desk: World, client: Browser, number: int, **form: str) -> str:
    """A step proposed by the dispatcher; the comment's page."""
    comment = (await comments_of(desk))[number]
    page = f"{LISTS}/{comment.id}"
    await sign_in(client, "dispatcher")
    status, text = await press(client, page, f"{page}/propose", **form)
    assert (status, "已提交" in text) == (200, True)
    return page


async def test_one_proposes_and_another_approves(desk: World, client: Browser) -> None:
    await commented(desk)
    page = await proposed(desk, client, PRAISE, step="reply", text="谢谢您的支持")
    assert "要由另一位同事审核" in await read(client, page)
    await sign_in(client, "supervisor")
    assert "谢谢您的支持" in await read(client, f"{LISTS}?tab=review")
    read_mark = field_of(await read(client, page), "read")
    approve = f"{LISTS}/orders/1/approve"
    status, text = await press(client, page, approve, read=read_mark)
    assert (status, "已通过" in text) == (200, True)
    assert await order_of(desk, PRAISE) == (OrderState.APPROVED, "supervisor")


async def test_nobody_approves_alone(desk: World, client: Browser) -> None:
    await commented(desk)
    page = await proposed(desk, client, PRAISE, step="elect")
    order = await desk.storage.order(1)
    assert order is not None
    status, text = await press(client, page, f"{LISTS}/orders/1/approve", read=fingerprint(order))
    assert (status, "须由另一位同事审核" in text) == (409, True)
    assert (await order_of(desk, PRAISE))[0] is OrderState.PROPOSED


async def test_a_step_is_turned_down_with_a_reason_or_undone(desk: World, client: Browser) -> None:
    await commented(desk)
    page = await proposed(desk, client, PRAISE, step="delete")
    await sign_in(client, "supervisor")
    status, _ = await press(client, page, f"{LISTS}/orders/1/reject", reason=" ")
    assert status == 422
    await press(client, page, f"{LISTS}/orders/1/reject", reason="不算违规")
    assert "不算违规" in await read(client, page)
    await proposed(desk, client, PRAISE, step="elect")
    status, text = await press(client, page, f"{LISTS}/orders/2/undo")
    assert (status, "已撤回" in text) == (200, True)
    status, _ = await press(client, page, f"{LISTS}/orders/2/undo")
    assert status == 409


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"step": "elect"}, 409),
        ({"step": "unelect"}, 409),
        ({"step": "reply", "text": "长" * 300}, 422),
        ({"step": "burn"}, 400),
    ],
)
async def test_what_makes_no_sense_is_refused_and_no_words_are_lost(
    desk: World, client: Browser, form: dict[str, str], status: int
) -> None:
    await commented(desk)
    page = await proposed(desk, client, PRAISE, step="elect")
    given, text = await press(client, page, f"{page}/propose", **form)
    assert given == status
    assert form.get("text", "") in text


async def test_what_failed_says_what_to_do_and_is_sent_again(desk: World, client: Browser) -> None:
    await commented(desk)
    page = await proposed(desk, client, PRAISE, step="elect")
    now = desk.clock.now
    await sign_in(client, "supervisor")
    mark = field_of(await read(client, page), "read")
    await press(client, page, f"{LISTS}/orders/1/approve", read=mark)
    (sending,) = await desk.storage.take_orders(
        now=now + HOUR, claim_until=now + HOUR, limit=5, accounts=["main"]
    )
    await desk.storage.order_failed(sending.order, code=88003, reason="limit", now=now)
    assert "精选留言已经到上限" in await read(client, f"{LISTS}?tab=failed")
    assert "请先取消几条旧的精选" in await read(client, page)
    status, text = await press(client, page, f"{LISTS}/orders/1/retry")
    assert (status, "会再发一次" in text) == (200, True)
    assert (await order_of(desk, PRAISE))[0] is OrderState.APPROVED


async def test_a_moderator_confirms_or_clears_what_was_held(desk: World, client: Browser) -> None:
    found = await commented(desk)
    page = f"{LISTS}/{found[ADVERT].id}"
    await sign_in(client, "dispatcher")
    status, _ = await press(client, page, f"{page}/judge", verdict="nonsense")
    assert status == 400
    await press(client, page, f"{page}/judge", verdict="question")
    cleared = (await comments_of(desk))[ADVERT]
    assert (cleared.shelf, bool(cleared.case)) == (Shelf.QUESTION, True)
    status, text = await press(client, page, f"{page}/judge", verdict="harmful")
    assert (status, "刚刚有同事处理过" in text) == (409, True)
