"""People of the desk are added, and their passwords reset."""

import pytest

from cases.people import Role
from tests.values.console import SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, post, sign_in


async def test_a_new_person_signs_in_with_the_password_shown_once(
    desk: World, client: Browser
) -> None:
    await sign_in(client, "administrator")
    path, form = "/console/people", {"name": "王小明", "role": "officer", "department": SCHOOLS}
    status, page = await post(client, path, path, **form)
    assert status == 200
    password = page.partition('id="first-password">')[2].partition("<")[0]
    assert password not in await (await client.get(path)).text()
    assert await sign_in(client, "王小明", password) == 303
    async with client.get("/console/", allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/console/password"
    account = await desk.storage.account("王小明")
    assert account is not None
    assert (account.person.role, account.person.department) == (Role.OFFICER, SCHOOLS)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"name": "a b", "role": "curator"}, "不要空格"),
        ({"name": "<b>", "role": "curator"}, "不要空格"),
        ({"name": "officer", "role": "curator"}, "已经有叫"),
        ({"name": "new", "role": "king"}, "请选择角色"),
        ({"name": "new", "role": "officer", "department": "没有局"}, "要选所属部门"),
    ],
)
async def test_a_person_that_cannot_be_added_is_explained(
    desk: World, client: Browser, form: dict[str, str], words: str
) -> None:
    await sign_in(client, "administrator")
    status, page = await post(client, "/console/people", "/console/people", **form)
    assert status == 422
    assert words in page
    assert await desk.storage.account("new") is None


async def test_a_reset_password_lifts_a_lock_and_must_be_changed(
    desk: World, client: Browser
) -> None:
    for _ in range(5):
        await sign_in(client, "officer", "wrong")
    await sign_in(client, "administrator")
    _, page = await post(client, "/console/people", "/console/people/officer/reset")
    password = page.partition('id="first-password">')[2].partition("<")[0]
    assert await sign_in(client, "officer", password) == 303
    account = await desk.storage.account("officer")
    assert account is not None
    assert account.must_change


async def test_nobody_resets_their_own_password_or_a_strangers(client: Browser) -> None:
    await sign_in(client, "administrator")
    for name in ("administrator", "nobody"):
        status, _ = await post(client, "/console/people", f"/console/people/{name}/reset")
        assert status == 404
