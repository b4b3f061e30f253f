"""What lies on a case without being a step of it: notes, unfinished drafts, who is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from cases.case import Case
from cases.people import Person
from cases.wording import text_hash

PRESENT: Final = timedelta(seconds=60)
"""How long somebody counts as being at a case after the last sign of them."""

SAME_NOTE: Final = timedelta(seconds=60)
"""Within this time the same note of the same person is one note: its button was pressed twice."""


@dataclass(frozen=True, kw_only=True)
class Note:
    """A word among colleagues; the citizen never sees it. `mentions` are names to sign in with."""

    id: int = 0
    case: str
    at: datetime
    author: str
    text: str
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class KeptDraft:
    """What a person had written when the desk last heard of it; nobody else sees it.

    `version` is the case's as they saw it; `sources` say where inserted text came from.
    """

    case: str
    person: str
    text: str
    purpose: str
    sources: tuple[str, ...]
    version: int
    saved_at: datetime

    @property
    def mark(self) -> str:
        """Tells this text from a later one."""
        return text_hash(self.text)


@dataclass(frozen=True, kw_only=True)
class Presence:
    """Somebody else at the same case within the last minute."""

    person: str
    seen_at: datetime
    writing: bool


@dataclass(frozen=True, kw_only=True)
class SavedView:
    """A question to the list of cases that a person asks often; `query` is that of its address."""

    name: str
    query: str


@dataclass(frozen=True, kw_only=True)
class ReplyTemplate:
    """A text to begin a reply with; {…} in it are fields. "" is every department's."""

    id: int = 0
    department: str
    name: str
    body: str
    author: str


class PaperStore(Protocol):
    """Keeps them; all raise `UnknownCase` when the viewer may not see the case."""

    async def add_note(self, note: Note, *, viewer: Person) -> Note:
        """The note with its id; the same one left again within `SAME_NOTE` is not kept twice."""

    async def notes(self, number: str, *, viewer: Person) -> list[Note]:
        """Oldest first."""

    async def keep_draft(
        self, draft: KeptDraft, *, viewer: Person, seen: str | None = None
    ) -> KeptDraft | None:
        """Replaces what the same person kept before; an empty text takes it away.

        `seen` is the `mark` of what stood there when they wrote this, "" for nothing, None for
        whatever it is. When something else stands there by now, from another window, that is
        given back and stays.
        """

    async def kept_draft(self, number: str, *, viewer: Person) -> KeptDraft | None: ...

    async def kept_drafts(self, *, viewer: Person) -> list[KeptDraft]:
        """All of a person's unfinished drafts on cases they may see, newest first."""

    async def has_drafted(self, *, viewer: Person) -> bool:
        """Whether the viewer has ever submitted a text on a case they may see."""

    async def come_to(
        self, number: str, *, viewer: Person, writing: bool, now: datetime
    ) -> list[Presence]:
        """A sign of the viewer; returns who else is there."""

    async def present(self, number: str, *, viewer: Person, now: datetime) -> list[Presence]: ...

    async def cases_of_citizen(self, number: str, *, viewer: Person, limit: int = 20) -> list[Case]:
        """The same citizen's other cases that the viewer may see, newest first."""

    async def similar_cases(
        self, number: str, words: Sequence[str], *, viewer: Person, limit: int = 30
    ) -> list[Case]:
        """Other cases that share words, best first, as far as the viewer may see them."""

    async def saved_views(self, *, viewer: Person) -> list[SavedView]: ...

    async def save_view(self, view: SavedView, *, viewer: Person, now: datetime) -> None:
        """Replaces one of the same name."""

    async def remove_view(self, name: str, *, viewer: Person) -> None: ...

    async def reply_templates(self, department: str) -> list[ReplyTemplate]:
        """Those of a department and those of all."""

    async def add_reply_template(self, template: ReplyTemplate, *, now: datetime) -> None: ...

    async def remove_reply_template(self, template: int, *, department: str) -> bool:
        """False when the department has none with this id."""
