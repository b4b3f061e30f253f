"""What an entry takes for granted: that a paper was lost, or is to be given up.

结婚证丢了怎么补领 is near 结婚证怎么领 in meaning and in words, and its answer is for others.
"""

import re

from knowledge_base.synonyms import official
from knowledge_base.text import normalise

_PRESUMED = (
    (
        re.compile(r"丢|遗失|失窃|挂失|掉了|补[领证换]|补办|补发(?!工资)|补.{0,4}[证卡本牌照]"),
        re.compile(r"丢|失|掉|找不|弄没|不见|被[偷盗]|没了|[损毁污破]|坏|烂|补|重新|再"),
    ),
    (
        re.compile(r"注销|销户|销号|不干了|不开了|停业|歇业"),
        re.compile(
            r"销|退|不[干做开用要]|关|倒闭|停|歇|还[清完]|死|亡|去世|过世|走了|没了|卖|报废|解|取消"
        ),
    ),
)
"""What the beginning of such an entry has, and what any question for it would have."""
_CLAUSE = re.compile(r"[,?!。;:]")


def presumes_more(question: str, wordings: tuple[str, ...]) -> bool:
    """Whether each of an entry's wordings begins with a loss or an end that the question lacks.

    A wording and the question count as they are written and in official words.
    """
    asked = _read(normalise(question))
    told = [_read(_CLAUSE.split(normalise(each))[0]) for each in wordings if each]
    return bool(told) and any(
        not said.search(asked) and all(presumed.search(each) for each in told)
        for presumed, said in _PRESUMED
    )


def _read(text: str) -> str:
    return f"{text}\n{official(text)}"
