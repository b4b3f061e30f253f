"""What citizens say of a department's reply in words of their own."""

import pytest

from handlers.hearing.commands import Command, Displeased, Rate, Unsolved
from handlers.hearing.spoken import judges


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("非常满意", Rate(5)),
        ("很满意，谢谢", Rate(5)),
        ("满意", Rate(4)),
        ("比较满意", Rate(4)),
        ("还行吧", Rate(3)),
        ("一般般", Rate(3)),
        ("太慢了", Displeased()),
        ("回复太敷衍了", Displeased()),
        ("你们根本没来看", Unsolved()),
        ("我不服", Unsolved()),
        ("今天又没停", Unsolved()),
        ("还是老样子", Unsolved()),
        ("今天又摆出来了", Unsolved()),
        ("你们算错了", Unsolved()),
        ("重新查", Unsolved()),
        ("来得太慢", Displeased()),
        ("胡说八道他哪有手续", Unsolved()),
    ],
)
def test_a_verdict_is_understood(said: str, verdict: Command) -> None:
    assert judges(said) == verdict


@pytest.mark.parametrize(
    "said",
    [
        "满意度调查在哪",
        "还行吗",
        "一般多久",
        "算错了怎么改",
        "重新查要多久",
        "又有新政策了吗",
        "又要交钱吗",
        "我的身份证又丢了怎么办",
        "今天又来人了吗",
        "太慢了怎么催",
        "没有去过现场怎么定的",
        "谢谢",
        "满意不满意都这样",
    ],
)
def test_what_only_sounds_like_one_is_none(said: str) -> None:
    assert judges(said) is None
