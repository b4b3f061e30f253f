"""E-mail through the county's own mail server (aiosmtplib)."""

import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any, Final

import aiosmtplib

from bot.config_reminders import EmailSettings
from bot.reminding.carrier import CannotSend, MayHaveArrived, TryLater

NOT_WITHOUT: Final = 530  # RFC 3207, RFC 4954: STARTTLS or AUTH comes first


class Email:
    """Fits `Carrier`: one letter, one connection."""

    def __init__(self, settings: EmailSettings) -> None:
        self._settings = settings

    async def send(self, address: str, title: str, text: str) -> None:
        """RFC 5321: 4yz asks to try later, 5yz is final; after DATA only the server knows."""
        try:
            letter = self._letter(address, title, text)
        except ValueError as error:  # an address that cannot be written in a header
            raise CannotSend("收件地址写法不对") from error
        client = self._client()
        try:
            await self._open(client)
            await self._hand_over(client, letter)
        finally:
            client.close()

    async def _open(self, client: "_Client") -> None:
        """Connects, encrypts and signs in: whatever goes wrong here, nothing has been sent."""
        try:
            await client.connect()
        except aiosmtplib.SMTPAuthenticationError as error:
            if 400 <= error.code < 500:
                raise TryLater(f"邮件服务器暂时不让登录（{error.code}）") from error
            raise CannotSend("邮件服务器不接受用户名或密码，请管理员核对配置") from error
        except (aiosmtplib.SMTPException, OSError) as error:
            if _is_about_trust(error):
                tell = "邮件服务器的证书不可信，请管理员核对地址和证书"
                raise CannotSend(tell) from error
            if type(error) is aiosmtplib.SMTPException:  # what the server does not offer
                tell = "邮件服务器不支持所配置的加密或登录方式，请管理员核对端口和 security"
                raise CannotSend(tell) from error
            raise TryLater(f"邮件服务器连不上（{type(error).__name__}）") from error

    async def _hand_over(self, client: "_Client", letter: EmailMessage) -> None:
        try:
            await client.send_message(letter)
        except aiosmtplib.SMTPHeloError as error:
            raise _refusal(error.code, "连接，请管理员核对地址和端口") from error
        except aiosmtplib.SMTPSenderRefused as error:
            if error.code == NOT_WITHOUT:
                tell = "邮件服务器要求先加密或登录，请管理员核对 security 和 username"
                raise CannotSend(tell) from error
            raise _refusal(error.code, "发件地址，请管理员核对 sender") from error
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise _refusal(error.recipients[0].code, "收件地址") from error
        except aiosmtplib.SMTPResponseException as error:
            raise _refusal(error.code, "这封邮件") from error
        except aiosmtplib.SMTPNotSupported as error:  # an address in Chinese, which it cannot take
            raise CannotSend("邮件服务器不支持这样的收件地址") from error
        except (aiosmtplib.SMTPException, OSError) as error:
            if not client.letter_began:
                raise TryLater(f"邮件服务器中断了连接（{type(error).__name__}）") from error
            raise MayHaveArrived(f"发送途中连接断开（{type(error).__name__}）") from error

    def _letter(self, address: str, title: str, text: str) -> EmailMessage:
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self._settings.sender, address, title
        letter["Date"] = formatdate(localtime=False)
        letter["Message-ID"] = make_msgid(domain=self._settings.sender.rpartition("@")[2])
        letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence note answers
        letter.set_content(text)
        return letter

    def _client(self) -> "_Client":
        settings = self._settings
        return _Client(
            hostname=settings.host,
            port=settings.port,
            username=settings.username or None,
            password=settings.password or None,
            use_tls=settings.security == "tls",
            start_tls=settings.security == "starttls",
            tls_context=None if settings.security == "none" else ssl.create_default_context(),
            timeout=settings.timeout,
        )


class _Client(aiosmtplib.SMTP):
    """Knows whether the letter's own words were begun: before DATA nothing has been sent."""

    letter_began = False

    async def data(self, *given: Any, **named: Any) -> aiosmtplib.SMTPResponse:
        self.letter_began = True
        return await super().data(*given, **named)


def _is_about_trust(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__
    return False


def _refusal(code: int, what: str) -> Exception:
    if 400 <= code < 500:
        return TryLater(f"邮件服务器暂时不收（{code}）")
    return CannotSend(f"邮件服务器拒收{what}（{code}）")
