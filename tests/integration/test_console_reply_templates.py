"""Templates for replies: kept by a department, filled from the case, never sent half empty."""

import pytest

from tests.browser.screens import Screens
from tests.values.console import PEOPLE, POLICE, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, post, read, sign_in

PAGE = "/console/reply-templates"
BODY = "您好！请到{办理地点}办理，带{材料}。咨询电话 {电话}，编号 {编号}。"


async def accepted(desk: World) -> str:
    case = await desk.opened("转学要什么手续", department=SCHOOLS)
    case = await desk.desk.accept(
        case.number, version=case.version, actor=PEOPLE["officer"], now=desk.clock.now
    )
    return case.number


async def test_a_template_is_filled_from_the_case_and_must_be_finished(
    desk: World, client: Browser
) -> None:
    number = await accepted(desk)
    await sign_in(client, "officer")
    _, page = await post(client, PAGE, PAGE, name="转学手续", text=BODY)
    assert "模板已保存" in page
    assert "要填的地方：{办理地点}、{材料}" in page
    path = f"/console/cases/{number}"
    page = await read(client, f"{path}?insert=template-1")
    assert f"请到{{办理地点}}办理，带{{材料}}。咨询电话 0500-00000109，编号 {number}。" in page
    status, page = await post(client, path, f"{path}/draft", text="请到{办理地点}办理。")
    assert status == 422
    assert "还有没填好的地方：{办理地点}，请填好再提交" in page
    assert (await desk.storage.case(number)).draft == ""


async def test_a_department_sees_its_own_templates_and_those_of_all(
    desk: World, client: Browser
) -> None:
    for name, text in (("officer", "教育局的"), ("officer2", "公安局的"), ("supervisor", "通用的")):
        await sign_in(client, name)
        await post(client, PAGE, PAGE, name=text, text=text)
    await sign_in(client, "officer")
    page = await read(client, PAGE)
    assert "教育局的" in page
    assert "通用的" in page
    assert "公安局的" not in page
    for template, status in (("2", 404), ("3", 404), ("1", 200)):
        assert (await post(client, PAGE, f"{PAGE}/{template}/remove"))[0] == status
    names = [each.name for each in await desk.storage.reply_templates(POLICE)]
    assert names == ["公安局的", "通用的"]


@pytest.mark.parametrize("form", [{"name": "", "text": "x"}, {"name": "x", "text": "  "}])
async def test_what_is_missing_is_said_and_the_rest_kept(
    client: Browser, form: dict[str, str]
) -> None:
    await sign_in(client, "officer")
    status, page = await post(client, PAGE, PAGE, **form)
    assert status == 422
    assert "不能为空" in page
    assert 'value="x"' in page or ">\nx</textarea>" in page


@pytest.mark.parametrize("text", ["不要无理取闹。", "找李四，身份证 11010519491231002X。"])
async def test_what_no_reply_may_say_is_no_template(
    desk: World, client: Browser, text: str
) -> None:
    await sign_in(client, "supervisor")
    status, page = await post(client, PAGE, PAGE, name="回复", text=text)
    assert (status, "请先改好再保存" in page, text in page) == (422, True, True)
    assert await desk.storage.reply_templates(SCHOOLS) == []


async def test_the_page_of_templates_is_accessible(screen: Screens) -> None:
    number = await accepted(screen.desk)
    visitor = await screen.visitor()
    await visitor.sign_in("officer")
    await visitor.go(PAGE)
    await visitor.looks_right_everywhere()
    await visitor.page.fill("#name", "转学手续")
    await visitor.page.fill("#body", BODY)
    await visitor.press("template")
    await visitor.looks_right_everywhere()
    await visitor.go(f"/console/cases/{number}")
    await visitor.page.click("text=回复模板")
    await visitor.page.click("[data-insert='模板 转学手续']")
    chosen = await visitor.page.evaluate("getSelection().toString()")
    assert chosen == "{办理地点}"
    await visitor.looks_right_everywhere()
