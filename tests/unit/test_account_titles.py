"""What staff call an official account: never a key of the configuration where words will do."""

import pytest

from bot.config_account import AccountSettings, titles_of


def account(title: str = "") -> AccountSettings:
    return AccountSettings(appid="wx1", token="t", mode="plain", title=title)


@pytest.mark.parametrize(
    ("titles", "called"),
    [
        ({"main": ""}, {"main": "微信公众号"}),
        ({"main": "清禾发布 "}, {"main": "清禾发布"}),
        ({"main": "清禾发布", "village": ""}, {"main": "清禾发布", "village": "微信公众号"}),
        ({"a": "", "b": ""}, {"a": "微信公众号 a", "b": "微信公众号 b"}),
    ],
)
def test_an_account_is_called_by_its_title_or_by_plain_words(
    titles: dict[str, str], called: dict[str, str]
) -> None:
    assert titles_of({name: account(title) for name, title in titles.items()}) == called
