"""What is told on about a danger gets a telephone again, never a number and a day of next week."""

import pytest

from cases.case import Kind
from handlers import texts
from handlers.hearing.dangers import Danger
from handlers.message import MessageKind
from tests.worlds.chat import Chat


@pytest.mark.parametrize(
    ("told", "next_words", "danger"),
    [
        ("隔壁着火了", ["快点啊", "在建设路3号", "消防还没来"], Danger.FIRE),
        ("我奶奶走丢了", ["穿蓝衣服", "从早上到现在", "找哪个电话打给谁电话"], Danger.LOST),
        ("厨房一股煤气味", ["关了还有味", "打谁电话"], Danger.GAS),
        ("有人打电话说我医保卡异常要我转账", ["我没转", "还要验证码"], Danger.FRAUD),
    ],
)
async def test_a_few_words_after_a_danger_get_the_telephone_again(
    chat: Chat, told: str, next_words: list[str], danger: Danger
) -> None:
    for said in (told, *next_words):
        assert await chat.says(said) == texts.danger.call(danger), said
    assert await chat.cases() == []


async def test_whoever_is_found_again_is_no_danger_any_more(chat: Chat) -> None:
    await chat.says("我儿子走丢了")
    assert await chat.says("找到了谢谢") == texts.danger.RELIEVED
    assert "身份证" in await chat.says("身份证丢了怎么补办")
    assert "走丢" not in await chat.says("红衣服多少钱")


async def test_a_matter_of_its_own_after_a_danger_is_answered(chat: Chat) -> None:
    await chat.says("隔壁着火了")
    assert "户口簿" in await chat.says("身份证丢了怎么补办")


async def test_thanks_after_a_danger_are_only_thanks(chat: Chat) -> None:
    await chat.says("隔壁着火了")
    assert await chat.says("谢谢") == texts.general.THANKS


async def test_who_wishes_to_die_is_heard_whatever_they_say_next(chat: Chat) -> None:
    await chat.says("活着没意思")
    for said in ("我不想说了", "你们也帮不了我", "没事", "好吧"):
        assert "您不是一个人" in await chat.says(said), said
    assert (await chat.only_case()).kind is Kind.DANGER


async def test_a_child_who_is_beaten_at_home_is_heard_and_has_a_case(chat: Chat) -> None:
    assert "12355" in await chat.says("我今年12岁爸爸打我")
    assert "您不是一个人" in await chat.says("我不敢回家")
    assert (await chat.only_case()).kind is Kind.DANGER


async def test_a_link_that_somebody_doubts_is_not_to_be_opened(chat: Chat) -> None:
    await chat.sends(kind=MessageKind.LINK, text="医保补贴申领通知\nhttp://x.cn/a")
    assert await chat.says("这个是真的吗") == texts.talk.LINK_DOUBTED
    assert await chat.says("这条短信是不是真的") == texts.talk.LINK_DOUBTED
    assert await chat.cases() == []


@pytest.mark.parametrize("said", ["我要投诉楼上一直漏水没人处理", "单位欠我钱一直拖着不给"])
async def test_a_grievance_after_a_wish_to_die_is_a_case_of_its_own(chat: Chat, said: str) -> None:
    await chat.says("我不想活了")
    await chat.says(said)
    assert {case.kind for case in await chat.cases()} == {Kind.DANGER, Kind.COMPLAINT}
