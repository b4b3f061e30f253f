"""The sources of a draft in the log of a case."""

import pytest

from cases.sources import entry_source, place_source, the_entry

ONE = entry_source("id-card", 12)


def test_the_one_entry_a_draft_was_made_from_is_read_back() -> None:
    assert the_entry(ONE) == ("id-card", 12)
    assert the_entry(f"模板 问候、{ONE}、{ONE}") == ("id-card", 12)


@pytest.mark.parametrize(
    "sources",
    [
        "",
        "来信 HY20261118-0001",
        f"{ONE}、{entry_source('permit', 1)}",
        f"{ONE}、{place_source('车管所', '2026年11月1日核对')}",
        ONE[:-1],
    ],
)
def test_no_entry_or_more_than_one_is_none(sources: str) -> None:
    assert the_entry(sources) is None
