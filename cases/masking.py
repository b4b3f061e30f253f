"""Personal data in a citizen's words: where it stands, and the text with it hidden.

What is found errs on the side of hiding: a masked order number can be revealed with a click.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from stdnum.cn import uscc

from cases.personal_names import NAMES

STAR: Final = "＊"
LONG: Final = 18  # characters of an identity number
PROVINCES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
WIDE: Final = {
    **{wide: wide - 0xFEE0 for wide in range(0xFF10, 0xFF5B)},
    **dict.fromkeys(map(ord, "－—–‐‑−"), ord("-")),
    **dict.fromkeys(map(ord, "．·•"), ord(".")),
    ord("＠"): ord("@"),
    ord("＿"): ord("_"),
    0x3000: ord(" "),
}
"""Full-width letters, digits and signs, one for one: a place in the text stays the same."""
SPOKEN: Final = "零〇一二三四五六七八九幺"
CODE: Final = re.compile(r"(?<![0-9A-Za-z])(?:1[1-39]|5[1-39]|9[1-3])[0-9A-Z]{16}(?![0-9A-Za-z])")
"""What may be an organisation's code, by whom it was registered with (GB 32100)."""
WAYS: Final = "路|街|巷|弄|道|村|区|苑|园|里|庄|城|府|庭|坊|湾|组|栋|幢|号|单元|楼|座|室"


class Personal(StrEnum):
    """The kinds of personal data that are hidden by default."""

    PHONE = "phone"
    IDENTITY = "identity"
    BANK_CARD = "bank_card"
    OPENID = "openid"
    ADDRESS = "address"
    PLATE = "plate"
    EMAIL = "email"
    NAME = "name"
    NUMBER = "number"


@dataclass(frozen=True, kw_only=True)
class Found:
    """One piece of personal data: its place in the text, and what stands there instead."""

    kind: Personal
    start: int
    end: int
    instead: str


def masked(text: str) -> str:
    """The text with personal data hidden; what remains still tells two numbers apart."""
    parts, at = [], 0
    for each in found_in(text):
        parts += [text[at : each.start], each.instead]
        at = each.end
    return "".join([*parts, text[at:]])


def found_in(text: str) -> list[Found]:
    """Personal data in the order of the text; where two kinds overlap the more certain wins."""
    plain, taken = text.translate(WIDE), list[Found]()
    for find in FINDERS:
        taken += [each for each in find(plain) if not any(_overlap(each, old) for old in taken)]
    return sorted(taken, key=lambda each: each.start)


def _overlap(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end


def _by_pattern(
    kind: Personal,
    pattern: str,
    hide: Callable[[str], str],
    fits: Callable[[str], bool] = lambda _: True,
) -> Callable[[str], Iterator[Found]]:
    """Finds the pattern's first group, or all of it."""
    compiled = re.compile(pattern)

    def find(text: str) -> Iterator[Found]:
        for match in compiled.finditer(text):
            group = 1 if compiled.groups else 0
            if fits(match[group]):
                start, end = match.span(group)
                yield Found(kind=kind, start=start, end=end, instead=hide(match[group]))

    return find


def _between(head: int, tail: int) -> Callable[[str], str]:
    """Hides all but the first and last few characters."""

    def hide(found: str) -> str:
        last = found[-tail:] if tail else ""
        return found[:head] + STAR * 4 + last

    return hide


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdecimal())


def _is_identity(found: str) -> bool:
    """18 characters with a possible birthday: GB 11643 writes it into the 7th to 14th.

    Those of before 1999 have 15, with two digits of the year.
    """
    number = re.sub(r"[ -]", "", found)
    born = number[6:14] if len(number) == LONG else f"19{number[6:12]}"
    try:
        date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return False
    return 1850 < int(born[:4]) < 2150


def _is_bank_card(found: str) -> bool:
    """16 to 19 digits that end with their own check digit (ISO/IEC 7812-1, Luhn)."""
    digits = [int(each) for each in reversed(_digits(found))]
    doubled = [sum(divmod(2 * each, 10)) for each in digits[1::2]]
    return 16 <= len(digits) <= 19 and (sum(digits[::2]) + sum(doubled)) % 10 == 0


