"""The card of a first day, and the line on a case that says what comes next."""

import pytest

from tests.values.console import PEOPLE, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, post, sign_in

CARD = "第一次用？"


async def home(client: Browser, name: str) -> str:
    await sign_in(client, name)
    return await (await client.get("/console/")).text()


async def seen(client: Browser, name: str, number: str) -> str:
    await sign_in(client, name)
    return await (await client.get(f"/console/cases/{number}")).text()


@pytest.mark.parametrize("name", [each for each in PEOPLE if not each.startswith("officer")])
async def test_only_officers_are_shown_the_first_steps(client: Browser, name: str) -> None:
    assert CARD not in await home(client, name)


async def test_the_card_leads_to_the_most_urgent_case(desk: World, client: Browser) -> None:
    assert "现在没有等您处理的来信" in await home(client, "officer")
    case = await desk.opened("校车", department=SCHOOLS)
    page = await home(client, "officer")
    assert f'class="button primary" href="/console/cases/{case.number}"' in page


async def test_the_card_is_gone_after_the_first_submitted_text(
    desk: World, client: Browser
) -> None:
    assert CARD in await home(client, "officer")
    await desk.drafted("校车", "已调整发车时间。")
    assert CARD not in await home(client, "officer")
    assert CARD in await home(client, "officer2")


async def test_the_card_put_away_stays_away_for_that_person_only(client: Browser) -> None:
    await sign_in(client, "officer")
    status, page = await post(client, "/console/", "/console/first-steps/put-away")
    assert (status, CARD in page) == (200, False)
    kept = [each for each in client.session.cookie_jar if each.key == "huiying_first_steps"]
    await sign_in(client, "officer2")
    client.session.cookie_jar.update_cookies({each.key: each.value for each in kept})
    assert CARD in await (await client.get("/console/")).text()
    await sign_in(client, "officer")
    client.session.cookie_jar.update_cookies({each.key: each.value for each in kept})
    assert CARD not in await (await client.get("/console/")).text()


async def test_a_case_says_to_everybody_what_comes_next(desk: World, client: Browser) -> None:
    unrouted = await desk.opened("不知道归谁")
    assert "定下该由哪个部门办" in await seen(client, "dispatcher", unrouted.number)
    case = await desk.opened("校车", department=SCHOOLS)
    number, officer = case.number, PEOPLE["officer"]
    assert "点“受理”，就由您来写答复" in await seen(client, "officer", number)
    assert 'class="next"' not in await seen(client, "supervisor", number)
    case = await desk.desk.accept(number, version=case.version, actor=officer, now=desk.clock.now)
    assert "相近的答复可以直接插入" in await seen(client, "officer", number)
    case = await desk.desk.draft(
        number, "今天修好。", version=case.version, actor=officer, now=desk.clock.now
    )
    assert "您这一步办完了" in await seen(client, "officer", number)
    assert "再通过或者退回" in await seen(client, "reviewer", number)
    await desk.desk.send_back(
        number,
        "写上日期",
        version=case.version,
        actor=PEOPLE["reviewer"],
        now=desk.clock.now,
    )
    assert "按上面的意见改好" in await seen(client, "officer", number)
