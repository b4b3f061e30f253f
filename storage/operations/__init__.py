"""What the desk asks of its database, one file per noun; each operation is one transaction."""

from storage.operations import (
    alarms,
    audit,
    cases,
    channels,
    departments,
    entries,
    figures,
    inbox,
    outbox,
    people,
    reminders,
    rota,
    vectors,
    verify,
    waiting,
)

__all__ = [
    "alarms",
    "audit",
    "cases",
    "channels",
    "departments",
    "entries",
    "figures",
    "inbox",
    "outbox",
    "people",
    "reminders",
    "rota",
    "vectors",
    "verify",
    "waiting",
]
