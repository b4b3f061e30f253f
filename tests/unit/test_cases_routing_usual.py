"""What the router takes an office to do when nobody has said."""

import numpy as np
import pytest

from cases.department import Department
from cases.routing import Router
from cases.routing_cold import ColdStart
from cases.routing_eval import cold_eval, named
from cases.routing_signs import Signs, UsualSigns
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
