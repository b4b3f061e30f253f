"""Which places two texts name, and whether these can be the same."""

import pytest

from cases.named_places import name_other_places, named_places


def test_streets_villages_and_schools_are_places() -> None:
    assert named_places("幸福路的路灯坏了，城关小学门口也暗") >= {"幸福路"}
    assert named_places("医保什么时候缴费") == set()


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("石塘镇的路灯坏了", "紧水滩镇的路灯坏了", True),
        ("县城幸福路的路灯坏了", "幸福路的路灯坏了", False),
        ("幸福路的路灯坏了", "路灯坏了一个月", False),
        ("路灯坏了", "路灯还没修", False),
    ],
)
def test_two_texts_name_other_places(one: str, other: str, apart: bool) -> None:
    assert name_other_places(one, other) is apart
    assert name_other_places(other, one) is apart
