"""Which accounts the list of people is narrowed to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from cases.people import Account

SHOWN_PEOPLE: Final = {
    "all": "全部",
    "locked": "已锁定",
    "no-code": "没开动态口令",
    "first-password": "首次密码没改",
    "disabled": "已停用",
}


def shown_people(accounts: Sequence[Account], key: str, now: datetime) -> list[Account]:
    """Those that a key of `SHOWN_PEOPLE` names; another shows all."""
    if key == "disabled":
        return [each for each in accounts if each.disabled]
    active = [each for each in accounts if not each.disabled]
    match key:
        case "locked":
            return [each for each in active if each.locked_until and each.locked_until > now]
        case "no-code":
            return [each for each in active if not each.totp_secret]
        case "first-password":
            return [each for each in active if each.must_change]
    return list(accounts)
