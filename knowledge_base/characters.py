"""Many texts as the codes of their characters, for counting in one go with numpy."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
CODE_BITS = 21
"""A character's code, up to 0x10FFFF, fits."""
_CODES = 0x110000
_AT_ONCE = 65_536


def spread(texts: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Every character of every text in turn: the place of its text, and its code."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    raw = "".join(texts).encode("utf-32-le", "surrogatepass")
    return np.repeat(np.arange(len(texts)), lengths), np.frombuffer(raw, np.uint32).astype(np.int64)


def neighbours(owners: Numbers, codes: Numbers) -> tuple[Numbers, Numbers]:
    """Every two characters that follow each other in a text: its place, and one key for both."""
    together = np.flatnonzero(owners[1:] == owners[:-1])
    return owners[together], codes[together] << CODE_BITS | codes[together + 1]


def distinct(keys: Numbers) -> Numbers:
    """Each once, in order; faster for some hundreds than numpy's own, which hashes them."""
    ordered = np.sort(keys)
    return ordered[is_new(ordered)]


def is_new(ordered: Numbers) -> NDArray[np.bool_]:
    """Which of some keys in order differ from the one before."""
    found = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=found[1:])
    return found


def sign_pairs(texts: Sequence[str]) -> tuple[Numbers, Numbers]:
    """The same, where both characters are letters or figures."""
    owners, codes = spread(texts)
    owners, keys = neighbours(owners, codes)
    is_sign = _signs()
    fits = is_sign[keys >> CODE_BITS] & is_sign[keys & (1 << CODE_BITS) - 1]
    return owners[fits], keys[fits]


@lru_cache(maxsize=1)
def _signs() -> NDArray[np.bool_]:
    """For each code whether it is a letter or a figure."""
    return np.fromiter((chr(code).isalnum() for code in range(_CODES)), np.bool_, _CODES)


def pair_key(pair: str) -> int:
    """The key of two characters."""
    return ord(pair[0]) << CODE_BITS | ord(pair[1])


def frequencies(texts: Sequence[str]) -> Numbers:
    """In how many texts each character stands, by its code; as long as the highest code asks."""
    found = np.zeros(1, np.int64)
    for start in range(0, len(texts), _AT_ONCE):
        owners, codes = spread(texts[start : start + _AT_ONCE])
        once = distinct(owners << CODE_BITS | codes) & (1 << CODE_BITS) - 1
        counted = np.bincount(once, minlength=len(found))
        counted[: len(found)] += found
        found = counted
    return found
