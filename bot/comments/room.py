"""Everything of the comments that runs: pollers and the publisher, joined for one desk."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.comments.calls import Calls
from bot.comments.filing import FilingDesk
from bot.comments.platform import Articles
from bot.comments.poll import Pass, Poller
from bot.comments.publisher import Publisher
from bot.metrics import COMMENTS_WAITING, COMMENTS_WAITING_SECONDS
from bot.wechat_api import WeChatApi
from handlers.comments.filing import Filer
from storage import Storage

Clock = Callable[[], datetime]


@dataclass(frozen=True, kw_only=True)
class CommentRoom:
    """The comments of one desk; `accounts` are those whose platform can be asked."""

    storage: Storage
    filer: Filer
    pollers: Mapping[str, Poller]
    publisher: Publisher
    clock: Clock

    @classmethod
    def of(
        cls, storage: Storage, filer: Filer, apis: Mapping[str, WeChatApi], clock: Clock
    ) -> "CommentRoom":
        """The room over the calls of these accounts."""
        articles = {name: Articles(Calls(name, api, storage, clock)) for name, api in apis.items()}
        filing = FilingDesk(filer, storage, clock)
        pollers = {
            name: Poller(name, each, storage, filing, clock) for name, each in articles.items()
        }
        return cls(
            storage=storage,
            filer=filer,
            pollers=pollers,
            publisher=Publisher(storage, articles, clock),
            clock=clock,
        )

    async def fetch(self, accounts: Sequence[str] = (), *, all_articles: bool = False) -> Pass:
        """One polling pass over these accounts (none named: all)."""
        done = Pass()
        chosen = accounts or tuple(self.pollers)
        await asyncio.gather(
            *(self.pollers[name].look(done, all_articles=all_articles) for name in chosen)
        )
        return done

    async def publish(self) -> None:
        """Sends until nothing is due."""
        while await self.publisher.round():
            pass

    async def measure(self) -> None:
        """How much waits, and how long the oldest of it has (for /metrics)."""
        now = self.clock()
        backlog = await self.storage.comment_backlog(now=now)
        for what, amount, since in (
            ("look", backlog.due, backlog.due_since),
            ("file", backlog.unfiled, backlog.unfiled_since),
            ("send", backlog.unsent, backlog.unsent_since),
        ):
            age = now - since if since is not None else timedelta()
            COMMENTS_WAITING.labels(what=what).set(amount)
            COMMENTS_WAITING_SECONDS.labels(what=what).set(max(age.total_seconds(), 0.0))
