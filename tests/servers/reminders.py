"""A mail server and a robots' platform for the tests: real sockets, answers set by hand."""

import asyncio
import base64
import hashlib
import hmac
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

SECRET = "SEC0123456789abcdef"
MAIL_PASSWORD = "of the tests"


@dataclass
class MailServer:
    """Keeps the letters it accepts; `answers` are given first, one per letter."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    hang_up: bool = False
    breaks_at: str = ""
    refuses_greeting: str = ""
    refuses_sender: str = ""

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        if self.breaks_at == "EHLO":
            server.transport.abort()
        session.host_name = hostname
        return [self.refuses_greeting] if self.refuses_greeting else responses

    async def handle_HELO(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str
    ) -> str:
        session.host_name = hostname
        return self.refuses_greeting or "250 localhost"

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.breaks_at == "MAIL":
            server.transport.abort()
        if self.refuses_sender:
            return self.refuses_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.hang_up:
            server.transport.abort()
            return "421 bye"
        if self.answers:
            return self.answers.pop(0)
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.envelopes.append(envelope)
        return "250 kept"


@asynccontextmanager
async def mail_server(certificate: Path | None = None) -> AsyncIterator[MailServer]:
    """A mail server on a free port of this machine, in this event loop.

    With a certificate it takes letters over STARTTLS alone, from whoever knows `MAIL_PASSWORD`.
    """
    made = MailServer()
    loop = asyncio.get_running_loop()
    secure: dict[str, Any] = {}
    if certificate is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        secure = {"tls_context": context, "require_starttls": True, "auth_required": True}
    server = await loop.create_server(
        lambda: SMTP(made, hostname="localhost", loop=loop, authenticator=_knows, **secure),
        "127.0.0.1",
        0,
    )
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        await server.wait_closed()


def _knows(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    fits = isinstance(data, LoginPassword) and data.password == MAIL_PASSWORD.encode()
    return AuthResult(success=fits, handled=False)


def certificate_for_localhost(folder: Path) -> Path:
    """A key and a certificate that signs itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "localhost.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


@dataclass
class Platform:
    """WeCom's and DingTalk's side: checks DingTalk's signature, keeps what a group would read."""

    url: str = ""
    posts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    hang_up: bool = False

    async def receive(self, request: web.Request) -> web.Response:
        if self.hang_up:
            await request.read()
            assert request.transport is not None
            request.transport.close()
        if self.statuses and (status := self.statuses.pop(0)) != 200:
            return web.Response(status=status)
        if self.answers:
            return web.json_response(self.answers.pop(0))
        if request.path == "/dingtalk" and not _signature_fits(request):
            return web.json_response({"errcode": 310000, "errmsg": "sign not match"})
        self.posts.append((request.path, await request.json()))
        return web.json_response({"errcode": 0, "errmsg": "ok"})


def _signature_fits(request: web.Request) -> bool:
    """As 钉钉 自定义机器人安全设置 describes it, worked out here from its words."""
    text = f"{request.query.get('timestamp', '')}\n{SECRET}"
    mac = hmac.new(SECRET.encode("utf-8"), text.encode("utf-8"), digestmod=hashlib.sha256)
    return request.query.get("sign", "") == base64.b64encode(mac.digest()).decode()


@asynccontextmanager
async def robots_platform() -> AsyncIterator[Platform]:
    """The platform on a free port of this machine."""
    made = Platform()
    app = web.Application()
    app.router.add_post("/{kind}", made.receive)
    async with TestServer(app) as server:
        made.url = str(server.make_url("")).rstrip("/")
        yield made
