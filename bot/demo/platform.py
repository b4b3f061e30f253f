"""What WeChat knows of the demo: its articles, and the citizens of its past two weeks."""

from bot.demo.history import CITIZENS, openid
from simulator import Citizen, Platform, publish_samples


def furnish(platform: Platform) -> None:
    """The citizens of the history follow the account, but do not crowd the chat page."""
    publish_samples(platform)
    for number in range(CITIZENS):
        platform.enrol(Citizen(openid=openid(number), nickname=f"市民{number + 1}"), shown=False)
