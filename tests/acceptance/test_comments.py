"""3,000 comments over 40 articles, a platform that refuses in every way, a service that dies.

Real processes against the simulator: each comment is stored and filed once, each reply stands
once, nothing is lost, and no call is made beyond the quota.
"""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from cases.desk import Desk
from cases.people import Person, Role
from cases.rules import load_rules
from cases.wording import text_hash
from cases.work_calendar import WorkCalendar
from simulator import Account, Article, Platform, create_api
from simulator.comments import CommentBoard
from storage import Storage, open_storage
from tests.servers.service_process import ServiceProcess
from tests.servers.wire import APPID, TOKEN
from tests.values.storage import by_hand

ARTICLES, EACH = 40, 75
COMMENTS = ARTICLES * EACH
ANONYMOUS, KNOWN = 20, 4
"""Cases that are answered: of readers nobody knows, and of citizens who wrote everywhere."""
ANSWERED = ANONYMOUS + KNOWN * ARTICLES
CASES = ARTICLES * 10 + 8  # ten of each article's are of nobody known; eight citizens have one each
LIST, REPLY = "/cgi-bin/comment/list", "/cgi-bin/comment/reply/add"
QUOTA_AT_FIRST = 50  # of the 80 listings that all comments need
SAID = (
    "新生儿医保什么时候办",  # question
    "幸福路的路灯坏了一个多月没人修",  # complaint
    "为家乡点赞",
    "加微信 abc12345 日赚三百",
    "第一",
)
FAULTS = ((88000, -1, 88001), (40001, 88002, 88010), (42001, 88000))
"""What listings meet before and after each death; three refusals in a row end an account's day."""
REPLY_REFUSALS = (88000, 88001, 88002, 88003, 88004, 88006, 88007, 88008, 88009, 88010, -1, 40001)
DISPATCHER = Person(name="dispatcher", role=Role.DISPATCHER)
DISPATCHER2 = Person(name="dispatcher2", role=Role.DISPATCHER)


@dataclass
class Desktop:
    """The platform, the service as a process, and its database as another program sees it."""

    platform: Platform
    service: ServiceProcess
    storage: Storage

    @property
    def board(self) -> CommentBoard:
        return self.platform.boards["main"]

    @property
    def url(self) -> str:
        return f"sqlite:///{self.service.folder / 'desk.db'}"

    @property
    def listings(self) -> int:
        """Listings that the platform counted today, those beyond the quota included."""
        return self.platform.quotas.used("main", LIST, self.platform.clock())

    def count(self, query: str) -> int:
        return int(by_hand(self.url, query)[0][0])

    def expect(self, path: str, codes: Sequence[int]) -> None:
        """Lets the next calls be refused with these numbers."""
        for code in codes:
            self.platform.faults.plan(path, errcode=code)

    async def until_stored(self, comments: int) -> None:
        await self._until(lambda: self.count("SELECT COUNT(*) FROM comments") >= comments)

    async def until_quota_is_spent(self) -> None:
        spent = "SELECT COUNT(*) FROM comment_polls WHERE code = 45009"
        await self._until(lambda: self.count(spent) == 1)

    async def until_answered(self, times: int) -> None:
        await self._until(lambda: sum(self.board.answered.values()) >= times)

    async def _until(self, ready: Callable[[], bool]) -> None:
        give_up_at = asyncio.get_running_loop().time() + 60
        while not ready():
            log = self.service.folder / "service.log"
            late = asyncio.get_running_loop().time() > give_up_at
            assert not late, log.read_text()[-3000:]
            await asyncio.sleep(0.05)

    async def fetch(self) -> dict[str, Any]:
        run = await asyncio.to_thread(self.service.run, "comments", "fetch", "--json")
        assert run.returncode == 0, run.stderr
        found: dict[str, Any] = json.loads(run.stdout)
        return found


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_nothing_is_lost_or_doubled_whatever_the_platform_says(tmp_path: Path) -> None:
    platform = _platform()
    async with platform, TestServer(create_api(platform)) as server:
        service = ServiceProcess(tmp_path, api_base=str(server.make_url("/")))
        await asyncio.to_thread(service.run, "migrate")
        storage = await open_storage(f"sqlite:///{tmp_path / 'desk.db'}")
        desktop = Desktop(platform, service, storage)
        try:
            await asyncio.to_thread(service.start)
            await _fetches_with_deaths_and_a_quota(desktop)
            await _fetches_the_rest_from_two_places(desktop)
            await _answers_with_deaths(desktop)
            found = await asyncio.to_thread(service.verify)
        finally:
            service.stop()
            await storage.close()
    assert found == {"ok": True, "messages": COMMENTS, "violations": []}


