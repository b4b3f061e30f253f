"""What citizens say where the help names a command."""

import pytest

from handlers.hearing.commands import Command, NotThis, Progress, Urge, Withdraw
from handlers.hearing.spoken import announces, parse_spoken


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("我的事办得怎么样了", Progress()),
        ("办到哪一步了", Progress()),
        ("上次反映的问题有结果了吗", Progress()),
        ("什么时候回复我", Progress()),
        ("怎么还没人来", Urge()),
        ("都三天了怎么还没处理", Urge()),
        ("快点来修", Urge()),
        ("没人来", Urge()),
        ("几个月了", Urge()),
        ("你们能不能马上派人来", Urge()),
        ("怎么还没人打电话", Urge()),
        ("有没有消息", Progress()),
        ("算了我自己去问村里", Withdraw()),
        ("不用办了", Withdraw()),
        ("已经搬走了不用来了", Withdraw()),
        ("停工了不投诉了", Withdraw()),
        ("有人看见没", Progress()),
        ("几号能修好", Progress()),
        ("报上去没有", Progress()),
        ("谁在管这个事", Progress()),
        ("来水了", Withdraw()),
        ("你们收到没有", Progress()),
        ("我想撤回", Withdraw()),
        ("不投诉了已经解决了", Withdraw()),
        ("算了不用了", Withdraw()),
        ("你说的不对", NotThis()),
        ("答非所问", NotThis()),
    ],
)
def test_a_citizen_with_a_case_is_understood(said: str, command: Command) -> None:
    assert parse_spoken(said, has_case=True) == command


@pytest.mark.parametrize(
    "said",
    [
        "公积金贷款多久能办好",
        "身份证多久能办好",
        "营业执照怎么注销",
        "取消低保怎么办",
        "停工了工资没发",
        "他们搬走了垃圾还在",
        "垃圾没人清",
        "路灯还没修好，井盖也丢了",
        "离婚撤销了还能再办吗",
        "我反映的是幸福小区停水的事",
    ],
)
def test_a_text_with_a_matter_of_its_own_is_no_command(said: str) -> None:
    assert parse_spoken(said, has_case=True) is None


@pytest.mark.parametrize(
    "said", ["我上次反映的事怎么样了", "之前投诉的问题有结果了吗", "上周举报的那个事处理得怎么样了"]
)
def test_who_asks_after_an_earlier_matter_is_shown_what_is_on_record(said: str) -> None:
    for has_case in (True, False):
        assert parse_spoken(said, has_case=has_case) == Progress()


def test_without_a_case_there_is_nothing_to_ask_after() -> None:
    assert parse_spoken("怎么还没人来", has_case=False) is None


@pytest.mark.parametrize(
    "said", ["我要投诉", "反映问题", "想问个事", "我有个事情想咨询一下", "等等还有个事"]
)
def test_an_announcement_is_no_matter_yet(said: str) -> None:
    assert announces(said)


@pytest.mark.parametrize("said", ["我要投诉物业", "怎么投诉", "投诉电话", "社保", "你好", "谢谢"])
def test_what_names_or_asks_something_is_no_announcement(said: str) -> None:
    assert not announces(said)
