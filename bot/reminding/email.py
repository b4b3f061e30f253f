"""E-mail through the county's own mail server (aiosmtplib)."""

import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

import aiosmtplib

from bot.config_reminders import EmailSettings
from bot.reminding.carrier import CannotSend, MayHaveArrived, TryLater

NOT_REACHED = (
    aiosmtplib.SMTPConnectError,
    aiosmtplib.SMTPConnectTimeoutError,
    aiosmtplib.SMTPConnectResponseError,
)


class Email:
    """Fits `Carrier`: one letter, one connection."""

    def __init__(self, settings: EmailSettings) -> None:
        self._settings = settings

    async def send(self, address: str, title: str, text: str) -> None:
        """RFC 5321: 4yz asks to try later, 5yz is final; after DATA only the server knows."""
        try:
            await self._deliver(self._letter(address, title, text))
        except (*NOT_REACHED, aiosmtplib.SMTPHeloError) as error:
            raise TryLater(f"邮件服务器连不上（{type(error).__name__}）") from error
        except aiosmtplib.SMTPAuthenticationError as error:
            raise CannotSend("邮件服务器不接受用户名或密码，请管理员核对配置") from error
        except aiosmtplib.SMTPRecipientsRefused as error:
            refused = error.recipients[0]
            raise _refusal(refused.code, "收件地址") from error
        except aiosmtplib.SMTPResponseException as error:
            raise _refusal(error.code, "这封邮件") from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MayHaveArrived(f"发送途中连接断开（{type(error).__name__}）") from error
        except ValueError as error:  # an address that cannot be written in a header
            raise CannotSend("收件地址写法不对") from error

    def _letter(self, address: str, title: str, text: str) -> EmailMessage:
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self._settings.sender, address, title
        letter["Date"] = formatdate(localtime=False)
        letter["Message-ID"] = make_msgid(domain=self._settings.sender.rpartition("@")[2])
        letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence note answers
        letter.set_content(text)
        return letter

    async def _deliver(self, letter: EmailMessage) -> None:
        settings = self._settings
        await aiosmtplib.send(
            letter,
            hostname=settings.host,
            port=settings.port,
            username=settings.username or None,
            password=settings.password or None,
            use_tls=settings.security == "tls",
            start_tls=settings.security == "starttls",
            tls_context=None if settings.security == "none" else ssl.create_default_context(),
            timeout=settings.timeout,
        )


def _refusal(code: int, what: str) -> Exception:
    if 400 <= code < 500:
        return TryLater(f"邮件服务器暂时不收（{code}）")
    return CannotSend(f"邮件服务器拒收{what}（{code}）")
