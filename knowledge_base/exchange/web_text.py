"""Text that was copied out of a web page with its tags: what a reader of that page would see."""

import re
from html.parser import HTMLParser

_TAGS = "p|br|div|span|strong|b|em|i|u|font|ul|ol|li|table|tbody|tr|td|th|h[1-6]|o:p"
_LOOKS = re.compile(
    rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>|&(?:nbsp|[lr][ds]quo|middot|mdash|hellip|amp|lt|gt);",
    re.IGNORECASE,
)
_NEW_LINE = re.compile(r"p|br|div|li|tr|table|ul|ol|h[1-6]")
_UNSEEN = frozenset({"script", "style"})


def seen_text(text: str) -> str:
    """`text` without the tags of a web page, one line a paragraph; any other text as it is.

    A link keeps its address in brackets. `年龄<60` and the bare `<a href=…>` that WeChat shows as
    a link are no web page.
    """
    if not _LOOKS.search(text):
        return text
    page = _Page()
    page.feed(text)
    page.close()
    lines = (" ".join(line.split()) for line in "".join(page.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0
        self._link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag == "a":
            self._link = dict(attrs).get("href") or ""
        if tag in {"td", "th"}:
            self.parts.append(" ")
        elif _NEW_LINE.fullmatch(tag) and "".join(self.parts[-1:])[-1:] != "\n":
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        if tag == "a" and self._link.startswith("http"):
            shown = "".join(self.parts).rsplit("\n", 1)[-1]
            self.parts.append("" if shown.endswith(self._link) else f"（{self._link}）")
        if tag == "a":
            self._link = ""
        if _NEW_LINE.fullmatch(tag) and "".join(self.parts[-1:])[-1:] != "\n":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)
