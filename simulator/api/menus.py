"""`/cgi-bin/menu/*`: the buttons below the chat (WeChat: 自定义菜单)."""

from simulator.api.call import OK, Call, Json
from simulator.errors import PlatformError
from simulator.menu import read_menu


async def create(call: Call) -> Json:
    """Replace the account's buttons."""
    call.platform.menus[call.account.name] = read_menu(call.body)
    _everybody_sees(call)
    return OK


async def get(call: Call) -> Json:
    """The account's own buttons; 46003 when it made none."""
    buttons = call.platform.menus.get(call.account.name)
    if buttons is None:
        raise PlatformError(46003)
    return {"menu": {"button": [button.as_json() for button in buttons]}}


async def delete(call: Call) -> Json:
    """Remove the account's own buttons."""
    call.platform.menus.pop(call.account.name, None)
    _everybody_sees(call)
    return OK


def _everybody_sees(call: Call) -> None:
    for openid in call.platform.citizens:
        call.platform.follower(call.account.name, openid).changed()
