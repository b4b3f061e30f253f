"""Routing: from duties alone, from examples, and how well it does."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from cases.department import Department, Routing
from cases.routing import Example, Router
from cases.routing_model import LearntRouter
from cases.routing_shared import SharedCharacters
from cases.routing_text import ENCODED, for_encoder, plain
from cases.routing_trust import NEVER_ALONE
from tests.values.routing import COUNTY, EXAMPLES, SUBJECTS, TABLE, UNHEARD, LetterEncoder


def test_shared_characters_weigh_as_in_scikit_learn() -> None:
    documents = [plain(f"{each.name} {each.duties}") for each in COUNTY]
    texts = [*(plain(each.text) for each in EXAMPLES), documents[0], "", "甲", "zz 没有的字"]
    theirs = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True)
    expected = (theirs.fit_transform(documents) @ theirs.transform(texts).T).T.toarray()
    assert np.allclose(SharedCharacters(documents).cosines(texts), expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("小区漏水没人管", "住房和城乡建设局"),
        ("孩子上小学怎么报名", "教育局"),
        ("老板拖欠农民工工资", "人力资源和社会保障局"),
        ("营业执照丢了怎么补", "市场监督管理局"),
    ],
)
@pytest.mark.parametrize("encoder", [None, LetterEncoder()])
def test_duties_and_keywords_are_enough_to_start(
    text: str, name: str, encoder: LetterEncoder | None
) -> None:
    router = Router(encoder)
    router.load(COUNTY)
    found = router.suggest(text)
    assert found.department == name
    assert sorted(found.ranking) == sorted(department.name for department in COUNTY)


def test_a_matter_that_fits_nobody_is_for_the_dispatcher() -> None:
    router = Router()
    router.load(COUNTY)
    assert not router.suggest("zzz").sure
    assert router.suggest("zzz").department == ""


@pytest.mark.parametrize("text", ["", " \n", "*****"])
def test_an_empty_message_goes_nowhere(text: str) -> None:
    router = Router()
    router.load(COUNTY)
    assert router.suggest(text) == Routing(department="", confidence=0.0)


def test_without_departments_there_is_no_suggestion() -> None:
    assert Router().suggest("漏水").department == ""
    router = Router()
    router.load(())
    assert router.suggest("漏水").department == ""


@pytest.mark.parametrize("encoder", [None, LetterEncoder()])
def test_with_examples_it_learns_what_no_duty_says(encoder: LetterEncoder | None) -> None:
    router = Router(encoder)
    router.load([Department(name=name) for name in SUBJECTS], EXAMPLES)
    found = router.suggest("电梯又坏了")
    assert found.department == "住建局"
    assert set(found.ranking) == set(SUBJECTS)


def test_a_new_department_without_examples_is_still_found() -> None:
    router = Router()
    fresh = Department(name="农业局", duties="管农药化肥种子", keywords=("农药", "化肥", "种子"))
    router.load([*(Department(name=name) for name in SUBJECTS), fresh], EXAMPLES)
    assert router.suggest("化肥和种子都是假的").department == "农业局"
    assert router.suggest("电梯又坏了").ranking[-1] == "农业局"


def test_a_department_with_two_answered_letters_is_learnt_too() -> None:
    rare = [Example(text=f"坟地{word}", department="丙") for word in ("迁移", "占路")]
    router = Router()
    router.load([Department(name=name) for name in (*SUBJECTS, "丙")], [*EXAMPLES, *rare])
    assert router.suggest("坟地塌了").department == "丙"
    assert router.suggest("电梯又坏了").department == "住建局"


def test_duties_beyond_doubt_go_before_what_two_letters_taught() -> None:
    rare = [Example(text=f"农药{n}", department="住建局") for n in range(9)]
    farms = Department(name="农业局", duties="农药", keywords=("农药", "农药假货", "假农药"))
    own = [Example(text="种子", department="农业局"), Example(text="化肥", department="农业局")]
    router = Router()
    towns = [Department(name=name, duties=name) for name in SUBJECTS]
    router.load([*towns, farms], [*EXAMPLES, *rare, *own])
    assert router.suggest("假农药、农药假货").department == "农业局"


def test_what_five_letters_taught_goes_before_duties_beyond_doubt() -> None:
    pesticides = [Example(text=f"假农药、农药假货{n}", department="住建局") for n in range(9)]
    farms = Department(name="农业局", duties="农药", keywords=("农药", "农药假货", "假农药"))
    towns = [Department(name=name, duties=name) for name in SUBJECTS]
    few, enough = Router(), Router()
    for router, amount in ((few, 4), (enough, 5)):
        own = [Example(text=f"种子{n}", department="农业局") for n in range(amount)]
        router.load([*towns, farms], [*EXAMPLES, *pesticides, *own])
    asked = "假农药、农药假货"
    assert (few.suggest(asked).department, enough.suggest(asked).department) == ("农业局", "住建局")


def test_forty_examples_are_enough_to_learn_from() -> None:
    called = dict(zip(SUBJECTS, "甲乙丙", strict=True))  # names that say nothing
    mixed = [replace(each, department=called[each.department]) for each in EXAMPLES[::-1]]
    few, enough = Router(), Router()
    for router, amount in ((few, 39), (enough, 40)):
        router.load([Department(name=name) for name in called.values()], mixed[:amount])
    asked = mixed[0]
    assert few.suggest(asked.text).department == ""
    assert enough.suggest(asked.text).department == asked.department


def test_only_the_newest_examples_are_learnt_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.routing.MOST", len(EXAMPLES))
    after = dict(zip(SUBJECTS, [*SUBJECTS][1:] + [*SUBJECTS][:1], strict=True))
    before = [Example(text=each.text, department=after[each.department]) for each in EXAMPLES]
    router = Router()
    router.load([Department(name=name) for name in SUBJECTS], [*before, *EXAMPLES])
    assert router.suggest("电梯又坏了").department == "住建局"


def test_a_chance_that_reaches_the_threshold_needs_no_dispatcher() -> None:
    assert Routing(department="住建局", confidence=0.8, threshold=0.8).sure
    assert not Routing(department="住建局", confidence=0.79, threshold=0.8).sure
    assert not Routing(department="", confidence=0.9, threshold=0.8).sure


def test_learning_again_encodes_only_what_is_new() -> None:
    encoder = LetterEncoder()
    router = Router(encoder)
    departments = [Department(name=name) for name in SUBJECTS]
    router.load(departments, EXAMPLES)
    encoder.asked.clear()
    router.load(departments, [*EXAMPLES[1:], Example(text="学校食堂", department="教育局")])
    assert "学校食堂" in encoder.asked
    assert not {each.text for each in EXAMPLES} & set(encoder.asked)
    assert router.suggest("电梯又坏了").department == "住建局"


def test_duties_still_speak_for_matters_that_no_example_was_about() -> None:
    router = Router()
    router.load(TABLE, EXAMPLES)
    assert [router.suggest(word).department for word in UNHEARD] == list(UNHEARD.values())
    alone = LearntRouter([e.text for e in EXAMPLES], [e.department for e in EXAMPLES])
    given = [guess.ranking[0] for guess in alone.guess(list(UNHEARD))]
    assert given != list(UNHEARD.values())


def test_what_was_learnt_and_duties_beyond_doubt_say_alike_needs_no_dispatcher() -> None:
    router = Router()
    duties = ("电梯故障与电梯维修", "转学与入学", "户口与身份证")
    words = (("电梯", "电梯故障", "电梯维修"), ("转学", "入学"), ("户口", "身份证"))
    table = [
        Department(name=n, duties=d, keywords=w)
        for n, d, w in zip(SUBJECTS, duties, words, strict=True)
    ]
    router.load(table, EXAMPLES)
    assert LearntRouter([e.text for e in EXAMPLES], [e.department for e in EXAMPLES]).threshold > 1
    found = router.suggest("电梯故障与电梯维修")
    assert found.sure
    assert found.department == "住建局"
    assert not router.suggest("路灯").sure


def test_a_few_examples_or_those_of_gone_departments_are_not_learnt_from() -> None:
    router = Router()
    router.load([Department(name="住建局", keywords=("电梯",))], EXAMPLES)
    assert router.suggest("电梯").ranking == ("住建局",)


def test_learning_twice_gives_the_same_answers() -> None:
    texts, labels = [e.text for e in EXAMPLES], [e.department for e in EXAMPLES]
    vectors = LetterEncoder().encode_query(texts)
    first, second = LearntRouter(texts, labels, vectors), LearntRouter(texts, labels, vectors)
    assert first.guess(texts[:5], vectors[:5]) == second.guess(texts[:5], vectors[:5])
    assert first.threshold == second.threshold


def test_two_labels_and_a_label_with_one_example_are_learnt_too() -> None:
    texts = ["漏水了", "漏水", "又漏水", "户口", "迁户口", "户口本"]
    two = LearntRouter(texts, ["住建局"] * 3 + ["公安局"] * 3)
    assert two.guess(["户口在哪迁"])[0].ranking[0] == "公安局"
    odd = LearntRouter([*texts, "小学"], [*["住建局"] * 3, *["公安局"] * 3, "教育局"])
    assert set(odd.labels) == {"住建局", "公安局", "教育局"}
    assert odd.threshold == NEVER_ALONE


def test_when_every_guess_was_wrong_nothing_goes_alone() -> None:
    texts = ["漏水了", "户口本"] * 8
    router = LearntRouter(texts, ["甲", "甲", "乙", "乙"] * 4)
    guess = router.guess(["漏水了"])[0]
    assert guess.confidence < router.threshold


def test_a_message_is_read_without_masks_greeting_and_its_long_tail() -> None:
    assert plain("领导您好：　＊＊＊＊小区ＡＢ 漏水") == "领导您好: 小区ab 漏水"
    assert for_encoder("尊敬的领导您好：小区ＡＢ漏水") == "小区ab漏水"
    assert for_encoder("您好") == "您好"
    assert len(for_encoder("漏" * 5_000)) == ENCODED
    encoder = LetterEncoder()
    Router(encoder).load(COUNTY)
    assert encoder.longest < 200


def test_a_few_examples_do_not_replace_duties_that_say_more() -> None:
    words = {d.name: d.keywords for d in COUNTY if len(d.keywords) >= 6}
    asked = [Example(text=f"问{w}", department=name) for name, ws in words.items() for w in ws[:6]]
    held_out = [(f"打听{ws[-1]}", name) for name, ws in words.items()]
    fresh, taught = Router(), Router()
    fresh.load(COUNTY)
    taught.load(COUNTY, asked)  # more than enough to learn from, but each says another word

    def right(router: Router) -> int:
        return sum(router.suggest(text).department == name for text, name in held_out)

    assert right(taught) >= right(fresh) > len(held_out) / 2
