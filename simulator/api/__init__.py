"""The platform's HTTP API (api.weixin.qq.com): `create_api(platform)`.

Every call is counted in `platform.faults.calls[path]` and may meet a fault planned with
`platform.faults.plan(path, …)`.
"""

from simulator.api.call import PLATFORM
from simulator.api.server import create_api

__all__ = ["PLATFORM", "create_api"]
