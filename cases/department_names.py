"""Departments by the names citizens call them: 人社局, 城管, 派出所."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cases.department import Department

_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,12}?(?:局|委|办|所|队|中心|大厅|站)(?![里面])")
_LEADS = re.compile(
    r"^(?:请问|想问|问|一下|我们?|你们?|咱们?|县里?|本县|的|去|到|找|打|和|给|个|那个|办|在|是|要)+"
)
_FORMER: Final = {
    "劳动": "人力资源和社会保障",
    "人事": "人力资源和社会保障",
    "工商": "市场监督管理",
    "质监": "市场监督管理",
    "药监": "市场监督管理",
    "物价": "市场监督管理",
    "食药监": "市场监督管理",
    "国土": "自然资源",
    "土地": "自然资源",
    "规划": "自然资源",
    "林业": "自然资源",
    "卫生": "卫生健康",
    "计生": "卫生健康",
    "卫计": "卫生健康",
    "农业": "农业农村",
    "农机": "农业农村",
    "畜牧": "农业农村",
    "建设": "住房和城乡建设",
    "房产": "住房和城乡建设",
    "国税": "税务",
    "地税": "税务",
    "交通": "交通运输",
    "运管": "交通运输",
    "城管": "综合行政执法",
    "环卫": "综合行政执法",
}
"""What offices were called before the reforms of 2008 to 2018, and what took them over; a
department of the old name goes first, where a county has one."""
_SHORTEST = 2
_WORDS_FOR_OFFICES = "局委办"


@dataclass(frozen=True, kw_only=True)
class Named:
    """A department a text names, and the words it was named by."""

    department: Department
    words: str


def named_in(text: str, departments: Sequence[Department]) -> Named | None:
    """The one department that a normalised text names; None for none, or for several.

    A name counts in full, as an abbreviation (人社局: its characters in their order), or as a
    keyword of the department that stands for an office (派出所, 城管).
    """
    for department in departments:
        if department.name in text:
            return Named(department=department, words=department.name)
    for found in _OFFICE.finditer(text):
        words = _LEADS.sub("", found.group())
        fitting = [each for each in departments if _is_short_for(words, each.name)]
        fitting = fitting or [each for each in departments if _does(words, each)]
        fitting = fitting or [each for each in departments if _took_over(words, each)]
        if len(fitting) == 1:
            return Named(department=fitting[0], words=words)
    return _by_keyword(text, departments)


def matter_named(text: str, besides: str, departments: Sequence[Department]) -> Named | None:
    """The longest keyword of a department in a normalised text that is not in `besides`."""
    found = [
        Named(department=each, words=word)
        for each in departments
        for word in each.keywords
        if len(word) >= _SHORTEST and word in text and word not in besides
    ]
    return max(found, key=lambda named: len(named.words), default=None)


def _is_short_for(words: str, name: str) -> bool:
    """Whether an office's name is made of characters of the full one, in their order."""
    core = words[:-1] if words[-1] in _WORDS_FOR_OFFICES else ""
    if len(core) < _SHORTEST:
        return False
    rest = iter(name)
    return all(char in rest for char in core)


def _does(words: str, department: Department) -> bool:
    """Whether an office is called after one of the department's duties: 不动产登记中心."""
    core = re.sub(r"(?:大厅|中心|大队|中队|[所队站])$", "", words)
    return core != words and len(core) > _SHORTEST and core in department.duties


def _took_over(words: str, department: Department) -> bool:
    """Whether an office is called as it was before its department took it over: 劳动局."""
    core = re.sub(r"^.{0,3}?[县市区](?=.{3})|(?:局|委|办|所|站)$", "", words)
    heir = _FORMER.get(core)
    return core != words and heir is not None and heir in department.name


def _by_keyword(text: str, departments: Sequence[Department]) -> Named | None:
    known = [(word, each) for each in departments for word in each.keywords if _is_an_office(word)]
    found = [(word, each) for word, each in known if word in text]
    if len({each.name for _, each in found}) != 1:
        return None
    word, department = max(found, key=lambda pair: len(pair[0]))
    return Named(department=department, words=word)


def _is_an_office(keyword: str) -> bool:
    return keyword in _PEOPLE_OF_OFFICES or keyword.endswith(("所", "局", "中心"))


_PEOPLE_OF_OFFICES = frozenset({"城管", "交警", "公安", "民警"})
