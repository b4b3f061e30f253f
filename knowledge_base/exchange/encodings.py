"""The encodings that spreadsheets and notepads write Chinese in."""

import re

from knowledge_base.exchange.table import UnreadableFile

UNKNOWN = "有认不出的字（编码不对），请改好，或把文件另存为“CSV UTF-8”"
HEAD = 2_000
_TRADITIONAL = re.compile("問題|問句|答案|答覆|回答|標準")
_ESCAPED = re.compile("[\udc80-\udcff]")


def decode(data: bytes) -> str:
    """UTF-8 with or without a byte order mark, UTF-16 with one, GB18030, or lines of several.

    A line that is none of them keeps marks in it (see `is_unknown`), so that the others can be
    used. Raises `UnreadableFile` for a file in which most lines are like that.
    """
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    _refuse_big5(data)
    lines = data.split(b"\n")
    foreign = [line for line in lines if not line.isascii()]
    if sum(_is_utf8(line) for line in foreign) * 2 < len(foreign):
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            pass
    return _by_line(lines)


def _refuse_big5(data: bytes) -> None:
    """Its bytes pass for GB18030, and would be read as other characters."""
    try:
        head = data.decode("big5")[:HEAD]
    except UnicodeDecodeError:
        return
    if _TRADITIONAL.search(head):
        raise UnreadableFile(
            "encoded in Big5: save it as UTF-8, in simplified characters",
            tell="文件是繁体中文的 Big5 编码，没有读取。请转成简体字，另存为“CSV UTF-8”再导入",
        )


def is_unknown(text: str) -> bool:
    """Whether a text of `decode` holds bytes of no known encoding."""
    return _ESCAPED.search(text) is not None


def shown(text: str) -> str:
    """The same with � for what is not known, so that it can be written."""
    return _ESCAPED.sub("�", text)


def _by_line(lines: list[bytes]) -> str:
    texts = [_line(line) for line in lines]
    if sum(map(is_unknown, texts)) * 2 >= len(texts):
        raise UnreadableFile(
            "neither UTF-8 nor GB18030; save it as UTF-8 (in a spreadsheet: “CSV UTF-8”)",
            tell="文件编码无法识别，请另存为“CSV UTF-8”后再导入",
        )
    return "\n".join(texts).removeprefix("\ufeff")


def _line(line: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("utf-8", "surrogateescape")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
