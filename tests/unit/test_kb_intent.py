"""What a message wants."""

import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.make_fields.grievances import labelled_texts, make
from knowledge_base.grievance import FILE
from knowledge_base.intent import Intent, recognise


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("您好，在吗", Intent.GREETING),
        ("好的，谢谢您", Intent.THANKS),
        ("哈哈哈哈", Intent.LAUGHTER),
        ("😂😂😂", Intent.EMOJI),
        ("[微笑][玫瑰]", Intent.EMOJI),
        ("你们就是一群废物", Intent.ABUSE),
        ("给我讲个笑话吧", Intent.CHAT),
        ("我要投诉南街的饭店", Intent.COMPLAINT),
        ("实名举报有人偷排污水", Intent.REPORT),
        ("恳请领导帮助我们一家", Intent.HELP),
        ("楼下烧烤店的油烟熏得人睡不着，没人管", Intent.COMPLAINT),
        ("工地半夜还在打桩，赶紧派人来看看", Intent.COMPLAINT),
        ("居住证怎么办理", Intent.QUESTION),
        ("我的退休金少发了两百", Intent.COMPLAINT),
        ("村里修路占了我家地", Intent.COMPLAINT),
        ("学校食堂吃出虫子", Intent.COMPLAINT),
    ],
)
def test_a_message_is_recognised(text: str, intent: Intent) -> None:
    assert recognise(text) is intent


@pytest.mark.parametrize(
    "text",
    [
        "去哪里投诉物业公司",
        "投诉电话是多少",
        "邻居装修噪音大应该找哪个部门",
        "工资被拖欠了怎么办",
        "怎么举报违章建筑",
        "单位不给交社保违法吗",
        "申请临时救助需要什么材料",
    ],
)
def test_asking_where_to_complain_is_a_question(text: str) -> None:
    assert recognise(text) is Intent.QUESTION


@pytest.mark.parametrize(
    "text",
    [
        "公交站台的顶棚掀了半边，下雨天老人孩子淋着等车",
        "我家门口的路灯从装上那天就没亮过",
        "窗口就开一个，后面坐着三个人聊天，我排了两个小时",
    ],
)
def test_a_grievance_is_known_without_any_word_that_stands_for_one(text: str) -> None:
    assert recognise(text) is Intent.GRIEVANCE
    assert Intent.GRIEVANCE.wants_a_person


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("下水道已经来人疏通了，态度很好，速度也快，谢谢你们！！", Intent.THANKS),
        ("谢谢你们帮我要回了工资", Intent.THANKS),
        ("感谢交警同志帮我找到了走失的老人", Intent.THANKS),
        ("路灯修好了，给你们点赞", Intent.THANKS),
        ("想咨询我们村的规划，要是有规划我家就不装修了，谢谢", Intent.QUESTION),
        ("门口的路灯修好了又坏，没人管，谢谢", Intent.COMPLAINT),
    ],
)
def test_who_says_thanks_for_what_was_done_wants_nothing_more(text: str, intent: Intent) -> None:
    assert recognise(text) is intent


@pytest.mark.parametrize(
    "text",
    [
        "我娘八十了，就我一个闺女",
        "我是退伍军人，在外面打工",
        "孩子今年九月上一年级",
        "户口本丢了",
        "老家的房子要翻盖，先去哪个部门",
        "我爸瘫了三年，能不能申请护理补贴",
        "我在县城租的房子，户口在乡下",
    ],
)
def test_telling_of_oneself_is_no_grievance(text: str) -> None:
    assert recognise(text) is Intent.QUESTION


def test_the_shipped_model_of_grievances_is_what_our_letters_give(tmp_path: Path) -> None:
    made = make(*labelled_texts())
    made.save(tmp_path / "again.npz")
    with np.load(tmp_path / "again.npz") as again, np.load(FILE) as shipped:
        steps = again["weights"].astype(int) - shipped["weights"].astype(int)
        assert np.abs(steps).max() <= 1
        assert np.allclose(again["step"], shipped["step"], rtol=1e-3)
        assert np.allclose(again["offset"], shipped["offset"], rtol=1e-3)


def test_a_complaint_wants_a_person_and_a_greeting_only_a_word() -> None:
    assert Intent.COMPLAINT.wants_a_person
    assert Intent.GREETING.is_small_talk
    assert not Intent.QUESTION.is_small_talk


@given(st.text(max_size=300))
def test_every_text_has_an_intent(text: str) -> None:
    assert recognise(text) in Intent


@pytest.mark.parametrize("part", ["谢谢", "太", "哈", "，！", "你好 ", "好的，谢谢"])
def test_repetition_does_not_slow_recognition(part: str) -> None:
    started = time.perf_counter()
    recognise(part * 2000 + "x")
    recognise(part * (58 // len(part)) + "x")
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("那边工地半夜还在打桩 吵得睡不着 没人管吗", Intent.COMPLAINT),
        ("路灯坏了一个月了有没有人管", Intent.COMPLAINT),
        ("窗口态度很差，问一句话都嫌烦，能不能改进一下", Intent.COMPLAINT),
        ("孤寡老人没人管怎么申请五保", Intent.QUESTION),
        ("工地半夜施工怎么投诉", Intent.QUESTION),
        ("你们是机器人吗", Intent.WHO),
        ("你是真的政府吗", Intent.WHO),
        ("那有真人吗", Intent.WHO),
        ("我妈的低保", Intent.QUESTION),
        ("我在工地摔断了腿老板不管", Intent.GRIEVANCE),
        ("拆迁办不给安置房", Intent.GRIEVANCE),
        ("村里不给开证明", Intent.GRIEVANCE),
        ("开发商一直不交房", Intent.GRIEVANCE),
        ("房东把我赶出来了", Intent.GRIEVANCE),
        ("菜市场门口摆摊堵路", Intent.GRIEVANCE),
        ("我家没水了", Intent.GRIEVANCE),
        ("我家没水了找谁", Intent.QUESTION),
        ("单位不给交社保怎么办", Intent.QUESTION),
        ("房东不退押金找谁", Intent.QUESTION),
        ("物业不让装充电桩怎么办", Intent.QUESTION),
        ("我老妈的社保卡", Intent.QUESTION),
        ("她妈的残疾证", Intent.QUESTION),
        ("妈的什么破平台", Intent.ABUSE),
        ("低价出售发票 有需要联系", Intent.CHAT),
        ("有人低价出售发票怎么举报", Intent.QUESTION),
    ],
)
def test_a_grievance_that_only_looks_like_a_question_is_a_complaint(
    text: str, intent: Intent
) -> None:
    assert recognise(text) is intent
