"""What a text for citizens must not hold, or holds only after a second look.

Every text that leaves the desk can be asked about: replies, entries, public pages. It finds words
that do not fit (unfit_words.toml, each group with its reason) and personal data: identity numbers
with their check digit (GB 11643), bank cards (ISO/IEC 7812-1), mobile phones, plates.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind
from opencc import OpenCC

from cases.case import TextNotFit
from cases.masking import LONG, WIDE, Personal, found_in
from cases.wording import text_hash

WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS: Final = "10X98765432"


@dataclass(frozen=True, kw_only=True)
class Concern:
    """One place in a text: what stands there, and why it is a concern.

    `must`: it has to go before the text is approved; otherwise the reviewer confirms it.
    """

    start: int
    end: int
    found: str
    name: str
    why: str
    must: bool


@dataclass(frozen=True, kw_only=True)
class Group:
    """Words that do not fit for one reason."""

    name: str
    why: str
    must: bool
    words: tuple[str, ...]


PERSONAL: Final = {
    Personal.IDENTITY: ("身份证号码", "答复里不写完整的身份证号码，请改成只留前三位和后两位", True),
    Personal.BANK_CARD: ("银行卡号", "答复里不写完整的银行卡号，请改成只留后四位", True),
    Personal.PHONE: ("手机号码", "请确认是对外公布的工作电话，不是来信人或同事的私人号码", False),
    Personal.PLATE: ("车牌号码", "请确认有必要写出完整的车牌", False),
}
_UNSEEN: Final = re.compile(r"[^\S\r\n]|[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]")
_SIMPLIFIER: Final = OpenCC("t2s")
UNSURE_IDENTITY: Final = "像身份证号码但校验位不对，请核对是不是写错了，或者改成不完整的写法"


def concerns(text: str) -> tuple[Concern, ...]:
    """Everything in the order of the text."""
    found = [*_personal(text), *_unfit(text)]
    return tuple(sorted(found, key=lambda each: (each.start, each.end)))


def concerns_hash(found: Sequence[Concern]) -> str:
    """What a reviewer confirms: exactly these places; "" when there is nothing to confirm."""
    places = "".join(f"{each.start}:{each.found};" for each in found if not each.must)
    return text_hash(places) if places else ""


def check_text(text: str, *, confirmed: str = "") -> tuple[Concern, ...]:
    """The concerns that were confirmed (`concerns_hash` of them).

    TextNotFit: something has to go first, or was not confirmed yet.
    """
    found = concerns(text)
    if wrong := [each for each in found if each.must]:
        told = "；".join(f"“{each.found}”（{each.name}）：{each.why}" for each in wrong)
        raise TextNotFit(
            f"the text has {len(wrong)} places that must go", f"请先改好再通过：{told}。"
        )
    if confirmed != concerns_hash(found):
        told = "、".join(f"“{each.found}”" for each in found)
        raise TextNotFit(
            f"{len(found)} places are not confirmed",
            f"请再看一遍{told}，勾选“已逐处核对”后再通过。" if found else "请重新阅读后再通过。",
        )
    return found


def must_go(*texts: str) -> str:
    """What has to go before these lines may be public, as a sentence; "" for nothing."""
    return _before_saving(each for text in texts for each in concerns(text))


def personal_must_go(*texts: str) -> str:
    """As `must_go`, of personal data alone: an office's duties may name any word (机密, 文盲)."""
    return _before_saving(each for text in texts for each in _personal(text))


def _before_saving(found: Iterable[Concern]) -> str:
    told = "；".join(f"“{each.found}”（{each.name}）：{each.why}" for each in found if each.must)
    return f"请先改好再保存：{told}。" if told else ""


def is_identity_number(text: str) -> bool:
    """Whether the check digit of an 18-character number fits (GB 11643-1999)."""
    text = re.sub(r"[ -]", "", text.translate(WIDE))
    if len(text) != LONG:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], WEIGHTS, strict=True))
    return CHECK_DIGITS[total % 11] == text[17].upper()


def _personal(text: str) -> Iterator[Concern]:
    for each in found_in(text):
        found = text[each.start : each.end]
        if each.kind not in PERSONAL or (each.kind is Personal.PHONE and found.startswith("0")):
            continue
        name, why, must = PERSONAL[each.kind]
        if each.kind is Personal.IDENTITY and not is_identity_number(found):
            why, must = UNSURE_IDENTITY, False
        yield Concern(start=each.start, end=each.end, found=found, name=name, why=why, must=must)


def _unfit(text: str) -> Iterator[Concern]:
    words, automaton = _automaton()
    plain, places = _folded(text)
    for pattern, first, beyond in automaton.find_matches_as_indexes(plain):
        group = words[pattern]
        start, end = places[first], places[beyond - 1] + 1
        yield Concern(
            start=start,
            end=end,
            found=text[start:end],
            name=group.name,
            why=group.why,
            must=group.must,
        )


def _folded(text: str) -> tuple[str, list[int]]:
    """The text as the words are written, and where each of its characters stood.

    Simplified, half width, without what nobody sees and without spaces in a line: 機 密 is 机密.
    """
    kept = [(place, char) for place, char in enumerate(text) if not _UNSEEN.match(char)]
    plain = "".join(_simple(char) for _, char in kept)
    return plain, [place for place, _ in kept]


@lru_cache(maxsize=65536)
def _simple(char: str) -> str:
    """One character for one."""
    half = unicodedata.normalize("NFKC", char)
    simple = _SIMPLIFIER.convert(half)
    return simple if len(simple) == 1 else char


@cache
def groups() -> tuple[Group, ...]:
    """The table of words, in its order."""
    table = tomllib.loads(files("cases").joinpath("unfit_words.toml").read_text("utf-8"))
    return tuple(
        Group(name=row["name"], why=row["why"], must=bool(row["must"]), words=tuple(row["words"]))
        for row in table["group"]
    )


@cache
def _automaton() -> tuple[tuple[Group, ...], AhoCorasick]:
    pairs = [(word, group) for group in groups() for word in group.words]
    automaton = AhoCorasick([word for word, _ in pairs], matchkind=MatchKind.LeftmostLongest)
    return tuple(group for _, group in pairs), automaton
