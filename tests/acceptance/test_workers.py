"""Several workers over one PostgreSQL behave as one desk."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import build
from tests.servers.service_process import ServiceProcess
from tests.servers.wire import sealed, text_xml

MESSAGES = 60


async def _thrice(url: str) -> list[set[bytes]]:
    """Each message delivered three times at once, on connections of their own."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)) as session:

        async def deliver(number: int) -> bytes:
            now = datetime.now(UTC)
            text = "你好" if number % 2 else "幸福路三号门口的路灯坏了一个多月没人修"
            xml = text_xml(text, message_id=str(number), citizen=f"o-{number}", at=1_800_000_000)
            query, body = sealed(xml, at=now)
            async with session.post(url, params=query, data=body) as answer:
                assert answer.status == 200
                return await answer.read()

        found = []
        for start in range(0, MESSAGES, 10):
            numbers = range(start, start + 10)
            waves = [asyncio.gather(*(deliver(n) for _ in range(3))) for n in numbers]
            found += [set(replies) for replies in await asyncio.gather(*waves)]
        return found


@pytest.mark.postgres
def test_two_workers_give_each_message_one_reply(tmp_path: Path, postgres_url: str) -> None:
    service = ServiceProcess(tmp_path, database_url=postgres_url, arguments=("--workers", "2"))
    assert service.run("migrate").returncode == 0
    service.start(within=60)
    try:
        replies = asyncio.run(_thrice(service.url))
        found = service.verify()
    finally:
        service.stop()
    assert {len(each) for each in replies} == {1}
    assert found == {"ok": True, "messages": MESSAGES, "violations": []}


def test_several_workers_over_sqlite_are_refused_with_the_reason(tmp_path: Path) -> None:
    service = ServiceProcess(tmp_path)
    done = service.run("serve", "--workers", "2")
    assert done.returncode == 2
    assert "PostgreSQL" in done.stderr


def _command(service: ServiceProcess, *arguments: str, stdin: str = "") -> Result:
    """A command without a process of its own, which would import for two seconds."""
    config = ("--config", str(service.config))
    return CliRunner().invoke(build(), [*arguments, *config], input=stdin)


def test_commands_name_wrong_input_and_exit_with_2(tmp_path: Path) -> None:
    service = ServiceProcess(tmp_path)
    for arguments, named in (
        (("kb", "import", "missing.xlsx"), "missing.xlsx"),
        (("departments", "import", "missing.csv"), "missing.csv"),
        (("calendar", "import", "missing.json"), "missing.json"),
        (("user", "add", "ann", "--role", "officer", "--password-stdin"), "--department"),
    ):
        done = _command(service, *arguments, stdin="a long password\n")
        assert (done.exit_code, named in done.stderr) == (2, True), done.stderr


def test_a_day_is_counted_from_the_command_line(tmp_path: Path) -> None:
    service = ServiceProcess(tmp_path)
    done = _command(
        service, "due", "--received", "2026-09-18T10:00:00+08:00", "--days", "5", "--json"
    )
    found = json.loads(done.stdout)
    assert (found["due_date"], found["due_at"]) == ("2026-09-24", "2026-09-25T00:00:00+08:00")
    assert found["working_days"][:3] == ["2026-09-20", "2026-09-21", "2026-09-22"]
