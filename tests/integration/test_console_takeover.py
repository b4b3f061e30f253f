"""What a stolen password or a browser left signed in does not open."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from cases.people import Role
from console import live
from tests.integration.test_console_account import TOTP, code, enrolled, is_in
from tests.values.console import PASSWORD, PEOPLE, POLICE
from tests.worlds.console import World
from tests.worlds.console_client import Browser, browser, field_of, post, read, sign_in

PERSON = "/console/people/officer"
NEW = "门前的大桥下游过鸭子"


async def form_at(client: Browser, path: str, *names: str) -> Mapping[str, str]:
    page = await read(client, path)
    return {name: field_of(page, name) for name in names}


async def test_an_account_closed_while_its_password_changes_stays_closed(
    desk: World, client: Browser
) -> None:
    async with browser(desk) as office:
        await sign_in(client, "officer")
        await sign_in(office, "administrator")
        own = {"current": PASSWORD, "new": NEW, "again": NEW}
        changing = asyncio.create_task(
            client.post(
                "/console/password",
                data={**await form_at(client, "/console/password", "csrf"), **own},
            )
        )
        await asyncio.sleep(0.03)
        status, _ = await post(office, PERSON, f"{PERSON}/disable")
        await changing
    account = await desk.storage.account("officer")
    assert (status, account is not None and account.disabled) == (200, True)
    assert not await is_in(client)


async def test_codes_guessed_in_parallel_are_counted(desk: World, client: Browser) -> None:
    await enrolled(client, desk)
    desk.clock.advance(timedelta(minutes=1))
    client.session.cookie_jar.clear()
    own = {"username": "officer", "password": PASSWORD}
    async with client.post("/console/sign-in", data=own) as answer:
        page = await answer.text()
    given = {"username": "officer", "pending": field_of(page, "pending")}
    guesses = [
        client.post("/console/sign-in/code", data=given | {"code": f"{guess:06}"})
        for guess in range(40)
    ]
    await asyncio.gather(*guesses)
    account = await desk.storage.account("officer")
    assert account is not None
    assert account.failures < 10  # of 40: two are looked at at a time
    assert account.locked_until is not None


async def test_codes_guessed_to_turn_the_authenticator_off_are_counted(
    desk: World, client: Browser
) -> None:
    secret = await enrolled(client, desk)
    desk.clock.advance(timedelta(minutes=1))
    for guess in range(5):
        await post(client, "/console/account", f"{TOTP}/off", code=f"{guess:06}")
    status, page = await post(client, "/console/account", f"{TOTP}/off", code=code(secret, desk))
    assert (status, "没有关闭" in page) == (422, True)
    desk.clock.advance(timedelta(minutes=16))
    status, _ = await post(client, "/console/account", f"{TOTP}/off", code=code(secret, desk))
    assert status == 200


async def test_no_other_phone_takes_the_place_of_ones_authenticator(
    desk: World, client: Browser
) -> None:
    await sign_in(client, "officer")
    form = await form_at(client, TOTP, "csrf", "secret", "seal")
    secret = await enrolled(client, desk)
    csrf = await form_at(client, "/console/account", "csrf")
    other = {**form, **csrf, "code": code(form["secret"], desk)}
    async with client.post(TOTP, data=other, allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/console/account"
    account = await desk.storage.account("officer")
    assert account is not None
    assert account.totp_secret == secret


@pytest.mark.parametrize(
    "changed", [{"department": POLICE}, {"role": Role.CURATOR, "department": ""}]
)
async def test_live_numbers_end_when_role_or_department_changes(
    desk: World, client: Browser, monkeypatch: pytest.MonkeyPatch, changed: dict[str, str]
) -> None:
    monkeypatch.setattr(live, "EVERY", 0.05)
    await sign_in(client, "officer")
    async with client.get("/console/live") as stream:
        await stream.content.readline()
        await desk.storage.change_person(replace(PEOPLE["officer"], **changed))  # type: ignore[arg-type]  # by name
        await asyncio.wait_for(stream.content.read(), 5)
        assert stream.content.at_eof()
