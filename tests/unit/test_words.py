"""Staff read Chinese only, also where a reason comes from a machine."""

import re
from pathlib import Path

import pytest

import bot
from console.ways.channel_words import call
from console.words import by_words_alone
from knowledge_base.query_encoder import QueryEncoder

LATIN = re.compile(r"[A-Za-z]{2,}")


@pytest.mark.parametrize(
    "reason",
    [
        QueryEncoder(None, budget=1.0).degraded,
        "the entries are still being encoded",
        "the encoder took longer than 0.8 s",
        "ConnectionError: refused",
    ],
)
def test_a_reason_is_told_in_chinese(reason: str) -> None:
    told = by_words_alone(reason).replace("[encoder]", "")
    assert told
    assert not LATIN.search(told)


def test_nothing_is_told_while_all_is_well() -> None:
    assert by_words_alone("") == ""
    assert len({by_words_alone(each) for each in ("no encoder", "the encoder took longer")}) == 2


def test_every_call_to_wechat_has_a_name() -> None:
    code = "".join(file.read_text("utf-8") for file in Path(bot.__path__[0]).rglob("*.py"))
    paths = set(re.findall(r'"(/(?:cgi-bin|datacube)/[a-z_/]+)"', code))
    assert len(paths) > 10
    assert {path for path in paths if call(path) == path} == set()
