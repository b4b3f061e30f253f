"""What follows from a text alone is worked out once."""

from collections.abc import Callable

from knowledge_base.remembered import LONGEST, MOST, remembered


def _counting() -> tuple[list[str], Callable[[str], int]]:
    asked: list[str] = []

    @remembered
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    return asked, length


def test_the_same_words_are_worked_out_once() -> None:
    asked, length = _counting()
    assert [length("停车"), length("停车"), length("停")] == [2, 2, 1]
    assert asked == ["停车", "停"]


def test_a_long_letter_is_worked_out_each_time_and_kept_nowhere() -> None:
    asked, length = _counting()
    letter = "停" * (LONGEST + 1)
    assert length(letter) == length(letter) == LONGEST + 1
    assert len(asked) == 2


def test_the_words_not_used_for_longest_are_forgotten_first() -> None:
    asked, length = _counting()
    for number in range(MOST + 1):
        length(str(number))
    length(str(MOST))
    length("0")
    assert asked[-1] == "0"
    assert len(asked) == MOST + 2
