"""What of a text is searched: its words, and its pairs of characters."""

from itertools import pairwise

import numpy as np
import rjieba
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_WORDS_WITHOUT_MATTER = """
的 了 吗 呢 啊 呀 吧 么 嘛 哦 哈 我 你 您 他 她 它 们 我们 你们 他们 是 在 有 和 与 及 或 也 就 都
还 要 想 请 请问 问 一下 下 这 那 这个 那个 这种 那种 个 后 时 前 中 上 被 把 给 对 从 到 以 为 于
之 其 得 着 过 去 来 会 能 可 可以 又 再 很 不 没 没有 什么 怎么 如何 怎样 咋 啥 哪些 哪里 哪 哪儿
多少 几 是否 能否 可否 需要 应该 应 该 办 办理 进行 关于 有关 相关 怎么办 谢谢
"""
FILLERS = frozenset(_WORDS_WITHOUT_MATTER.split())


def words(text: str) -> list[str]:
    """The words of a normalised text, without signs and white space."""
    return [word for word in rjieba.cut(text) if word[0].isalnum()]


def segments(text: str) -> list[str]:
    """A text in its words and whatever stands between them; nothing is left out."""
    return list(rjieba.cut(text))


def is_in_dictionary(word: str) -> bool:
    """Whether a word was known before anybody typed it."""
    return bool(rjieba.has_word(word))


def telling_words(text: str) -> list[str]:
    """The words that carry the matter: no fillers, no question words, each once, in order."""
    found = dict.fromkeys(word for word in words(text) if word not in FILLERS)
    return list(found)


def says_nothing(text: str) -> bool:
    """Whether a text has only fillers and question words in it, also run together ("在哪办")."""
    return all(word in FILLERS or all(char in FILLERS for char in word) for word in words(text))


def terms(text: str) -> list[str]:
    """Words and overlapping pairs of characters; what two wordings of one matter may share."""
    found = [word for word in words(text) if word not in FILLERS]
    signs = [char if char.isalnum() else " " for char in text]
    pairs = (first + second for first, second in pairwise(signs))
    return found + [f"_{pair}" for pair in pairs if " " not in pair]


def is_pair(term: str) -> bool:
    """Whether a term is two characters in a row; no word begins so."""
    return len(term) == 3 and term[0] == "_"
