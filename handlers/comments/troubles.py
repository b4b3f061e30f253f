"""What WeChat's refusals mean to a moderator, and what to do (WeChat: 留言管理, 全局返回码)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from handlers.comments.moderation import Step


@dataclass(frozen=True)
class Trouble:
    """What happened, and what somebody can do about it."""

    what: str
    advice: str


TROUBLES: Final[Mapping[int, Trouble]] = {
    88000: Trouble(
        "这个公众号没有留言功能。",
        "请到公众平台“设置与开发—公众号设置”看看留言功能是否开通；开通后点“再发一次”。",
    ),
    88001: Trouble(
        "微信找不到这篇文章。",
        "文章可能已经删除，或者它不是群发的。请在公众平台核对；文章还在的话，到公众平台后台处理这条留言。",
    ),
    88002: Trouble(
        "这篇文章因为内容安全被微信限制了。",
        "请到公众平台“通知中心”查看原因并申诉；解除限制后点“再发一次”。",
    ),
    88003: Trouble("这篇文章的精选留言已经到上限。", "请先取消几条旧的精选，再点“再发一次”。"),
    88004: Trouble("市民已经自己删除了这条留言。", "不用再处理；市民还有疑问时会重新联系。"),
    88005: Trouble(
        "这条留言已经有一条回复，微信只允许一条。",
        "可能有人在公众平台后台回复过。要换成这一条，请先提交“删除回复”，再重新回复。",
    ),
    88006: Trouble("微信不让回复这条留言。", "请到公众平台后台查看这条留言的状态。"),
    88007: Trouble("回复是空的，或者太长。", "请改短到 200 个字以内，重新提交。"),
    88008: Trouble(
        "微信找不到这条留言。", "它可能已被删除，不用再处理；留言和办理记录仍留在这里。"
    ),
    88009: Trouble("这条留言没有可删除的回复。", "回复可能已在公众平台后台删掉，不用再处理。"),
    88010: Trouble(
        "一次读取的条数不对。", "这是程序的错误，不会丢失留言。请把错误号 88010 告诉维护人员。"
    ),
    45009: Trouble("今天调用微信的次数用完了。", "明天零点后会自动接着做，不用处理。"),
    48001: Trouble(
        "这个公众号没有调用留言接口的权限。", "请确认公众号已通过微信认证，再点“再发一次”。"
    ),
    40164: Trouble(
        "本机的地址不在公众号的 IP 白名单里。",
        "请管理员到公众平台“设置与开发—基本配置”把服务器地址加进白名单。",
    ),
    40125: Trouble(
        "公众号的密钥（AppSecret）不对。", "请管理员核对配置文件里的 secret，改好后重启。"
    ),
    40013: Trouble("微信不认识公众号的 AppID。", "请管理员核对配置文件里的 appid，改好后重启。"),
    40243: Trouble("公众号的密钥（AppSecret）被冻结了。", "请管理员到公众平台“基本配置”里解冻。"),
    -1: Trouble("微信系统繁忙。", "会自动再试，不用处理。"),
}
UNKNOWN: Final = Trouble(
    "微信没有接受，错误号 {code}。",
    "请在微信公众平台的“全局返回码”里查这个号；不清楚时请告诉维护人员。",
)
ALREADY_SO: Final = frozenset({(Step.DELETE, 88008), (Step.DELETE, 88004), (Step.UNREPLY, 88009)})
"""Refusals that say: what was wanted is so already."""


def trouble_of(code: int) -> Trouble:
    """The words for a refusal; its number is named when nobody knows it."""
    known = TROUBLES.get(code)
    return known or Trouble(UNKNOWN.what.format(code=code), UNKNOWN.advice)
