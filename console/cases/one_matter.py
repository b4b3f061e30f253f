"""Whether two letters speak of one thing, so that one reply may serve both."""

from collections.abc import Iterable
from typing import Final

from cases.named_places import name_one_place, name_other_places, named_places
from knowledge_base.lexical import telling_words
from knowledge_base.text import normalise

SAME_MATTER: Final = 0.5
_EVERYDAY: Final = """
我要 投诉 反映 举报 门口 门前 附近 旁边 对面 小区 社区 没人 没人管 没人修 问题 情况 领导 我们 晚上
白天 半夜 时间 几天 好几天 半个月 多次 一直 现在 每天 严重 影响 居民 老百姓 希望 解决 处理 部门
"""
_SAID_OF_ANYTHING: Final = frozenset(_EVERYDAY.split())


def may_be_one_matter(one: str, other: str) -> bool:
    """Whether they have much the same words, or one of the thing itself at one place."""
    if name_other_places(one, other):
        return False
    if likeness(one, other) >= SAME_MATTER:
        return True
    return name_one_place(one, other) and _share_a_thing(one, other)


def likeness(one: str, other: str) -> float:
    """The share of the shorter text's telling words, by their length, that the other has too."""
    words = [set(words_of_the_matter(text)) for text in (one, other)]
    sizes = [sum(map(len, each)) for each in words]
    return sum(map(len, words[0] & words[1])) / min(sizes) if all(sizes) else 0.0


def _share_a_thing(one: str, other: str) -> bool:
    """Whether a word of either, that is no part of a place's name, stands in the other."""
    return _has_any(other, _things(one)) or _has_any(one, _things(other))


def _things(text: str) -> Iterable[str]:
    places = " ".join(named_places(normalise(text)))
    return (word for word in words_of_the_matter(text) if len(word) > 1 and word not in places)


def _has_any(text: str, words: Iterable[str]) -> bool:
    read = normalise(text)
    return any(word in read for word in words)


def words_of_the_matter(text: str) -> list[str]:
    """The telling words of a letter without those that any letter may have."""
    return [word for word in telling_words(normalise(text)) if word not in _SAID_OF_ANYTHING]
