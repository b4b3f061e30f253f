"""Accounts as an administrator moves, locks, resets and closes them."""

from dataclasses import replace
from datetime import timedelta

from cases.people import Role
from tests.integration.test_console_account import actions, code, enrolled, is_in
from tests.values.console import PASSWORD, POLICE
from tests.worlds.console import World
from tests.worlds.console_client import Browser, browser, field_of, post, sign_in


async def test_an_administrator_moves_locks_and_closes_accounts(
    desk: World, client: Browser
) -> None:
    await enrolled(client, desk)
    for _ in range(5):
        await sign_in(client, "officer", "wrong")
    await sign_in(client, "administrator")
    path = "/console/people/officer"
    assert "锁定到" in await (await client.get(path)).text()
    await post(client, path, f"{path}/unlock")
    await post(client, path, f"{path}/totp/off")
    await post(client, path, path, role="officer", department=POLICE, display_name="")
    async with browser(desk) as officer:
        assert await sign_in(officer, "officer") == 303
        assert POLICE in await (await officer.get("/console/")).text()
        status, page = await post(client, path, f"{path}/disable")
        assert (status, "已停用" in page) == (200, True)
        assert not await is_in(officer)
        assert await sign_in(officer, "officer") == 401
    await post(client, path, f"{path}/enable")
    done = await actions(desk, "administrator")
    wanted = ["person_enabled", "person_disabled", "person_changed", "totp_removed"]
    assert [each for each in done if each in wanted] == wanted


async def test_nobody_locks_themselves_out(desk: World, client: Browser) -> None:
    await sign_in(client, "administrator")
    path = "/console/people/administrator"
    status, _ = await post(client, path, path, role="auditor", department="")
    assert status == 422
    assert (await post(client, path, f"{path}/disable"))[0] == 404
    account = await desk.storage.account("administrator")
    assert account is not None
    assert (account.person.role, account.disabled) == (Role.ADMINISTRATOR, False)


async def test_a_reset_ends_the_sessions_that_are_open(desk: World, client: Browser) -> None:
    await sign_in(client, "administrator")
    async with browser(desk) as officer:
        await sign_in(officer, "officer")
        await post(client, "/console/people", "/console/people/officer/reset")
        assert not await is_in(officer)


async def test_a_disabled_account_cannot_finish_with_a_code(desk: World, client: Browser) -> None:
    secret = await enrolled(client, desk)
    desk.clock.advance(timedelta(minutes=1))
    form = {"username": "officer", "password": PASSWORD}
    client.session.cookie_jar.clear()
    page = await (await client.post("/console/sign-in", data=form)).text()
    account = await desk.storage.account("officer")
    assert account is not None
    await desk.storage.save_account(replace(account, disabled=True))
    last = {
        "username": "officer",
        "pending": field_of(page, "pending"),
        "code": code(secret, desk),
    }
    assert (await client.post("/console/sign-in/code", data=last)).status == 401
