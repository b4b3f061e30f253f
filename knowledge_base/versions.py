"""The versions of an entry: who did what with them, and the mark of exactly what was read."""

import hashlib
from dataclasses import astuple, dataclass
from datetime import datetime

from knowledge_base.entry import Entry, Status


@dataclass(frozen=True, kw_only=True)
class EntryStep:
    """One step with one version: its status afterwards, who took it, when, and why."""

    version: int
    at: datetime
    actor: str
    status: Status
    reason: str


@dataclass(frozen=True, kw_only=True)
class Merge:
    """An entry on its way into another: once version `version` of `kept` is published, `gone` is
    withdrawn. `outcome` is "" while that waits, then "done" or "cancelled".
    """

    kept: str
    version: int
    gone: str
    gone_version: int
    outcome: str = ""


def mark_of(entry: Entry) -> str:
    """16 hex digits that are the same only for the same text in the same status.

    A form carries the mark of what its page showed, so that nobody changes or approves a text
    that is not the one they read.
    """
    return hashlib.sha256(repr(astuple(entry)).encode("utf-8", "replace")).hexdigest()[:16]
