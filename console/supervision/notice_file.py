"""What an uploaded file says of a notice: plain text or JSON in UTF-8 or GB18030, or a docx."""

import zipfile
from io import BytesIO
from typing import Final

from cases.notice import MOST_BYTES, NoticeNotFit

ZIP: Final = b"PK\x03\x04"
LARGEST_UNPACKED: Final = 20_000_000
"""Bytes; a notice is a page or two."""


def text_of_notice(raw: bytes) -> str:
    """The text in a file. NoticeNotFit: it is none, with `tell` for whoever uploaded it."""
    if not raw:
        raise NoticeNotFit("an empty file", tell="这个文件是空的。")
    if len(raw) > MOST_BYTES:
        raise NoticeNotFit("more than a notice", tell="这个文件太大，不像放假通知。")
    if raw.startswith(ZIP):
        return _of_docx(raw)
    if b"\0" in raw:
        raise NoticeNotFit(
            "no text", tell="这个文件里不是文字。请把通知另存为 docx 或纯文本再上传，或者粘贴全文。"
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _of_docx(raw: bytes) -> str:
    # Only here: a desk starts without what reads Word's files.
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            if sum(item.file_size for item in archive.infolist()) > LARGEST_UNPACKED:
                raise NoticeNotFit("unpacks to too much", tell="这个文件太大，不像放假通知。")
        paragraphs = Document(BytesIO(raw)).paragraphs
    except (zipfile.BadZipFile, PackageNotFoundError, LxmlError, KeyError, ValueError) as error:
        if isinstance(error, NoticeNotFit):
            raise
        raise NoticeNotFit(
            f"no docx: {error}",
            tell="这个文件打不开，可能已损坏，或者不是 Word 文档。请粘贴全文。",
        ) from error
    return "\n".join(each.text for each in paragraphs)
