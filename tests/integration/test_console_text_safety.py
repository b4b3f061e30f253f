"""Safety on the way out: what may not be public is not published, by form or by file."""

from dataclasses import replace

import pytest

from bot.demo import county
from console.knowledge.text_safety import entry_concerns, must_go
from knowledge_base.entry import Entry, Status
from knowledge_base.exchange import Row, plan_import, read_rows
from tests.values.console import ENTRIES
from tests.worlds.console import World
from tests.worlds.console_client import Browser, field_of, post, sign_in

CHECK = "/console/entries/e1/publish"


@pytest.fixture
async def client(client: Browser) -> Browser:
    await sign_in(client, "curator")
    return client


async def waiting(desk: World, answer: str) -> None:
    await desk.deps.curator.draft(replace(ENTRIES[0], answer=answer), author="curator2")
    await desk.deps.curator.submit("e1", version=2, actor="curator2")


async def status_of(desk: World) -> Status:
    return (await desk.storage.entry_versions("e1"))[0].status


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("例如11010519491231002X。", "身份证号码"),
        ("转到6222020000000000000。", "银行卡号"),
        ("按领导批示办。", "泄露内部信息"),
        ("请加微信办理。", "营销和导流"),
    ],
)
async def test_what_may_not_be_public_is_not_published(
    desk: World, client: Browser, answer: str, why: str
) -> None:
    await waiting(desk, answer)
    page = await (await client.get(CHECK)).text()
    assert "有必须改的地方" in page
    assert why in page
    assert 'data-step="publish"' not in page
    status, page = await post(client, "/console/entries/e1", CHECK)
    assert (status, "请先改好再发布" in page) == (409, True)
    assert await status_of(desk) is Status.IN_REVIEW


async def test_a_place_to_look_at_again_is_confirmed_before_publishing(
    desk: World, client: Browser
) -> None:
    await waiting(desk, "请打13812345678，或找有关部门。")
    page = await (await client.get(CHECK)).text()
    assert "手机号码" in page
    assert "推诿" in page
    _, page = await post(client, CHECK, CHECK)
    assert "发布之前看一看" in page
    assert await status_of(desk) is Status.IN_REVIEW
    status, _ = await post(client, CHECK, CHECK, confirmed=field_of(page, "confirmed"))
    assert status == 200
    assert await status_of(desk) is Status.PUBLISHED


async def test_a_file_publishes_what_may_be_public_and_keeps_the_rest_as_drafts(
    desk: World,
) -> None:
    rows = [
        Row(number=2, fields={"id": "good", "question": "好的", "answer": "带户口簿。"}),
        Row(number=3, fields={"id": "bad", "question": "坏的", "answer": "11010519491231002X"}),
    ]
    plan = plan_import(rows, await desk.deps.curator.imports.known(), publish=True)
    await desk.deps.curator.imports.keep(plan, author="甲", reviewer="乙")
    newest = {e.id: e for e in await desk.storage.newest_entries()}
    assert newest["good"].status is Status.PUBLISHED
    assert (newest["bad"].status, newest["bad"].reviewer) == (Status.DRAFT, "")


def test_a_citizens_way_of_asking_is_no_concern_but_their_number_is() -> None:
    asked = Entry(id="e", question="家里的牛有病怎么办", answer="找畜牧站。")
    assert entry_concerns(asked) == ()
    assert must_go(replace(asked, variants=("我是11010519491231002X，怎么办",)))


def test_no_answer_of_the_sample_county_is_held_back() -> None:
    entries = plan_import(read_rows(county.ENTRIES).rows, ()).added
    assert [entry.id for entry in entries if must_go(entry)] == []


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("先祝您爱人早日康复。您可以自己申请。", ["祝您爱人早日康复"]),
        ("您可以自己申请。今天我们已通知该厂。", ["今天我们已通知"]),
        ("接到反映后抢修队到场，现已修好。", ["接到反映"]),
        ("2026年6月30日前已参保的，您的账户照常使用；祝福话不用写。", []),
    ],
)
def test_a_reply_to_one_person_is_looked_at_again_before_everybody_reads_it(
    answer: str, found: list[str]
) -> None:
    entry = replace(ENTRIES[0], answer=answer)
    assert [each.found for each in entry_concerns(entry)] == found
    assert must_go(entry) == ""
