"""A wrong answer went out: finding who got it, stopping it, and telling them; by two people."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.message import Message, MessageKind
from handlers.settlement import Given, Outcome, Settlement
from tests.browser.screens import Screens
from tests.values.console import MORNING, POLICE
from tests.worlds.console import World
from tests.worlds.console_client import Browser, post, read, sign_in

GIVEN = "/console/entries/e1/given"
WORDS = "孩子上小学要啥，我电话13812345678"
RIGHT = "外地户口的孩子还要带居住证。"


async def answered(desk: World, citizen: str = "o-1", *, entry: str = "e1") -> None:
    """A citizen who got the first version of an entry yesterday."""
    at = MORNING - timedelta(hours=20)
    message = Message(
        account="main",
        citizen=citizen,
        receiver="gh_main",
        kind=MessageKind.TEXT,
        created_at=at,
        text=WORDS,
        message_id=f"{citizen}-{entry}",
    )
    accepted = await desk.storage.accept(message, now=at, claim_until=at + timedelta(minutes=1))
    settlement = Settlement(
        outcome=Outcome.ANSWERED,
        reply="带户口簿就行。",
        citizen=accepted.citizen,
        settled_at=at,
        given=(Given(entry=entry, version=1),),
        probability=0.93,
    )
    await desk.storage.settle(accepted.id, settlement)


async def proposed(client: Browser, **changed: str) -> tuple[int, str]:
    form = {"versions": "1", "since": "2026-10-20", "text": RIGHT, "reason": "漏了居住证"}
    return await post(client, GIVEN, "/console/entries/e1/corrections", **form | changed)


async def decided(client: Browser, name: str, **form: str) -> tuple[int, str]:
    return await post(client, GIVEN, f"/console/entries/e1/corrections/1/{name}", **form)


async def withdrawn(client: Browser) -> tuple[int, str]:
    path = "/console/entries/e1"
    return await post(client, path, path + "/withdraw", version="1", reason="写错了", checked="")


async def queued(desk: World) -> list[str]:
    found = await desk.storage.take_deliveries(now=desk.clock(), limit=9, accounts=("main",))
    return [each.delivery.text for each in found]


async def test_a_sent_answer_is_found_by_what_the_citizen_read(
    desk: World, client: Browser
) -> None:
    await answered(desk)
    await sign_in(client, "curator")
    page = await read(client, "/console/given?q=户口簿就行")
    assert "把握 93%" in page
    assert f'href="{GIVEN}"' in page
    assert "13812345678" not in page


async def test_whoever_withdraws_a_wrong_answer_is_led_to_those_who_got_it(
    desk: World, client: Browser
) -> None:
    await answered(desk)
    await sign_in(client, "curator")
    status, page = await withdrawn(client)
    assert (status, await desk.storage.published_entries() != []) == (200, True)
    assert "这条发给过群众 1 次" in page
    assert "当时收到的全文" in await read(client, GIVEN)


async def test_two_people_tell_those_who_got_the_wrong_answer(desk: World, client: Browser) -> None:
    await answered(desk)
    await answered(desk, "o-2")
    await sign_in(client, "curator")
    await withdrawn(client)
    status, page = await proposed(client)
    assert (status, "要由另一位同事审核" in page) == (200, True)
    status, page = await decided(client, "approve")
    assert (status, await queued(desk)) == (409, [])
    await sign_in(client, "curator2")
    assert "有一条更正等您审核" in await read(client, "/console/review")
    assert "会发给 <b>2</b> 人：2 人马上能收到" in await read(client, GIVEN)
    status, _ = await decided(client, "approve")
    assert status == 200
    await sign_in(client, "supervisor")
    page = await read(client, "/console/deliveries?all=1")
    assert (page.count("<b>更正通知</b>"), "还没有分派部门" in page) == (2, False)
    texts = await queued(desk)
    assert len(texts) == 2
    assert RIGHT in texts[0]
    assert (await desk.storage.verify(now=desk.clock())).violations == []


async def test_no_correction_leaves_while_the_wrong_answer_is_still_given(
    desk: World, client: Browser
) -> None:
    await answered(desk)
    await sign_in(client, "curator")
    await proposed(client)
    await sign_in(client, "curator2")
    status, page = await decided(client, "approve")
    assert (status, await queued(desk)) == (409, [])
    assert "第 1 版还在发给群众" in page


async def test_a_released_correction_is_stopped_by_one_person(desk: World, client: Browser) -> None:
    await answered(desk)
    await sign_in(client, "curator")
    await withdrawn(client)
    await proposed(client)
    await sign_in(client, "curator2")
    await decided(client, "approve")
    status, page = await decided(client, "stop")
    assert (status, "1 人停发" in page) == (200, True)
    assert await queued(desk) == []
    status, _ = await decided(client, "stop")
    assert status == 409


async def test_a_refused_correction_reaches_nobody(desk: World, client: Browser) -> None:
    await answered(desk)
    await sign_in(client, "curator")
    await withdrawn(client)
    await proposed(client)
    await sign_in(client, "curator2")
    status, page = await decided(client, "refuse", remark="电话里已经说清了")
    assert (status, "电话里已经说清了" in page) == (200, True)
    status, _ = await decided(client, "approve")
    assert (status, await queued(desk)) == (409, [])


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"versions": ""}, "请勾选发错的是哪几版"),
        ({"since": "昨天"}, "请填写从哪一天起答错了"),
        ({"text": " "}, "请写明正确的内容"),
        ({"text": "字" * 401}, "不超过 400 个字"),
        ({"reason": ""}, "请写明错在哪里"),
        ({"text": "找张三，身份证110101199003070011"}, "请先改好再发布"),
        ({"since": "2026-12-01"}, "没有人收到过勾选的版本"),
    ],
)
async def test_what_is_wrong_with_a_correction_is_said(
    desk: World, client: Browser, changed: dict[str, str], told: str
) -> None:
    await answered(desk)
    await sign_in(client, "curator")
    status, page = await proposed(client, **changed)
    assert (status, told in page) == (422, True)


async def test_a_curator_of_a_department_reads_only_what_was_asked_of_it(
    desk: World, client: Browser
) -> None:
    await answered(desk)
    account = await desk.storage.account("curator")
    assert account is not None
    person = replace(account.person, department=POLICE)
    await desk.storage.save_account(replace(account, person=person))
    await sign_in(client, "curator")
    await read(client, GIVEN, 403)
    assert "把握 93%" not in await read(client, "/console/given?q=户口簿就行")
    assert "发给了谁" not in await read(client, "/console/entries/e1")


async def test_the_pages_of_a_correction_look_right(screen: Screens) -> None:
    await answered(screen.desk)
    curator = await screen.visitor(scripts=True)
    await curator.sign_in("curator")
    await curator.go("/console/given?q=小学")
    await curator.looks_right_everywhere()
    await curator.go(GIVEN)
    await curator.page.fill("#text", RIGHT)
    await curator.page.fill("#reason", "漏了居住证")
    await curator.looks_right_everywhere()
    await curator.press("propose")
    await curator.looks_right_everywhere()
    assert await curator.reads("更正已写好")
