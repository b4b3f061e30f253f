"""The ways out that the configuration names."""

from collections.abc import Callable
from datetime import datetime

import aiohttp

from bot.config_reminders import RemindersSettings
from bot.reminding.carrier import Carrier
from bot.reminding.email import Email
from bot.reminding.robots import Robots
from cases.supervision.audience import Robot
from cases.supervision.hours import WorkingHours
from cases.supervision.reminder import Way


def carriers_of(
    settings: RemindersSettings, session: aiohttp.ClientSession, clock: Callable[[], datetime]
) -> dict[Way, Carrier]:
    """A carrier for each way; none for a way that is not configured."""
    carriers: dict[Way, Carrier] = {}
    if settings.email.host:
        carriers[Way.EMAIL] = Email(settings.email)
    if settings.robots:
        carriers[Way.ROBOT] = Robots(settings.robots, session, clock)
    return carriers


def robots_of(settings: RemindersSettings) -> tuple[Robot, ...]:
    """The groups that may be told something."""
    return tuple(
        Robot(name=name, department=each.department) for name, each in settings.robots.items()
    )


def hours_of(settings: RemindersSettings) -> WorkingHours:
    """When people may be disturbed."""
    return WorkingHours(
        begin=settings.working_hours_begin,
        end=settings.working_hours_end,
        digest=settings.digest_at,
    )
