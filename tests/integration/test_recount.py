"""Months of a desk's life over a New Year, and every figure of it counted once more from its rows.

The letters are random, with those of a year's first and last second among them.
"""

import io
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import unescape
from random import Random

import openpyxl
import pytest

from tests.recounted import CHINA, Recount, Row, day_of, recount, rows_of
from tests.worlds.console import World, world_at
from tests.worlds.console_client import Browser, browser, read, sign_in
from tests.worlds.lived_desk import LivedDesk

START = datetime(2026, 12, 14, 8, tzinfo=CHINA)
END = datetime(2027, 1, 15, 10, tzinfo=CHINA)
LAST_SECOND = datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=CHINA)
EDGES = [LAST_SECOND, LAST_SECOND + timedelta(microseconds=1)] * 2
LETTERS = 50
GROUPS = {
    "department": lambda letter: letter["department"] or "待分派",
    "topic": lambda letter: letter["topic"] or "未分主题",
    "kind": lambda letter: letter["kind"],
    "channel": lambda letter: letter["account"],
    "week": lambda letter: letter["day"] - timedelta(letter["day"].weekday()),
    "month": lambda letter: f"{letter['day']:%Y-%m}",
}
PERIODS = {
    "2026-Q4": (date(2026, 10, 1), date(2026, 12, 31)),
    "2027": (date(2027, 1, 1), date(2027, 12, 31)),
    "2026-12-14~2027-01-15": (START.date(), END.date()),
}
LINK = re.compile(r'href="(/console/reports/cases\?[^"]*)">(\d+)<')


@dataclass
class Lived:
    """A desk with a past, somebody who reads its figures, and the figures as they should be."""

    world: World
    client: Browser
    url: str
    truth: Recount


@pytest.fixture
async def lived(database_url: str) -> AsyncIterator[Lived]:
    random = Random(database_url.partition(":")[0])  # another past for each kind of database
    span = (END - START).total_seconds()
    moments = [START + timedelta(seconds=random.random() * span) for _ in range(LETTERS)]
    async with world_at(database_url) as world, browser(world) as client:
        desk = LivedDesk(world, random)
        await desk.live(sorted(moments + EDGES), END)
        assert desk.taken.keys() >= {"accept", "review", "rate", "give_back", "merge"}
        assert (await world.storage.verify(now=END)).violations == []
        await sign_in(client, "supervisor")
        yield Lived(world, client, database_url, recount(database_url, END))


async def test_every_figure_is_what_the_rows_say(lived: Lived) -> None:
    for day in {edge.date() for edge in EDGES}:
        assert len(lived.truth.between(day, day)) >= 2
    await the_pages(lived)
    await the_files(lived)
    await the_public_page(lived)


async def the_pages(lived: Lived) -> None:
    """Each row of each table, and the cases that the numbers lead to."""
    for period, (first, last) in PERIODS.items():
        letters = lived.truth.between(first, last)
        paper = await read(lived.client, f"/console/reports/periodical?period={period}")
        links = set(LINK.findall(paper))
        for by, key in GROUPS.items():
            page = await read(lived.client, f"/console/reports?period={period}&by={by}")
            links.update(LINK.findall(page))
            lines = [lived.truth.line(group) for group in grouped(letters, key)]
            assert sorted(cells(page, "tbody")) == sorted(lines), (period, by)
            assert cells(page, "tfoot") == [lived.truth.line(letters)]
        if period == "2026-Q4":
            await each_number_is_its_list(lived, links)


async def the_files(lived: Lived) -> None:
    """The last row of each sheet, and a row of the ledger for each letter."""
    letters = lived.truth.between(*PERIODS["2026-Q4"])
    book = await workbook(lived, "figures?period=2026-Q4")
    for name in book.sheetnames:
        row = [cell.value for cell in list(book[name].rows)[-1]]
        told = [row[1], row[3], f"{row[11]}%", row[6], row[12], row[13], row[7], f"{row[15]}%"]
        assert [str(each) for each in told] == lived.truth.line(letters)
    ledger = (await workbook(lived, "ledger?period=2026-Q4"))["台账"]
    numbers = {cell.value for cell in next(ledger.columns)}
    assert numbers == {"编号"} | {each["number"] for each in letters}


async def the_public_page(lived: Lived) -> None:
    letters = lived.truth.between(*PERIODS["2027"])
    total, ours = lived.truth.line(letters), lived.truth.line(e for e in letters if e["ours"])
    page = await read(lived.client, "/public/?period=year")
    tiles = dict(re.findall(r"<span>([^<]+)</span><b>([^<]*)</b>", page))
    messages = rows_of(lived.url, "SELECT accepted_at FROM messages WHERE kind <> 'event'")
    received = sum(day_of(each["accepted_at"]).year == END.year for each in messages)
    told = [tiles[name] for name in ("登记来信", "按期答复率", "群众满意率", "收到消息")]
    assert told == [ours[0], ours[2], total[7], str(received)]


def grouped(letters: Iterable[Row], key: object) -> list[list[Row]]:
    assert callable(key)
    groups: dict[object, list[Row]] = defaultdict(list)
    for each in letters:
        groups[key(each)].append(each)
    return list(groups.values())


def cells(page: str, part: str) -> list[list[str]]:
    """The rows of the table of figures, without what they are called."""
    table = page[page.index("figures-table") :]
    body = table[table.index(f"<{part}>") : table.index(f"</{part}>")]
    plain = re.sub(r"<svg.*?</svg>", "", body, flags=re.DOTALL).replace("没有到期的", "—")
    return [
        [re.sub(r"<[^>]+>|\s", "", cell) for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)]
        for row in re.findall(r"<tr>.*?</tr>", plain, re.DOTALL)
    ]


async def each_number_is_its_list(lived: Lived, links: set[tuple[str, str]]) -> None:
    assert len(links) > 50
    for path, number in links:
        listed = await read(lived.client, unescape(path))
        assert f"：{number} 件</h1>" in listed, path
        assert listed.count('<th scope="row" class="whole">') == int(number), path


async def workbook(lived: Lived, path: str) -> openpyxl.Workbook:
    async with lived.client.get(f"/console/reports/{path}") as answer:
        return openpyxl.load_workbook(io.BytesIO(await answer.read()))
