"""The files of a library run by others: from a folder, or from an address."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from knowledge_base.exchange import FORMATS, UnreadableFile
from knowledge_base.exchange.files import LARGEST_FILE

# 50 MB come through the slow lines of a county in ten minutes; a site that says nothing for one
# minute is given up.
TIMEOUT: Final = aiohttp.ClientTimeout(total=600, sock_connect=10, sock_read=60)
OK: Final = 200
UNCHANGED: Final = 304
LONGEST_MARK: Final = 500
BY_TYPE: Final = {
    "text/csv": ".csv",
    "application/json": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A library's files, and what its site calls them ("" where it does not say)."""

    files: Sequence[Path]
    etag: str = ""
    modified: str = ""


async def fetched_files(
    session: aiohttp.ClientSession,
    source: str,
    folder: Path,
    *,
    etag: str = "",
    modified: str = "",
) -> Fetched | None:
    """The library's files; what is fetched is put into `folder`.

    None when its site says that they are still what it called `etag`, or of `modified` (RFC 9110,
    13.1). Raises `UnreadableFile`, `OSError`, `aiohttp.ClientError` or `TimeoutError`; see `told`.
    """
    if urlsplit(source).scheme in {"http", "https"}:
        known = {"If-None-Match": etag, "If-Modified-Since": modified}
        asked = {name: value for name, value in known.items() if value}
        return await _fetched(session, source, folder, asked)
    return Fetched(files=await asyncio.to_thread(_in_folder, Path(source)))


def shown(source: str) -> str:
    """The source without what may be a key: the user, the password and the query."""
    parts = urlsplit(source)
    if parts.scheme not in {"http", "https"}:
        return source
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def told(error: Exception) -> str:
    """Why nothing could be read, in Chinese, for staff."""
    match error:
        case UnreadableFile():
            return error.tell
        case aiohttp.ClientResponseError():
            return f"政策库的网站回答 {error.status}，没有读到文件"
        case TimeoutError():
            return "政策库的网站太久没有回答，没有读到文件"
        case aiohttp.ClientPayloadError():
            return "政策库的网站只传来一部分就断了，没有读到完整的文件"
    return "连不上政策库，或读不到文件"


async def _fetched(
    session: aiohttp.ClientSession, url: str, folder: Path, asked: Mapping[str, str]
) -> Fetched | None:
    async with session.get(url, timeout=TIMEOUT, raise_for_status=True, headers=asked) as answer:
        if answer.status == UNCHANGED and asked:
            return None
        if answer.status != OK:
            tell = f"政策库的网站回答 {answer.status}，没有读到文件"
            raise UnreadableFile(f"status {answer.status}", tell=tell)
        path, size = folder / f"library{_ending(url, answer)}", 0
        with path.open("wb") as file:
            async for chunk in answer.content.iter_chunked(1 << 16):
                size += len(chunk)
                if size > LARGEST_FILE:
                    raise UnreadableFile("more than 50 MB", tell="文件超过 50 MB，没有读取")
                file.write(chunk)
        etag, modified = (answer.headers.get(each, "") for each in ("ETag", "Last-Modified"))
    return Fetched(files=[path], etag=_kept(etag), modified=_kept(modified))


def _kept(mark: str) -> str:
    """A site's mark, where it can be sent back as it is."""
    return mark if len(mark) <= LONGEST_MARK and mark.isascii() and mark.isprintable() else ""


def _ending(url: str, answer: aiohttp.ClientResponse) -> str:
    """That of the address, else of the name the site gives the file, else of its type."""
    ending = Path(urlsplit(url).path).suffix.lower()
    name = answer.content_disposition.filename if answer.content_disposition else None
    named = Path(name or "").suffix.lower()
    if ending in FORMATS or named in FORMATS:
        return ending if ending in FORMATS else named
    return BY_TYPE.get(answer.content_type, ending)


def _in_folder(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise UnreadableFile(f"{folder} is no folder", tell=f"找不到文件夹 {folder}")
    files = (each for each in folder.iterdir() if each.suffix.lower() in FORMATS)
    return sorted(each for each in files if not each.name.startswith((".", "~")))
