"""Looks at the links of the directory 掌上办事 every day, as a citizen's phone would open them."""

import asyncio
import ipaddress
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

import aiohttp
import structlog
from aiohttp.abc import ResolveResult
from aiohttp.resolver import ThreadedResolver

from handlers.menu import link_fault
from handlers.service_directory import Checked, Health, Look, Service, judge

AT_ONCE = 4
CLAIM = timedelta(minutes=5)
HOPS = 5
TIMEOUT = aiohttp.ClientTimeout(total=20, sock_connect=8)
NOT_FOR_PROGRAMS = frozenset({401, 403, 405, 412, 418, 429, 521})
LIKE_A_PHONE = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 MicroMessenger/8.0 Huiying",
    "Accept": "text/html,*/*;q=0.8",
    "Accept-Language": "zh-CN",
}
log = structlog.get_logger(__name__)


class NotPublic(OSError):
    """The address leads into a private network; nothing there is called."""


class LinkStore(Protocol):
    """Hands out the links that are due."""

    async def take_services(
        self, *, now: datetime, claim_until: datetime, limit: int
    ) -> list[Service]: ...

    async def service_checked(self, number: int, checked: Checked, *, now: datetime) -> None: ...


class PublicResolver(ThreadedResolver):
    """Names whose addresses are all in the public internet; `NotPublic` for any other."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await super().resolve(host, port, family)
        if not all(ipaddress.ip_address(each["host"]).is_global for each in found):
            raise NotPublic(f"{host} is not in the public internet")
        return found


class LinkChecker:
    """Opens each link without reading it; `private_too` allows addresses of a private network."""

    def __init__(
        self, store: LinkStore, clock: Callable[[], datetime], *, private_too: bool = False
    ) -> None:
        self._store, self._clock, self._private_too = store, clock, private_too

    async def round(self) -> int:
        """Takes what is due and looks at it; returns how many were taken."""
        now = self._clock()
        taken = await self._store.take_services(now=now, claim_until=now + CLAIM, limit=AT_ONCE)
        if taken:
            resolver = None if self._private_too else PublicResolver()
            connector = aiohttp.TCPConnector(resolver=resolver)
            async with aiohttp.ClientSession(connector=connector, timeout=TIMEOUT) as session:
                await asyncio.gather(*(self._check(session, each) for each in taken))
        return len(taken)

    async def _check(self, session: aiohttp.ClientSession, service: Service) -> None:
        look = await self.look(session, service.link)
        now = self._clock()
        if look.health is Health.BROKEN:
            log.warning("link_broken", service=service.id, reason=look.reason)
        await self._store.service_checked(service.id, judge(service, look, now), now=now)

    async def look(self, session: aiohttp.ClientSession, link: str) -> Look:
        """What a visitor of the link would find."""
        try:
            return await self._open(session, link)
        except aiohttp.ClientSSLError:
            return _broken("网站的安全证书有问题，手机会提示不安全")
        except aiohttp.ClientConnectorError as error:
            if isinstance(error.os_error, NotPublic):
                return _broken("网址不在公网上，群众打不开")
            return _broken("连不上这个网站")
        except TimeoutError:
            return _broken("20 秒没有打开")
        except (aiohttp.ClientError, ValueError):
            return _broken("网站的回应不正常")

    async def _open(self, session: aiohttp.ClientSession, link: str) -> Look:
        for _ in range(HOPS):
            if link_fault(link) or self._is_private(link):
                return _broken("网址不在公网上，群众打不开")
            async with session.get(link, headers=LIKE_A_PHONE, allow_redirects=False) as answer:
                onward = _onward(answer)
                if not onward:
                    return _judged(answer.status)
                link = urljoin(link, onward)
        return _broken("跳转次数太多")

    def _is_private(self, link: str) -> bool:
        """An address given in numbers, which no resolver sees."""
        try:
            return not (self._private_too or _number_of(link).is_global)
        except ValueError:
            return False


def _number_of(link: str) -> Any:
    return ipaddress.ip_address(urlsplit(link).hostname or "")


def _onward(answer: aiohttp.ClientResponse) -> str:
    return answer.headers.get("Location", "") if 300 <= answer.status < 400 else ""


def _judged(status: int) -> Look:
    if status < 400:
        return Look(health=Health.GOOD)
    if status in NOT_FOR_PROGRAMS:
        return Look(health=Health.UNSURE, reason=f"网站不让程序查看（{status}），请用手机点开看看")
    if status in {404, 410}:
        return _broken(f"页面不存在了（{status}）")
    return _broken(f"网站出错（{status}）")


def _broken(reason: str) -> Look:
    return Look(health=Health.BROKEN, reason=reason)
