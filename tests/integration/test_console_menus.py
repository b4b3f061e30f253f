"""Menus and 掌上办事 in the console: two people, and what citizens then see."""

from datetime import timedelta

import pytest

from bot.links import LinkChecker
from tests.browser.screens import Screens
from tests.values.console import SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, post, sign_in

MENU = "/console/menus/main"
FORM = {
    "name-0": "问一问",
    "name-0-0": "怎么提问",
    "does-0-0": "words",
    "value-0-0": "帮助",
    "name-1": "查进度",
    "does-1": "words",
    "value-1": "查询",
    "name-2": "掌上办事",
    "does-2": "directory",
}
ENTRANCE = {"name": "学籍查询", "link": "https://xj.example.gov.cn/", "department": SCHOOLS}


async def test_one_writes_a_menu_and_only_another_publishes_it(
    desk: World, client: Browser
) -> None:
    await sign_in(client, "curator")
    await post(client, MENU, f"{MENU}/save", **FORM)
    await post(client, MENU, f"{MENU}/submit", version="1")
    status, page = await post(client, MENU, f"{MENU}/publish", version="1")
    assert (status, "要由另一位同事发布" in page) == (409, True)
    assert await desk.deps.channels.live_menu("main") == []
    await sign_in(client, "curator2")
    status, page = await post(client, MENU, f"{MENU}/publish", version="1")
    assert (status, "已发布" in page) == (200, True)
    names = [each["name"] for each in await desk.deps.channels.live_menu("main")]
    assert names == ["问一问", "查进度", "掌上办事"]
    assert "和这里一致" in await (await client.get(f"{MENU}?live=1")).text()


async def test_what_wechat_refuses_stays_in_review_with_its_words(
    desk: World, client: Browser
) -> None:
    await sign_in(client, "curator")
    await post(client, MENU, f"{MENU}/save", **FORM | {"name-1": "微信不收"})
    await post(client, MENU, f"{MENU}/submit", version="1")
    await sign_in(client, "curator2")
    status, page = await post(client, MENU, f"{MENU}/publish", version="1")
    assert (status, "菜单的名称太长（40018）" in page) == (409, True)
    assert (await desk.storage.menus("main"))[0].state == "in_review"


async def test_a_menu_that_breaks_a_rule_is_shown_again_as_typed(client: Browser) -> None:
    await sign_in(client, "curator")
    status, page = await post(client, MENU, f"{MENU}/save", **FORM | {"name-1": "查询办理进度"})
    assert status == 422
    assert "最多显示 4 个字" in page
    assert 'value="查询办理进度"' in page


@pytest.mark.parametrize(
    "spoilt",
    [{"name-0-0": "内部资料"}, {"value-0-0": "身份证11010519491231002X怎么查"}],
    ids=["name", "words"],
)
async def test_what_may_not_be_public_is_kept_out_of_a_menu(
    desk: World, client: Browser, spoilt: dict[str, str]
) -> None:
    await sign_in(client, "curator")
    status, page = await post(client, MENU, f"{MENU}/save", **FORM | spoilt)
    assert (status, "请先改好再保存" in page) == (422, True)
    assert await desk.storage.menus("main") == []


async def test_a_menu_sent_back_shows_its_writer_why(client: Browser) -> None:
    await sign_in(client, "curator")
    await post(client, MENU, f"{MENU}/save", **FORM)
    await post(client, MENU, f"{MENU}/submit", version="1")
    await sign_in(client, "curator2")
    await post(client, MENU, f"{MENU}/send-back", version="1", reason="把查进度放第一个")
    await sign_in(client, "curator")
    assert "把查进度放第一个" in await (await client.get(MENU)).text()


async def test_an_account_without_verification_says_where_to_set_its_menu(
    client: Browser,
) -> None:
    await sign_in(client, "curator")
    page = await (await client.get("/console/menus/village")).text()
    assert "微信公众平台“自定义菜单”" in page
    assert "/console/menus/village/save" not in page


async def published(client: Browser) -> None:
    """The entrance, written by one curator and published by another."""
    await sign_in(client, "curator")
    await post(client, "/console/services", "/console/services", **ENTRANCE)
    await post(client, "/console/services", "/console/services/1/submit", version="1")
    await sign_in(client, "curator2")
    await post(client, "/console/services", "/console/services/1/publish", version="2")


async def test_an_entrance_is_public_only_after_a_second_person(client: Browser) -> None:
    await sign_in(client, "curator")
    await post(client, "/console/services", "/console/services", **ENTRANCE)
    await post(client, "/console/services", "/console/services/1/submit", version="1")
    status, page = await post(
        client, "/console/services", "/console/services/1/publish", version="2"
    )
    assert (status, "要由另一位同事发布" in page) == (409, True)
    assert ENTRANCE["link"] not in await (await client.get("/public/services")).text()
    await sign_in(client, "curator2")
    await post(client, "/console/services", "/console/services/1/publish", version="2")
    assert f'href="{ENTRANCE["link"]}"' in await (await client.get("/public/services")).text()


async def test_a_broken_entrance_is_shown_to_staff_and_leads_no_citizen_astray(
    desk: World, client: Browser
) -> None:
    await published(client)
    checker = LinkChecker(desk.storage, desk.clock, private_too=False)
    for _ in range(2):  # a name that is nowhere
        await checker.round()
        desk.clock.advance(timedelta(minutes=11))
    await sign_in(client, "curator")
    page = await (await client.get("/console/services")).text()
    assert "有 1 个入口打不开" in page
    public = await (await client.get("/public/services")).text()
    assert "暂时打不开" in public
    assert ENTRANCE["link"] not in public


async def test_a_published_entrance_is_changed_by_a_draft_that_replaces_it(
    desk: World, client: Browser
) -> None:
    await published(client)
    page = await (await client.get("/console/services?edit=1")).text()
    assert 'name="replaces" value="1"' in page
    changed = ENTRANCE | {"link": "https://new.example.gov.cn/", "replaces": "1"}
    await post(client, "/console/services", "/console/services", **changed)
    assert ENTRANCE["link"] in await (await client.get("/public/services")).text()
    assert len(await desk.storage.services()) == 2


@pytest.mark.parametrize("link", ["javascript:alert(1)", "www.gov.cn", "https://a@b/"])
async def test_an_address_nobody_should_open_is_not_kept(
    desk: World, client: Browser, link: str
) -> None:
    await sign_in(client, "curator")
    form = ENTRANCE | {"link": link}
    status, page = await post(client, "/console/services", "/console/services", **form)
    assert (status, "网址不完整" in page) == (422, True)
    assert await desk.storage.services() == []


async def test_the_pages_are_accessible_and_the_form_works_without_scripts(screen: Screens) -> None:
    visitor = await screen.visitor(scripts=False)
    await visitor.sign_in("curator")
    await visitor.go(MENU)
    await visitor.press("save")
    await visitor.press("submit")
    await _entrance(screen)
    for name in ("curator", "curator2"):
        seeing = await screen.visitor()
        await seeing.sign_in(name)
        for path in (MENU, "/console/menus/village", "/console/services"):
            await seeing.go(path)
            await seeing.looks_right_everywhere()
    await seeing.go("/public/services")
    await seeing.looks_right_everywhere()


async def _entrance(screen: Screens) -> None:
    storage, now = screen.desk.storage, screen.desk.clock.now
    for name in ("学籍查询", "x" * 30):
        await storage.add_service(
            name, "https://xj.example.gov.cn/" + "y" * 300, SCHOOLS, author="curator", now=now
        )
