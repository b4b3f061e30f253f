"""Checks on a text that staff wrote, before it is kept or sent."""

import hashlib
import unicodedata

from cases.case import TextNotFit

LONGEST_TEXT = 10_000
"""Characters; longer replies belong in an attachment or on the website."""
PASTED = str.maketrans(
    {
        **dict.fromkeys(
            map(chr, range(0xF020, 0xF100)), "·"
        ),  # signs of the fonts Symbol and Wingdings
        **dict.fromkeys("\v\f\x85\u2028\u2029", "\n"),  # a break within a paragraph, a page break
        **dict.fromkeys("\ufeff\u200b\u200e\u200f\xad\x07", None),  # marks nobody sees
        "\uf0fc": "√",
        **dict.fromkeys("\uf0a8\uf06f\uf071", "□"),
        **dict.fromkeys("\uf0fe\uf052", "☑"),
        "\x1e": "-",
        "\x1f": None,
    }
)
"""What a word processor leaves in a pasted text; its own signs are empty boxes on a phone."""


def fit_text(text: str, *, what: str = "内容") -> str:
    """The text with plain line ends and no outer blanks, if it can be kept and sent.

    What pasting from a word processor brings along becomes plain text.

    TextNotFit: nothing but blanks, more than 10,000 characters, or a character that WeChat's
    XML cannot carry (XML 1.0 §2.2: control characters, lone surrogates, U+FFFE, U+FFFF).
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(PASTED).strip()
    if not any(map(_visible, plain)):
        raise TextNotFit("the text is empty", f"{what}不能为空，请填写后再提交。")
    if len(plain) > LONGEST_TEXT:
        raise TextNotFit(
            f"the text has {len(plain)} characters, more than {LONGEST_TEXT}",
            f"{what}共 {len(plain)} 字，超过 {LONGEST_TEXT} 字，请删减后再提交。",
        )
    wrong = next((char for char in plain if _unfit(char)), None)
    if wrong is not None:
        place = plain.index(wrong) + 1
        raise TextNotFit(
            f"character {place} is U+{ord(wrong):04X}",
            f"{what}的第 {place} 个字符是看不见的控制字符，请删除后再提交。",
        )
    return plain


def text_hash(text: str) -> str:
    """The sha256 of a text, in hexadecimal: what an approval is bound to."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _visible(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Cn"}


def _unfit(char: str) -> bool:
    if char in "\n\t":
        return False
    return unicodedata.category(char) in {"Cc", "Cs"} or ord(char) in {0xFFFE, 0xFFFF}
