"""An entry for who lost something, or ends it, is no direct answer to who says nothing of it."""

import pytest

from knowledge_base.presumed import presumes_more

LOST = ("结婚证、离婚证丢了，怎么补领？", "结婚证丢了怎么补")


@pytest.mark.parametrize(
    ("question", "wordings"),
    [
        ("结婚证怎么领", LOST),
        ("驾驶证怎么办理", ("驾驶证丢了，怎么补办？", "补驾驶证要照片吗")),
        ("营业执照怎么办", ("个体户不干了，怎么注销营业执照？", "个体执照注销")),
    ],
)
def test_what_nobody_said_is_presumed(question: str, wordings: tuple[str, ...]) -> None:
    assert presumes_more(question, wordings)


@pytest.mark.parametrize(
    ("question", "wordings"),
    [
        ("结婚证掉了咋整", LOST),
        ("红本本烂了怎么弄", LOST),
        ("补结婚证要两个人都去吗", LOST),
        ("个体户不想开了怎么退掉执照", ("个体户不干了，怎么注销营业执照？", "执照注销")),
        ("身份证多少钱一张", ("身份证丢了怎么补办？", "身份证多少钱一张")),
        ("高龄补贴怎么领", ("高龄补贴怎么申领？", "高龄补贴")),
        ("医保断了怎么办", ("医保断缴了能补缴吗？", "医保补缴")),
        ("搬家了光荣牌怎么办", ("光荣牌怎么申领，坏了能换吗？",)),
        ("楼顶漏水能用维修基金吗", ("小区电梯坏了，怎么用住宅维修资金？",)),
        ("还清房贷要去哪里办手续", ("房贷还清了，怎么办抵押注销？",)),
        ("年假几天", ("职工带薪年休假一年有几天？没休给补钱吗？",)),
        ("怎么领结婚证", ("",)),
    ],
)
def test_what_was_said_or_one_wording_lacks_is_not(
    question: str, wordings: tuple[str, ...]
) -> None:
    assert not presumes_more(question, wordings)
