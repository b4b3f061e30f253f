"""Places in a question, and whether they lie elsewhere."""

import pytest

from knowledge_base.places import Region, has_hotline, places_in

YUNHE = Region("浙江省/丽水市/云和县")


@pytest.mark.parametrize(
    "text",
    [
        "杭州的公积金怎么提取",
        "景宁县居住证去哪办",
        "上海落户条件",
        "日本签证怎么办",
        "广西考公务员时间",
        "内蒙古公务员报名时间",
    ],
)
def test_a_question_about_another_place_lies_elsewhere(text: str) -> None:
    assert YUNHE.elsewhere(text)


@pytest.mark.parametrize(
    "text",
    [
        "云和县居住证去哪办",
        "丽水市公积金怎么提取",
        "浙江的医保能报销吗",
        "中山公园几点开门",
        "南京路怎么走",
        "去公安局办身份证",
        "新建商品房怎么查询",
        "我户口在杭州，在云和怎么办居住证",
        "从上海来的车这边怎么过户",
        "居住证怎么办",
        "工地是城东那个安置房",
        "河西那条路的路灯不亮",
        "我要去北京上访",
    ],
)
def test_a_question_about_here_or_nowhere_does_not(text: str) -> None:
    assert not YUNHE.elsewhere(text)


def test_a_region_can_be_named_without_its_parents() -> None:
    assert Region("云和县").places == YUNHE.places


def test_a_name_shared_by_two_places_counts_as_here_when_one_is() -> None:
    assert not Region("北京市").elsewhere("朝阳区的公园")
    assert Region("云和县").elsewhere("朝阳区的公园")


def test_without_a_region_nothing_is_elsewhere() -> None:
    assert Region("").elsewhere("上海落户条件") == frozenset()


def test_an_unknown_region_is_kept_as_it_is_named() -> None:
    assert Region("某某新区").elsewhere("上海落户条件") == {"上海"}


def test_a_long_name_of_an_office_still_names_its_place() -> None:
    assert places_in("广西壮族自治区人民政府") != frozenset()


def test_no_place_outside_the_mainland_has_a_12345() -> None:
    assert all(map(has_hotline, ("杭州", "景宁县")))
    assert not any(map(has_hotline, ("台湾", "香港", "澳门", "日本", "纽约")))
