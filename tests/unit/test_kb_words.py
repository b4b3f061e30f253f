"""Search by words: BM25, likeness, official words, facts of a wording."""

from math import log

import numpy as np
import pytest

from knowledge_base.entry import Entry
from knowledge_base.fuzzy import likeness
from knowledge_base.index import KnowledgeIndex, top
from knowledge_base.lexical import FILLERS, telling_words, terms, words
from knowledge_base.synonyms import Synonyms, official, read_table
from knowledge_base.texts import Texts
from knowledge_base.whole_texts import Has
from knowledge_base.word_index import Postings, Vocabulary, WordIndex
from knowledge_base.wording import Wording


def wording(text: str) -> Wording:
    return Wording.of(text, lambda words: [1.0] * len(words))


def having(*texts: str) -> Has:
    return lambda pattern: np.array([bool(pattern.search(text)) for text in texts])


def word_index(*texts: str) -> WordIndex:
    vocabulary = Vocabulary()
    return WordIndex(vocabulary, postings(vocabulary, *texts))


def postings(vocabulary: Vocabulary, *texts: str) -> Postings:
    telling = [[word for word in words(text) if word not in FILLERS] for text in texts]
    return Postings.of(texts, [vocabulary.add(each) for each in telling])


def test_the_document_with_the_rarest_common_word_scores_highest() -> None:
    index = word_index("居住证怎么办理", "身份证怎么办理", "护照怎么办理")
    assert int(np.argmax(index.scores(terms("护照去哪办")))) == 2
    assert index.rarities(["护照", "没有"]) < [index.rarest, index.rarest]


def test_an_empty_index_and_an_empty_query_score_nothing() -> None:
    assert len(word_index().scores(["护照"])) == 0
    assert word_index("护照").scores([]).tolist() == [0.0]


def test_a_score_is_what_the_formula_gives() -> None:
    texts = ["护照护照怎么办", "身份证", "护照"]
    index, bags = word_index(*texts), [terms(text) for text in texts]
    average = sum(map(len, bags)) / 3
    reached = 0.0
    for term in terms("护照"):
        holding = sum(term in bag for bag in bags)
        idf = log(1 + (3 - holding + 0.5) / (holding + 0.5))
        count = bags[0].count(term)
        norm = 1.2 * (0.4 + 0.6 * len(bags[0]) / average)
        reached += idf * count * 2.2 / (count + norm)
    possible = sum(index.rarities(terms("护照")))
    assert index.scores(terms("护照"))[0] == pytest.approx(reached / possible, rel=1e-6)


def test_fillers_do_not_tell_matters_apart() -> None:
    assert telling_words("请问居住证怎么办理的呢") == ["居住证"]


def test_citizens_words_become_official_ones_and_stay_so() -> None:
    assert official("驾照丢了") == official("机动车驾驶证遗失")
    assert official(official("住房公积金和社保")) == official("公积金和社会保险")


def test_a_wrong_line_of_the_table_is_named() -> None:
    with pytest.raises(ValueError, match="line 2"):
        read_table("# 表\n没有冒号的一行")


def test_an_empty_table_changes_nothing() -> None:
    assert Synonyms({}).official("驾照") == "驾照"


def test_of_two_words_at_one_place_the_longer_is_made_official() -> None:
    table = Synonyms({"社保": "社会保险", "社保卡": "社会保障卡", "卡": "卡片"})
    assert table.official("社保卡和社保的卡") == "社会保障卡和社会保险的卡片"


def test_typing_mistakes_keep_texts_alike() -> None:
    found = likeness("公基金余额", ["公积金余额查询", ""])
    whole, part, kept, pairs = (float(figures[0]) for figures in found)
    assert whole > 0.6
    assert part > 0.7
    assert kept == 0.8
    assert pairs > 0.3
    assert [figures[1] for figures in found] == [0.0] * 4
    assert likeness("", ["公积金"])[0].tolist() == [0.0]


def test_what_is_asked_for_and_what_an_answer_gives_are_seen() -> None:
    given, missing = wording("办证要多少钱").answered_in(having("工本费20元", "到大厅办"), 2)
    assert given.tolist() == [1, 0]
    assert missing.tolist() == [0, 1]


def test_conditions_and_figures_that_a_text_lacks_are_counted() -> None:
    asked = wording("退休人员65岁办证")
    assert asked.conditions_lacking(having("退休的人", "在校学生"), 2).tolist() == [0, 1]
    assert asked.numbers_lacking(["满65岁", "满60岁", "编号165"]).tolist() == [0, 1, 1]


def test_a_whole_entry_is_its_first_wordings_and_its_answer_in_official_words() -> None:
    variants = tuple(f"第{n}种驾照" for n in range(30))
    entries = [
        Entry(id="a", question="社保卡丢了", variants=variants, answer="驾照带上，收20元。"),
        Entry(id="b", question="", answer="到大厅办。"),
    ]
    words = KnowledgeIndex(entries, Texts.of(entries), None).words
    near = words.near(np.array([1, 0]), np.array([-1, 0]))
    texts = Texts.of(entries)
    whole = " ".join([*texts.wordings.texts[:20], texts.answers[0]])
    assert list(near.whole) == ["到大厅办", official(whole)]


def test_what_an_entry_names_is_the_same_when_it_is_looked_for_again() -> None:
    entries = [
        Entry(id="a", question="办证", answer="退休的人20元。"),
        Entry(id="b", question="办卡", answer="到大厅。"),
    ]
    words = KnowledgeIndex(entries, Texts.of(entries), None).words
    asked = wording("退休人员办证要多少钱")
    for order in ([0], [1, 0], [0, 1]):
        near = words.near(np.array(order), np.zeros(len(order), np.int64))
        assert asked.conditions_lacking(near.has, len(order)).tolist() == order
        assert asked.answered_in(near.has, len(order))[1].tolist() == order


def test_coverage_counts_the_rare_words_that_are_missing() -> None:
    asked = wording("居住证续签")
    shares, missing, amounts = asked.covered(asked.stands_in(["居住证怎么办", "居住证续签"]))
    assert shares.tolist() == [0.5, 1.0]
    assert missing.tolist() == [1.0, 0.0]
    assert amounts.tolist() == [log(2), 0.0]
    assert wording("怎么办").covered(np.ones((1, 0), np.bool_))[0].tolist() == [0.0]


def test_entries_with_the_same_answer_are_one_matter() -> None:
    entries = [
        Entry(id="a", question="居住证怎么办", answer="到派出所。"),
        Entry(id="b", question="暂住证怎么办", answer="到派出所"),
        Entry(id="c", question="身份证怎么办", answer="到公安局。"),
    ]
    index = KnowledgeIndex(entries, Texts.of(entries), None)
    assert index.matters[0] == index.matters[1] != index.matters[2]


@pytest.mark.parametrize("size", [0, 10, 60_000, 123_456])
def test_the_highest_of_very_many_scores_are_found_in_blocks(size: int) -> None:
    scores = np.random.default_rng(size).random(size).astype(np.float32)
    assert top(scores, 25).tolist() == np.argsort(-scores)[:25].tolist()


def test_scores_that_are_mostly_nothing_give_only_what_is_something() -> None:
    scores = np.zeros(100_000, np.float32)
    scores[[7, 99_999]] = 0.5, 0.7
    assert top(scores, 25).tolist() == [99_999, 7]
