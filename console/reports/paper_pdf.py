"""A report as a PDF that is ready to print, set by Typst with a Chinese font of this machine."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from console.reports.paper import Figure, Heading, Paper, Paragraph, Part, Table

PDF: Final = "application/pdf"
TEMPLATE: Final = Path(__file__).with_name("paper.typ")
# What GB/T 9704 asks for first, then what a server usually has.
SONG: Final = ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun")
HEI: Final = ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei")
WANTED: Final = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", *SONG, *HEI),
    "heading": ("SimHei", "STHeiti", *HEI, *SONG),
    "text": ("FangSong", "FangSong_GB2312", "STFangsong", *SONG, *HEI),
}


class NoChineseFont(Exception):
    """No font of this machine has Chinese characters; install Noto CJK (fonts-noto-cjk)."""


@cache
def fonts() -> dict[str, list[str]]:
    """The fonts of this machine for each part of a text, the fittest first; {} without any."""
    import typst  # a few times a year; at every start it would cost a tenth of a second

    known = set(typst.Fonts(include_system_fonts=True).families())
    found = {part: [name for name in names if name in known] for part, names in WANTED.items()}
    return found if all(found.values()) else {}


def pdf_of(paper: Paper, *, address: str) -> bytes:
    """The file; its numbers lead to their cases at `address`. Raises `NoChineseFont`."""
    if not fonts():
        raise NoChineseFont
    told = {
        "lines": list(paper.lines),
        "signed": list(paper.signed),
        "blocks": [_block(block, address) for block in paper.blocks],
        "fonts": fonts(),
    }
    inputs = {"paper": json.dumps(told, ensure_ascii=False)}
    import typst

    return typst.compile(TEMPLATE, sys_inputs=inputs)


def _block(block: Heading | Paragraph | Table, address: str) -> dict[str, Any]:
    match block:
        case Heading(text=text):
            return {"kind": "heading", "text": text}
        case Paragraph(parts=parts, flush=flush):
            shown = [_part(each, address) for each in parts]
            return {"kind": "paragraph", "parts": shown, "flush": flush}
        case Table(caption=caption, columns=columns, rows=rows):
            cells = [[_part(each, address) for each in row] for row in rows]
            return {"kind": "table", "caption": caption, "columns": columns, "rows": cells}


def _part(part: Part, address: str) -> dict[str, str]:
    if isinstance(part, Figure):
        return {"shown": part.shown, "link": f"{address}{part.link}" if part.link else ""}
    return {"shown": part, "link": ""}
