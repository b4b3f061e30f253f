"""Which offices a question calls, and what the reply about them says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.demo.county import DEPARTMENTS, offices
from bot.directory import Directory
from cases.department_table import read_departments
from cases.routing import Router
from handlers.contacts import contact_of
from handlers.office_directory import FIELD_LENGTH, MOST_NAMES, Office, OfficeBook, fault
from handlers.service_directory import ServiceState
from knowledge_base.text import normalise


def published(found: Sequence[Office]) -> list[Office]:
    return [
        replace(office, id=number, state=ServiceState.PUBLISHED)
        for number, office in enumerate(found, start=1)
    ]


@pytest.fixture
async def county() -> Directory:
    directory = Directory(Router())
    await directory.load(read_departments(DEPARTMENTS).departments)
    directory.know(published(offices()))
    return directory


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("县医院电话多少", "清禾县人民医院\n电话：0500-00000201"),
        ("政务大厅几点下班", "清禾县政务服务中心"),
        ("车管所在哪", "清禾县车辆管理所"),
        ("请问车管所在哪里啊，怎么走？", "清禾县车辆管理所"),
        ("社保大厅中午休息吗", "清禾县社会保险服务大厅"),
        ("社保局几点上班", "清禾县社会保险服务大厅"),
        ("政务中心周六上班吗", "周六上午 9:00—12:00"),
        ("一中的电话是多少", "清禾县第一中学"),
        ("去汽车站怎么走", "清禾县汽车客运站"),
        ("残联", "清禾县残疾人联合会"),
        ("领结婚证的地方在哪", "清禾县婚姻登记处"),
        ("房管局电话", "清禾县不动产登记中心"),
        ("教育局电话", "教育局\n电话：0500-00000105"),
        ("人社局几点上班", "人力资源和社会保障局"),
    ],
)
async def test_an_office_is_told_by_whatever_name_it_is_called(
    county: Directory, asked: str, told: str
) -> None:
    assert told in contact_of(asked, county)


async def test_a_name_that_several_share_lists_them_all(county: Directory) -> None:
    told = contact_of("医院电话多少", county)
    assert ("人民医院" in told, "中医院" in told, "疾病" in told) == (True, True, False)


@pytest.mark.parametrize(
    "asked",
    [
        "县医院能报销多少",
        "动物医院电话",
        "政务大厅的人态度太差了",
        "在车管所换驾驶证要带什么",
        "一中什么时候开学",
        "车管所和县医院的电话",
    ],
)
async def test_what_asks_for_more_is_searched(county: Directory, asked: str) -> None:
    assert contact_of(asked, county) == ""


def test_what_is_not_published_is_not_told() -> None:
    draft = Office(id=1, name="县医院", phone="1")
    assert OfficeBook.of([draft]).called_in("县医院电话") is None
    book = OfficeBook.of([replace(draft, state=ServiceState.PUBLISHED)])
    assert book.called_in("县医院电话") is not None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "写全称"),
        ({"name": "医"}, "至少两个字"),
        ({"also": ("院",)}, "至少两个字"),
        ({"also": tuple(f"叫法{n}" for n in range(MOST_NAMES + 1))}, "最多"),
        ({"phone": ""}, "至少填一项"),
        ({"hours": "时" * (FIELD_LENGTH + 1)}, "每一项最多"),
    ],
)
def test_a_form_that_will_not_do_says_why(changes: dict[str, object], words: str) -> None:
    office = Office(name="县医院", phone="0500-00000201")
    assert words in fault(replace(office, **changes), [])
    assert fault(office, []) == ""


def test_two_offices_do_not_share_a_full_name() -> None:
    office = Office(name="县医院", phone="1")
    assert "已经有" in fault(office, [office])


def test_the_sample_county_could_be_typed_in() -> None:
    found = offices()
    for office in found:
        assert fault(office, [each for each in found if each is not office]) == ""
        assert office.phone.startswith("0500-0000")
        assert office.checked_on is not None
        assert office.checked_on <= date(2026, 11, 22)
        assert normalise(office.name) == office.name
