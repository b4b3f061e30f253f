"""What the desk asks of its database, one file per noun; each operation is one transaction."""

from storage.operations import (
    audit,
    cases,
    channels,
    departments,
    entries,
    figures,
    inbox,
    outbox,
    people,
    vectors,
    verify,
)

__all__ = [
    "audit",
    "cases",
    "channels",
    "departments",
    "entries",
    "figures",
    "inbox",
    "outbox",
    "people",
    "vectors",
    "verify",
]
