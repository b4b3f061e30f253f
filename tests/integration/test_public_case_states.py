"""A citizen's own page in every state it can be in: accessible, and saying what is so."""

from datetime import timedelta

import pytest

from cases.case import AlreadyLeft, Case
from cases.desk import Purpose
from cases.wording import text_hash
from console import sign_case
from tests.browser.screens import Screens
from tests.values.console import MORNING, PEOPLE, SCHOOLS, SECRET
from tests.worlds.console import World
from tests.worlds.console_client import browser, read

SAYS = {
    "received": "正在转给负责的部门",
    "open": "等待受理",
    "late": "已逾期",
    "waiting": "等您补充情况",
    "answered": "可以要求重新办理",
    "closed": "已办结",
    "merged": "已并入同一件事",
    "out_of_scope": "不属本县受理",
}


async def sent(desk: World, case: Case) -> Case:
    """The draft approved by the department's second person."""
    return await desk.desk.review(
        case.number,
        version=case.version,
        draft_hash=text_hash(case.draft),
        actor=PEOPLE["reviewer"],
        now=MORNING,
    )


async def states(desk: World) -> dict[str, str]:
    """A case in each state, by its number."""
    who = {"actor": PEOPLE["officer"], "now": MORNING}
    made = {"received": await desk.opened("不知道归谁")}
    made["open"] = await desk.opened("校车在哪里坐", department=SCHOOLS)
    made["late"] = await desk.opened(
        "校服退款", department=SCHOOLS, received_at=MORNING - timedelta(days=20)
    )
    asking = await desk.opened("转学", department=SCHOOLS)
    asking = await desk.desk.accept(asking.number, version=asking.version, **who)
    asking = await desk.desk.draft(
        asking.number, "请问孩子几年级？", version=asking.version, **who, purpose=Purpose.QUESTION
    )
    made["waiting"] = await sent(desk, asking)
    made["answered"] = await sent(desk, await desk.drafted("报名", "请到片区小学报名。" * 40))
    done = await sent(desk, await desk.drafted("学籍", "请带户口簿。"))
    made["closed"] = await desk.desk.close(done.number, version=done.version, **who)
    twin = await desk.opened("校车在哪里坐呀", department=SCHOOLS, citizen="o-2")
    made["merged"] = await desk.desk.merge(
        twin.number, made["open"].number, version=twin.version, **who
    )
    other = await desk.opened("邻县的路", department=SCHOOLS)
    other = await desk.desk.accept(other.number, version=other.version, **who)
    other = await desk.desk.draft(
        other.number,
        "请拨打邻县 12345。",
        version=other.version,
        **who,
        purpose=Purpose.OUT_OF_SCOPE,
    )
    made["out_of_scope"] = await sent(desk, other)
    return {name: case.number for name, case in made.items()}


@pytest.mark.parametrize("width", [360])
async def test_a_citizens_page_in_every_state(screen: Screens) -> None:
    numbers = await states(screen.desk)
    assert numbers.keys() == SAYS.keys()
    visitor = await screen.visitor()
    for state, number in numbers.items():
        await visitor.go(f"/public/case/{sign_case(number, SECRET)}")
        assert SAYS[state] in await visitor.page.inner_text("body"), state
        await visitor.looks_right()
        if state == "waiting":
            assert "请问孩子几年级？" in await visitor.page.inner_text("main")
    for wrong in (sign_case(numbers["open"], b"another"), "HY20261118-0001"):
        await visitor.go(f"/public/case/{wrong}")
        assert "链接可能不完整" in await visitor.page.inner_text("body")
        await visitor.looks_right()
    assert await visitor.page.context.cookies() == []


async def test_a_question_that_was_read_on_the_page_is_not_taken_back(desk: World):
    number = (await states(desk))["waiting"]
    async with browser(desk) as client:
        page = await read(client, f"/public/case/{sign_case(number, SECRET)}")
    assert "请问孩子几年级？" in page
    case = await desk.storage.case(number)
    with pytest.raises(AlreadyLeft):
        await desk.desk.withdraw(
            number, version=case.version, actor=PEOPLE["reviewer"], now=MORNING
        )
    answered = desk.desk.prepare_addition(case, text="三年级", now=MORNING)
    await desk.storage.write_change(answered)
    async with browser(desk) as client:
        assert "几年级" not in await read(client, f"/public/case/{sign_case(number, SECRET)}")
