"""Word search: Okapi BM25 over words and pairs of characters."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import rjieba
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Counts = NDArray[np.int32]

_SATURATION = 1.2  # k1 and b of Robertson & Zaragoza, "The Probabilistic Relevance Framework"
_LENGTH_WEIGHT = 0.6
_WORDS_WITHOUT_MATTER = """
的 了 吗 呢 啊 呀 吧 么 嘛 哦 哈 我 你 您 他 她 它 们 我们 你们 他们 是 在 有 和 与 及 或 也 就 都
还 要 想 请 请问 问 一下 下 这 那 这个 那个 这种 那种 个 后 时 前 中 上 被 把 给 对 从 到 以 为 于
之 其 得 着 过 去 来 会 能 可 可以 又 再 很 不 没 没有 什么 怎么 如何 怎样 咋 啥 哪些 哪里 哪 哪儿
多少 几 是否 能否 可否 需要 应该 应 该 办 办理 进行 关于 有关 相关 怎么办 谢谢
"""
_FILLERS = frozenset(_WORDS_WITHOUT_MATTER.split())


def words(text: str) -> list[str]:
    """The words of a normalised text, without signs and white space."""
    return [word for word in rjieba.cut(text) if word[0].isalnum()]


def telling_words(text: str) -> list[str]:
    """The words that carry the matter: no fillers, no question words, each once, in order."""
    found = dict.fromkeys(word for word in words(text) if word not in _FILLERS)
    return list(found)


def says_nothing(text: str) -> bool:
    """Whether a text has only fillers and question words in it, also run together ("在哪办")."""
    return all(word in _FILLERS or all(char in _FILLERS for char in word) for word in words(text))


def terms(text: str) -> list[str]:
    """Words and overlapping pairs of characters; what two wordings of one matter may share."""
    found = [word for word in words(text) if word not in _FILLERS]
    signs = [char if char.isalnum() else " " for char in text]
    pairs = (first + second for first, second in pairwise(signs))
    return found + [f"_{pair}" for pair in pairs if " " not in pair]


def _numbers(values: "array[int]") -> Counts:
    return np.array(values, np.int32)


class WordIndex:
    """An inverted index: for each term the documents with it and their weight there.

    Documents are taken one by one, so that their terms are never all in memory at once.
    `rarest` is the rarity of a term that no document has.
    """

    def __init__(self, documents: Iterable[Sequence[str]]) -> None:
        self._numbers: dict[str, int] = {}
        term_of, count_of, terms_in, words_in = self._count(documents)
        self.size = len(words_in)
        lengths = np.maximum(1.0, words_in).astype(np.float32)
        average = float(lengths.mean()) if self.size else 1.0
        frequency = np.bincount(term_of, minlength=len(self._numbers))
        rare = (self.size - frequency + 0.5) / (frequency + 0.5)
        idf = np.log1p(rare).astype(np.float32)
        self._rarities: list[float] = idf.tolist()
        self.rarest = float(np.log1p((self.size + 0.5) / 0.5))
        self._shares = [rarity / self.rarest for rarity in self._rarities]
        norm = _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * lengths / average)
        document_of = np.repeat(np.arange(self.size, dtype=np.int32), terms_in)
        weights = count_of * np.float32(_SATURATION + 1) / (count_of + norm[document_of])
        order = np.argsort(term_of, kind="stable")
        self._documents = document_of[order]
        self._weights = (weights[order] * idf[term_of[order]]).astype(np.float32)
        self._starts = np.concatenate([[0], np.cumsum(frequency)]).astype(np.int64)

    def _count(self, documents: Iterable[Sequence[str]]) -> tuple[Counts, Counts, Counts, Counts]:
        """Each document's terms in turn and how often it has them; its terms, its words."""
        term_of, count_of = array("i"), array("i")
        terms_in, words_in = array("i"), array("i")
        for document in documents:
            counted = Counter(document)
            numbers = self._numbers
            term_of.extend([numbers.setdefault(term, len(numbers)) for term in counted])
            count_of.extend(counted.values())
            terms_in.append(len(counted))
            words_in.append(len(document))
        return _numbers(term_of), _numbers(count_of), _numbers(terms_in), _numbers(words_in)

    def rarity(self, term: str) -> float:
        """Inverse document frequency, in nats; an unknown term is as rare as can be."""
        number = self._numbers.get(term)
        return self.rarest if number is None else self._rarities[number]

    def share(self, term: str) -> float:
        """The rarity as a share of the highest possible, 0 to 1; 1 for an unknown term."""
        number = self._numbers.get(term)
        return 1.0 if number is None else self._shares[number]

    def scores(self, query: Sequence[str]) -> Floats:
        """BM25 of every document, shape (size,), divided by what the query could reach.

        1 means a document of average length that has every term of the query once.
        """
        total = np.zeros(self.size, np.float32)
        reachable = 0.0
        for term in dict.fromkeys(query):
            reachable += self.rarity(term)
            number = self._numbers.get(term)
            if number is not None:
                here = slice(self._starts[number], self._starts[number + 1])
                total[self._documents[here]] += self._weights[here]
        total /= np.float32(max(reachable, 1e-6))
        return total
