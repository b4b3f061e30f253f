"""Messages that ask several things at once: "低保怎么申请？还有残疾证去哪办？"."""

import re

from knowledge_base.follow_up import asks_on
from knowledge_base.text import ASKING, cut, normalise

_BETWEEN = re.compile(
    r"[。!?;…\n]+|,?(?:还有(?:就是|一个)?|另外|再问一?下|顺便(?:问一?下)?|其次|再一个|再有|"
    r"第[一二三四](?:个|件|点)?(?:问题|事)?(?:是|:|、|,)?|[1-4一二三四][、.)])"
)
_ANOTHER = re.compile(
    r"[,，。;；!！?？\s]*(?:(?<!有没)还有(?:就是|一个|一件|个|件)?(?:事情?|问题)?(?!没|吗|多|几|什么|哪|啥|别)|另外(?!的|一[套处])|顺便(?:问一?下)?|再一个|再有|对了)"
    r"[,，。:：\s]*"
)
_EDGES = " ,，。;；!！?？\n"
_MOST = 3
_SHORTEST = 4
_SPOKEN = 6


def questions_in(text: str) -> tuple[str, ...]:
    """The questions with a matter of their own in a message, normalised, at most three."""
    spoken = [piece for line in _spoken(cut(text)) for piece in _BETWEEN.split(normalise(line))]
    parts = [normalise(part) for part in spoken if part.strip()]
    asking = [
        part
        for part in parts
        if len(part) >= _SHORTEST and ASKING.search(part) and not asks_on(part)
    ]
    return tuple(dict.fromkeys(asking))[:_MOST]


def matters_in(text: str) -> tuple[str, ...]:
    """What a message asks or tells besides, where it says itself that it comes to another matter.

    As it was written, at most three: (结婚证丢了怎么补, 我家门口垃圾堆了一个星期没人清).
    """
    parts = [part.strip(_EDGES) for part in _ANOTHER.split(cut(text))]
    kept = [part for part in parts if len(normalise(part)) >= _SHORTEST and not asks_on(part)]
    return tuple(dict.fromkeys(kept))[:_MOST] if len(kept) > 1 else ()


def _spoken(text: str) -> list[str]:
    """A text in the pieces its writer left blanks between, where each asks: speech has no marks."""
    pieces = text.split()
    asking = [
        piece for piece in pieces if len(piece) >= _SPOKEN and ASKING.search(normalise(piece))
    ]
    return pieces if len(asking) > 1 else [text]