async def _fetches_with_deaths_and_a_quota(desktop: Desktop) -> None:
    """The service dies twice in the middle; then the quota ends the day."""
    for enough, faults in zip((400, 1200), FAULTS[1:], strict=True):
        await desktop.until_stored(enough)
        desktop.service.kill()
        desktop.expect(LIST, faults)
        await asyncio.to_thread(desktop.service.start)
    await desktop.until_quota_is_spent()
    refused = await desktop.fetch()
    assert [each["code"] for each in refused["problems"]] == [45009]
    assert QUOTA_AT_FIRST - 10 <= desktop.listings <= QUOTA_AT_FIRST  # faults count with us only


async def _fetches_the_rest_from_two_places(desktop: Desktop) -> None:
    """The quota is renewed; two commands and the service fetch at once."""
    before = desktop.count("SELECT COUNT(*) FROM comments")
    desktop.platform.quotas.limits[LIST] = 1000
    await desktop.storage.quota_cleared("main")
    desktop.expect(LIST, FAULTS[0])
    await asyncio.gather(desktop.fetch(), desktop.fetch())
    last = await desktop.fetch()
    assert (last["articles"], last["new"] + last["known"], last["errors"]) == (40, COMMENTS, 0)
    assert before < COMMENTS == desktop.count("SELECT COUNT(*) FROM comments")
    assert (
        desktop.count("SELECT COUNT(DISTINCT article_id * 1000 + number) FROM comments") == COMMENTS
    )
    assert desktop.count("SELECT COUNT(*) FROM comments WHERE filed_at IS NULL") == 0
    matters = "SELECT COUNT(*) FROM comments WHERE case_number <> ''"
    assert desktop.count(matters) == COMMENTS * 2 // len(SAID)
    assert desktop.count("SELECT COUNT(*) FROM cases") == CASES
    assert desktop.count("SELECT COUNT(*) FROM comments WHERE shelf = 'held'") == COMMENTS // 5


async def _answers_with_deaths(desktop: Desktop) -> None:
    """Each case's reply stands once under its comments, though the service dies while sending."""
    desktop.expect(REPLY, REPLY_REFUSALS)
    desktop.platform.faults.plan(REPLY, times=3, status=502, after=True)
    for number in _cases(desktop):
        await _answer(desktop, number)
    await desktop.until_answered(3)
    desktop.service.kill()
    await asyncio.to_thread(desktop.service.start)
    open_orders = "SELECT COUNT(*) FROM comment_orders WHERE state <> 'done'"
    for _ in range(8):  # as when somebody presses 再发一次, and minutes pass
        by_hand(
            desktop.url,
            "UPDATE comment_orders SET state = 'approved' WHERE state = 'failed'",
            "UPDATE comment_orders SET send_at = proposed_at, claim_until = proposed_at"
            " WHERE state IN ('approved', 'sending')",
        )
        await asyncio.sleep(1.0)
        if desktop.count(open_orders) == 0:
            break
    assert desktop.count(open_orders) == 0
    assert list(desktop.board.answered.values()) == [1] * ANSWERED
    replies = by_hand(desktop.url, "SELECT reply FROM comments WHERE reply <> ''")
    assert [row[0] for row in replies] == ["到政务服务中心二楼办理。"] * ANSWERED


def _cases(desktop: Desktop) -> list[str]:
    """Some of both kinds."""
    query = "SELECT number FROM cases WHERE citizen {} '' ORDER BY number LIMIT {}"
    kinds = (("=", ANONYMOUS), ("<>", KNOWN))
    return [
        row[0] for which, most in kinds for row in by_hand(desktop.url, query.format(which, most))
    ]


async def _answer(desktop: Desktop, number: str) -> None:
    """Two people answer a case, as in the console."""
    desk = Desk(desktop.storage, WorkCalendar(), load_rules())
    text, now = "到政务服务中心二楼办理。", datetime.now(UTC)
    case = await desktop.storage.case(number)
    case = await desk.draft(number, text, version=case.version, actor=DISPATCHER, now=now)
    await desk.review(
        number, version=case.version, draft_hash=text_hash(text), actor=DISPATCHER2, now=now
    )


def _platform() -> Platform:
    """40 articles of two feeds with 75 comments each, by citizens with and without an openid."""
    account = Account(
        name="main", appid=APPID, secret="a-secret", token=TOKEN, webhook="http://127.0.0.1:9/"
    )
    platform = Platform([account])
    now, board = platform.clock(), platform.boards["main"]
    for number in range(ARTICLES):
        at, massed = now - timedelta(days=1 + number % 3), number % 2 == 0
        place = Article(
            msg_data_id=1000 + number // 2, index=number % 2, title=f"第 {number} 篇",
            published_at=at, massed=massed,
        )  # fmt: skip
        board.publish(place)
        for n in range(EACH):
            openid = f"o-{n % 30}" if n % 3 else None
            board.write(place.msg_data_id, place.index, SAID[n % 5], at=at, openid=openid)
    platform.quotas.limits[LIST] = QUOTA_AT_FIRST
    for code in FAULTS[0]:
        platform.faults.plan(LIST, errcode=code)
    platform.faults.plan(LIST, status=502)
    return platform
