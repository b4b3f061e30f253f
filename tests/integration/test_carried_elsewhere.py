"""A reply that carried another department's text does not show it to this one."""

from pathlib import Path

from cases.people import Person, Role
from handlers.carrying import without_carried
from handlers.texts.general import BETWEEN
from tests.worlds.chat import CITY, SUPERVISOR, Chat, open_chat

SECRET = "您的养老保险已经补缴到账，可以到窗口办理退休。"


async def two_matters(chat: Chat) -> tuple[str, str]:
    """A case answered by one department, and a later one of another whose reply carried it."""
    await chat.says("老板拖欠工资不给，投诉人力公司")
    first = await chat.only_case()
    await chat.answer(first, SECRET)
    reply = await chat.says("举报石桥路夜市占道摆摊，路灯也不亮")
    assert SECRET in reply
    (second,) = [case for case in await chat.cases() if case.number != first.number]
    return first.number, second.number


async def test_another_departments_reply_is_left_out_of_the_conversation(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        _, number = await two_matters(chat)
        officer = Person(name="赵经办", role=Role.OFFICER, department=CITY)
        lines = await chat.storage.conversation(number, viewer=officer)
    assert lines
    assert not any(SECRET in line.text for line in lines)
    assert [line.withheld for line in lines if line.speaker == "desk"] == [True]
    assert any("已经登记，编号" in line.text for line in lines)


async def test_its_own_case_still_shows_it(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        number, _ = await two_matters(chat)
        lines = await chat.storage.conversation(number, viewer=SUPERVISOR)
    assert any(SECRET in line.text for line in lines)
    assert not any(line.withheld for line in lines)


def test_a_text_that_was_cut_by_its_page_is_taken_out_to_its_end() -> None:
    text = "您反映的事情（编号 HY20261112-0001）有答复了：" + "很长的答复。" * 50
    page = text[:120] + "\n（还有一部分没显示完，回复「更多」接着看）"
    assert without_carried(page, [text]) == ""
    assert without_carried(f"{text}{BETWEEN}您说的事情已经登记。", [text]) == "您说的事情已经登记。"
