"""One's own account: the authenticator, the list of sessions, and what the administrator can do."""

from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest

from cases.people import Role
from cases.records import RecordFilter
from console.people.devices import device_of
from console.people.passwords import fault_of
from tests.values.console import PASSWORD
from tests.worlds.console import World
from tests.worlds.console_client import Browser, browser, field_of, post, sign_in

ACCOUNT, TOTP = "/console/account", "/console/account/totp"


async def is_in(client: Browser) -> bool:
    async with client.get("/console/", allow_redirects=False) as answer:
        return answer.status == 200


async def actions(desk: World, actor: str) -> list[str]:
    """What the log says that somebody did, newest first; the sign-in counts."""
    return [each.action for each in await desk.storage.records(RecordFilter(actor=actor))]


def code(secret: str, desk: World) -> str:
    return pyotp.TOTP(secret).at(desk.clock())


async def enrolled(client: Browser, desk: World, name: str = "officer") -> str:
    """Signs in, turns the authenticator on, and returns its key."""
    await sign_in(client, name)
    page = await (await client.get(TOTP)).text()
    secret = field_of(page, "secret")
    form = {key: field_of(page, key) for key in ("csrf", "secret", "seal")}
    async with client.post(TOTP, data=form | {"code": code(secret, desk)}) as answer:
        page = await answer.text()
        assert "动态口令已开启" in page, page[page.find("banner") :][:300]
    return secret


async def enter_code(client: Browser, given: str, password: str = PASSWORD) -> tuple[int, str]:
    """Both steps of signing in as officer; the status and the page after the second."""
    client.session.cookie_jar.clear()
    page = await (await client.get("/console/sign-in")).text()
    form = {"username": "officer", "password": password, "csrf": field_of(page, "csrf")}
    origin = {"Origin": str(client.make_url("/")).rstrip("/")}
    async with client.post("/console/sign-in", data=form, headers=origin) as answer:
        page = await answer.text()
    form = {key: field_of(page, key) for key in ("csrf", "username", "pending", "next")}
    async with client.post(
        "/console/sign-in/code",
        data=form | {"code": given},
        headers=origin,
        allow_redirects=False,
    ) as answer:
        return answer.status, await answer.text()


async def test_with_an_authenticator_the_password_alone_opens_nothing(
    desk: World, client: Browser
) -> None:
    secret = await enrolled(client, desk)
    desk.clock.advance(timedelta(minutes=1))
    assert await sign_in(client, "officer") == 200
    assert not await is_in(client)
    status, _ = await enter_code(client, code(secret, desk))
    assert status == 303
    assert await is_in(client)


async def test_a_code_is_good_once_and_only_near_its_time(desk: World, client: Browser) -> None:
    secret = await enrolled(client, desk)
    used = code(secret, desk)
    assert (await enter_code(client, used))[0] == 401
    desk.clock.advance(timedelta(minutes=5))
    old = code(secret, desk)
    desk.clock.advance(timedelta(seconds=90))
    status, page = await enter_code(client, old)
    assert status == 401
    assert "动态口令不对" in page
    desk.clock.advance(timedelta(minutes=1))
    slow = pyotp.TOTP(secret).at(desk.clock() - timedelta(seconds=30))
    assert (await enter_code(client, slow))[0] == 303


async def test_wrong_codes_lock_the_account_although_the_password_is_right(
    desk: World, client: Browser
) -> None:
    secret = await enrolled(client, desk)
    desk.clock.advance(timedelta(minutes=1))
    for _ in range(5):
        assert (await enter_code(client, "000000"))[0] == 401
    assert await sign_in(client, "officer") == 401
    desk.clock.advance(timedelta(minutes=16))
    assert (await enter_code(client, code(secret, desk)))[0] == 303


async def test_the_proof_of_the_password_lasts_five_minutes_and_fits_nobody_else(
    desk: World, client: Browser
) -> None:
    secret = await enrolled(client, desk)
    client.session.cookie_jar.clear()
    form = {"username": "officer", "password": PASSWORD}
    page = await (await client.post("/console/sign-in", data=form)).text()
    pending = field_of(page, "pending")
    for name in ("administrator", "nobody"):
        forged = {"username": name, "pending": pending, "code": code(secret, desk)}
        assert (await client.post("/console/sign-in/code", data=forged)).status == 401
    desk.clock.advance(timedelta(minutes=6))
    late = {"username": "officer", "pending": pending, "code": code(secret, desk)}
    async with client.post("/console/sign-in/code", data=late) as answer:
        assert answer.status == 401
        assert "超过 5 分钟" in await answer.text()


async def test_a_key_counts_only_after_a_code_and_only_the_one_we_gave(
    desk: World, client: Browser
) -> None:
    await sign_in(client, "officer")
    page = await (await client.get(TOTP)).text()
    form = {key: field_of(page, key) for key in ("csrf", "secret", "seal")}
    ours, other = form["secret"], pyotp.random_base32()
    assert (await client.post(TOTP, data=form | {"code": "000000"})).status == 422
    theirs = form | {"secret": other, "code": code(other, desk)}
    assert (await client.post(TOTP, data=theirs)).status == 422
    assert (await desk.storage.account("officer")).totp_secret == ""  # type: ignore[union-attr]  # it is there
    assert ours != field_of(await (await client.get(TOTP)).text(), "secret")


