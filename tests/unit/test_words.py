"""Staff read Chinese only, also where a reason comes from a machine."""

import re

import pytest

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
