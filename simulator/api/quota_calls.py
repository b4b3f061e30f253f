"""`/cgi-bin/openapi/quota/get` (WeChat: 查询API调用额度)."""

from simulator.api.call import OK, Call, Json
from simulator.errors import PlatformError

PLENTY = 100_000_000
"""What a call without a limit of its own is said to allow."""


async def get(call: Call) -> Json:
    """What a path still allows today; 76021 for what is no path."""
    path = call.text("cgi_path")
    if not path.startswith("/"):
        raise PlatformError(76021)
    quotas = call.platform.quotas
    most = quotas.limits.get(path, PLENTY)
    used = min(quotas.used(call.account.name, path, call.now), most)
    return OK | {"quota": {"daily_limit": most, "used": used, "remain": most - used}}