async def test_turning_the_authenticator_off_takes_a_code(desk: World, client: Browser) -> None:
    secret = await enrolled(client, desk)
    desk.clock.advance(timedelta(minutes=1))
    assert (await post(client, ACCOUNT, f"{TOTP}/off", code="123456"))[0] == 422
    status, page = await post(client, ACCOUNT, f"{TOTP}/off", code=code(secret, desk))
    assert status == 200
    assert "动态口令已关闭" in page
    assert await sign_in(client, "officer") == 303


async def test_one_sees_ones_own_sessions_and_ends_any_of_them(
    desk: World, client: Browser
) -> None:
    await sign_in(client, "officer")
    async with browser(desk) as phone, browser(desk) as stranger:
        await sign_in(phone, "officer")
        await sign_in(stranger, "officer2")
        (foreign,) = await desk.storage.sessions_of("officer2", now=desk.clock())
        page = await (await client.get(ACCOUNT)).text()
        assert page.count("其他程序") >= 2
        assert foreign.id not in page
        await post(client, ACCOUNT, f"{ACCOUNT}/sessions/{foreign.id}/end")
        assert await is_in(stranger)
        here, there = await desk.storage.sessions_of("officer", now=desk.clock())
        await post(client, ACCOUNT, f"{ACCOUNT}/sessions/end")
        assert await is_in(client)
        assert not await is_in(phone)
        assert {here.id, there.id} & {e.id for e in await sessions(desk)}
    assert "session_ended" in await actions(desk, "officer")


async def sessions(desk: World) -> list[object]:
    return list(await desk.storage.sessions_of("officer", now=desk.clock()))


def test_a_device_is_called_what_its_owner_calls_it() -> None:
    edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120 Safari/537.36 Edg/120"
    phone = "Mozilla/5.0 (Linux; Android 9; HUAWEI) Chrome/86 MicroMessenger/8.0"
    assert device_of(edge) == "Edge · Windows 电脑"
    assert device_of(phone) == "微信 · 安卓手机"
    assert device_of("curl/8") == "其他程序"


@pytest.mark.parametrize("weak", ["qwertyuiop", "1234567890", "Password123", "woaini1314520"])
def test_a_password_that_is_guessed_soon_is_refused(weak: str) -> None:
    assert "猜到" in fault_of(weak, name="officer")
    assert fault_of("春天的清禾河水-77", name="officer") == ""


async def test_sign_ins_and_failures_are_in_the_log_without_what_was_typed(
    desk: World, client: Browser
) -> None:
    await sign_in(client, "officer", "wrong")
    await sign_in(client, "my-password-by-mistake", "wrong")
    await sign_in(client, "officer")
    await post(client, ACCOUNT, "/console/sign-out")
    assert await actions(desk, "officer") == ["sign_out", "sign_in", "sign_in_failed"]
    records = await desk.storage.records(RecordFilter(actions=("sign_in_failed",)))
    assert [each.actor for each in records] == ["?", "officer"]
    why = [(each.details["reason"], each.details["address"]) for each in records]
    assert why == [("unknown name", "127.0.0.1"), ("wrong password", "127.0.0.1")]
    assert "mistake" not in str(records)


async def test_people_appear_by_the_name_they_are_called(desk: World, client: Browser) -> None:
    await sign_in(client, "administrator")
    path = "/console/people/officer"
    status, page = await post(
        client, path, path, display_name=" 王 芳 ", role="officer", department="教育局"
    )
    assert status == 200
    assert "<h1>王 芳</h1>" in page
    case = await desk.drafted("转学", "答复稿")
    await sign_in(client, "reviewer")
    page = await (await client.get(f"/console/cases/{case.number}")).text()
    assert "<small>王 芳 ·" in page


async def test_a_role_that_must_use_an_authenticator_is_led_to_it_before_any_work(
    desk: World,
) -> None:
    strict = replace(desk, deps=replace(desk.deps, totp_required=frozenset({Role.OFFICER})))
    account = await desk.storage.account("officer")
    assert account is not None
    await desk.storage.save_account(replace(account, must_change=True))
    async with browser(strict) as client:
        await sign_in(client, "officer")
        new = "门前的大桥下游过鸭子"
        own = {"current": PASSWORD, "new": new, "again": new}
        page = await (await client.get("/console/cases")).text()
        assert "下一步再添加手机动态口令" in page
        _, page = await post(client, "/console/password", "/console/password", **own)
        assert "再添加一个手机动态口令" in page
        async with client.get("/console/cases", allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (303, TOTP)
        form = {key: field_of(page, key) for key in ("csrf", "secret", "seal")}
        given = form | {"code": code(form["secret"], desk)}
        page = await (await client.post(TOTP, data=given)).text()
        assert "可以开始办理了" in page
        assert await is_in(client)


async def test_who_must_use_an_authenticator_cannot_turn_it_off_and_others_need_none(
    desk: World,
) -> None:
    strict = replace(desk, deps=replace(desk.deps, totp_required=frozenset({Role.OFFICER})))
    async with browser(strict) as client:
        await sign_in(client, "reviewer")
        assert await is_in(client)
        secret = await enrolled(client, strict)
        desk.clock.advance(timedelta(minutes=1))
        status, page = await post(client, ACCOUNT, f"{TOTP}/off", code=code(secret, desk))
        assert (status, "不能关闭" in page, "<summary>关闭" in page) == (422, True, False)
    account = await desk.storage.account("officer")
    assert account is not None
    assert account.totp_secret == secret
