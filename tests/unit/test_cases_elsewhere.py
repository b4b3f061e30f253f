"""Where to go with what a county desk does not answer for."""

import re
from datetime import date
from pathlib import Path

import pytest

from cases.department import Department
from cases.department_table import read_departments
from cases.elsewhere import Place, places, where_to_go
from console.cases.case_beside import place_hint
from handlers import texts

SAMPLE = Path(__file__).parents[2] / "bot" / "sample_county" / "departments.csv"
COUNTY = read_departments(SAMPLE).departments
DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("我起诉邻居的案子判了，法院执行局一直说查不到财产", "12368"),
        ("离婚诉讼开庭后法官一直不判", "12368"),
        ("举报我们村书记贪污低保钱", "12388"),
        ("我的快递弄丢了中通不赔", "12305"),
        ("移动公司乱扣话费", "12300"),
        ("保险公司拒赔，怎么投诉", "12378"),
        ("怎么把征信记录消掉", "400-810-8866"),
        ("火车票买错了怎么退", "12306"),
        ("我家停电两天了", "95598"),
        ("公积金怎么提取", "12329"),
        ("国外寄来的包裹被海关扣了", "12360"),
        ("检察院作出不起诉决定我不服", "12309"),
        ("证券公司佣金太高要投诉", "12386"),
    ],
)
def test_matters_of_others_are_named_with_their_number(text: str, phone: str) -> None:
    unit = where_to_go(text, COUNTY)
    assert unit is not None
    assert unit.phone == phone


@pytest.mark.parametrize(
    "text",
    [
        "法院门口的路灯坏了",
        "开饭店的不给开发票",  # the county has a tax department
        "拖欠工资去劳动仲裁要带什么",
        "助学贷款怎么申请",
        "养老保险断缴怎么办",
        "物业乱收电费，小区停电三天",
        "退伍军人想反映部队安置问题",
        "快递车占道停放",
        "火车站出租车拒载",
        "接到电信诈骗电话怎么办",
        "",
    ],
)
def test_matters_of_the_county_stay_here(text: str) -> None:
    assert where_to_go(text, COUNTY) is None


def test_a_county_without_a_tax_department_sends_tax_questions_on() -> None:
    unit = where_to_go("个税退税怎么申请", ())
    assert unit is not None
    assert unit.phone == "12366"


def test_a_departments_own_keyword_is_its_own_matter() -> None:
    office = Department(name="发展和改革局", keywords=("停电",))
    assert where_to_go("我家停电两天了", (office,)) is None


def test_one_word_in_passing_does_not_decide_what_a_letter_is_about() -> None:
    letter = "小区物业不作为，绿化带全是垃圾，电梯三天两头坏，找社区也没有人管。" * 2
    assert where_to_go(letter + "公积金", COUNTY) is None
    assert where_to_go(letter + "公积金中心不给提取公积金", COUNTY) is not None
    assert where_to_go(letter * 4 + "公积金中心不给提取公积金", COUNTY) is None


@pytest.mark.parametrize("place", places(), ids=lambda place: place.unit.name)
def test_no_citizen_is_told_a_number_that_nobody_checked(place: Place) -> None:
    unit = place.unit
    told = (
        texts.general.elsewhere(unit.name, unit.known_phone, unit.what) + place_hint(unit, DAY).text
    )
    assert (unit.phone in told) == (unit.checked is not None or not unit.phone)
    unsure = unit.phone != "" and unit.checked is None
    assert ("还没有人核对过" in place_hint(unit, DAY).source) == unsure


def test_the_table_is_complete() -> None:
    assert len({place.unit.name for place in places()}) == len(places())
    assert all(place.unit.what and place.unit.source and place.words for place in places())
    assert all(re.fullmatch(r"[\d-]*", place.unit.phone) for place in places())
