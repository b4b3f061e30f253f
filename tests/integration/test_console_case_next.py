"""What the page of a case says is to be done next, and until when."""

from datetime import timedelta

from tests.integration.test_console_case_side import REPLY, accepted, case_path
from tests.values.console import SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, post, read, sign_in


async def test_what_a_citizen_adds_after_the_draft_is_pointed_out_before_it_is_approved(
    desk: World, client: Browser
) -> None:
    case = await desk.drafted("校车超载", REPLY)
    await sign_in(client, "reviewer")
    assert "看一遍市民会读到的话" in await read(client, case_path(case))
    await desk.storage.write_change(
        desk.desk.prepare_addition(case, text="是七点那班", now=desk.clock.now)
    )
    assert "来信人在拟稿之后又补充了情况" in await read(client, case_path(case))
    await post(client, case_path(case), case_path(case, "send-back"), reason="请看补充")
    await sign_in(client, "officer")
    page = await read(client, case_path(case))
    assert "按上面的意见改好" in page
    now = await desk.storage.case(case.number)
    await desk.storage.write_change(
        desk.desk.prepare_addition(now, text="还有八点那班", now=desk.clock.now)
    )
    added = await accepted(desk)
    await desk.storage.write_change(
        desk.desk.prepare_addition(added, text="还有", now=desk.clock.now)
    )
    assert "来信人又补充了情况，见“对话”最后一条" in await read(client, case_path(added))


async def test_who_may_answer_is_told_that_the_citizen_needs_it_no_longer(
    desk: World, client: Browser
) -> None:
    case = await desk.added(await desk.opened("楼道灯不亮"), "算了不用了")
    await sign_in(client, "dispatcher")
    assert "来信人说不用再办了" in await read(client, case_path(case))
    await desk.added(case, "还是要修")
    assert "来信人说不用再办了" not in await read(client, case_path(case))


async def test_until_when_it_may_be_given_back_is_said_and_when_that_is_over(
    desk: World, client: Browser
) -> None:
    case = await desk.opened("校车超载", department=SCHOOLS)
    await sign_in(client, "officer")
    assert "再晚就是退回不及时" in await read(client, case_path(case))
    desk.clock.now += timedelta(days=7)
    await sign_in(client, "officer")
    page = await read(client, case_path(case))
    assert "的期限已过，会记为退回不及时" in page
    assert "再晚就是退回不及时" not in page


async def test_where_there_is_no_page_who_is_signed_in_keeps_the_menu(
    desk: World, client: Browser
) -> None:
    del desk
    nobody = await (await client.get("/console/nothing")).text()
    assert "去登录" in nobody
    assert "我的账号" not in nobody
    await sign_in(client, "officer")
    known = await (await client.get("/console/nothing")).text()
    assert "我的账号" in known
    assert "去登录" not in known
