"""The console's two accounts: one that pushes, and one that may only answer."""

from typing import Any

from console.ways.channels import AccountCard, ChannelRefused, Channels
from storage import Storage

ACCOUNTS = (
    AccountCard(
        name="main", appid="wx01…cdef", kind="service", verified=True, pushes=True, notifies=True
    ),
    AccountCard(
        name="village",
        appid="wx23…4567",
        kind="subscription",
        verified=False,
        pushes=False,
        notifies=False,
    ),
)


def channels(storage: Storage) -> Channels:
    """A verified service account, and a subscription account that may only answer."""

    async def clear_quota(account: str) -> None:
        if account != "main":
            raise ChannelRefused("没有认证的公众号不能调用微信的这个接口")

    shown: dict[str, list[dict[str, Any]]] = {}

    async def publish_menu(account: str, buttons: list[dict[str, Any]]) -> None:
        if any(button["name"] == "微信不收" for button in buttons):
            raise ChannelRefused("菜单的名称太长（40018）")
        shown[account] = buttons

    async def live_menu(account: str) -> list[dict[str, Any]]:
        return shown.get(account, [])

    return Channels(
        store=storage,
        accounts={each.name: each for each in ACCOUNTS},
        menus=storage,
        clear_quota=clear_quota,
        publish_menu=publish_menu,
        live_menu=live_menu,
    )
