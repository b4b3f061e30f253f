"""What a citizen reads, message by message, through the real path and a real database."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cases.case import Kind
from handlers import texts
from handlers.citizen import Choice, Citizen
from handlers.message import Message, MessageKind
from handlers.pages import LIMIT, size
from handlers.ports import Accepted
from handlers.settlement import Given
from tests.worlds.chat import CITY, ENTRIES, LABOUR, Chat, open_chat


async def test_a_known_question_is_answered_with_its_source_date_and_a_way_to_a_person(
    chat: Chat,
) -> None:
    reply = await chat.says("身份证丢了怎么补办？")
    assert "任意派出所办证窗口" in reply
    assert "依据：《中华人民共和国居民身份证法》第十一条（主席令第51号）" in reply
    assert "核对日期：2026年11月1日" in reply
    assert "人工" in reply


async def test_a_padded_message_is_searched_by_its_question(chat: Chat) -> None:
    reply = await chat.says(
        "领导您好，我是清水村的村民，今年六十二了，平时不太会用手机，给你们添麻烦了。"
        "身份证丢了怎么补办？谢谢领导，祝工作顺利！"
    )
    assert "任意派出所办证窗口" in reply


async def test_traditional_characters_are_understood(chat: Chat) -> None:
    assert "任意派出所办证窗口" in await chat.says("身份證丟了怎麼補辦")


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("你好", texts.general.GREETING),
        ("谢谢", texts.general.THANKS),
        ("哈哈哈哈", texts.general.LAUGHTER),
        ("😀😀😀", texts.general.LAUGHTER),
        ("你们这群傻逼", texts.general.ABUSE),
    ],
)
async def test_small_talk_gets_a_short_human_text_and_no_case(
    chat: Chat, said: str, reply: str
) -> None:
    assert await chat.says(said) == reply
    assert await chat.cases() == []


async def test_an_unknown_question_becomes_a_case_with_number_owner_and_due_day(
    chat: Chat,
) -> None:
    reply = await chat.says("石桥乡的文化广场今年还建不建")
    case = await chat.only_case()
    assert case.number.startswith("HY20261123-")
    assert case.number in reply
    assert case.kind is Kind.QUESTION
    assert "11月30日（星期一）" in reply


async def test_a_complaint_is_a_case_even_where_an_entry_looks_alike(chat: Chat) -> None:
    await chat.says("我要投诉，工地天天夜间施工噪音吵得睡不着，没人管")
    case = await chat.only_case()
    assert case.kind is Kind.COMPLAINT
    assert case.due_date.isoformat() == "2026-12-02"


async def test_a_grievance_told_in_plain_words_is_a_case_without_a_list_before(chat: Chat) -> None:
    reply = await chat.says("我家门口的路灯从装上那天就没亮过")
    case = await chat.only_case()
    assert case.kind is Kind.COMPLAINT
    assert case.number in reply


async def test_a_grievance_that_curators_answered_in_just_these_words_is_answered(
    tmp_path: Path,
) -> None:
    said = "我家门口的路灯从装上那天就没亮过"
    entry = replace(ENTRIES[1], variants=(*ENTRIES[1].variants, said))
    async with open_chat(tmp_path, entries=(entry,)) as desk:
        assert "可以在手机上申领" in await desk.says(said)


async def test_what_may_help_stands_beneath_the_number_of_a_grievances_case(
    tmp_path: Path,
) -> None:
    entry = replace(
        ENTRIES[1],
        id="lamp",
        question="家门口的路灯一直没亮过，从装上那天起就不亮，怎么报修",
        variants=("门口的路灯装上就没亮过",),
        answer="拨打城市照明维护电话，两天内有人来看。",
    )
    async with open_chat(tmp_path, entries=(*ENTRIES, entry)) as desk:
        reply = await desk.says("我家门口的路灯从装上那天就没亮过")
        assert (await desk.only_case()).number in reply
        assert "您也可以先看看：" in reply
        assert "两天内有人来看" in await desk.says("1")
        assert len(await desk.cases()) == 1


async def test_a_long_answer_comes_in_pages(chat: Chat) -> None:
    first = await chat.says("退休手续怎么办理")
    second = await chat.says("更多")
    assert size(first) <= LIMIT
    assert first.endswith(texts.general.MORE)
    assert second.startswith("到龄前一个月")
    assert await chat.says("更多") == texts.general.NO_MORE


async def test_a_choice_is_remembered_for_each_citizen_and_expires(chat: Chat) -> None:
    offered = await chat.says("办身份证和退休")
    if "1. " not in offered:
        pytest.skip("the model is sure about this question")
    assert "依据" not in await chat.says("1", citizen="o-li")
    chat.now += timedelta(minutes=31)
    assert texts.general.answer_footer is not None
    assert "没有解决？" not in await chat.says("1")


async def test_a_digit_without_a_list_is_a_question(chat: Chat) -> None:
    assert "没有解决？" not in await chat.says("1")


@pytest.mark.parametrize(
    ("event", "reply"),
    [
        ("subscribe", texts.general.WELCOME),
        ("scan", texts.general.WELCOME_BACK),
        ("unsubscribe", ""),
        ("view", ""),
        ("location", ""),
        ("templatesendjobfinish", ""),
        ("masssendjobfinish", ""),
        ("something_new", ""),
    ],
)
async def test_events_get_a_fitting_reply_or_success(chat: Chat, event: str, reply: str) -> None:
    assert await chat.sends(kind=MessageKind.EVENT, event=event) == reply


async def test_a_menu_tap_says_what_the_button_means(chat: Chat) -> None:
    tapped = await chat.sends(kind=MessageKind.EVENT, event="click", event_key="帮助")
    assert tapped == texts.general.HELP


async def test_every_message_ends_in_exactly_one_outcome(chat: Chat) -> None:
    for said in ("你好", "身份证丢了怎么补办", "人工", "查询", "路灯坏了没人修", "评价 3"):
        await chat.says(said)
    found = await chat.storage.verify(now=chat.now)
    assert found.violations == []
    assert found.counts["messages"] == 6


def test_departments_of_this_file_are_those_of_the_chat() -> None:
    assert {LABOUR, CITY} == {"人力资源和社会保障局", "综合行政执法局"}


async def test_known_questions_take_one_commit_and_others_get_a_case_as_ever(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle, settled = chat.storage.settle, []
    monkeypatch.setattr(
        chat.storage, "settle", lambda *given: settled.append(given) or settle(*given)
    )
    assert "任意派出所办证窗口" in await chat.says("身份证丢了怎么补办？")
    assert await chat.says("谢谢") == texts.general.THANKS
    assert settled == []
    assert "HY" in await chat.says("我要投诉楼下饭店油烟太大")
    assert len(settled) == 1


async def test_where_else_to_go_is_known_at_once_the_second_time(chat: Chat) -> None:
    first = await chat.says("高铁票改签怎么弄", citizen="o-li")
    assert "12306" in first
    assert await chat.says("高铁票改签怎么弄") == first


async def test_a_line_of_a_list_is_picked_at_once(chat: Chat) -> None:
    message = Message(
        account="main",
        citizen="o-li",
        receiver="gh_desk",
        kind=MessageKind.TEXT,
        created_at=chat.now,
        text="1",
        message_id="list",
    )
    citizen = Citizen(
        account="main",
        openid="o-li",
        choices=(Choice(entry="id-card", title="身份证"),),
        choices_until=chat.now + timedelta(minutes=1),
    )
    accepted = Accepted(id=1, claimed=True, reply=None, citizen=citizen)
    settled = chat.intake._at_once.decide(message, accepted, now=chat.now)
    assert settled is not None
    assert settled.given == (Given(entry="id-card", version=3),)
