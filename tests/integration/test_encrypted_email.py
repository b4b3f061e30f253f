"""E-mail over STARTTLS with a password, against a real mail server that insists on both."""

from pathlib import Path
from typing import Any

import pytest

from bot.config_reminders import EmailSettings
from bot.reminding.carrier import CannotSend
from bot.reminding.email import Email
from tests.servers.reminders import MAIL_PASSWORD, certificate_for_localhost, mail_server


class TestEncryptedEmail:
    @pytest.fixture
    def certificate(self, tmp_path: Path) -> Path:
        return certificate_for_localhost(tmp_path)

    async def sent(self, port: int, **settings: Any) -> None:
        given: dict[str, Any] = {"security": "starttls", "username": "desk"} | settings
        if "password" not in given:
            given["password"] = MAIL_PASSWORD
        email = EmailSettings(
            host="localhost", port=port, sender="desk@example.com", timeout=5, **given
        )
        await Email(email).send("wang@example.com", "来信 HY-1 明天到期", "请及时办理。")

    async def test_a_letter_goes_over_starttls_after_signing_in(
        self, certificate: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        async with mail_server(certificate) as mail:
            await self.sent(mail.port)
            assert [letter["Subject"] for letter in mail.letters] == ["来信 HY-1 明天到期"]

    async def test_a_wrong_password_is_the_administrators_matter(
        self, certificate: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        async with mail_server(certificate) as mail:
            with pytest.raises(CannotSend, match="用户名或密码"):
                await self.sent(mail.port, password="wrong")

    async def test_a_certificate_that_nobody_trusts_is_said_so(self, certificate: Path):
        """Nothing was sent: 可能已发出 would be untrue."""
        async with mail_server(certificate) as mail:
            with pytest.raises(CannotSend, match="证书不可信"):
                await self.sent(mail.port)

    async def test_a_server_without_starttls_is_said_so(self):
        async with mail_server() as mail:
            with pytest.raises(CannotSend, match="不支持所配置的加密"):
                await self.sent(mail.port)

    async def test_a_server_that_asks_for_encryption_is_said_so(self, certificate: Path):
        async with mail_server(certificate) as mail:
            with pytest.raises(CannotSend, match="要求先加密或登录"):
                await self.sent(mail.port, security="none", username="", password="")
