"""What the router takes an office to do when nobody has said."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.make_fields.__main__ import read_letters, runs_of
from cases.department import Department
from cases.routing import Router
from cases.routing_cold import ColdStart
from cases.routing_eval import cold_eval, named
from cases.routing_letters import FieldLetters, field_letters
from cases.routing_signs import Signs, UsualSigns
from cases.routing_text import plain
from cases.routing_usual import described, usual_fields

NAMES = ("住房和城乡建设局", "公安局交警大队", "教育体育局", "医疗保障局", "金融办")
ASKED = {
    "小区物业不让装充电桩": "住房和城乡建设局",
    "驾照扣分了怎么处理罚款": "公安局交警大队",
    "孩子转学学籍怎么办": "教育体育局",
    "异地就医怎么备案报销": "医疗保障局",
    "理财爆雷了钱取不出来": "金融办",
}


@pytest.mark.parametrize(("text", "name"), ASKED.items())
def test_names_alone_are_enough_to_guess_a_department(text: str, name: str) -> None:
    router = Router()
    router.load([Department(name=each) for each in NAMES])
    assert router.suggest(text).department == name


def test_usual_duties_never_send_a_letter_without_a_dispatcher() -> None:
    router = Router()
    router.load([Department(name=each) for each in NAMES])
    assert not any(router.suggest(text).sure for text in ASKED)
    own = "驾照扣分、驾照罚款、驾照年审"
    router.load([Department(name="交警大队", duties=own), Department(name="金融办")])
    assert router.suggest(own).sure


@pytest.mark.parametrize(
    ("name", "has", "lacks"),
    [
        ("公安交通管理局", "驾驶证", "公交站"),
        ("交通运输局", "公交站", "驾驶证"),
        ("教育体育局", "学籍", "银行"),
        ("教育体育局", "篮球场", "图书馆"),
    ],
)
def test_a_name_is_read_by_its_longest_parts(name: str, has: str, lacks: str) -> None:
    keywords = described(Department(name=name)).keywords
    assert has in keywords
    assert lacks not in keywords


@pytest.mark.parametrize(
    "department",
    [
        Department(name="教育局", duties="只管校车"),
        Department(name="教育局", keywords=("校车",)),
        Department(name="甲"),
    ],
)
def test_what_a_county_says_itself_stands_and_an_unknown_name_stays(department: Department) -> None:
    assert described(department) == department


def test_every_field_has_a_name_duties_and_words_each_once() -> None:
    for field in usual_fields():
        assert all(field.names)
        assert field.duties.endswith("。")
        assert len(set(field.keywords)) == len(field.keywords) > 5


def test_a_table_of_names_is_read_as_given_beside_what_is_usual() -> None:
    names = [Department(name=each) for each in NAMES]
    assert len(ColdStart(names).views(["漏水"])) == 2
    assert len(ColdStart([Department(name="甲", duties="漏水")]).views(["漏水"])) == 1


def test_signs_of_a_field_are_its_own_words() -> None:
    signs = UsualSigns().rows(["在银行贷款逾期影响征信"])
    fields = usual_fields()
    assert signs.shape == (1, 2 * len(fields))
    strongest = int(np.argmax(signs[0, : len(fields)]))
    assert "金融" in fields[strongest].names


def test_a_word_within_a_longer_one_counts_once() -> None:
    signs = Signs([Department(name="甲", keywords=("驾照", "驾照扣分"))])
    both, short = signs.hits(["驾照扣分", "驾照"])[:, 0]
    assert both == pytest.approx(short * np.sqrt(2))


def test_an_evaluation_without_a_table_knows_what_is_usual() -> None:
    rows = [{"id": text, "text": text, "label": name} for text, name in ASKED.items()]
    report = cold_eval(named(rows), rows)
    assert report.accuracy == 1.0
    assert report.alone_share == 0.0


def test_letters_of_every_field_teach_words_that_no_duty_names() -> None:
    """In the citizens' words, none of which stands among the duties or keywords of its field."""
    asked = {
        "楼上天天蹦跶，天花板都要塌了，找谁评理": "公安局交警大队",
        "出了车祸对方跑了": "公安局交警大队",
        "娃在班上挨打没人管": "教育体育局",
        "住院花了八万能退多少": "医疗保障局",
    }
    router = Router()
    router.load([Department(name=each) for each in NAMES])
    right = [router.suggest(text).department == name for text, name in asked.items()]
    assert sum(right) >= 3


def test_letters_help_no_office_that_says_itself_what_it_does_past_the_dispatcher() -> None:
    told = [Department(name="医疗保障局", duties="管医保卡"), Department(name="金融办")]
    text = "住院花了八万能退多少"
    scores, sure = ColdStart(told).guess([text])
    share = np.exp(scores[0, 0]) / np.exp(scores[0]).sum()
    assert scores.argmax() == 0
    assert share > 0.7 > 0.6 > sure[0]


def test_letters_are_not_asked_where_every_office_says_what_it_does() -> None:
    told = [
        Department(name="医疗保障局", duties="管医保卡"),
        Department(name="金融办", duties="银行"),
    ]
    assert not ColdStart(told).scores(["住院花了八万能退多少"]).any()


def test_a_text_of_which_no_character_is_known_goes_to_nobody() -> None:
    router = Router()
    router.load([Department(name=each) for each in NAMES])
    assert router.suggest("ξ ψ").department == ""


def test_runs_weigh_as_in_scikit_learn(tmp_path: Path) -> None:
    texts = [plain(row["text"]) for row in read_letters()[::40]]
    theirs = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True)
    rows = theirs.fit_transform(texts)
    planes = np.random.default_rng(0).integers(-127, 128, (rows.shape[1], 5), dtype=np.int8)
    ours = FieldLetters(
        runs=tuple(theirs.get_feature_names_out()),
        rarity=theirs.idf_.astype(np.float32),
        weights=planes,
        scale=np.ones(5, dtype=np.float32),
        offset=np.arange(5, dtype=np.float32),
    )
    ours.save(tmp_path / "kept.npz")
    kept = FieldLetters.load(tmp_path / "kept.npz")
    assert np.allclose(kept.odds(texts), rows @ planes + np.arange(5), rtol=0, atol=1e-2)
    assert kept.odds([""]).tolist() == [[0.0, 1.0, 2.0, 3.0, 4.0]]


def test_every_field_and_kind_has_letters_and_none_stands_twice() -> None:
    letters = read_letters()
    names = [field.names[0] for field in usual_fields()]
    counts = [sum(row["field"] == name for row in letters) for name in names]
    assert min(counts) >= 60
    assert sum(counts) == len(letters) == len({plain(row["text"]) for row in letters})
    assert {row["kind"] for row in letters} == set("问诉议")


def test_the_shipped_models_are_what_the_letters_make() -> None:
    letters = read_letters()
    texts = [plain(row["text"]) for row in letters]
    shares = field_letters().shares(texts)
    assert shares.shape == (len(letters), len(usual_fields()))
    found = [usual_fields()[n].names[0] for n in shares.argmax(axis=1)]
    assert np.mean([row["field"] == name for row, name in zip(letters, found, strict=True)]) > 0.97
    assert field_letters().runs == tuple(runs_of(texts).get_feature_names_out())
