"""The citizen's next words after a department's reply are of that reply, not of an older letter."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from cases.case import Case, State
from handlers import texts
from handlers.message import MessageKind
from tests.worlds.chat import LABOUR, SUPERVISOR, Chat, open_chat

AGAIN = frozenset({State.ROUTED, State.RECEIVED})
OBJECTIONS = (
    "没有解决，老板说下个月再说",
    "问题没有解决 到现在一分钱没见到",
    "周五过了，还是没给",
    "骗人的，根本没发",
    "你们说去过了，工地上根本没人来过",
    "老板照样不给钱，你们到底管不管",
    "请重新处理",
    "只发了一半",
    "怎么还没给我发工资",
    "我去了大队，人家说不受理",
    "答复里的电话是空号",
    "他们不收，找谁",
)


@pytest.fixture(params=[False, True], ids=["alone", "beside an older letter"])
async def chat(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Chat]:
    async with open_chat(tmp_path) as desk:
        if request.param:
            await desk.says("幸福路三号门口的路灯坏了一个多月了没人修")
            desk.now += timedelta(hours=3)
        yield desk


async def wages(chat: Chat) -> Case:
    (case,) = [case for case in await chat.cases() if "工资" in case.text[:20]]
    return case


async def replied(chat: Chat) -> Case:
    """A letter about wages was answered, and the reply is the last thing its citizen has read."""
    await chat.says("老板拖欠我三个月工资一直不给，请帮帮我")
    chat.now += timedelta(days=1)
    await chat.answer(await wages(chat), "监察大队已上门，工资周五前发放。")
    await chat.deliveries()
    chat.now += timedelta(hours=14)
    return await wages(chat)


@pytest.mark.parametrize("said", OBJECTIONS)
async def test_who_says_that_it_is_not_so_has_the_case_taken_up_again(
    chat: Chat, said: str
) -> None:
    case = await replied(chat)
    before = len(await chat.cases())
    assert f"{case.number}）重新办理" in await chat.says(said)
    assert (await wages(chat)).state in AGAIN
    assert len(await chat.cases()) == before


@pytest.mark.parametrize(
    "said",
    [
        "我家门口的路灯坏了，一直没修",
        "身份证丢了怎么补办",
        "没有解决的办法吗",
        "楼下饭店又在排油烟，臭得没法开窗",
        "谢谢",
        "你好",
        "查询",
    ],
)
async def test_another_matter_or_none_leaves_the_reply_as_it_is(chat: Chat, said: str) -> None:
    case = await replied(chat)
    await chat.says(said)
    assert await wages(chat) == case


async def test_a_reply_that_nobody_has_read_yet_is_not_objected_to(chat: Chat) -> None:
    await chat.says("老板拖欠我三个月工资一直不给，请帮帮我")
    chat.now += timedelta(days=3)  # the push window is over: it waits for the next message
    await chat.answer(await wages(chat), "监察大队已上门，工资周五前发放。")
    answered = await wages(chat)
    chat.now += timedelta(hours=1)
    assert "监察大队已上门" in await chat.says("老板照样不给钱，你们到底管不管")
    assert await wages(chat) == answered


async def test_after_a_bad_rating_the_reason_is_still_of_the_reply(chat: Chat) -> None:
    case = await replied(chat)
    await chat.says("评价 1 说了不算")
    assert case.number in await chat.says("没有解决，昨天又说没钱")
    assert (await wages(chat)).state in AGAIN


async def test_thanks_that_it_is_over_open_nothing(chat: Chat) -> None:
    await replied(chat)
    before = await chat.cases()
    assert await chat.says("谢谢，已经不欠了") == texts.general.SOLVED
    assert await chat.cases() == before


async def test_who_will_do_as_the_reply_says_opens_nothing(chat: Chat) -> None:
    await replied(chat)
    before = await chat.cases()
    assert await chat.says("好的，我明天去问问") == texts.talk.ALL_RIGHT
    assert await chat.cases() == before


async def test_what_is_asked_of_the_reply_goes_to_whoever_gave_it(chat: Chat) -> None:
    case = await replied(chat)
    await chat.says("打到哪张卡上")
    newest = max(await chat.cases(), key=lambda each: each.number)
    assert newest.department == LABOUR
    assert newest.text.startswith("打到哪张卡上（接着「老板拖欠我三个月工资")
    assert await chat.storage.case(case.number, viewer=SUPERVISOR) == case


async def test_a_newer_letter_is_what_the_next_words_are_of(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        case = await replied(chat)
        await chat.says("菜市场门口天天有人占道摆摊，没法走路")
        assert "已经补充到" in await chat.says("今天又在摆")
        assert await chat.storage.case(case.number, viewer=SUPERVISOR) == case


async def test_a_picture_before_the_words_goes_with_the_case_that_is_taken_up_again(
    chat: Chat,
) -> None:
    case = await replied(chat)
    picture = {"PicUrl": "http://p/1", "MediaId": "m1"}
    assert await chat.sends(kind=MessageKind.IMAGE, details=picture) == texts.general.WORDS_PLEASE
    assert await chat.storage.attachments(case.number, viewer=SUPERVISOR) == []
    await chat.says("没有解决，这是今天工地上的")
    (kept,) = await chat.storage.attachments(case.number, viewer=SUPERVISOR)
    assert kept.kind == "image"
