"""Signing in: lock-out, expiry, renewed sessions, first passwords, and where one goes on to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.deps import COOKIE
from console.people.passwords import Passwords
from console.sessions import hash_of
from console.signing import form_token
from tests.values.console import MORNING, PASSWORD, SECRET
from tests.worlds.console import World
from tests.worlds.console_client import Browser, browser, field_of, post, sign_in


def cookie_of(client: Browser) -> str:
    return next((c.value for c in client.session.cookie_jar if c.key == COOKIE), "")


async def is_in(client: Browser) -> bool:
    async with client.get("/console/", allow_redirects=False) as answer:
        return answer.status == 200


async def test_a_right_password_opens_the_desk(client: Browser) -> None:
    assert await sign_in(client, "officer") == 303
    assert await is_in(client)


@pytest.mark.parametrize("name", ["officer", "nobody-of-that-name", "", "officer' OR 1=1 --"])
async def test_a_wrong_password_and_a_wrong_name_read_the_same(client: Browser, name: str) -> None:
    page = await (await client.get("/console/sign-in")).text()
    form = {"username": name, "password": "wrong", "csrf": field_of(page, "csrf")}
    async with client.post("/console/sign-in", data=form) as answer:
        text = await answer.text()
        assert answer.status == 401
    assert "用户名或密码不对" in text
    assert not await is_in(client)


async def test_five_failures_lock_for_a_quarter_of_an_hour(desk: World, client: Browser) -> None:
    for _ in range(5):
        assert await sign_in(client, "officer", "wrong") == 401
    assert await sign_in(client, "officer") == 401
    desk.clock.advance(timedelta(minutes=14))
    assert await sign_in(client, "officer") == 401
    desk.clock.advance(timedelta(minutes=2))
    assert await sign_in(client, "officer") == 303


async def test_the_sixth_failure_locks_twice_as_long(desk: World, client: Browser) -> None:
    for _ in range(5):
        await sign_in(client, "officer", "wrong")
    desk.clock.advance(timedelta(minutes=16))
    await sign_in(client, "officer", "wrong")
    desk.clock.advance(timedelta(minutes=16))
    assert await sign_in(client, "officer") == 401
    desk.clock.advance(timedelta(minutes=15))
    assert await sign_in(client, "officer") == 303


async def test_success_clears_earlier_failures(client: Browser) -> None:
    for _ in range(2):
        for _ in range(4):
            await sign_in(client, "officer", "wrong")
        assert await sign_in(client, "officer") == 303


async def test_an_unknown_name_costs_one_hash_too(monkeypatch: pytest.MonkeyPatch) -> None:
    passwords = Passwords()
    checked: list[str] = []

    def fits(stored: str, _: str) -> bool:
        checked.append(stored)
        return True

    monkeypatch.setattr(passwords, "_fits", fits)
    assert not await passwords.verify(None, "anything")
    assert [stored[:9] for stored in checked] == ["$argon2id"]
    passwords.close()


async def test_half_an_hour_without_a_click_ends_the_session(desk: World, client: Browser) -> None:
    await sign_in(client, "officer")
    for _ in range(3):
        desk.clock.advance(timedelta(minutes=29))
        assert await is_in(client)
    desk.clock.advance(timedelta(minutes=31))
    assert not await is_in(client)


async def test_no_session_lasts_longer_than_twelve_hours(desk: World, client: Browser) -> None:
    await sign_in(client, "officer")
    for _ in range(28):
        desk.clock.advance(timedelta(minutes=25))
        assert await is_in(client)
    desk.clock.advance(timedelta(minutes=25))
    assert not await is_in(client)


async def test_a_copied_cookie_dies_with_the_session_and_is_never_used_again(
    desk: World, client: Browser
) -> None:
    await sign_in(client, "officer")
    first = cookie_of(client)
    page = await (await client.get("/console/password")).text()
    assert first not in page
    async with browser(desk) as other:
        other.session.cookie_jar.update_cookies({COOKIE: first}, other.make_url("/console/"))
        await other.post("/console/sign-out", data={"csrf": field_of(page, "csrf")})
    assert not await is_in(client)
    await sign_in(client, "officer")
    assert cookie_of(client) != first


async def test_only_the_hash_of_the_cookie_is_stored(desk: World, client: Browser) -> None:
    await sign_in(client, "officer")
    secret = cookie_of(client)
    assert await desk.storage.session(secret, now=MORNING) is None
    assert await desk.storage.session(hash_of(secret), now=MORNING) is not None


async def test_the_cookie_is_closed_to_scripts_and_other_sites(
    desk: World, client: Browser
) -> None:
    desk.deps = replace(desk.deps, secure_cookies=True)
    async with browser(desk) as https:
        page = await https.get("/console/sign-in")
        nonce = page.cookies["huiying_form"].value
        form = {
            "username": "officer",
            "password": PASSWORD,
            "csrf": field_of(await page.text(), "csrf"),
        }
        async with https.post(
            "/console/sign-in",
            data=form,
            headers={"Cookie": f"huiying_form={nonce}"},
            allow_redirects=False,
        ) as answer:
            cookie = answer.cookies[COOKIE].OutputString()
    assert all(mark in cookie for mark in ("HttpOnly", "SameSite=Lax", "Secure", "Path=/console/"))


async def test_signing_out_ends_the_session_on_our_side_too(desk: World, client: Browser) -> None:
    await sign_in(client, "officer")
    secret = cookie_of(client)
    status, _ = await post(client, "/console/password", "/console/sign-out")
    assert status == 200
    assert await desk.storage.session(hash_of(secret), now=MORNING) is None


async def test_the_sign_in_form_is_taken_only_from_the_browser_it_was_given_to(
    client: Browser,
) -> None:
    assert await sign_in(client, "officer", csrf="") == 403
    assert await sign_in(client, "officer", csrf=form_token("other", SECRET, now=MORNING)) == 403


async def test_a_script_that_is_no_browser_may_sign_in_without_the_form(client: Browser) -> None:
    form = {"username": "officer", "password": PASSWORD}
    for headers, status in (({}, 303), ({"Origin": "https://evil.example"}, 403)):
        async with client.post(
            "/console/sign-in", data=form, allow_redirects=False, headers=headers
        ) as answer:
            assert answer.status == status


async def test_next_leads_back_to_the_page_that_was_asked_for(client: Browser) -> None:
    async with client.get("/console/cases?tab=late", allow_redirects=False) as answer:
        to = answer.headers["Location"]
    page = await (await client.get(to)).text()
    form = {
        "username": "officer",
        "password": PASSWORD,
        "csrf": field_of(page, "csrf"),
        "next": field_of(page, "next"),
    }
    async with client.post("/console/sign-in", data=form, allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/console/cases?tab=late"


async def test_a_first_password_must_be_changed_before_anything_else(
    desk: World, client: Browser
) -> None:
    account = await desk.storage.account("officer")
    assert account is not None
    await desk.storage.save_account(replace(account, must_change=True))
    await sign_in(client, "officer")
    async with client.get("/console/cases", allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/console/password"
    before, new = cookie_of(client), "春天的清禾河水-77"
    status, _ = await post(
        client, "/console/password", "/console/password", current=PASSWORD, new=new, again=new
    )
    assert status == 200
    assert cookie_of(client) != before
    assert await is_in(client)
    assert await sign_in(client, "officer", PASSWORD) == 401


async def test_a_new_password_ends_the_sessions_of_other_browsers(
    desk: World, client: Browser
) -> None:
    path, new = "/console/password", "春天的清禾河水-77"
    await sign_in(client, "officer")
    async with browser(desk) as other:
        await sign_in(other, "officer")
        await post(other, path, path, current=PASSWORD, new=new, again=new)
        assert await is_in(other)
    assert not await is_in(client)
    assert (await client.get("/console/sign-in", allow_redirects=False)).status == 200


async def test_whoever_is_signed_in_goes_straight_on(client: Browser) -> None:
    await sign_in(client, "officer")
    async with client.get("/console/sign-in?next=/console/cases", allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/console/cases"


@pytest.mark.parametrize(
    ("current", "new", "again", "words"),
    [
        ("wrong", "春天的清禾河水-77", "春天的清禾河水-77", "现在的密码不对"),
        (PASSWORD, "short", "short", "至少"),
        (PASSWORD, "春天的清禾河水-77", "春天的清禾河水-78", "不一样"),
        (PASSWORD, PASSWORD, PASSWORD, "不能和现在的一样"),
    ],
)
async def test_a_password_that_will_not_do_is_refused_in_words(
    client: Browser, current: str, new: str, again: str, words: str
) -> None:
    await sign_in(client, "officer")
    path = "/console/password"
    status, page = await post(client, path, path, current=current, new=new, again=again)
    assert status == 422
    assert words in page


async def test_a_browser_on_http_hears_why_it_cannot_sign_in_to_a_desk_on_https(
    desk: World,
) -> None:
    desk.deps = replace(desk.deps, secure_cookies=True)
    async with browser(desk) as http:
        form = {"username": "officer", "password": PASSWORD, "csrf": "x"}
        headers = {"Origin": "http://10.1.2.3"}
        async with http.post("/console/sign-in", data=form, headers=headers) as answer:
            assert answer.status == 403
            assert "https://" in await answer.text()


@pytest.mark.parametrize(
    ("passed_on", "seen"),
    [("10.1.2.3", "10.1.2.3"), ("6.6.6.6, 10.1.2.3", "10.1.2.3"), ("rubbish", "127.0.0.1")],
)
async def test_a_session_knows_the_browser_behind_a_proxy(
    desk: World, client: Browser, passed_on: str, seen: str
) -> None:
    client.session.headers["X-Forwarded-For"] = passed_on
    assert await sign_in(client, "officer") == 303
    (session,) = await desk.storage.sessions_of("officer", now=MORNING)
    assert session.address == seen
