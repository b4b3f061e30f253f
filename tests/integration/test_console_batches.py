"""Files of questions, asked all at once: what is reported, and what cannot be asked."""

import pytest

from tests.worlds.console import World
from tests.worlds.console_client import Browser, sign_in
from tests.worlds.console_jobs import finished, upload


@pytest.fixture
async def client(client: Browser) -> Browser:
    await sign_in(client, "curator")
    return client


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", "问题,条目编号\n身份证丢了怎么补办,e2\n今天吃什么,\n".encode("gb18030")),
        ("a.jsonl", '{"text":"身份证丢了怎么补办","pos":["e2"]}\n{"text":"今天吃什么"}\n'.encode()),
        (
            "a.jsonl",
            '{"text":"身份证丢了怎么补办","pos":["e2"]}\n{"text":"今天吃什么"}\n'.encode("gb18030"),
        ),
    ],
)
async def test_a_batch_of_questions_is_asked_and_reported(
    client: Browser, name: str, data: bytes
) -> None:
    status, _, where = await upload(client, "/console/evaluations", name, data)
    assert status == 200
    page = await finished(client, where)
    assert "100%" in page
    assert "说的把握准不准" in page
    assert "不该答却答了" in page
    rows = await (await client.get(f"{where}/rows")).read()
    assert "身份证丢了怎么补办,e2,直接答复" in rows.decode("utf-8-sig")
    history = await (await client.get("/console/evaluations")).text()
    assert name in history


async def test_questions_that_nobody_labelled_are_asked_and_none_is_called_wrong(
    client: Browser,
) -> None:
    data = "序号,问题\n1,身份证丢了怎么补办\n2,今天吃什么\n".encode("gb18030")
    _, _, where = await upload(client, "/console/evaluations", "信访问题.csv", data)
    page = await finished(client, where)
    assert "不判对错" in page
    assert "直接答错" not in page
    assert "不直接答复" not in page
    rows = (await (await client.get(f"{where}/rows")).read()).decode("utf-8-sig")
    assert "身份证丢了怎么补办,,直接答复" in rows
    assert not any(line.endswith((",是", ",否")) for line in rows.splitlines())


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pdf", b"x", "只能上传"),
        ("a.csv", "甲,乙\n1,2\n".encode(), "找不到表头"),
        ("a.csv", "问题\n".encode(), "没有找到任何问题"),
        ("a.jsonl", b"[1]\n", "JSON 对象"),
        ("a.csv", '问题\n身份证丢了\n"怎么补\n'.encode(), "第 3 行：英文双引号不成对"),
        ("a.xlsx", b"PK no", "打不开或已损坏"),
        ("", b"", "请先选择文件"),
    ],
)
async def test_a_file_that_cannot_be_asked_is_explained(
    client: Browser, name: str, data: bytes, words: str
) -> None:
    status, page, _ = await upload(client, "/console/evaluations", name, data)
    assert (status, words in page) == (422, True), page


async def test_a_job_whose_worker_died_says_so(desk: World, client: Browser) -> None:
    job = await desk.storage.start_job("batch", "a.csv", actor="curator", now=desk.clock.now)
    desk.clock.now = desk.clock.now.replace(hour=desk.clock.now.hour, minute=45)
    await sign_in(client, "curator")
    page = await (await client.get(f"/console/evaluations/{job}")).text()
    assert "没有做完" in page
    for wrong in ("9999", "x"):
        assert (await client.get(f"/console/evaluations/{wrong}")).status == 404