_like_cards = _by_pattern(
    Personal.BANK_CARD,
    r"(?<![0-9])\d(?:[ -]?\d){15,18}(?![0-9])",
    _between(0, 4),
    _is_bank_card,
)


def _bank_cards(text: str) -> Iterator[Found]:
    """Cards' numbers that are not the digits of an organisation's code (统一社会信用代码), whose
    own check digit fits (GB 32100): one code in ten looks like a card too.
    """
    codes = [match.span() for match in CODE.finditer(text) if uscc.is_valid(match[0])]
    for found in _like_cards(text):
        if not any(start <= found.start and found.end <= end for start, end in codes):
            yield found


LABELLED: Final = (
    r"(?:[卡账帐]号|[账帐]户|银行卡|社保卡|信用卡|存折|公积金)[^0-9\n]{0,6}"
    r"(\d(?:[ -]?\d){9,21})(?!\d)",
    r"(?:护照|通行证|居住证|军官证|医保卡|病历|住院|学籍)号?码?[是为:： ]{0,3}"
    r"([A-Za-z]{0,2}\d{6,20})(?!\d)",
    r"(?<![A-Za-z])(?:[Qq]{2}|微信号|[WwVv][Xx])[号是为:： ]{0,3}"
    r"([A-Za-z0-9_-]{5,20})(?![A-Za-z0-9])",
    r"(?:电话|座机|手机|联系方式|打给我?)号?码?[是为:： ]{0,3}(\d{7,8})(?!\d)",
)
"""Numbers that only the word before them gives away: accounts, passports, QQ, local phones."""

FINDERS: Final = (
    _by_pattern(
        Personal.IDENTITY,
        r"(?<![0-9])[1-8](?:[ -]?\d){16}[ -]?[\dXx](?![0-9])",
        _between(3, 2),
        _is_identity,
    ),
    _by_pattern(Personal.IDENTITY, r"(?<![0-9])[1-8]\d{14}(?![0-9])", _between(3, 2), _is_identity),
    _bank_cards,
    _by_pattern(
        Personal.PHONE,
        r"(?<![0-9])(?:\+?86[ .-]?)?1[3-9]\d[ .-]{0,2}\d{4}[ .-]{0,2}\d{4}(?![0-9])",
        _between(3, 2),
    ),
    _by_pattern(
        Personal.PHONE,
        rf"(?<![{SPOKEN}0-9])[一幺1][三四五六七八九3-9][{SPOKEN}0-9]{{9}}(?![{SPOKEN}0-9十百千])",
        _between(3, 2),
    ),
    _by_pattern(Personal.PHONE, r"(?<![0-9])0\d{2,3}[ -]?\d{7,8}(?![0-9])", _between(4, 2)),
    _by_pattern(
        Personal.EMAIL, r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", _between(1, 0)
    ),
    _by_pattern(
        Personal.OPENID,
        r"(?<![A-Za-z0-9_-])o[A-Za-z0-9_-]{27}(?![A-Za-z0-9_-])",
        _between(1, 0),
        lambda found: any(char.isdecimal() or char.isupper() for char in found),
    ),
    _by_pattern(
        Personal.PLATE,
        rf"[{PROVINCES}][A-HJ-NP-Z][.]?[A-HJ-NP-Z0-9]{{5,6}}(?![A-Za-z0-9])",
        _between(2, 1),
    ),
    _by_pattern(
        Personal.ADDRESS,
        rf"(?<=(?:{'|'.join(each for each in WAYS.split('|') if len(each) == 1)}|元))"
        r"\s*([A-Za-z]?\d{1,5}(?:-\d{1,5})*|[一二三四五六七八九十百]+)"
        r"(?=\s*(?:号(?![线令文])|栋|幢|单元|室|户|弄|座|组|房))",
        lambda _: STAR * 2,
    ),
    _by_pattern(Personal.ADDRESS, r"(?<![0-9])(\d{3,4})(?=室)", lambda _: STAR * 2),
    *(_by_pattern(Personal.NAME, each, lambda found: found[0] + STAR * 2) for each in NAMES),
    *(_by_pattern(Personal.NUMBER, each, _between(1, 1)) for each in LABELLED),
)
"""The surest first; each is tried on the whole text."""
