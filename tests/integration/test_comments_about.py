"""What a comment means under its article, with the sample county's departments and entries."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.demo.county import DEPARTMENTS, ENTRIES
from bot.directory import Directory
from cases.department_table import read_departments
from cases.routing import Router
from handlers.comments.about import Reader
from knowledge_base.calibration import load_model
from knowledge_base.exchange import plan_import, read_rows
from knowledge_base.search import KnowledgeBase
from tests.servers.databases import fresh_storage

INSURANCE, SCHOOLS, WATER = (
    "城乡居民医保缴费开始了",
    "义务教育阶段学校招生公告",
    "老城区道路改造完成",
)
TODAY = date(2026, 11, 23)


@pytest.fixture
async def reader(tmp_path: Path) -> AsyncIterator[Reader]:
    storage = await fresh_storage(tmp_path / "desk.db")
    knowledge = KnowledgeBase(None, storage, load_model(), "东江省/南屏市/清禾县", 3.0)
    await knowledge.load(plan_import(read_rows(ENTRIES).rows, ()).added)
    directory = Directory(Router())
    await directory.load(read_departments(DEPARTMENTS).departments)
    yield Reader(knowledge, directory)
    await knowledge.close()
    await storage.close()


@pytest.mark.parametrize(
    ("title", "text", "department", "entry"),
    [
        (INSURANCE, "今年要交多少钱", "医疗保障局", "城乡居民医保"),
        (INSURANCE, "什么时候截止", "医疗保障局", "城乡居民医保"),
        (INSURANCE, "社保卡丢了怎么补", "人力资源和社会保障局", "社保卡丢了"),
        (INSURANCE, "小区停水三天了", "住房和城乡建设局", ""),
        (SCHOOLS, "要什么材料", "教育局", ""),
        (SCHOOLS, "要带户口簿吗", "教育局", ""),
        (SCHOOLS, "没有居住证行吗", "教育局", ""),
        (WATER, "公交改道到什么时候", "交通运输局", ""),
    ],
)
async def test_it_is_read_with_its_title_unless_it_names_its_own_matter(
    reader: Reader, title: str, text: str, department: str, entry: str
) -> None:
    meant = await reader.read(text, title, TODAY)
    assert meant.routing.department == department
    assert not entry or meant.found[0].entry.question.startswith(entry)
    found = [each.entry.id for each in meant.found]
    assert len(found) == len(set(found))


async def test_a_dispatcher_looks_where_words_and_title_disagree(reader: Reader) -> None:
    alone = await reader.read("没有居住证行吗", "", TODAY)
    assert alone.routing.sure
    meant = await reader.read("没有居住证行吗", SCHOOLS, TODAY)
    assert not meant.routing.sure
    assert meant.routing.ranking[:2] == ("教育局", alone.routing.department)
