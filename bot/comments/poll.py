"""Fetches comments: which articles there are, and what was written under each since the last look.

WeChat pushes no comments and promises no order of a listing, so a look goes on until as many
comments are stored as the platform counts. Whatever breaks a look off, the next one goes on from
there; a comment seen twice is stored once.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import structlog

from bot.comments.calls import Refused
from bot.comments.filing import FilingDesk
from bot.comments.finding import find_articles
from bot.comments.platform import AT_ONCE, Articles, Page
from bot.wechat_api import QuotaUsedUp, RetryLater
from bot.wechat_errors import BUSY, QUOTA_USED_UP
from handlers.comments.comment import Article
from handlers.comments.ports import FetchStore
from handlers.comments.schedule import AFTER_FAULT, AFTER_REFUSAL, SOON, next_look, whole_is_due

LEASE = timedelta(minutes=2)  # then a worker that took an article is thought dead
REFUSALS = 3  # in a row: then it is the account that is refused, not an article
OF_AN_ARTICLE = frozenset({88001, 88002})  # it was deleted or restricted; others are not concerned
log = structlog.get_logger(__name__)


@dataclass
class Pass:
    """What one polling pass did; `problems` name account, article and WeChat's number."""

    articles: int = 0
    new: int = 0
    known: int = 0
    cases: int = 0
    problems: list[dict[str, str | int]] = field(default_factory=list)

    def trouble(self, account: str, what: str, code: int = 0) -> None:
        self.problems.append({"account": account, "what": what, "code": code})
        log.warning("comments_not_fetched", account=account, reason=what, code=code)


class Poller:
    """Polls one account's articles; several may do so at once, also in other processes."""

    def __init__(
        self,
        account: str,
        articles: Articles,
        store: FetchStore,
        filing: FilingDesk,
        clock: Callable[[], datetime],
    ) -> None:
        self.account = account
        self._articles = articles
        self._store = store
        self._filing = filing
        self._clock = clock
        self._refusals = 0

    async def look(self, done: Pass, *, all_articles: bool) -> None:
        """One pass: the articles that are due, or `all_articles`, each by one worker at a time."""
        started = self._clock()
        self._refusals = 0
        poll = await self._store.comment_poll(self.account)
        if not all_articles and poll.closed_until and started < poll.closed_until:
            return
        try:
            await self._find(done, always=all_articles)
            await self._read_all(done, started, all_articles=all_articles)
        except QuotaUsedUp as error:
            await self._close(done, None, str(error), QUOTA_USED_UP)
        except Refused as error:
            await self._close(done, started + _pause_after(error.code), str(error), error.code)
        except RetryLater as error:
            done.trouble(self.account, str(error))
        else:
            await self._open()
        done.cases += await self._filing.file_rest()

    async def _find(self, done: Pass, *, always: bool) -> None:
        """New articles; when a feed is refused, known articles are read all the same."""
        try:
            await find_articles(self.account, self._articles, self._store, self._clock(), always)
        except QuotaUsedUp as error:
            done.trouble(self.account, str(error), QUOTA_USED_UP)
        except Refused as error:
            done.trouble(self.account, str(error), error.code)

    async def _read_all(self, done: Pass, started: datetime, *, all_articles: bool) -> None:
        while True:
            now = self._clock()
            article = await self._store.take_article(
                self.account,
                free_by=started if all_articles else now - LEASE,
                due_by=datetime.max.replace(tzinfo=UTC) if all_articles else now,
                now=now,
            )
            if article is None:
                return
            await self._read(done, article)

    async def _read(self, done: Pass, article: Article) -> None:
        """One article; a refusal that concerns it alone does not keep others waiting."""
        look = Look(article, self._articles, self._store, self._filing, self._clock)
        try:
            await look.run()
        except Refused as error:
            await look.pause(self._clock() + _pause_after(error.code), error.code)
            self._refusals += error.code not in OF_AN_ARTICLE
            if self._refusals >= REFUSALS:
                raise
            done.trouble(self.account, f"{article.title}: {error}", error.code)
        except QuotaUsedUp:
            await look.pause(article.next_look_at, QUOTA_USED_UP)
            raise
        except RetryLater:
            await look.pause(article.next_look_at, BUSY)
            raise
        else:
            self._refusals = 0
            done.articles += 1
        finally:
            done.new += look.new
            done.known += look.known
            done.cases += look.cases

    async def _close(self, done: Pass, until: datetime | None, what: str, code: int) -> None:
        """The account's own trouble; calls beyond a quota are held back where they are counted."""
        poll = await self._store.comment_poll(self.account)
        await self._store.save_comment_poll(replace(poll, closed_until=until, code=code))
        done.trouble(self.account, what, code)

    async def _open(self) -> None:
        poll = await self._store.comment_poll(self.account)
        if poll.code:
            await self._store.save_comment_poll(replace(poll, closed_until=None, code=0))


