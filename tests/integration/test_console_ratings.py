"""A bad rating on the supervisor's desk."""

from datetime import timedelta

from cases.case import Case, State
from cases.wording import text_hash
from tests.values.console import PEOPLE
from tests.worlds.console import World
from tests.worlds.console_client import Browser, case_path, read, sign_in, take


async def answered(desk: World) -> Case:
    """A case that has its reply."""
    case = await desk.drafted("校车超载", "已要求学校整改。")
    desk.clock.advance(timedelta(hours=1))
    return await desk.desk.review(
        case.number,
        version=case.version,
        draft_hash=text_hash(case.draft),
        actor=PEOPLE["reviewer"],
        now=desk.clock.now,
    )


async def badly_rated(desk: World, score: int = 1) -> Case:
    """An answered case whose citizen was not content."""
    case = await answered(desk)
    change = desk.desk.prepare_rating(case, rating=score, now=desk.clock.now)
    return await desk.storage.write_change(change)


async def test_a_bad_rating_returns_to_the_supervisor_who_has_it_done_again(
    desk: World, client: Browser
) -> None:
    case = await badly_rated(desk)
    await sign_in(client, "supervisor")
    assert "评价低" in await read(client, "/console/")
    assert "校车超载" in await read(client, "/console/cases?tab=unhappy")
    assert "只评了 1 分" in await read(client, case_path(case.number))
    _, page = await take(client, case.number, "reopen", reason="请到校门口看过再答复")
    assert "已请部门重新办理" in page
    assert "校车超载" not in await read(client, "/console/cases?tab=unhappy")
    await sign_in(client, "officer")
    page = await read(client, case_path(case.number))
    assert "supervisor要求重新办理：" in page
    assert "请到校门口看过再答复" in page
    again = await desk.storage.case(case.number)
    assert (again.state, again.rating) == (State.ROUTED, None)


async def test_a_bad_rating_that_was_looked_into_leaves_the_list_and_its_finding_stays(
    desk: World, client: Browser
) -> None:
    case = await badly_rated(desk, 2)
    await sign_in(client, "officer")
    assert "已交督办员处理" in await read(client, case_path(case.number))
    await sign_in(client, "supervisor")
    _, page = await take(client, case.number, "hear-rating", reason="已电话回访")
    assert "已记下处理情况" in page
    assert "已电话回访" in page
    assert "校车超载" not in await read(client, "/console/cases?tab=unhappy")


async def test_the_reason_of_a_bad_rating_stands_where_it_is_decided(
    desk: World, client: Browser
) -> None:
    case = await answered(desk)
    change = desk.desk.prepare_rating(case, rating=2, now=desk.clock.now)
    case = await desk.wrote(case, "评价 2 去了三次都没人", change)
    await sign_in(client, "supervisor")
    page = await read(client, case_path(case.number))
    assert "来信人只评了 2 分：</b>去了三次都没人" in page
    assert "来信人评价：2 分" in page


async def test_a_bad_rating_without_a_reason_says_so(desk: World, client: Browser) -> None:
    case = await answered(desk)
    change = desk.desk.prepare_rating(case, rating=1, now=desk.clock.now)
    case = await desk.wrote(case, "评价 1", change)
    await sign_in(client, "supervisor")
    assert "只评了 1 分，没有写原因。" in await read(client, case_path(case.number))


async def test_who_has_it_done_again_is_heard_by_the_officer_until_there_is_a_new_answer(
    desk: World, client: Browser
) -> None:
    case = await answered(desk)
    rated = desk.desk.prepare_rating(case, rating=1, now=desk.clock.now)
    case = await desk.wrote(case, "评价 1", rated)
    why = "校车还是挤了四十个人，电话 13812345678"
    again = desk.desk.prepare_reopening(case, now=desk.clock.now, text=why)
    case = await desk.wrote(case, why, again)
    await sign_in(client, "officer")
    page = await read(client, case_path(case.number))
    assert "来信人要求重新办理：</b>校车还是挤了四十个人，电话 138" in page
    assert "13812345678" not in page
    _, page = await take(client, case.number, "accept")
    assert "来信人要求重新办理：</b>校车还是挤了四十个人" in page
    assert "按上面说的重新办" in await read(client, case_path(case.number))
    _, page = await take(client, case.number, "draft", text="已加开一辆校车，下周一起运行。")
    assert "来信人要求重新办理" not in page


async def test_a_supervisors_demand_stands_until_there_is_a_new_answer(
    desk: World, client: Browser
) -> None:
    case = await badly_rated(desk)
    await sign_in(client, "supervisor")
    await take(client, case.number, "reopen", reason="请到校门口看过再答复")
    await sign_in(client, "officer")
    _, page = await take(client, case.number, "accept")
    assert "supervisor要求重新办理：</b>请到校门口看过再答复" in page
    _, page = await take(client, case.number, "draft", text="已到现场看过，校车加了一辆。")
    assert "supervisor要求重新办理" not in page
