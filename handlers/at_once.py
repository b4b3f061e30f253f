"""What is decided while a message is being stored: whatever needs no waiting.

The same path of a message, over ports that answer from memory or say `NeedsTime`. So a known
question's message and reply are one commit instead of two.
"""

from collections.abc import Coroutine
from datetime import date, datetime
from typing import Any, NoReturn, TypeVar

from cases.department import Department, Routing
from cases.department_names import Named
from cases.elsewhere import Unit
from handlers.message import Message
from handlers.office_directory import Called, Office
from handlers.ports import Accepted, Departments, Memory
from handlers.reception import Reception
from handlers.settlement import Settlement
from knowledge_base.entry import Entry
from knowledge_base.outcome import Finding

T = TypeVar("T")


class NeedsTime(Exception):
    """This cannot be decided from memory: a search, a route or a new case number is needed."""


class AtOnce:
    """Decides without waiting, or not at all; `reception` stands over the ports below.

    It is called inside the storage's transaction, on the storage's thread, and again when that
    transaction is tried again: it only reads.
    """

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    def decide(self, message: Message, accepted: Accepted, *, now: datetime) -> Settlement | None:
        """The message's settlement, or None: then it is decided in the usual way.

        That is also where a fault comes up again and is logged; here it must not undo the message.
        """
        try:
            return _result(self._reception.receive(message, accepted, now=now))
        except Exception:
            return None


def _result(deciding: Coroutine[Any, Any, T]) -> T:
    """What a coroutine returns without ever waiting; raises `NeedsTime` if it would wait."""
    try:
        deciding.send(None)
    except StopIteration as finished:
        result: T = finished.value
        return result
    deciding.close()
    raise NeedsTime


class KnownAnswers:
    """Fits `Knowledge`: finds what is a wording of an entry, or was found before."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def search(self, text: str, *, today: date) -> Finding:
        finding = self._memory.known(text, today=today)
        return finding if finding is not None else _needs_time()

    def entry(self, entry_id: str) -> Entry | None:
        return self._memory.entry(entry_id)


class KnownDepartments:
    """Fits `Departments`, but for routing, which may ask the encoder."""

    def __init__(self, departments: Departments) -> None:
        self._departments = departments

    async def route(self, text: str) -> Routing:
        del text
        return _needs_time()

    def department(self, name: str) -> Department | None:
        return self._departments.department(name)

    def named(self, text: str) -> Named | None:
        return self._departments.named(text)

    def matter(self, text: str, besides: str) -> Named | None:
        return self._departments.matter(text, besides)

    def offices(self, text: str) -> Called | None:
        return self._departments.offices(text)

    def doing(self, thing: str) -> tuple[Office, ...]:
        return self._departments.doing(thing)

    def hours(self) -> str:
        return self._departments.hours()

    def elsewhere(self, text: str) -> Unit | None:
        return self._departments.elsewhere(text)


class NoNumbers:
    """Fits `CaseNumbers`: a number is taken from the storage, which is busy storing."""

    async def next_case_number(self, day: date) -> str:
        del day
        return _needs_time()


def _needs_time() -> NoReturn:
    raise NeedsTime
