"""Cutting a long text where WeChat would: 2048 UTF-8 bytes, at a sentence.

Source: WeChat document 被动回复用户消息 (text content at most 2048 bytes).
"""

import re

LIMIT = 2048
SENTENCE_ENDS = re.compile(r"[。！？!?；;\n]")
SOFT_ENDS = re.compile(r"[，,、：: ]")
LINK = re.compile(r"<a\b[^>]*>.*?</a>", re.DOTALL)


def size(text: str) -> int:
    """Bytes on the wire."""
    return len(text.encode("utf-8", errors="replace"))


def split(text: str, *, limit: int = LIMIT, mark: str = "") -> tuple[str, str]:
    """(first page, rest): the first page fits `limit` bytes with `mark` at its end.

    Cuts after a sentence where one ends in the second half of the page, else after a comma,
    else anywhere but inside a link. `rest` is "" when all of the text fits.
    """
    if size(text) <= limit:
        return text, ""
    room = limit - size(mark) - 1
    head = text.encode()[:room].decode(errors="ignore")
    cut = _best_cut(head, text)
    return f"{text[:cut].rstrip()}\n{mark}" if mark else text[:cut].rstrip(), text[cut:].lstrip()


def push(text: str, case: str = "") -> tuple[str, str]:
    """(what one push shows, the rest); the whole of a case's reply is had with its number."""
    where = f"（没显示完，回复「查询 {case}」看全文）" if case else "（没显示完）"
    return split(text, mark=where)


def _best_cut(head: str, text: str) -> int:
    for ends in (SENTENCE_ENDS, SOFT_ENDS):
        cuts = [match.end() for match in ends.finditer(head)]
        good = [cut for cut in cuts if cut >= len(head) // 2 and not _inside_link(cut, text)]
        if good:
            return good[-1]
    return _before_link(len(head), text)


def _inside_link(cut: int, text: str) -> bool:
    return any(match.start() < cut < match.end() for match in LINK.finditer(text))


def _before_link(cut: int, text: str) -> int:
    starts = [match.start() for match in LINK.finditer(text) if match.start() < cut < match.end()]
    return starts[0] if starts and starts[0] > 0 else cut
