"""Takes reminders out of the desk: claimed by one worker, at most once, several in one letter."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

import structlog

from bot.reminding.carrier import CannotSend, Carrier, MayHaveArrived, NotConfigured, TryLater
from cases.deadline import Workdays
from cases.supervision.hours import WorkingHours
from cases.supervision.ports import SendingStore
from cases.supervision.reminder import Reminder, SendingState, Way

AT_ONCE = 50
CLAIM = timedelta(minutes=10)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=30)
TRIES = 13  # four hours: a mail server is away for a morning, and what it missed is still true
log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Sends what is due; `carriers` are the ways that are configured.

    Out of working hours nothing leaves, however it came to wait (a note written at night, a mail
    server or a desk that was away), but what would be too late in the morning.
    """

    store: SendingStore
    carriers: Mapping[Way, Carrier]
    clock: Callable[[], datetime]
    public_url: str
    calendar: Workdays
    hours: WorkingHours = field(default_factory=WorkingHours)

    async def round(self) -> int:
        """Takes what is due and sends it; returns how many reminders were taken."""
        now = self.clock()
        if lost := await self.store.interrupted_reminders(now=now):
            log.warning("reminders_interrupted", amount=lost)
        taken = await self.store.take_reminders(
            now=now,
            claim_until=now + CLAIM,
            limit=AT_ONCE,
            resting=self.hours.next(now, self.calendar) != now,
        )
        letters = groupby(sorted(taken, key=_place), key=_place)
        await asyncio.gather(*(self._send(list(together)) for _, together in letters))
        return len(taken)

    async def _send(self, together: Sequence[Reminder]) -> None:
        to, ids = together[0].recipient, [each.id for each in together]
        carrier = self.carriers.get(to.way, NotConfigured())
        try:
            await carrier.send(to.address, *self._letter(together))
        except TryLater as error:
            await self._later(together, str(error))
        except (CannotSend, MayHaveArrived) as error:
            unsure = isinstance(error, MayHaveArrived)
            state = SendingState.UNCERTAIN if unsure else SendingState.FAILED
            await self.store.reminders_ended(ids, state=state, reason=str(error))
            log.warning("reminder_not_sent", way=to.way, reminders=ids, reason=str(error))
        else:
            await self.store.reminders_ended(ids, state=SendingState.SENT, reason="")

    async def _later(self, together: Sequence[Reminder], reason: str) -> None:
        attempts = max(each.attempts for each in together)
        ids = [each.id for each in together]
        if attempts >= TRIES:
            await self.store.reminders_ended(ids, state=SendingState.FAILED, reason=reason)
            log.warning("reminder_given_up", reminders=ids, reason=reason)
            return
        again = self.clock() + min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
        await self.store.reminders_postponed(ids, reason=reason, send_at=again)

    def _letter(self, together: Sequence[Reminder]) -> tuple[str, str]:
        """One reminder as it is; several with a line for each."""
        base = self.public_url.rstrip("/")
        if len(together) == 1:
            message = together[0].message
            return message.title, f"{message.text}\n{base}{message.link}"
        lines = [f"· {each.message.text}\n  {base}{each.message.link}" for each in together]
        return f"{len(together)} 条提醒：{together[0].message.title} 等", "\n".join(lines)


def _place(reminder: Reminder) -> tuple[str, str]:
    return reminder.recipient.way.value, reminder.recipient.address
