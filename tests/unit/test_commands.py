"""What a citizen can type besides a question."""

import pytest

from handlers.hearing.commands import (
    AskForPerson,
    Command,
    Help,
    More,
    Progress,
    Rate,
    Supplement,
    Unsolved,
    chosen_number,
    parse,
    supplement,
)


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("查询", Progress()),
        ("进度", Progress()),
        ("查询 HY20261121-0007", Progress("HY20261121-0007")),
        ("查询hy20261121-0007", Progress("HY20261121-0007")),
        ("ＨＹ20261121-0007", Progress("HY20261121-0007")),
        ("人工", AskForPerson()),
        ("人工。", AskForPerson()),
        ("人工 我家门口的路灯不亮", AskForPerson("我家门口的路灯不亮")),
        ("人工：路灯坏了，找谁？", AskForPerson("路灯坏了，找谁？")),
        ("补充 地点在幸福路3号", Supplement("地点在幸福路3号")),
        ("补充：地点在幸福路3号", Supplement("地点在幸福路3号")),
        ("补充", Supplement("")),
        ("评价 5", Rate(5)),
        ("评价５", Rate(5)),
        ("评价三", Rate(3)),
        ("评价 9", Rate(None)),
        ("评价", Rate(None)),
        ("评价 2 没说清去哪个窗口", Rate(2, "没说清去哪个窗口")),
        ("评价1分，没人打电话", Rate(1, "没人打电话")),
        ("评分：二分 太慢", Rate(2, "太慢")),
        ("评价 9 太慢", Rate(None, "太慢")),
        ("评价5G信号", None),
        ("评价一下你们的服务", None),
        ("评价，5", Rate(5)),
        ("评价+5", Rate(5)),
        ("評價（5）", Rate(5)),
        ("评价５，没人打电话", Rate(5, "没人打电话")),
        ("评价 4.5", Rate(None)),
        ("评价 -1", Rate(None)),
        ("评价 1–5", Rate(None)),
        ("查 询", Progress()),
        ("查询？", Progress()),
        ("《進度》", Progress()),
        ("查询：HY20261121-0007", Progress("HY20261121-0007")),
        ("查询 编号：HY20261121-0007", Progress("HY20261121-0007")),
        ("编号 HY20261121-0007", Progress("HY20261121-0007")),
        ("查询「HY20261121-0007」", Progress("HY20261121-0007")),
        ("查询 HY20261121—0007", Progress("HY20261121-0007")),
        ("查询 HY 20261121 0007", Progress("HY20261121-0007")),
        ("查询 ＨＹ２０２６１１２１－０００７", Progress("HY20261121-0007")),
        ("查询 20261121-0007", Progress("HY20261121-0007")),
        ("HY20261121-0007办得怎么样了", Progress("HY20261121-0007")),
        ("人 工", AskForPerson()),
        ("人工？", AskForPerson()),
        ("转人工 我家停水", AskForPerson("我家停水")),
        ("「補充」地點在3號", Supplement("地點在3號")),
        ("补充一下：地点在3号", Supplement("地点在3号")),
        ("帮助？", Help()),
        ("更 多", More()),
        ("解决了？", None),
        ("更多", More()),
        ("帮助", Help()),
        ("？", Help()),
        ("没有解决", Unsolved()),
        ("都不是", Unsolved()),
        ("没有解决 HY20261121-0007", Unsolved("HY20261121-0007")),
        ("没有解决 HY20261121-0007 老板还是没发工资", Unsolved("HY20261121-0007")),
        ("没有解决 HY20261121-0007，HY20261121-0008", None),
        ("HY20261121-0007还没解决", Unsolved("HY20261121-0007")),
        ("编号：HY20261121—0007这件事没有解决。", Unsolved("HY20261121-0007")),
        ("HY20261121-0007我没有收到答复", None),
        ("HY20261121-0007解决了", None),
    ],
)
def test_a_command_is_understood_however_it_is_typed(typed: str, command: Command) -> None:
    assert parse(typed) == command


@pytest.mark.parametrize(
    "typed",
    [
        "补充养老保险怎么交",
        "人工授精能报销吗",
        "查询社保怎么查",
        "评价一下你们",
        "怎么查询公积金",
        "5",
    ],
)
def test_a_question_that_begins_like_a_command_stays_a_question(typed: str) -> None:
    assert parse(typed) is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("补充地点在幸福路3号", "地点在幸福路3号"),
        ("補充我住3棟。沒人來", "我住3棟。沒人來"),
        ("补充材料已经交了", "材料已经交了"),
        ("补充医疗保险", None),
        ("补充材料", None),
        ("我来补充一点", None),
    ],
)
def test_words_right_behind_a_supplement_are_what_is_added(typed: str, words: str | None) -> None:
    added = supplement(typed)
    assert (added.text if added else None) == words


@pytest.mark.parametrize(
    "typed", ["2", "２", "②", " 2. ", "第二个", "选2", "二", "02", "2️⃣", "選2", "第二個", "《2》"]
)
def test_a_choice_can_be_typed_in_many_ways(typed: str) -> None:
    assert chosen_number(typed) == 2


@pytest.mark.parametrize("typed", ["12345", "二胎", "2个孩子", "", "两个"])
def test_other_numbers_choose_nothing(typed: str) -> None:
    assert chosen_number(typed) is None
