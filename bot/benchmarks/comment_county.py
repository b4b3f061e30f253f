"""A county's comments: a day's for the poller, years of them for the pages; always the same."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random

from bot.benchmarks.county import TOWNS, entry_rows
from cases.case import Case, Event, Kind, State
from cases.department import Department
from cases.people import Account, Person, Role
from console.people.passwords import Passwords
from simulator import Account as PlatformAccount
from simulator import Article, Platform
from storage import Storage
from storage.operation import Operation, Value, run, run_many
from storage.rows.cases import CHAIN_START, case_values, event_values
from storage.rows.plain import stamp

ARTICLES, EACH = 50, 200
COMMENTS_OF_A_DAY = ARTICLES * EACH
PASSWORD = "a bench of its own, 2026"
ACCOUNT = {"appid": "wxbench0000000001", "secret": "s" * 32, "token": "bench", "mode": "plain"}
OLD_ARTICLES, AT_ONCE, ENTRIES = 1_000, 1_000, 2_000
PRAISE = ("为家乡点赞", "越来越好了", "👍👍", "辛苦了", "支持", "打卡", "第一", "转发了", "真美")
TROUBLE = ("的路灯坏了一个多月没人修", "门口天天堵死，反映多次没人管", "半夜施工扰民，睡不着")
ADVERTS = ("加微信 abc12345 免费领取", "日赚三百，名额有限", "低息贷款当天下款")
SHELVES = ("other",) * 60 + ("question",) * 25 + ("matter",) * 12 + ("held",) + ("harmful",) * 2
VERDICTS = {
    "other": "praise",
    "question": "question",
    "matter": "complaint",
    "held": "advert",
    "harmful": "abuse",
}


def platform_with_comments() -> Platform:
    """50 articles of an hour ago with 200 comments each, two in five of them questions."""
    account = PlatformAccount(
        name="main", appid=ACCOUNT["appid"], secret=ACCOUNT["secret"], token=ACCOUNT["token"],
        webhook="http://127.0.0.1:9/wechat/main", mode="plain",
    )  # fmt: skip
    platform = Platform([account])
    board, now, said = platform.boards["main"], platform.clock(), _said(Random(7))
    for number in range(1, ARTICLES + 1):
        at = now - timedelta(hours=1)
        article = Article(msg_data_id=number, index=0, title=f"第 {number} 篇", published_at=at)
        board.publish(article)
        for n in range(EACH):
            board.write(number, 0, next(said), at=at, openid=f"o-{n % 90}" if n % 4 else None)
    return platform


def _said(chance: Random) -> Iterator[str]:
    rows = list(entry_rows(ENTRIES))
    while True:
        kind, town = chance.random(), chance.choice(TOWNS)
        if kind < 0.4:
            yield f"{town}，{chance.choice(rows)['question']}？"
        elif kind < 0.55:
            yield f"{town}{chance.choice(TROUBLE)}"
        else:
            yield chance.choice(PRAISE if kind < 0.95 else ADVERTS)


async def people_and_departments(storage: Storage) -> None:
    """The county's departments, an officer of the first, and a dispatcher."""
    names = _departments()
    await storage.save_departments([Department(name=name, duties=name) for name in names])
    passwords = Passwords()
    hashed = await passwords.hash(PASSWORD)
    passwords.close()
    for person in (
        Person(name="officer", role=Role.OFFICER, department=names[0]),
        Person(name="dispatcher", role=Role.DISPATCHER),
    ):
        await storage.save_account(Account(person=person, password_hash=hashed))


def _departments() -> list[str]:
    return sorted({row["department"] for row in entry_rows(ENTRIES)})


async def fill_comments(storage: Storage, amount: int) -> None:
    """Years of comments under 1,000 articles, a third of them cases."""
    chance, now = Random(9), datetime.now(UTC)
    await storage.driver.write(partial(_add_articles, now))
    made = list(_comments(chance, now, amount))
    for start in range(0, amount, AT_ONCE):
        await storage.driver.write(partial(_add, made[start : start + AT_ONCE]))


def _add_articles(now: datetime) -> Operation[None]:
    for number in range(1, OLD_ARTICLES + 1):
        at = stamp(now - timedelta(days=number / 2))
        yield from run(
            "add_article", account="main", msg_data_id=number, place=0, title=f"第 {number} 篇",
            url="", published_at=at, read_on="", now=stamp(now + timedelta(days=1)),
        )  # fmt: skip


def _comments(
    chance: Random, now: datetime, amount: int
) -> Iterator[tuple[int, str, str, str, datetime, str]]:
    """(number, shelf, text, citizen, written_at, department)."""
    departments, said = _departments(), _said(chance)
    for number in range(1, amount + 1):
        shelf = chance.choice(SHELVES)
        at = now - timedelta(days=chance.uniform(0, 500))
        citizen = f"o-{number % 9_000}" if number % 4 else ""
        yield number, shelf, next(said), citizen, at, chance.choice(departments)


def _add(made: Sequence[tuple[int, str, str, str, datetime, str]]) -> Operation[None]:
    """As the desk files them, without their messages, which no page of comments reads.

    In a database of its own the numbers given to rows are those of the comments.
    """
    rows, filed = [], []
    for number, shelf, text, citizen, at, department in made:
        row: dict[str, Value] = {
            "article_id": number % OLD_ARTICLES + 1, "account": "main", "number": number,
            "citizen": citizen, "text": text, "written_at": stamp(at), "now": stamp(at),
            "elected": int(number % 3 == 0), "reply": "", "replied_at": None,
        }  # fmt: skip
        rows.append(row)
        case = ""
        if shelf in {"question", "matter"}:
            case = f"HY20260101-{number:06}"
            yield from _add_case(case, text, citizen, at, department)
        filing: dict[str, Value] = {
            "id": number, "verdict": VERDICTS[shelf], "shelf": shelf, "suggested": "[]",
            "now": stamp(at), "message_id": None, "case_number": case, "joined": 0,
            "judged_by": "",
        }  # fmt: skip
        filed.append(filing)
    yield from run_many("add_comments", rows)
    yield from run_many("file_comments", filed)


def _add_case(
    number: str, text: str, citizen: str, at: datetime, department: str
) -> Operation[None]:
    due = at + timedelta(days=7)
    case = Case(
        number=number, account="main", citizen=citizen, kind=Kind.QUESTION, state=State.CLOSED,
        text=text, received_at=at, due_at=due, due_date=due.date(), provisional=False,
        rule="reply", department=department, reply="已答复", replied_at=at + timedelta(days=2),
    )  # fmt: skip
    event = Event(
        case=number, version=1, at=at, actor="citizen", step="open", before=None, after=case.state
    )
    yield from run("add_case", **case_values(case, event))
    yield from run("add_event", **event_values(event, None, prev_hash=CHAIN_START))
