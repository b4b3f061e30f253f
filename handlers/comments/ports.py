"""What the path of a comment needs from outside, by shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from cases.people import Person
from handlers.comments.comment import Article, Comment, Found, Listed, Shelf
from handlers.comments.filing import Filing
from handlers.comments.moderation import Order, OrderState
from handlers.comments.splitting import Splitting


@dataclass(frozen=True, kw_only=True)
class CommentFilter:
    """What a list of comments shows; empty fields do not filter.

    Without a shelf and an article it shows all that is not hidden; an article's are all shown,
    whatever their shelf.
    """

    shelf: Shelf | None = None
    article: int = 0
    text: str = ""
    limit: int = 30
    offset: int = 0


@dataclass(frozen=True, kw_only=True)
class ArticleRow:
    """An article in a list, with how many comments it has and how many cases came of them."""

    article: Article
    comments: int
    cases: int


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """What waits, and since when (None: nothing does).

    `due_since`: an article should have been looked at; `unfiled_since`: a comment was fetched and
    not yet filed; `unsent_since`: an approved order should have gone out.
    """

    due: int = 0
    due_since: datetime | None = None
    unfiled: int = 0
    unfiled_since: datetime | None = None
    unsent: int = 0
    unsent_since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Poll:
    """How far an account's articles have been listed.

    `listed_whole` is set once the list of published articles was read to its end; until then
    `list_from` is where to go on. `summed_until` is the last day (YYYY-MM-DD) whose readers were
    asked for, "" for none. After a refusal nothing is asked before `closed_until`.
    """

    account: str
    listed_whole: bool = False
    list_from: int = 0
    summed_until: str = ""
    found_at: datetime | None = None
    closed_until: datetime | None = None
    code: int = 0


@dataclass(frozen=True, kw_only=True)
class Sending:
    """An order taken for sending, with what it is about."""

    order: Order
    comment: Comment


class FetchStore(Protocol):
    """Keeps what the poller finds."""

    async def comment_poll(self, account: str) -> Poll: ...

    async def save_comment_poll(self, poll: Poll) -> None: ...

    async def add_articles(self, account: str, found: Sequence[Found], *, now: datetime) -> int:
        """Adds those that are new and returns how many; of others the newest facts are kept."""

    async def take_article(
        self, account: str, *, free_by: datetime, due_by: datetime, now: datetime
    ) -> Article | None:
        """The most urgent article due by `due_by` that nobody has taken since `free_by`.

        None when there is none. It stays due until its look is done, so that a worker's death
        costs no more than the time until others take it again.
        """

    async def keep_comments(
        self, article: Article, listed: Sequence[Listed], *, now: datetime
    ) -> list[Comment]:
        """Stores each comment once and returns those that are new; renews the state of others."""

    async def article_read(
        self,
        article: Article,
        *,
        now: datetime,
        next_look_at: datetime,
        whole_since: datetime | None,
    ) -> None:
        """A look is done; after a whole listing what was not seen since then is gone."""

    async def article_paused(
        self, article: Article, *, now: datetime, next_look_at: datetime, resume_at: int, code: int
    ) -> None:
        """A look was broken off, or refused with `code`."""

    async def unfiled_comments(self, *, limit: int) -> list[Comment]: ...

    async def file_comments(self, filings: Sequence[Filing]) -> list[str]:
        """Writes each filing once, whoever comes first; returns the numbers of new cases."""


class CallLimits(Protocol):
    """Keeps what the platform allows of a call; the calls themselves are counted by `CallBook`."""

    async def limit_calls(self, account: str, path: str, *, day: date, remain: int) -> None:
        """What it still allows on a day in China."""


class PublishStore(Protocol):
    """Keeps moderators' orders and hands them out for sending."""

    async def take_orders(
        self, *, now: datetime, claim_until: datetime, limit: int, accounts: Sequence[str]
    ) -> list[Sending]:
        """Due orders, marked as sending; also those whose worker died, for they repeat safely."""

    async def orders_of(self, comment: int) -> list[Order]: ...

    async def order_done(self, order: Order, *, now: datetime) -> None: ...

    async def order_failed(
        self, order: Order, *, code: int, reason: str, now: datetime
    ) -> None: ...

    async def order_postponed(
        self, order: Order, *, code: int, reason: str, look_again_at: datetime
    ) -> None: ...


class CommentDesk(Protocol):
    """What the console shows of comments; every read within what `viewer` may see."""

    async def comments(self, only: CommentFilter, *, viewer: Person) -> list[Comment]:
        """Newest first."""

    async def comment_tally(self, shelf: Shelf, *, viewer: Person, most: int) -> int:
        """How many comments lie on a shelf, counted no further than `most`."""

    async def comment(self, number: int, *, viewer: Person) -> Comment | None: ...

    async def comments_of_case(self, case: str, *, viewer: Person) -> list[Comment]:
        """The one the case came of first, if it did; then those that joined it."""

    async def orders_of(self, comment: int) -> list[Order]: ...

    async def orders_in(
        self, states: Sequence[OrderState], *, viewer: Person, limit: int
    ) -> list[Sending]: ...

    async def order(self, number: int) -> Order | None: ...

    async def add_order(self, order: Order) -> int:
        """Keeps a new order and returns its number. Raises `OrderStands` when one is open."""

    async def change_order(self, before: Order, after: Order, *, by: str, now: datetime) -> bool:
        """Writes it only if it still stands as `before`; False when somebody was first."""

    async def judge_comment(self, comment: Comment, *, by: str, now: datetime) -> bool:
        """A moderator confirms that it is harmful; False when somebody was first."""

    async def refile_comment(self, filing: Filing) -> str | None:
        """A moderator found nothing harmful: filed anew; the case's number, "" for none.

        None when somebody was first.
        """

    async def split_comment(self, splitting: Splitting) -> str | None:
        """The number of its own case; None when it moved on, or a reply is on its way to it."""

    async def articles(self, *, limit: int, offset: int) -> list[ArticleRow]: ...

    async def article(self, number: int) -> Article | None: ...

    async def comment_backlog(self, *, now: datetime) -> Backlog: ...

    async def reopen_comments(self, account: str) -> None:
        """What the platform refused is asked for again with the next pass."""

    async def comment_troubles(self) -> list[Poll]:
        """Accounts whose articles or comments the platform refused to list."""


class OrderStands(Exception):
    """The same step of the same comment is proposed or approved already."""
