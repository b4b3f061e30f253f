"""Workbooks as WPS, old Excel and government systems write them, made at the XML level."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

MAIN: Final = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
OF_SHEETS: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES: Final = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{OF_SHEETS}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{OF_SHEETS}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{OF_SHEETS}.sharedStrings+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{OF_SHEETS}.styles+xml"/></Types>'
)
STYLES: Final = (
    f'<styleSheet {MAIN}><numFmts count="1"><numFmt numFmtId="176" '
    'formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="1"><fill><patternFill patternType="none"/>'
    '</fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/>'
    '</cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="14"/><xf numFmtId="176"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
DAY: Final = ' s="1"'
CHINESE_DAY: Final = ' s="2"'


def text(reference: str, words: str) -> str:
    """A cell with its text inside it, as WPS's and the systems' exports have it."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{words}</t></is></c>'


def number(reference: str, value: str, style: str = "") -> str:
    return f'<c r="{reference}"{style}><v>{value}</v></c>'


def row(place: int, question: str, answer: str, more: str = "", *, marks: str = "") -> str:
    cells = text(f"A{place}", question) + text(f"B{place}", answer)
    return f'<row r="{place}"{marks}>{cells}{more}</row>'


def head() -> str:
    return row(1, "问题", "答案", text("C1", "核对日期") + text("D1", "文号"))


def write_workbook(
    path: Path, rows: str, *, strings: Sequence[str] = (), marks: str = "", after: str = ""
) -> Path:
    """`strings` are shared strings' XML, `marks` the workbook's own, `after` follows the rows."""
    links = "".join(
        f'<Relationship Id="rId{place}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(
            (
                ("worksheet", "worksheets/sheet1.xml"),
                ("sharedStrings", "sharedStrings.xml"),
                ("styles", "styles.xml"),
            ),
            start=1,
        )
    )
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}"><workbookPr{marks}/><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData>{rows}</sheetData>{after}"
        "</worksheet>",
        "xl/sharedStrings.xml": f"<sst {MAIN}>{''.join(f'<si>{s}</si>' for s in strings)}</sst>",
        "xl/styles.xml": STYLES,
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, xml in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + xml)
    return path
