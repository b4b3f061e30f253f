"""Where a request comes from, also behind a reverse proxy on the same machine."""

import ipaddress

from aiohttp import web


def address_of(request: web.Request) -> str:
    """The browser's address; "" when unknown.

    Only a proxy on this machine is believed, and of what it passes on only the last address,
    which it saw itself: all before it is what the browser claims.
    """
    direct = request.remote or ""
    seen = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return seen if seen and _is_local(direct) and _is_address(seen) else direct


def _is_local(address: str) -> bool:
    return _is_address(address) and ipaddress.ip_address(address).is_loopback


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
