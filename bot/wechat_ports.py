"""What the calls to WeChat need kept, by shape."""

from datetime import date, datetime
from typing import Protocol

from handlers.channels import Begun, Trouble


class TokenStore(Protocol):
    """Keeps the access token of each account, shared by all workers."""

    async def token(self, account: str) -> tuple[str, datetime] | None: ...

    async def claim_token(
        self,
        account: str,
        *,
        refused: str,
        now: datetime,
        fresh_until: datetime,
        claim_until: datetime,
    ) -> bool:
        """Whether this caller, and nobody else until `claim_until`, asks WeChat for a token."""

    async def keep_token(self, account: str, token: str, expires_at: datetime) -> None: ...

    async def release_token(self, account: str) -> None:
        """Ends a claim that brought no token."""


class CallBook(Protocol):
    """Counts calls and remembers what WeChat refuses."""

    async def begin_call(self, account: str, path: str, *, day: date, now: datetime) -> Begun: ...

    async def call_refused(
        self, account: str, path: str, trouble: Trouble, *, day: date
    ) -> None: ...

    async def call_succeeded(self, account: str, path: str) -> None: ...

    async def quota_cleared(self, account: str) -> None: ...


class ChannelStore(TokenStore, CallBook, Protocol):
    """All of it."""
