"""A comment that joined the wrong case gets one of its own, and both logs tell of it."""

from cases.people import Person
from handlers.comments.comment import Comment
from handlers.comments.moderation import Order, OrderState, Step
from handlers.settlement import Outcome
from storage import Storage
from tests.integration.test_comments_history import JAMMED, approved, comments, wrote
from tests.integration.test_console_comments import LISTS, press
from tests.values.comments import filed, filer, listed
from tests.values.console import PEOPLE
from tests.values.storage import DAY, DISPATCHER, HOUR, NOW, SUPERVISOR, by_hand, message
from tests.worlds.console import World
from tests.worlds.console_client import Browser, read, sign_in
from tests.worlds.console_comments import comments_of

OTHER = f"{JAMMED}！"


async def joined(storage: Storage) -> Comment:
    """A comment that joined the case of its citizen's message."""
    await wrote(storage, message(1, text=JAMMED))
    await filed(storage, listed(1, OTHER, citizen="o-1", written_at=NOW + HOUR))
    (comment,) = await comments(storage)
    assert comment.joined
    return comment


async def split(storage: Storage, comment: Comment) -> str | None:
    splitting = await (await filer(storage)).split(comment, by=DISPATCHER.name, now=NOW + DAY)
    return await storage.split_comment(splitting)


async def said(storage: Storage, number: str, viewer: Person = SUPERVISOR) -> list[str]:
    found = await storage.conversation(number, viewer=viewer)
    return [line.text for line in found if line.speaker == "citizen"]


async def test_it_leaves_one_case_and_opens_another(storage: Storage, database_url: str) -> None:
    comment = await joined(storage)
    number = await split(storage, comment)
    assert number is not None
    assert await said(storage, number) == [OTHER]
    assert await said(storage, comment.case) == [JAMMED]
    own = await storage.case(number)
    assert (own.text, own.received_at, own.citizen) == (OTHER, comment.written_at, "o-1")
    (stored,) = await comments(storage)
    assert (stored.case, stored.joined) == (number, False)
    outcomes = by_hand(database_url, "SELECT outcome FROM messages WHERE kind = 'comment'")
    assert [tuple(row) for row in outcomes] == [(Outcome.CASED.value,)]
    assert (await storage.verify(now=NOW + DAY)).violations == []


async def test_both_logs_and_the_audit_log_tell_of_it(storage: Storage, database_url: str) -> None:
    comment = await joined(storage)
    number = await split(storage, comment)
    assert number is not None
    left, opened = (await storage.events(comment.case))[-1], (await storage.events(number))[0]
    assert (left.step, left.actor, left.details["case"]) == ("part", DISPATCHER.name, number)
    origin = (opened.details["split_from"], opened.details["split_by"])
    assert origin == (comment.case, DISPATCHER.name)
    found = by_hand(database_url, "SELECT actor FROM audit_log WHERE action = 'comment_split'")
    assert [tuple(row) for row in found] == [(DISPATCHER.name,)]


async def test_the_second_of_two_changes_nothing(storage: Storage) -> None:
    comment = await joined(storage)
    assert await split(storage, comment) is not None
    assert await split(storage, comment) is None


async def test_its_own_reply_is_published_under_it_the_other_cases_is_not(
    storage: Storage,
) -> None:
    comment = await joined(storage)
    number = await split(storage, comment)
    assert number is not None
    await approved(storage, comment.case, "已安排交警疏导。")
    assert await storage.orders_of(comment.id) == []
    await approved(storage, number, "这是另一所学校，已另行处理。")
    assert [order.text for order in await storage.orders_of(comment.id)] == [
        "这是另一所学校，已另行处理。"
    ]


async def test_not_while_a_reply_of_its_case_is_on_its_way(storage: Storage) -> None:
    comment = await joined(storage)
    order = Order(
        id=0, comment=comment.id, step=Step.REPLY, text="已处理。", case=comment.case,
        proposed_by="ann", proposed_at=NOW, decided_by="ben", decided_at=NOW,
        state=OrderState.APPROVED, send_at=NOW + DAY,
    )  # fmt: skip
    await storage.add_order(order)
    assert await split(storage, comment) is None
    (stored,) = await comments(storage)
    assert stored.joined


async def test_the_dispatcher_splits_it_on_its_page(desk: World, client: Browser) -> None:
    case = await desk.opened(JAMMED, citizen="o-1", department="教育局")
    at = desk.clock.now + HOUR
    await filed(desk.storage, listed(1, OTHER, citizen="o-1", written_at=at), now=at)
    (comment,) = (await comments_of(desk)).values()
    page = f"{LISTS}/{comment.id}"
    await sign_in(client, "auditor")
    assert (await client.post(f"{page}/split")).status == 403
    await sign_in(client, "dispatcher")
    assert "不是同一件事" in await read(client, page)
    status, told = await press(client, page, f"{page}/split")
    assert (status, "已分出来单独办理" in told, "不是同一件事" in told) == (200, True, False)
    status, told = await press(client, page, f"{page}/split")
    assert (status, "没有并入别的来信" in told) == (409, True)
    (stored,) = (await comments_of(desk)).values()
    assert f"把一条留言分出去单独办：{stored.case}" in await read(
        client, f"/console/cases/{case.number}"
    )
    own = await read(client, f"/console/cases/{stored.case}")
    assert f"从 {case.number} 分出来的留言" in own


async def test_an_officer_splits_what_is_not_theirs_and_goes_on_with_the_rest(
    desk: World, client: Browser
) -> None:
    case = await desk.opened(JAMMED, citizen="o-1", department="教育局")
    at = desk.clock.now + HOUR
    await filed(desk.storage, listed(1, OTHER, citizen="o-1", written_at=at), now=at)
    (comment,) = (await comments_of(desk)).values()
    await sign_in(client, "officer")
    page = f"{LISTS}/{comment.id}"
    _, told = await press(client, page, f"{page}/split")
    assert "留言已分出去单独办理" in told
    moved = await desk.storage.comment(comment.id, viewer=PEOPLE["officer"])
    assert (moved, (await desk.storage.case(case.number)).department) == (None, "教育局")