def _pause_after(code: int) -> timedelta:
    """Rights and articles change from day to day; what an administrator corrects, sooner."""
    return AFTER_REFUSAL if 88000 <= code <= 88010 else AFTER_FAULT


class Look:
    """One look at one article's comments."""

    def __init__(
        self,
        article: Article,
        articles: Articles,
        store: FetchStore,
        filing: FilingDesk,
        clock: Callable[[], datetime],
    ) -> None:
        self.new = self.known = self.cases = 0
        self._before = 0  # of the new ones, those that `alive` counts already
        self._article = article
        self._articles = articles
        self._store = store
        self._filing = filing
        self._clock = clock
        self._began = clock()
        self._begin = article.resume_at
        self._resumed = False
        self._seen: set[int] = set()

    async def run(self) -> None:
        """Reads pages until nothing is missing; what was broken off first, then from the front."""
        await self._run()
        if self._article.resume_at:
            self._resumed = True
            self._article = replace(
                self._article, resume_at=0, alive=self._article.alive + self.new
            )
            self._before, self._began, self._begin = self.new, self._clock(), 0
            self._seen.clear()
            await self._run()

    async def _run(self) -> None:
        counted: int | None = None
        while True:
            page = await self._articles.comments(self._article.at, self._begin)
            counted = page.total
            fresh = await self._keep(page)
            self._begin += page.rows
            if not page.rows or self._is_all(page, fresh):
                break
        await self._finish(counted)

    async def pause(self, again: datetime, code: int) -> None:
        """Keeps the place where the listing stopped."""
        now = self._clock()
        await self._store.article_paused(
            self._article, now=now, next_look_at=again, resume_at=self._begin, code=code
        )

    async def _keep(self, page: Page) -> int:
        if not page.items:
            return 0
        fresh = await self._store.keep_comments(self._article, page.items, now=self._clock())
        self.new += len(fresh)
        self._seen.update(each.number for each in page.items)
        self.known = len(self._seen) - self.new
        self.cases += await self._filing.file(fresh)
        return len(fresh)

    def _is_all(self, page: Page, fresh: int) -> bool:
        """Whether the rest is known: a page of known ones, and as many stored as are counted."""
        if page.total is None:
            return page.rows < AT_ONCE or fresh == 0
        if self._begin >= page.total:
            return True
        stored = self._article.alive + self.new - self._before
        return fresh == 0 and stored == page.total and not self._whole_is_due()

    def _whole_is_due(self) -> bool:
        if self._resumed:
            return False  # it was read to its end just now
        return whole_is_due(self._article.published_at, self._article.full_at, now=self._began)

    async def _finish(self, counted: int | None) -> None:
        """Only a listing read from its first row to its last shows what is gone."""
        article, now = self._article, self._clock()
        if article.resume_at:
            return
        whole = counted is not None and len(self._seen) == counted
        again = next_look(article.published_at, article.read_on, now=now)
        if counted is not None and article.alive + self.new - self._before < counted:
            again = min(again, now + SOON)  # rows moved while they were read
        if counted is not None:
            self.known = max(counted - self.new, 0)
        await self._store.article_read(
            article, now=now, next_look_at=again, whole_since=self._began if whole else None
        )
