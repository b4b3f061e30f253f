"""Files in and out of the console: looked at first, then taken in; nothing is lost on the way."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from aiohttp import FormData

from knowledge_base.entry import Status
from knowledge_base.exchange import read_rows
from tests.integration.test_console_knowledge_tests import finished, upload
from tests.worlds.console import World
from tests.worlds.console_client import Browser, field_of, post, sign_in

PAGE = "/console/exchange"


@pytest.fixture
async def client(client: Browser) -> Browser:
    await sign_in(client, "curator")
    return client


async def looked_at(client: Browser, name: str, data: bytes) -> tuple[str, str]:
    """The page that says what an import would do, and where it is."""
    status, page, where = await upload(client, PAGE, name, data)
    assert status == 200, page
    return await finished(client, where), where


async def taken_in(client: Browser, where: str) -> str:
    status, _ = await post(client, where, f"{where}/import")
    assert status == 200
    job = int(where.rpartition("/")[2]) + 1
    return await finished(client, f"{PAGE}/{job}")


CSV = "问题,答案,核对日期\n校车几点来,七点十分。,2022年5月19日\n没有答案的,,\n"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
async def test_a_file_is_looked_at_before_anything_is_changed(
    desk: World, client: Browser, encoding: str
) -> None:
    page, where = await looked_at(client, "来自部门.csv", CSV.encode(encoding))
    assert "<span>新增</span><b>1</b>" in page
    assert "第 3 行“答案”：答案不能为空" in page
    assert len(await desk.storage.newest_entries()) == 2
    rejected = await (await client.get(f"{where}/rejected")).read()
    assert "没有答案的" in rejected.decode("utf-8-sig")
    page = await taken_in(client, where)
    assert "已导入" in page
    drafts = [e for e in await desk.storage.newest_entries() if e.status is Status.DRAFT]
    assert [(e.question, e.author, str(e.checked_on)) for e in drafts] == [
        ("校车几点来", "curator", "2022-05-19")
    ]


async def test_the_same_file_again_changes_nothing(client: Browser) -> None:
    _, where = await looked_at(client, "a.csv", CSV.encode())
    await taken_in(client, where)
    page, _ = await looked_at(client, "a.csv", CSV.encode())
    assert "没有要导入的内容" in page


async def test_what_a_file_would_change_is_named_and_what_somebody_still_writes(
    desk: World, client: Browser
) -> None:
    data = "编号,问题,答案\ne1,孩子上小学要带什么材料,带户口簿。\n".encode()
    page, _ = await looked_at(client, "a.csv", data)
    assert "会更新的条目" in page
    assert "<li>孩子上小学要带什么材料</li>" in page
    assert "有人正在写" not in page
    one = (await desk.storage.entry_versions("e1"))[0]
    await desk.deps.curator.draft(replace(one, answer="还没写完。"), author="curator2")
    page, _ = await looked_at(client, "a.csv", data)
    assert "有人正在写" in page
    assert "<li>孩子上小学要带什么材料（" in page


async def test_an_export_is_imported_again_without_a_change(client: Browser) -> None:
    for ending in ("xlsx", "csv", "jsonl"):
        data = await (await client.get(f"{PAGE}/export?format={ending}")).read()
        page, _ = await looked_at(client, f"a.{ending}", data)
        assert "<span>不变</span><b>2</b>" in page
    assert (await client.get(f"{PAGE}/export?format=pdf")).status == 404


async def test_a_file_that_replaces_everything_withdraws_what_it_lacks(
    desk: World, client: Browser
) -> None:
    form_page = await (await client.get(PAGE)).text()
    assert "整库替换" in form_page
    data = "编号,问题,答案\ne1,孩子上小学要带什么材料,带户口簿。\n".encode()
    page, where = await looked_at_replacing(client, data)
    assert "会撤下的条目" in page
    assert "身份证丢了怎么补办" in page
    await taken_in(client, where)
    published = {e.id: e.answer for e in await desk.storage.published_entries()}
    assert set(published) == {"e1"}
    assert "房产证明" in published["e1"]


async def test_replacing_is_refused_while_a_row_cannot_be_read(
    desk: World, client: Browser
) -> None:
    page, where = await looked_at_replacing(client, CSV.encode())
    assert "不能整库替换" in page
    await post(client, PAGE, f"{where}/import")
    job = int(where.rpartition("/")[2]) + 1
    assert "请先改好" in await finished(client, f"{PAGE}/{job}")
    assert len(await desk.storage.published_entries()) == 2


async def test_a_file_without_an_entry_replaces_nothing(desk: World, client: Browser) -> None:
    page, where = await looked_at_replacing(client, "编号,问题,答案\n".encode())
    assert "表头下面没有内容" in page
    await post(client, PAGE, f"{where}/import")
    job = int(where.rpartition("/")[2]) + 1
    assert "整库替换会撤下全部答复" in await finished(client, f"{PAGE}/{job}")
    assert len(await desk.storage.published_entries()) == 2


async def test_replacing_withdraws_only_what_the_look_before_it_showed(
    desk: World, client: Browser
) -> None:
    data = "编号,问题,答案\ne1,孩子上小学要带什么材料,带户口簿。\n".encode()
    _, where = await looked_at_replacing(client, data)
    one = (await desk.storage.published_entries())[0]
    await desk.deps.curator.draft(replace(one, id="new", question="新写的"), author="curator2")
    await desk.deps.curator.submit("new", version=1, actor="curator2")
    await desk.deps.curator.publish("new", version=1, reviewer="reviewer")
    await post(client, PAGE, f"{where}/import")
    job = int(where.rpartition("/")[2]) + 1
    assert "请重新试算" in await finished(client, f"{PAGE}/{job}")
    assert len(await desk.storage.published_entries()) == 3


async def test_a_file_that_is_too_large_is_refused_with_what_to_do(
    desk: World, client: Browser
) -> None:
    data = b"x" * (52 * 1024 * 1024)
    status, page, _ = await upload(client, PAGE, "huge.csv", data)
    assert (status, "文件最大 50 MB" in page) == (413, True)
    assert len(await desk.storage.newest_entries()) == 2


async def test_a_form_that_no_browser_sends_is_not_understood(client: Browser) -> None:
    form = {"Content-Type": "multipart/form-data; boundary=none"}
    answer = await client.post(PAGE, data=b"x" * 600_000, headers=form)
    assert (answer.status, "没看懂" in await answer.text()) == (400, True)


async def looked_at_replacing(client: Browser, data: bytes) -> tuple[str, str]:
    form = FormData({"csrf": field_of(await (await client.get(PAGE)).text(), "csrf")})
    form.add_field("mode", "replace")
    form.add_field("file", io.BytesIO(data), filename="all.csv")
    async with client.post(PAGE, data=form) as answer:
        return await finished(client, answer.url.path), answer.url.path


async def test_the_template_can_be_filled_in_and_imported(client: Browser, tmp_path: Path) -> None:
    data = await (await client.get(f"{PAGE}/template")).read()
    path = tmp_path / "t.xlsx"
    path.write_bytes(data)
    assert read_rows(path).rows == ()
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["知识库", "示例", "填写说明"]
    example = [cell.value for cell in book["示例"][2]]
    for column, value in enumerate(example, start=1):
        book["知识库"].cell(row=2, column=column, value=value)
    book.save(path)
    page, _ = await looked_at(client, "填好的.xlsx", path.read_bytes())
    assert "<span>新增</span><b>1</b>" in page
    assert "<span>不能用</span><b>0</b>" in page


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [("a.pdf", b"x", "只能导入"), ("", b"", "请先选择文件")],
)
async def test_a_file_of_another_kind_is_refused_at_once(
    client: Browser, name: str, data: bytes, words: str
) -> None:
    status, page, _ = await upload(client, PAGE, name, data)
    assert (status, words in page) == (422, True)


async def test_a_file_that_is_no_table_says_why_and_changes_nothing(client: Browser) -> None:
    page, where = await looked_at(client, "a.csv", "甲,乙\n1,2\n".encode())
    assert "找不到表头" in page
    assert (await client.get(f"{where}/rejected")).status == 404


async def test_a_large_file_arrives_whole(client: Browser) -> None:
    line = '{"id": "e%d", "question": "第%d问", "answer": "%s"}\n'
    data = "".join(line % (n, n, "答" * 2000) for n in range(1500)).encode()
    assert len(data) > 9_000_000
    page, _ = await looked_at(client, "large.jsonl", data)
    assert "<span>新增</span><b>1498</b>" in page
