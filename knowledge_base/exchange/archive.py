"""What a workbook is packed in, looked at before anything reads it as a whole."""

import zipfile
from pathlib import Path

from knowledge_base.exchange.table import UnreadableFile

LARGEST_UNPACKED = 400 * 1024 * 1024
MOST_TAGS = 12_000_000
"""In one part: a file of 50 MB full of text has some 7 million. openpyxl keeps a part without a
`dimension` as a tree of 100 bytes a tag, and reads a million of them in seconds."""
_SMALL = 16 * 1024 * 1024
_CHUNK = 1 << 20


def check_archive(path: Path) -> None:
    """Raises `UnreadableFile` for what is no workbook, or unpacks to more than can be read."""
    with path.open("rb") as file:
        if file.read(4) == b"\xd0\xcf\x11\xe0":
            raise UnreadableFile(
                "an old or encrypted workbook: save it as xlsx, without a password",
                tell="这是旧版 xls 或加了密码的文件，请另存为不带密码的 xlsx",
            )
    try:
        with zipfile.ZipFile(path) as archive:
            items = archive.infolist()
            unpacked = sum(item.file_size for item in items)
            if unpacked <= LARGEST_UNPACKED:
                tags = (_tags(archive, item) for item in items if item.file_size > _SMALL)
                crowded = any(amount > MOST_TAGS for amount in tags)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise broken(error) from error
    if unpacked > LARGEST_UNPACKED:
        raise UnreadableFile(
            f"unpacks to {unpacked} bytes: split it into several files",
            tell="文件解压后过大，请拆成几个文件导入",
        )
    if crowded:
        raise UnreadableFile(
            "has millions of cells, most of them empty: copy what is filled into a new workbook",
            tell="表里格子太多（多半是边框画到了表的最底下），请把有内容的部分复制到新表再导入",
        )


def _tags(archive: zipfile.ZipFile, item: zipfile.ZipInfo) -> int:
    amount = 0
    with archive.open(item) as part:
        while amount <= MOST_TAGS and (chunk := part.read(_CHUNK)):
            amount += chunk.count(b"<")
    return amount


def broken(error: Exception) -> UnreadableFile:
    return UnreadableFile(
        f"not a readable workbook ({type(error).__name__}): save it as xlsx again",
        tell="文件打不开或已损坏，请用 Excel 或 WPS 重新另存为 xlsx",
    )
