"""Departments by the names citizens call them."""

import pytest

from bot.demo.county import DEPARTMENTS
from cases.department_names import named_in
from cases.department_table import read_departments


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("民政局电话多少", "民政局"),
        ("人社局几点上班", "人力资源和社会保障局"),
        ("请问社保局在哪里", "人力资源和社会保障局"),
        ("医保局地址", "医疗保障局"),
        ("住建局周末上班吗", "住房和城乡建设局"),
        ("市监局电话", "市场监督管理局"),
        ("卫健委在哪", "卫生健康局"),
        ("不动产登记中心在哪", "自然资源和规划局"),
        ("交警大队电话", "公安局"),
        ("城管电话", "综合行政执法局"),
        ("派出所电话是多少", "公安局"),
    ],
)
def test_a_department_is_known_by_what_people_call_it(said: str, name: str) -> None:
    named = named_in(said, read_departments(DEPARTMENTS).departments)
    assert named is not None
    assert named.department.name == name


@pytest.mark.parametrize(
    "said", ["县政府电话", "身份证怎么办", "你们电话多少", "水务局在哪", "县医院电话"]
)
def test_what_no_department_is_called_names_none(said: str) -> None:
    assert named_in(said, read_departments(DEPARTMENTS).departments) is None
