"""Files that staff send with a form: kept on disk for as long as they are read."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import web
from aiohttp.web_request import FileField

from knowledge_base.exchange import UnreadableFile


@asynccontextmanager
async def saved_upload(
    request: web.Request, field: str = "file"
) -> AsyncIterator[tuple[Path, str]]:
    """The form's file on disk with its ending, and its name; gone afterwards.

    Raises `UnreadableFile` when no file was chosen.
    """
    given = (await request.post()).get(field)
    if not isinstance(given, FileField) or not given.filename:
        raise UnreadableFile("no file in the form", tell="请先选择文件")
    name = Path(given.filename.replace("\\", "/")).name
    with TemporaryDirectory(prefix="huiying-") as folder:
        path = Path(folder) / f"upload{Path(name).suffix.lower()[:10]}"
        await asyncio.to_thread(_copy, given, path)
        yield path, name


def _copy(given: FileField, path: Path) -> None:
    with path.open("wb") as file:
        shutil.copyfileobj(given.file, file)
