"""A sender of reminders with its settings and a clock."""

import aiohttp

from bot.config_reminders import RemindersSettings
from bot.reminding import Sender, carriers_of
from cases.supervision.reminder import (
    Message,
    Raised,
    Recipient,
    Reminder,
    ReminderKind,
    SendingState,
    Way,
)
from cases.work_calendar import WorkCalendar
from storage import Storage
from tests.worlds.watch import MONDAY

URL = "https://desk.example.com"


MAIL = Recipient(person="officer", way=Way.EMAIL, address="wang@example.com")


class Post:
    """A sender with its settings and a clock."""

    def __init__(
        self, storage: Storage, settings: RemindersSettings, session: aiohttp.ClientSession
    ) -> None:
        self.storage, self.settings, self.now = storage, settings, MONDAY
        self.sender = Sender(
            store=storage,
            carriers=carriers_of(settings, session, lambda: self.now),
            clock=lambda: self.now,
            public_url=URL + "/",
            calendar=WorkCalendar(),
        )

    async def raised(self, key: str, *to: Recipient, title: str = "来信 HY-1 明天到期") -> None:
        message = Message(
            kind=ReminderKind.DUE, title=title, text=f"{title}。", link="/console/cases/HY-1"
        )
        parts = [(message, each) for each in to]
        await self.storage.raise_once(Raised(key=key, at=self.now, send_at=self.now, parts=parts))

    async def states(self, person: str = "officer") -> list[tuple[SendingState, str]]:
        found: list[Reminder] = await self.storage.reminders_of(person, limit=50)
        return [(each.state, each.reason) for each in found]
