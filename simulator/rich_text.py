"""What WeChat makes of the text in an account's bubble: links, tappable lines, nothing else.

`<a href="https://…">` and bare addresses become links, `<a href="weixin://bizmsgmenu?…">` a line
that sends its text when tapped; every other character stays a character.
"""

import html
import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

ANCHOR = re.compile(
    r"""<a\s[^<>]*?href\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')[^<>]*>(?P<label>.*?)</a>""",
    re.IGNORECASE | re.DOTALL,
)
# A full stop or bracket at the end belongs to the sentence, not to the address.
ADDRESS = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*[A-Za-z0-9\-_~/#&=%]")
MENU_LINE = "weixin://bizmsgmenu?"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of text. A `link` has `target` as address, a `tap` as the text it sends."""

    kind: Literal["text", "link", "tap"]
    text: str
    target: str = ""
    menu_id: str = ""


def split(text: str) -> list[Piece]:
    """The pieces of a bubble, in order."""
    pieces: list[Piece] = []
    end = 0
    for match in ANCHOR.finditer(text):
        piece = _anchor(match)
        if piece is None:
            continue
        pieces += _plain(text[end : match.start()])
        pieces.append(piece)
        end = match.end()
    return pieces + _plain(text[end:])


def _anchor(match: re.Match[str]) -> Piece | None:
    href = html.unescape(match["double"] or match["single"] or "").strip()
    label = match["label"]
    if href.startswith(MENU_LINE):
        wanted = _parameters(href.removeprefix(MENU_LINE))
        content = wanted.get("msgmenucontent") or label
        return Piece(kind="tap", text=label, target=content, menu_id=wanted.get("msgmenuid", ""))
    if re.match(r"https?://[^\s]+$", href, re.IGNORECASE):
        return Piece(kind="link", text=label, target=href)
    return None


def _parameters(query: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in query.split("&"))
    return {name: unquote(value) for name, _, value in pairs}


def _plain(text: str) -> list[Piece]:
    pieces: list[Piece] = []
    end = 0
    for match in ADDRESS.finditer(text):
        if match.start() > end:
            pieces.append(Piece(kind="text", text=text[end : match.start()]))
        pieces.append(Piece(kind="link", text=match[0], target=match[0]))
        end = match.end()
    if end < len(text):
        pieces.append(Piece(kind="text", text=text[end:]))
    return pieces
