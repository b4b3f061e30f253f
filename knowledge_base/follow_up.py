"""Questions that only make sense after the last one: "那需要什么材料？", "在哪里办"."""

import re

from knowledge_base.lexical import says_nothing
from knowledge_base.text import ASKING
from knowledge_base.vocabulary import ASKED, CONDITIONS, DEEDS, EVIDENCE

_LONGEST = 16
"""Characters; a longer question names its matter."""
_POINTING = re.compile(r"^(?:那么?|这个?|这样|它|他|她|该|此|还有|另外|再问)")
_OF_NO_MATTER = re.compile(
    r"(?:本[地市县省]|外[地市县省])户[口籍]|办事|手续|业务|事情|情况|时候|一般|大概|现在|今天|明天|直接|下班|照片|原件|复印件|邮寄|"
    r"带|里|儿|领到?|拿到?|办好|办完|下来|到账|生效|出来"
)
_SENTENCE = re.compile(r"[^。!?！？；;\n]*[。!?！？；;\n]?")
_MOST_SENTENCES = 4


def is_follow_up(question: str) -> bool:
    """Whether a normalised question names no matter of its own and asks on about the last."""
    if not question or len(question) > _LONGEST or not ASKING.search(question):
        return False
    rest = _POINTING.sub("", question)
    for pattern in (_OF_NO_MATTER, *ASKED, *DEEDS, *CONDITIONS):
        rest = pattern.sub(" ", rest)
    return says_nothing(rest)


def part_about(answer: str, question: str) -> str:
    """The sentences of an answer that give what the question asks for, as they stand.

    Empty where the question asks for nothing that can be told by its form (a place, a price, a
    time, papers, a telephone), or the answer has none of it.
    """
    signs = [given for asking, given in EVIDENCE if asking.search(question)]
    sentences = [found.group() for found in _SENTENCE.finditer(answer) if found.group().strip()]
    kept = [text for text in sentences if signs and all(sign.search(text) for sign in signs)]
    return "".join(kept).strip() if len(kept) <= _MOST_SENTENCES else ""
