"""The console and the public pages while the database cannot be written or read."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from structlog.testing import capture_logs

from tests.integration.test_console_exchange import looked_at, taken_in
from tests.values.console import SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, read, sign_in, take


@contextmanager
def locked(desk: World, folder: Path) -> Iterator[None]:
    """Somebody else writes for longer than anybody waits."""
    desk.storage.driver._database.conn.execute("PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(next(folder.glob("*.db")), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def unread(folder: Path, table: str) -> None:
    """The database answers no question about a table any more."""
    with closing(sqlite3.connect(next(folder.glob("*.db")))) as other:
        other.execute(f"ALTER TABLE {table} RENAME TO taken_away")


async def test_a_step_that_cannot_be_kept_says_so_and_shows_the_words_again(
    client: Browser, desk: World, tmp_path: Path
) -> None:
    case = await desk.opened("学校几点放学", department=SCHOOLS)
    await sign_in(client, "officer")
    await take(client, case.number, "accept")
    with locked(desk, tmp_path), capture_logs() as lines:
        status, page = await take(client, case.number, "draft", text="下午四点半放学。")
    assert status == 503
    assert "这一次的操作没有保存" in page
    assert "下午四点半放学。" in page
    told = [line for line in lines if line["event"] == "console_waits"]
    assert [(line["route"], "locked" in line["reason"]) for line in told] == [
        ("/console/cases/{number}/draft", True)
    ]


async def test_an_import_that_the_disk_has_no_room_for_says_so(
    client: Browser, desk: World
) -> None:
    rows = "".join(f"第{n}件事怎么办,{'到窗口办理。' * 200}{n}\n" for n in range(300))
    await sign_in(client, "curator")
    _, where = await looked_at(client, "a.csv", f"问题,答案\n{rows}".encode())
    connection = desk.storage.driver._database.conn
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + 40}")
    with capture_logs() as lines:
        page = await taken_in(client, where)
    assert "磁盘满了），什么都没有改动" in page
    (told,) = (line for line in lines if line["event"] == "job_failed")
    assert told["reason"].endswith("disk is full")
    assert "exc_info" not in told


async def test_a_page_that_cannot_be_read_offers_itself_once_more(
    client: Browser, tmp_path: Path
) -> None:
    await sign_in(client, "officer")
    unread(tmp_path, "sessions")
    with capture_logs() as lines:
        page = await read(client, "/console/cases?state=open", status=503)
    assert 'href="/console/cases?state=open">再试一次' in page
    assert [line["event"] for line in lines] == ["console_waits"]


async def test_a_public_page_that_cannot_be_read_is_told_in_one_line(
    client: Browser, tmp_path: Path
) -> None:
    unread(tmp_path, "cases")
    with capture_logs() as lines:
        page = await read(client, "/public/", status=503)
    assert "请过一会儿再试" in page
    assert [line["event"] for line in lines] == ["public_page_waits"]
