"""The console's tests' departments, people and entries."""

from datetime import UTC, datetime

from cases.department import Department
from cases.people import Person, Role
from knowledge_base.entry import Entry, Source

MORNING = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)  # a Wednesday, 09:30 in China
PASSWORD = "清清白白-2026"
SCHOOLS, POLICE, WATER = "教育局", "公安局", "水利局"
SECRET = b"a secret of the tests, 32 bytes."

DEPARTMENTS = [
    Department(
        name=SCHOOLS,
        duties="管幼儿园、中小学招生和学籍，学生资助，校外培训。",
        keywords=("上学", "入学", "学籍", "幼儿园", "资助"),
        phone="0500-00000109",
        address="清禾县书院路3号",
        hours="工作日 8:30—12:00，14:00—17:30",
    ),
    Department(name=POLICE, duties="办户口、身份证、居住证，管社会治安。", keywords=("户口",)),
    Department(name=WATER, duties="管河道、水库、农村供水。"),
]
PEOPLE = {
    "administrator": Person(name="administrator", role=Role.ADMINISTRATOR),
    "curator": Person(name="curator", role=Role.CURATOR),
    "curator2": Person(name="curator2", role=Role.CURATOR),
    "dispatcher": Person(name="dispatcher", role=Role.DISPATCHER),
    "officer": Person(name="officer", role=Role.OFFICER, department=SCHOOLS),
    "officer2": Person(name="officer2", role=Role.OFFICER, department=POLICE),
    "reviewer": Person(name="reviewer", role=Role.REVIEWER, department=SCHOOLS),
    "reviewer2": Person(name="reviewer2", role=Role.REVIEWER, department=POLICE),
    "supervisor": Person(name="supervisor", role=Role.SUPERVISOR),
    "auditor": Person(name="auditor", role=Role.AUDITOR),
}


def entry(number: int, question: str, answer: str, *, department: str = SCHOOLS) -> Entry:
    """A published entry."""
    return Entry(
        id=f"e{number}",
        question=question,
        answer=answer,
        variants=(f"{question}呢", "要带什么"),
        department=department,
        source=Source(title="中华人民共和国义务教育法", number="主席令第52号"),
        author="curator",
        reviewer="curator2",
    )


ENTRIES = [
    entry(1, "孩子上小学要带什么材料", "带户口簿、房产证明和预防接种证，到片区小学报名。"),
    entry(2, "身份证丢了怎么补办", "带户口簿到任一派出所补办。", department=POLICE),
]
