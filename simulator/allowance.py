"""How many customer-service messages may follow what a citizen did, and until when.

Source: WeChat, 客服消息介绍 (客服消息下发规则).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from simulator.errors import PlatformError
from simulator.messages import Grant

RULES: dict[Grant, tuple[int, timedelta]] = {
    "message": (5, timedelta(hours=48)),
    "tap": (3, timedelta(minutes=1)),
    "subscribe": (3, timedelta(minutes=1)),
    "scan": (3, timedelta(minutes=1)),
}


@dataclass(frozen=True, kw_only=True)
class Permit:
    """`left` messages until `until`, because of `reason`."""

    reason: Grant
    until: datetime
    left: int


@dataclass(frozen=True)
class Allowance:
    """The permits of one citizen at one account; a new one replaces the last of its reason."""

    permits: tuple[Permit, ...] = ()

    def granted(self, reason: Grant, now: datetime) -> "Allowance":
        """The allowance after the citizen did something."""
        left, span = RULES[reason]
        others = tuple(permit for permit in self.permits if permit.reason != reason)
        return Allowance((*others, Permit(reason=reason, until=now + span, left=left)))

    def spent(self, now: datetime) -> "Allowance":
        """The allowance after one message; the permit that ends first pays.

        Raises PlatformError 45015 (no permit open) or 45047 (all of them used up).
        """
        if not self.open_permits(now):
            raise PlatformError(45015)
        if not self.left(now):
            raise PlatformError(45047)
        usable = (permit for permit in self.open_permits(now) if permit.left)
        payer = min(usable, key=lambda permit: permit.until)
        paid = replace(payer, left=payer.left - 1)
        return Allowance(tuple(paid if permit is payer else permit for permit in self.permits))

    def open_permits(self, now: datetime) -> tuple[Permit, ...]:
        """Permits whose time has not run out."""
        return tuple(permit for permit in self.permits if now < permit.until)

    def left(self, now: datetime) -> int:
        """Messages that may still be sent."""
        return sum(permit.left for permit in self.open_permits(now))

    def until(self, now: datetime) -> datetime | None:
        """When the last open permit ends."""
        return max((permit.until for permit in self.open_permits(now)), default=None)
