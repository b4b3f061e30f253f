"""What WeChat refuses, and what follows: wait, another way to the citizen, or a person.

Source: WeChat document 全局返回码.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

TOKEN_SPENT: Final = frozenset({40001, 40014, 42001})
BUSY: Final = -1
TOO_FAST: Final = 45011
QUOTA_USED_UP: Final = 45009
CLOSED_TO_PUSHES: Final = frozenset({45015, 45047, 40003, 43004, 43101})
OF_THE_ACCOUNT: Final = frozenset(
    {40002, 40013, 40125, 40164, 40243, 45009, 48001, 48004, 50002, 61024}
    | {89501, 89503, 89506, 89507}
)
"""Errors that every call of the account meets until somebody changes its settings."""

OF_ONE_THING: Final = frozenset({40007, 44004, 45002, 46003, 87014, *range(88001, 88011)})
"""Errors about one text, picture or comment: the next one may well be taken."""

WHAT_TO_DO: Final = {
    40013: "微信不认识这个 appid：请核对配置里的 accounts.<账号>.appid",
    40125: "密钥不对：请核对配置里的 accounts.<账号>.secret",
    40243: "密钥被冻结了：请到公众平台“基本配置”里解冻",
    89501: "公众号管理员还没有在手机上确认这台服务器",
    89503: "公众号管理员还没有在手机上确认这台服务器",
    40164: "服务器的地址不在 IP 白名单里：请到公众平台“设置与开发—基本配置”把它加进去",
    45009: "今天的调用次数用完了：零点恢复，急用时请管理员清零",
    48001: "这个账号没有这个接口的权限：要先完成微信认证",
    48004: "这个接口被微信封禁：请到公众平台查看通知",
    50002: "账号被限制使用：请到公众平台查看通知",
    45002: "文字太长，微信不收",
    45015: "48 小时的推送时限已过，或者市民取消了关注",
    45047: "这一轮的 5 条推送已经用完",
    40003: "市民没有关注这个公众号",
    43004: "市民没有关注这个公众号",
    43101: "市民没有同意接收这种通知",
    40007: "微信上没有这份图片、语音或视频，或者已经过期",
    40037: "模板编号不对：请核对配置里的 accounts.<账号>.notice.template",
    47003: "通知的内容和模板对不上：请核对配置里的 accounts.<账号>.notice.fields",
    87009: "签名不对，请联系管理员",
}


class WeChatFailure(Exception):
    """A call that did not succeed; `tell` says why to the staff, in Chinese."""

    def __init__(self, reason: str, *, tell: str = "") -> None:
        super().__init__(reason)
        self.tell = tell or "微信没有收下，系统会再试"


class RetryLater(WeChatFailure):
    """WeChat is busy or out of reach; the same call may succeed after `after`."""

    def __init__(self, reason: str, after: timedelta = timedelta(minutes=1)) -> None:
        super().__init__(reason, tell="微信正忙或者连不上，系统会再试")
        self.after = after


class OutOfReach(RetryLater):
    """No connection at all: this machine's network, name service or firewall, or WeChat itself."""


class Unsure(WeChatFailure):
    """The connection broke after the call was sent: it may have been carried out, or not."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, tell="发送时连接断了，不知道微信收下没有")


class CitizenUnreachable(WeChatFailure):
    """The push window is closed or used up: the text waits for the citizen's next message."""


class NeedsAPerson(WeChatFailure):
    """The call will not succeed before somebody changes something; the message says what."""

    def __init__(self, reason: str, *, errcode: int = 0, said: str = "", tell: str = "") -> None:
        super().__init__(reason, tell=tell)
        self.errcode = errcode
        self.said = said

    @property
    def of_the_account(self) -> bool:
        """Whether every call of the account is refused, and not just this text."""
        return self.errcode in OF_THE_ACCOUNT

    @property
    def lasts(self) -> bool:
        """Whether the next call will be refused as well, until somebody changes something."""
        return self.errcode not in OF_ONE_THING


class QuotaUsedUp(NeedsAPerson):
    """Today's calls are used up; `until` is when WeChat counts anew."""

    def __init__(self, reason: str, *, until: datetime) -> None:
        super().__init__(reason, errcode=QUOTA_USED_UP, said=reason, tell=_tell(QUOTA_USED_UP))
        self.until = until


class TokenSpent(Exception):
    """The access token is no longer good; never leaves `bot.wechat_api`."""


def checked(answer: Any, *, quota_until: datetime) -> Mapping[str, Any]:
    """The answer of a call that succeeded; else raises what follows from its errcode."""
    if not isinstance(answer, Mapping):
        raise RetryLater("WeChat answered something that is not an object")
    code = answer.get("errcode", 0)
    if code == 0:
        return answer
    words = str(answer.get("errmsg", ""))[:300]
    said = f"WeChat error {code}: {words}"
    if code in TOKEN_SPENT:
        raise TokenSpent(said)
    if code == BUSY:
        raise RetryLater(said, after=timedelta(seconds=10))
    if code == TOO_FAST:
        raise RetryLater(said)
    if code in CLOSED_TO_PUSHES:
        raise CitizenUnreachable(said, tell=_tell(code))
    if code == QUOTA_USED_UP:
        raise QuotaUsedUp(said, until=quota_until)
    raise NeedsAPerson(said, errcode=code, said=words, tell=_tell(code))


def _tell(code: int) -> str:
    return f"{WHAT_TO_DO.get(code, '微信不收，请管理员查看微信的全局返回码')}（{code}）"
