"""Downloads with a limit: no more is read than may be kept, and no redirect is followed."""

from collections.abc import Mapping

import aiohttp

from bot.wechat_errors import RetryLater

TIMEOUT = aiohttp.ClientTimeout(total=60, sock_connect=10, sock_read=20)
PIECE = 1 << 16


class TooBig(Exception):
    """More bytes than allowed; nothing is kept."""


async def download(
    session: aiohttp.ClientSession, url: str, params: Mapping[str, str], *, most: int
) -> bytes:
    """The body of an answer of at most `most` bytes. Raises `TooBig` and `RetryLater`."""
    try:
        async with session.get(
            url, params=params, timeout=TIMEOUT, allow_redirects=False
        ) as response:
            if response.status != 200:
                raise RetryLater(f"the download answered HTTP {response.status}")
            if (response.content_length or 0) > most:
                raise TooBig
            return await _read(response, most)
    except (aiohttp.ClientError, TimeoutError) as error:
        raise RetryLater(f"the download broke off: {type(error).__name__}") from error


async def _read(response: aiohttp.ClientResponse, most: int) -> bytes:
    content = bytearray()
    async for piece in response.content.iter_chunked(PIECE):
        content += piece
        if len(content) > most:
            raise TooBig
    return bytes(content)
