"""Messages that speak of danger to life: these need a telephone at once, not a reply in days.

What is told of the past, asked about money or papers, or happens all the time is no emergency
and takes the usual way. When in doubt the numbers are shown: that costs a citizen one reading.
"""

from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

from handlers.hearing.vocabulary import names, saying
from knowledge_base.sayings import Saying
from knowledge_base.text import cut, normalise


class Danger(StrEnum):
    """What is happening; of some somebody at the desk must hear as well."""

    SELF_HARM = "self_harm"
    THREAT = "threat"
    RESCUE = "rescue"
    POISON = "poison"
    GAS = "gas"
    FIRE = "fire"
    WIRE = "wire"
    LIFT = "lift"
    CRASH = "crash"
    CHILD = "child"
    BULLIED = "bullied"
    HOME = "home"
    CRIME = "crime"
    FRAUD = "fraud"
    LOST = "lost"
    WATER = "water"
    DISASTER = "disaster"
    ILLNESS = "illness"
    HUNGRY = "hungry"
    BUSY = "busy"
    HELP = "help"

    @property
    def needs_the_desk(self) -> bool:
        """Whether a case is opened besides: there is a matter behind it."""
        return self in (Danger.SELF_HARM, Danger.THREAT, Danger.CHILD, Danger.BULLIED)


_TABLES: Final = "dangers."


def danger_in(text: str) -> Danger | None:
    """The danger a message tells of, the gravest first; None in nearly every case."""
    return _danger_in(cut(text))


@lru_cache(maxsize=4096)
def _danger_in(text: str) -> Danger | None:
    plain = normalise(text)
    return next((danger for danger, sign in _signs() if sign.said_in(plain)), None)


@cache
def _signs() -> tuple[tuple[Danger, Saying], ...]:
    """Every danger that has a table, in the order of the tables: the gravest first."""
    tables = [name for name in names() if name.startswith(_TABLES)]
    return tuple((Danger(name.removeprefix(_TABLES)), saying(name)) for name in tables)
