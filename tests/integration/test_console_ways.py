"""The console's pages about deliveries, accounts and attachments."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from cases.case import Case
from cases.records import RecordFilter
from cases.wording import text_hash
from cases.work_calendar import today
from handlers.channels import Trouble
from handlers.message import Message, MessageKind
from simulator.media import sample_picture
from tests.values.console import MORNING, PEOPLE, POLICE, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, browser, field_of, post, sign_in

SEND = "/cgi-bin/message/custom/send"


async def replied(desk: World, text: str = "校车几点到") -> Case:
    """A case whose reply is in the outbox."""
    case = await desk.drafted(text, "校车 7:20 到。")
    return await desk.desk.review(
        case.number,
        version=case.version,
        draft_hash=text_hash("校车 7:20 到。"),
        actor=PEOPLE["reviewer"],
        now=desk.clock.now,
    )


async def given_up(desk: World, reason: str = "文字太长，微信不收（45002）") -> Case:
    case = await replied(desk)
    now = desk.clock.now
    (taken,) = await desk.storage.take_deliveries(now=now, limit=5, accounts=("main",))
    await desk.storage.delivery_failed(taken.delivery.key, reason=reason, now=now)
    return case


async def pictured(desk: World, content: bytes, content_type: str) -> tuple[Case, int]:
    """A case with something kept that its citizen sent."""
    now = desk.clock.now
    message = Message(
        account="main",
        citizen="o-citizen-1",
        receiver="gh_main",
        kind=MessageKind.IMAGE,
        created_at=now,
        message_id="900",
        details={"MediaId": "M-1"},
    )
    await desk.storage.accept(message, now=now, claim_until=now + timedelta(minutes=1))
    case = await desk.opened("校门口的路坏了", department=SCHOOLS)
    (found,) = await desk.storage.take_attachments(now=now, claim_until=now, limit=5)
    await desk.storage.attachment_kept(found.id, content, content_type=content_type, now=now)
    return case, found.id


async def test_a_reply_that_was_given_up_is_shown_with_its_reason_and_retried(
    desk: World, client: Browser
) -> None:
    case = await given_up(desk)
    await sign_in(client, "officer")
    page = await (await client.get("/console/deliveries")).text()
    assert case.number in page
    assert "文字太长，微信不收（45002）" in page
    of_case = await (await client.get(f"/console/cases/{case.number}")).text()
    assert "文字太长，微信不收（45002）。请再推送一次；还是不成，就请管理员看" in of_case
    status, after = await post(
        client, "/console/deliveries", "/console/deliveries/retry", key=field_of(page, "key")
    )
    assert (status, "已重新排队" in after) == (200, True)
    assert len(await desk.storage.take_deliveries(now=MORNING, limit=5, accounts=("main",))) == 1


async def test_another_department_sees_and_retries_nothing(desk: World, client: Browser) -> None:
    case = await given_up(desk)
    (item,) = await desk.storage.undelivered(viewer=PEOPLE["supervisor"])
    await sign_in(client, "officer2")
    for path in ("/console/deliveries", "/console/deliveries?all=1"):
        assert case.number not in await (await client.get(path)).text()
    _, after = await post(
        client, "/console/account", "/console/deliveries/retry", key=item.delivery.key
    )
    assert "没有再推送" in after
    assert await desk.storage.count_failed(viewer=PEOPLE["supervisor"]) == 1


async def test_what_is_under_way_says_how_it_will_arrive(desk: World, client: Browser) -> None:
    await replied(desk)
    await sign_in(client, "officer")
    assert "正在推送" in await (await client.get("/console/deliveries?all=1")).text()
    desk.clock.advance(timedelta(days=3))
    await sign_in(client, "officer")
    assert "推送时限已过" in await (await client.get("/console/deliveries?all=1")).text()


async def test_an_account_that_may_not_push_says_so_and_offers_no_retry(
    desk: World, client: Browser
) -> None:
    await replied(desk)
    card = replace(desk.deps.channels.accounts["main"], pushes=False)
    channels = replace(desk.deps.channels, accounts={"main": card})
    object.__setattr__(desk.deps, "channels", channels)
    await sign_in(client, "officer")
    page = await (await client.get("/console/deliveries?all=1")).text()
    assert "这个公众号不能主动推送" in page
    assert "/console/deliveries/retry" not in page


async def test_a_missing_address_in_the_white_list_is_named(desk: World, client: Browser) -> None:
    trouble = Trouble(
        account="main",
        path="/cgi-bin/stable_token",
        errcode=40164,
        said="invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist",
        since=MORNING,
        last_at=MORNING,
    )
    await desk.storage.call_refused("main", trouble.path, trouble, day=today(MORNING))
    await sign_in(client, "administrator")
    page = await (await client.get("/console/accounts")).text()
    assert "把 203.0.113.7 加进 IP 白名单" in page


async def test_calls_are_shown_and_the_quota_is_cleared(desk: World, client: Browser) -> None:
    for _ in range(3):
        await desk.storage.begin_call("main", SEND, day=today(MORNING), now=MORNING)
    await sign_in(client, "administrator")
    page = await (await client.get("/console/accounts")).text()
    assert "主动推送（客服消息）" in page
    _, after = await post(client, "/console/accounts", "/console/accounts/main/clear-quota")
    assert "已清零" in after


async def test_a_quota_that_wechat_does_not_clear_says_why(desk: World, client: Browser) -> None:
    await sign_in(client, "administrator")
    status, page = await post(client, "/console/accounts", "/console/accounts/village/clear-quota")
    assert (status, "没有清零：没有认证的公众号" in page) == (409, True)


async def test_all_of_an_account_is_retried_by_the_administrator_who_reads_no_text(
    desk: World, client: Browser
) -> None:
    await given_up(desk)
    await sign_in(client, "administrator")
    page = await (await client.get("/console/accounts")).text()
    assert "1 条没有送到" in page
    assert "校车" not in page
    await post(client, "/console/accounts", "/console/accounts/main/retry")
    assert await desk.storage.count_failed(viewer=PEOPLE["supervisor"]) == 0


async def test_a_picture_is_shown_in_its_case_and_served_so_that_nothing_runs(
    desk: World, client: Browser
) -> None:
    case, number = await pictured(desk, sample_picture(), "image/png")
    await sign_in(client, "officer")
    path = f"/console/cases/{case.number}/attachments/{number}"
    page = await shown_in_full(client, case)
    (picture,) = re.findall(rf'<img src="({path}[^"]+)"', page)
    async with client.get(picture) as answer:
        assert await answer.read() == sample_picture()
        assert answer.content_type == "image/png"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")


@pytest.mark.parametrize("claimed", ["text/html", "image/svg+xml", "application/xhtml+xml", ""])
async def test_a_type_outside_the_short_list_is_served_as_bytes(
    desk: World, client: Browser, claimed: str
) -> None:
    case, number = await pictured(desk, b"<script>alert(1)</script>", claimed)
    await sign_in(client, "officer")
    page = await shown_in_full(client, case)
    (path,) = set(re.findall(rf'href="(/[^"]+/attachments/{number}[^"]*)"', page))
    async with client.get(path) as answer:
        assert answer.content_type == "application/octet-stream"
        assert "inline" not in answer.headers["Content-Disposition"]


async def test_a_picture_is_hidden_until_somebody_asks_and_that_is_logged(
    desk: World, client: Browser
) -> None:
    case, number = await pictured(desk, sample_picture(), "image/png")
    address = f"/console/cases/{case.number}"
    await sign_in(client, "officer")
    page = await (await client.get(address)).text()
    assert "<img" not in page.partition("图片和附件")[2].partition("</section>")[0]
    async with client.get(f"{address}/attachments/{number}") as answer:
        assert (answer.content_type, b"PNG" in await answer.read()) == ("text/html", False)
    shown = await shown_in_full(client, case)
    (path,) = set(re.findall(rf'href="(/[^"]+/attachments/{number}[^"]*)"', shown))
    async with browser(desk) as colleague:
        await sign_in(colleague, "reviewer")
        async with colleague.get(path) as answer:  # the proof is the officer's own
            assert answer.content_type == "text/html"
    (look,) = await desk.storage.records(RecordFilter(actor="officer", actions=("reveal",)))
    assert look.details["case"] == case.number
    desk.clock.advance(timedelta(minutes=11))
    async with client.get(path) as answer:
        assert answer.content_type == "text/html"


async def shown_in_full(client: Browser, case: Case) -> str:
    """The case's page after somebody asked to see what is hidden."""
    address = f"/console/cases/{case.number}"
    return (await post(client, address, f"{address}/reveal"))[1]


async def test_another_departments_picture_does_not_exist(desk: World, client: Browser) -> None:
    case, number = await pictured(desk, sample_picture(), "image/png")
    other = await desk.opened("户口", department=POLICE)
    await sign_in(client, "officer2")
    for case_number in (case.number, other.number):
        path = f"/console/cases/{case_number}/attachments/{number}"
        assert (await client.get(path)).status == 404
