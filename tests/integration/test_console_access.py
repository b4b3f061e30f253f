"""Who gets in where: every role on every line of the route table."""

from dataclasses import replace

import pytest

from cases.people import Role
from console.guard import Csrf, Route
from console.routes import ROUTES
from tests.values.console import PASSWORD, PEOPLE, POLICE, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, browser, field_of, sign_in
from tests.worlds.console_routes import GUARDED, PARAMETER, address

FORMS = [route for route in GUARDED if route.method == "POST"]


async def token_of(client: Browser) -> str:
    return field_of(await (await client.get("/console/password")).text(), "csrf")


async def knock(client: Browser, route: Route, number: str, token: str) -> tuple[int, str]:
    """The status of a request to a route, and where it leads."""
    form = {"csrf": token} if route.method == "POST" else None
    async with client.request(
        route.method, address(route, number), data=form, allow_redirects=False
    ) as answer:
        return answer.status, answer.headers.get("Location", "")


@pytest.mark.parametrize("role", list(Role))
async def test_each_role_gets_exactly_where_the_table_lets_it(
    desk: World, client: Browser, role: Role
) -> None:
    number = (await desk.opened("学校食堂几点开门", department=SCHOOLS)).number
    name = "officer" if role is Role.OFFICER else role.value
    assert await sign_in(client, name) == 303
    token = await token_of(client)
    wrong = []
    for route in (r for r in GUARDED if r.path not in {"/sign-out"}):
        status, _ = await knock(client, route, number, token)
        assert status != 500, route
        if (status in {401, 403}) == (role in (route.roles or ())):
            wrong.append((route.method, route.path, status))
    assert wrong == []


async def test_without_a_session_no_guarded_route_opens(desk: World, client: Browser) -> None:
    number = (await desk.opened("学校食堂几点开门", department=SCHOOLS)).number
    for route in GUARDED:
        status, to = await knock(client, route, number, "")
        led_to_sign_in = status == 303 and to.startswith("/console/sign-in")
        assert led_to_sign_in if route.method == "GET" else status == 401, route


async def test_no_form_is_taken_without_the_sessions_token(desk: World, client: Browser) -> None:
    number = (await desk.opened("学校食堂几点开门", department=SCHOOLS)).number
    for route in FORMS:
        assert route.roles is not None
        client.session.cookie_jar.clear()
        role = min(route.roles)
        assert await sign_in(client, role.value) == 303
        for token in ("", "x" * 43):
            status, _ = await knock(client, route, number, token)
            assert status == 403, route


async def test_another_sessions_token_does_not_fit(desk: World, client: Browser) -> None:
    await sign_in(client, "administrator")
    stolen = await token_of(client)
    async with browser(desk) as other:
        await sign_in(other, "administrator")
        form = {"csrf": stolen, "name": "mallory", "role": "administrator"}
        assert (await other.post("/console/people", data=form)).status == 403
    assert await desk.storage.account("mallory") is None


@pytest.mark.parametrize("name", ["officer2", "reviewer2"])
async def test_another_departments_case_does_not_exist_for_them(
    desk: World, client: Browser, name: str
) -> None:
    number = (await desk.drafted("幼儿园的秘密事项", "答复稿")).number
    await desk.opened("户口的事", department=POLICE)
    await sign_in(client, name)
    token = await token_of(client)
    for path in ("/console/", "/console/cases?tab=open", "/console/cases?tab=open&q=幼儿园"):
        page = await (await client.get(path)).text()
        assert number not in page
        assert "秘密" not in page
    for route in GUARDED:
        if "{number" in route.path:
            status, _ = await knock(client, route, number, token)
            assert status == 404 if PEOPLE[name].role in (route.roles or ()) else status == 403


async def test_another_department_in_the_address_is_ignored(desk: World, client: Browser) -> None:
    await desk.opened("幼儿园的事", department=SCHOOLS)
    await sign_in(client, "officer2")
    page = await (await client.get(f"/console/cases?tab=open&department={SCHOOLS}")).text()
    assert "幼儿园的事" not in page


async def test_every_registered_route_stands_in_the_table(desk: World) -> None:
    table = {(r.method, r.path) for r in ROUTES}
    console = desk.app()._subapps[0]
    registered = {
        (route.method, route.resource.canonical if route.resource else "")
        for route in console.router.routes()
        if route.method != "HEAD"
    }
    canonical = {(m, PARAMETER.sub(r"{\1}", p)) for m, p in table}
    assert {(m, p.removeprefix("/console")) for m, p in registered} == canonical


def test_a_route_for_nobody_cannot_be_declared() -> None:
    with pytest.raises(ValueError, match="nobody"):
        Route("GET", "/new", ROUTES[0].handler, frozenset())


@pytest.mark.parametrize(("method", "csrf"), [("POST", Csrf.NOT_NEEDED), ("GET", Csrf.SESSION)])
def test_a_form_without_a_token_cannot_be_declared(method: str, csrf: Csrf) -> None:
    with pytest.raises(ValueError, match="token"):
        Route(method, "/new", ROUTES[0].handler, frozenset(Role), csrf)


async def test_a_changed_role_counts_at_once(desk: World, client: Browser) -> None:
    await sign_in(client, "officer")
    account = await desk.storage.account("officer")
    assert account is not None
    moved = replace(account.person, department=POLICE)
    await desk.storage.save_account(replace(account, person=moved))
    number = (await desk.opened("学校的事", department=SCHOOLS)).number
    assert (await client.get(f"/console/cases/{number}")).status == 404
    await desk.storage.save_account(replace(account, disabled=True))
    answer = await client.get("/console/cases", allow_redirects=False)
    assert answer.status == 303
    assert PASSWORD not in await answer.text()
