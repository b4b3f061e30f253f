"""Pictures, voice and video of citizens: wanted with their message, fetched, kept, shown."""

from datetime import datetime
from hashlib import sha256

from cases.people import Person
from handlers.attachment import JOINS_WITHIN, KINDS, Attachment
from handlers.message import Message
from storage.operation import Operation, Row, one, rows, run
from storage.rows.plain import moment, stamp, storable
from storage.scope import scope_of


def want(message: Message, message_id: int, *, now: datetime) -> Operation[None]:
    """In the message's own transaction: what it holds is fetched even after a crash."""
    media_id = storable(message.details.get("MediaId", ""))
    picture = storable(message.details.get("PicUrl", ""))
    if message.kind.value in KINDS and (media_id or picture):
        yield from run(
            "add_attachment",
            message_id=message_id,
            account=message.account,
            citizen=storable(message.citizen),
            kind=message.kind.value,
            media_id=media_id,
            picture_url=picture,
            now=stamp(now),
        )


def join_earlier(account: str, citizen: str, case_number: str, *, at: datetime) -> Operation[None]:
    """What the citizen sent shortly before the words that opened the case."""
    yield from run(
        "join_earlier_attachments",
        account=account,
        citizen=citizen,
        case_number=case_number,
        since=stamp(at - JOINS_WITHIN),
    )


def take_attachments(
    *, now: datetime, claim_until: datetime, limit: int
) -> Operation[list[Attachment]]:
    """Due ones; also those whose worker died."""
    taken = yield from rows(
        "take_attachments", now=stamp(now), claim_until=stamp(claim_until), limit=limit
    )
    return [_attachment(row) for row in taken]


def attachment_kept(
    attachment: int, content: bytes, *, content_type: str, now: datetime
) -> Operation[None]:
    """Its content, once for all that are the same."""
    digest = sha256(content).hexdigest()
    yield from run("add_content", sha256=digest, content=content, now=stamp(now))
    yield from run(
        "attachment_kept",
        id=attachment,
        content_type=content_type,
        size=len(content),
        sha256=digest,
    )


def attachment_ended(
    attachment: int, state: str, *, reason: str, look_at: datetime
) -> Operation[None]:
    """Refused or lost; or wanted again, from `look_at` on."""
    yield from run(
        "attachment_ended", id=attachment, state=state, reason=reason, look_at=stamp(look_at)
    )


def attachments(number: str, *, viewer: Person) -> Operation[list[Attachment]]:
    """Those of a case, oldest first; empty when the viewer may not see it."""
    found = yield from rows("attachments_for", number=number, scope=scope_of(viewer))
    return [_attachment(row) for row in found]


def attachment_content(
    attachment: int, number: str, *, viewer: Person
) -> Operation[tuple[Attachment, bytes] | None]:
    """One of a case with its content; None when it is not kept or not for the viewer."""
    scope = scope_of(viewer)
    row = yield from one("attachment_for", id=attachment, number=number, scope=scope)
    return (_attachment(row), bytes(row["content"])) if row is not None else None


def _attachment(row: Row) -> Attachment:
    return Attachment(
        id=row["id"],
        account=row["account"],
        kind=row["kind"],
        media_id=row["media_id"],
        picture_url=row["picture_url"],
        sent_at=moment(row["sent_at"]),
        state=row["state"],
        attempts=row["attempts"],
        reason=row["reason"],
        content_type=row["content_type"],
        size=row["size"],
    )
