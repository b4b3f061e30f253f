"""How alike two wordings are, in characters."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.fuzzy import shared_pairs

WORDS = st.text(alphabet="身份证户口本怎么办", max_size=12)


def pairs_of(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


@given(WORDS, st.lists(WORDS, max_size=4))
def test_pairs_are_counted_as_their_sets_would_be(asked: str, others: list[str]) -> None:
    shared, own, theirs = shared_pairs(asked, others)
    assert own == len(pairs_of(asked))
    assert list(theirs) == [len(pairs_of(each)) for each in others]
    assert list(shared) == [len(pairs_of(asked) & pairs_of(each)) for each in others]
