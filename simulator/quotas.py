"""Daily limits of the platform's calls, and clearing them.

Sources: WeChat, 接口调用频次限制说明 (per account and call, anew at 0:00 in China) and
重置 API 调用次数 (ten times a month).
"""

from collections import Counter
from datetime import datetime, timedelta, timezone

from simulator.errors import PlatformError

CHINA = timezone(timedelta(hours=8))
CLEARED_A_MONTH = 10


class Quotas:
    """How often each account called what today; without a limit nothing is refused.

    `limits[path]` holds for every account ("token" for the access token's two calls).
    """

    def __init__(self) -> None:
        self.limits: dict[str, int] = {}
        self.made: Counter[tuple[str, str, str]] = Counter()
        self._cleared: Counter[tuple[str, str]] = Counter()

    def meet(self, account: str, path: str, now: datetime) -> None:
        """Count a call; raises PlatformError 45009 beyond the limit (refused ones count too)."""
        day = f"{now.astimezone(CHINA):%Y-%m-%d}"
        self.made[account, path, day] += 1
        if path in self.limits and self.made[account, path, day] > self.limits[path]:
            raise PlatformError(45009)

    def used(self, account: str, path: str, now: datetime) -> int:
        """How many calls there were today, refused ones included."""
        return self.made[account, path, f"{now.astimezone(CHINA):%Y-%m-%d}"]

    def clear(self, account: str, now: datetime) -> None:
        """Count from zero again; raises PlatformError 48006 after ten times in a month."""
        month = f"{now.astimezone(CHINA):%Y-%m}"
        if self._cleared[account, month] >= CLEARED_A_MONTH:
            raise PlatformError(48006)
        self._cleared[account, month] += 1
        for key in [key for key in self.made if key[0] == account]:
            del self.made[key]
