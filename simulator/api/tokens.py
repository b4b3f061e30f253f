"""`/cgi-bin/stable_token` and `/cgi-bin/token`: the only calls without an access token."""

import hmac
from collections.abc import Mapping

from simulator.account import Account
from simulator.api.call import Json
from simulator.errors import PlatformError
from simulator.platform import Platform
from simulator.tokens import Token


def stable_token(platform: Platform, wanted: Mapping[str, object], caller: str) -> Json:
    """The same token until shortly before its end; `force_refresh` makes a new one."""
    account = _proven(platform, wanted, caller)
    force = wanted.get("force_refresh") is True
    now = platform.clock()
    return _shape(platform, platform.tokens.stable(account.appid, now, force=force))


def plain_token(platform: Platform, wanted: Mapping[str, object], caller: str) -> Json:
    """A new token with every call."""
    account = _proven(platform, wanted, caller)
    return _shape(platform, platform.tokens.plain(account.appid, platform.clock()))


def _proven(platform: Platform, wanted: Mapping[str, object], caller: str) -> Account:
    """The account that appid and secret prove; 40002, 41002, 41004, 40013, 40125.

    40164 for a caller's address outside the account's white list, if it has one.
    """
    if wanted.get("grant_type") != "client_credential":
        raise PlatformError(40002)
    appid, secret = str(wanted.get("appid") or ""), str(wanted.get("secret") or "")
    if not appid:
        raise PlatformError(41002)
    if not secret:
        raise PlatformError(41004)
    account = next((each for each in platform.accounts.values() if each.appid == appid), None)
    if account is None:
        raise PlatformError(40013)
    if not hmac.compare_digest(account.secret.encode(), secret.encode()):
        raise PlatformError(40125)
    allowed = platform.whitelists.get(account.name)
    if allowed is not None and caller not in allowed:
        raise PlatformError(
            40164, words=f"invalid ip {caller} ipv6 ::ffff:{caller}, not in whitelist"
        )
    platform.quotas.meet(account.name, "token", platform.clock())
    return account


def _shape(platform: Platform, token: Token) -> Json:
    return {"access_token": token.value, "expires_in": token.seconds_left(platform.clock())}
