"""Robots of WeCom and DingTalk groups.

Source: 企业微信 群机器人配置说明 (text of at most 2,048 bytes, 20 a minute), 钉钉 自定义机器人
安全设置 (加签: HmacSHA256 of "timestamp\\nsecret", the time in milliseconds, an hour off at most).
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

import aiohttp
from yarl import URL

from bot.config_reminders import RobotSettings
from bot.reminding.carrier import CannotSend, MayHaveArrived, TryLater

TIMEOUT: Final = aiohttp.ClientTimeout(total=20)
MOST_BYTES: Final = 2_000
BUSY: Final = frozenset({-1, 45009, 45033, 130101, 410100})
NOT_REACHED: Final = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class Robots:
    """Fits `Carrier`; `address` is the robot's name in the configuration."""

    def __init__(
        self,
        settings: Mapping[str, RobotSettings],
        session: aiohttp.ClientSession,
        clock: Callable[[], datetime],
    ) -> None:
        self._settings, self._session, self._clock = settings, session, clock

    async def send(self, address: str, title: str, text: str) -> None:
        """Posts the text to the group; what the platform says of it decides what happens next."""
        robot = self._settings.get(address)
        if robot is None:
            raise CannotSend(f"配置里没有叫“{address}”的群机器人了")
        content = shortened(f"{title}\n{text}", MOST_BYTES)
        said = await self._post(robot, {"msgtype": "text", "text": {"content": content}})
        code = said.get("errcode")
        if code in BUSY:
            raise TryLater(f"群机器人发得太快（{code}）")
        if code != 0:
            raise CannotSend(f"群机器人拒收：{said.get('errmsg', '')[:100]}（{code}）")

    async def _post(self, robot: RobotSettings, body: Mapping[str, Any]) -> dict[str, Any]:
        url = signed(robot, self._clock())
        try:
            async with self._session.post(url, json=body, timeout=TIMEOUT) as answer:
                if answer.status >= 500:
                    raise TryLater(f"群机器人暂时不可用（{answer.status}）")
                if answer.status != 200:
                    raise CannotSend(f"群机器人的地址不对（{answer.status}）")
                said = await answer.json(content_type=None)
        except NOT_REACHED as error:
            raise TryLater(f"群机器人连不上（{type(error).__name__}）") from error
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise MayHaveArrived(f"发送途中连接断开（{type(error).__name__}）") from error
        return said if isinstance(said, dict) else {"errcode": "?"}


def signed(robot: RobotSettings, now: datetime) -> URL:
    """The robot's address, with DingTalk's timestamp and signature when it has a secret."""
    url = URL(robot.url)
    if not robot.secret:
        return url
    timestamp = str(round(now.timestamp() * 1000))
    digest = hmac.digest(
        robot.secret.encode(), f"{timestamp}\n{robot.secret}".encode(), hashlib.sha256
    )
    return url.update_query(timestamp=timestamp, sign=base64.b64encode(digest).decode())


def shortened(text: str, most: int) -> str:
    """The text, or as many of its lines as fit into so many bytes of UTF-8, saying so."""
    if len(text.encode()) <= most:
        return text
    end = "\n……没有显示完，请到办理台查看。"
    kept = text.encode()[: most - len(end.encode())].decode(errors="ignore")
    return (kept.rpartition("\n")[0] or kept) + end
