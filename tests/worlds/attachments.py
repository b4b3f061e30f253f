"""Citizens who send pictures, voice and video, the platform that has them, and our fetcher."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.media import Fetcher
from handlers.attachment import Attachment
from handlers.message import Message, MessageKind
from handlers.settlement import Outcome, Settlement
from simulator import Platform
from storage import Storage
from tests.servers.stub_service import AUNT
from tests.values.storage import OFFICER, SCHOOLS, opening

GET = "/cgi-bin/media/get"


NUMBER = "HY20261118-0001"


@dataclass
class World:
    """The platform's media and our side of it."""

    platform: Platform
    base: str
    storage: Storage
    fetcher: Fetcher
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    sent: int = 0

    async def sends(
        self, content: bytes, kind: str = "image", *, name: str = "main", **details: str
    ) -> int:
        """A citizen's message with uploaded content; its id."""
        stored = "video" if kind == "shortvideo" else kind
        media = self.platform.media.add(stored, content, "image/png", self.now)
        picture = f"{self.base}media/{media.media_id}"
        shown = {"MediaId": media.media_id} | ({"PicUrl": picture} if kind == "image" else {})
        return await self.message(MessageKind(kind), name=name, **shown | details)

    async def message(
        self, kind: MessageKind, text: str = "", *, name: str = "main", **details: str
    ) -> int:
        self.sent += 1
        message = Message(
            account=name,
            citizen=AUNT.openid,
            receiver="gh_desk",
            kind=kind,
            created_at=self.now,
            text=text,
            message_id=str(self.sent),
            details=details,
        )
        until = self.now + timedelta(minutes=1)
        accepted = await self.storage.accept(message, now=self.now, claim_until=until)
        change = (
            opening(NUMBER, AUNT.openid, department=SCHOOLS, received_at=self.now) if text else None
        )
        outcome = Outcome.CASED if change else Outcome.ASKED_FOR_WORDS
        ended = Settlement(
            outcome=outcome,
            reply="好",
            citizen=accepted.citizen,
            settled_at=self.now,
            change=change,
            joins=NUMBER if change else "",
        )
        await self.storage.settle(accepted.id, ended)
        return accepted.id

    async def shown(self) -> Attachment:
        """The one attachment of the case, as its officer sees it."""
        (found,) = await self.storage.attachments(NUMBER, viewer=OFFICER)
        return found
