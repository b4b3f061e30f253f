"""The public comments that a case came of or was joined by, and what was suggested for them."""

from dataclasses import dataclass
from typing import Final

from cases.case import Case
from cases.people import Person
from cases.sources import entry_source
from console.cases.case_beside import Hint
from console.deps import Deps
from handlers.comments.comment import Comment, Suggested
from knowledge_base.entry import Status

WITHDRAWN: Final = "这一条后来停用了，请不要照抄。"


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """An entry that was suggested when the comment was filed, as it stands published now.

    `hint` puts its text into the draft, with entry and version as its source; None once the entry
    was withdrawn. `changed` tells staff what became of the entry since.
    """

    suggested: Suggested
    hint: Hint | None
    changed: str

    @property
    def percent(self) -> int:
        return round(self.suggested.probability * 100)


@dataclass(frozen=True, kw_only=True)
class Comments:
    """`opening` is the comment that the case came of, `joined` went on about it."""

    opening: Comment | None
    joined: list[Comment]
    suggestions: list[Suggestion]


async def comments_of(box: Deps, case: Case, person: Person) -> Comments:
    """All of a case's comments, within what the person may see."""
    found = await box.comments.store.comments_of_case(case.number, viewer=person)
    entries = {each.entry: each for comment in found for each in comment.suggested}
    return Comments(
        opening=next((each for each in found if not each.joined), None),
        joined=[each for each in found if each.joined],
        suggestions=[await suggestion(box, each) for each in entries.values()],
    )


async def suggestion(box: Deps, suggested: Suggested) -> Suggestion:
    """What may be taken of it now: never a text that is not published any more."""
    versions = await box.entries.entry_versions(suggested.entry)
    now = next((each for each in versions if each.status is Status.PUBLISHED), None)
    if now is None:
        return Suggestion(suggested=suggested, hint=None, changed=WITHDRAWN)
    hint = Hint(
        key=key_of(suggested),
        title=now.question or now.answer,
        text=now.answer,
        source=entry_source(now.id, now.version),
        link=f"/console/entries/{now.id}",
    )
    newer = f"这一条后来改过，下面是现在的第 {now.version} 版。"
    changed = "" if now.version == suggested.version else newer
    return Suggestion(suggested=suggested, hint=hint, changed=changed)


def key_of(suggested: Suggested) -> str:
    """Names the suggestion in an address (`?insert=`)."""
    return f"suggested-{suggested.entry}"
