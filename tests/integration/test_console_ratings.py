"""A bad rating on the supervisor's desk."""

from cases.case import Case, State
from cases.wording import text_hash
from tests.values.console import PEOPLE
from tests.worlds.console import World
from tests.worlds.console_client import Browser, case_path, read, sign_in, take


async def badly_rated(desk: World, score: int = 1) -> Case:
    """An answered case whose citizen was not content, and put away by its department."""
    case = await desk.drafted("校车超载", "已要求学校整改。")
    replied = await desk.desk.review(
        case.number,
        version=case.version,
        draft_hash=text_hash(case.draft),
        actor=PEOPLE["reviewer"],
        now=desk.clock.now,
    )
    change = desk.desk.prepare_rating(replied, rating=score, now=desk.clock.now)
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
