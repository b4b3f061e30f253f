"""huiying user add and user password: nobody's password changes by mistake."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from typer.testing import CliRunner, Result

from bot.__main__ import build
from cases.people import Account
from storage import Storage, open_storage

FIRST, SECOND = "long enough 一二三", "another one 四五六"
LATER = datetime(2026, 11, 22, tzinfo=UTC) + timedelta(days=1)
Huiying = Callable[..., Result]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/desk.db"


@pytest.fixture
def huiying(tmp_path: Path, url: str) -> Huiying:
    config = tmp_path / "huiying.toml"
    config.write_text(f'database_url = "{url}"\n', encoding="utf-8")

    def invoke(*arguments: str, password: str = FIRST) -> Result:
        told = ["user", *arguments, "--password-stdin", "--config", str(config)]
        return CliRunner().invoke(build(), told, input=f"{password}\n")

    return invoke


def account(url: str, **changes: object) -> Account:
    """Ann's account, changed beforehand where asked."""

    async def work() -> Account:
        storage: Storage = await open_storage(url)
        try:
            found = await storage.account("ann")
            assert found is not None
            if changes:
                await storage.save_account(replace(found, **changes))
            return found
        finally:
            await storage.close()

    return asyncio.run(work())


def opens(kept: Account, password: str) -> bool:
    return PasswordHasher().verify(kept.password_hash, password)


def test_a_name_that_exists_keeps_its_password_and_role(huiying: Huiying, url: str) -> None:
    assert huiying("add", "ann", "--role", "auditor").exit_code == 0
    again = huiying("add", "ann", "--role", "administrator", password=SECOND)
    assert (again.exit_code, "huiying user password ann" in again.stderr) == (2, True)
    kept = account(url)
    assert (kept.person.role, opens(kept, FIRST)) == ("auditor", True)


def test_a_new_password_lifts_a_lock_and_leaves_the_rest(huiying: Huiying, url: str) -> None:
    huiying("add", "ann", "--role", "auditor", "--display-name", "安")
    account(url, failures=9, locked_until=LATER, totp_secret="JBSWY3DPEHPK3PXP")
    assert huiying("password", "ann", password=SECOND).exit_code == 0
    kept = account(url)
    assert (kept.failures, kept.locked_until, opens(kept, SECOND)) == (0, None, True)
    assert (kept.person.display_name, kept.totp_secret) == ("安", "JBSWY3DPEHPK3PXP")


def test_nobody_gets_a_password_without_an_account(huiying: Huiying) -> None:
    told = huiying("password", "ben")
    assert (told.exit_code, "nobody called 'ben'" in told.stderr) == (2, True)
    assert huiying("password", "ben", password="short").exit_code == 2
