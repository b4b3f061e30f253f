"""A citizen's request to see or delete what is stored, in the console and on the command line."""

import asyncio
import io
import json
from pathlib import Path

import openpyxl
from typer.testing import CliRunner

from bot.__main__ import build
from cases.case import State
from cases.privacy import GONE
from cases.records import RecordFilter
from cases.wording import text_hash
from console import sign_case
from console.sheets import Sheet, workbook
from handlers import texts
from handlers.citizen import Choice
from tests.values.console import PEOPLE, SCHOOLS, SECRET
from tests.values.storage import accept, message, settlement
from tests.worlds.console import World
from tests.worlds.console_client import Browser, field_of, post, sign_in

PAGE, LETTER = "/console/privacy", "我的电话13812345678，转学怎么办"


async def answered(desk: World) -> str:
    case = await desk.drafted(LETTER, "请到教育局一楼办理。")
    await desk.desk.review(
        case.number,
        version=case.version,
        draft_hash=text_hash(case.draft),
        actor=PEOPLE["reviewer"],
        now=desk.clock(),
    )
    return case.number


async def test_a_supervisor_finds_what_is_stored_by_a_case_number(
    desk: World, client: Browser
) -> None:
    number = await answered(desk)
    await sign_in(client, "supervisor")
    page = await (await client.get(f"{PAGE}?case={number}")).text()
    assert "来信 1 件" in page
    assert "图片、语音和视频不在表格里，请从各封来信的页面保存" in page
    assert "138＊＊＊＊78" in page
    assert "13812345678" not in page
    missing = await client.get(f"{PAGE}?case=HY20200101-0001")
    assert missing.status == 404
    assert "没有编号是" in await missing.text()


async def test_the_citizens_copy_is_whole_and_its_making_recorded(
    desk: World, client: Browser
) -> None:
    number = await answered(desk)
    await sign_in(client, "supervisor")
    token = field_of(await (await client.get(f"{PAGE}?case={number}")).text(), "csrf")
    form = {"csrf": token, "case": number}
    async with client.post(f"{PAGE}/export", data=form) as answer:
        book = openpyxl.load_workbook(io.BytesIO(await answer.read()))
    assert LETTER in [cell.value for row in book["来信"].rows for cell in row]
    kinds = [row[1].value for row in book["留言"].rows]
    assert (kinds[0], set(kinds[1:])) == ("类型", {"文字"})
    (found,) = await desk.storage.records(RecordFilter(actions=("citizen_shown",)))
    assert (found.actor, found.details) == ("supervisor", {"case": number})


async def test_deleting_takes_a_reason_and_the_number_typed_again(
    desk: World, client: Browser
) -> None:
    number = await answered(desk)
    await sign_in(client, "supervisor")
    path = f"{PAGE}?case={number}"
    for form, words in (
        ({"reason": "", "again": number}, "请写明"),
        ({"reason": "本人来电申请", "again": "HY"}, "没有删除"),
    ):
        status, page = await post(client, path, f"{PAGE}/erase", case=number, **form)
        assert (status, words in page) == (422, True)
    assert (await desk.storage.case(number)).text == LETTER
    status, page = await post(
        client, path, f"{PAGE}/erase", case=number, reason="本人 13812345678 来电申请", again=number
    )
    (found,) = await desk.storage.records(RecordFilter(actions=("citizen_erased",)))
    assert found.details["reason"] == "本人 138＊＊＊＊78 来电申请"
    assert (status, "已删除" in page) == (200, True)
    case = await desk.storage.case(number)
    assert (case.text, case.state) == (GONE, State.REPLIED)
    progress = f"/public/case/{sign_case(number, SECRET)}"
    for path in (f"/console/cases/{number}", progress):
        page = await (await client.get(path)).text()
        assert "请到教育局一楼" not in page
    assert "已经按申请或保存期限清理" in page


async def test_an_open_case_keeps_what_it_needs(desk: World, client: Browser) -> None:
    number = (await desk.opened(LETTER, department=SCHOOLS)).number
    await sign_in(client, "supervisor")
    status, page = await post(
        client,
        f"{PAGE}?case={number}",
        f"{PAGE}/erase",
        case=number,
        reason="本人来电申请",
        again=number,
    )
    assert status == 409
    assert "还有没办完的来信" in page
    assert (await desk.storage.case(number)).text == LETTER


def test_a_cell_that_begins_like_a_formula_stays_text() -> None:
    rows = [["=1+1", "@x", "-2", "坏\x00字符", 3, None]]
    body = workbook([Sheet(title="表", columns=[("甲", 9)] * 6, rows=rows)])
    cells = list(openpyxl.load_workbook(io.BytesIO(body))["表"].rows)[1]
    assert [cell.value for cell in cells] == ["=1+1", "@x", "-2", "坏字符", 3, None]
    assert {cell.data_type for cell in cells[:3]} == {"s"}


async def test_the_command_line_does_the_same(desk: World, tmp_path: Path) -> None:
    number = await answered(desk)
    config = tmp_path / "huiying.toml"
    config.write_text(f'database_url = "sqlite:///{tmp_path}/desk.db"\n', encoding="utf-8")
    run = CliRunner()

    def huiying(*words: str) -> tuple[int, str]:
        result = run.invoke(build(), [*words, "--config", str(config)])
        return result.exit_code, result.output

    async def ask(*words: str) -> tuple[int, str]:
        return await asyncio.to_thread(huiying, *words)

    code, said = await ask("citizen", "show", "--case", number, "--json")
    assert (code, json.loads(said)["cases"][0]["text"]) == (0, LETTER)
    erase = ("citizen", "erase", "--case", number, "--reason", "本人申请", "--json")
    assert json.loads((await ask(*erase, "--dry-run"))[1])["cases"] == 1
    assert (await desk.storage.case(number)).text == LETTER
    assert json.loads((await ask(*erase))[1])["messages"] == 1
    assert (await desk.storage.case(number)).text == GONE
    assert (await ask("citizen", "show", "--case", "HY20200101-0001"))[0] == 2
    assert (await ask("citizen", "erase", "--reason", "x"))[0] == 2
    assert json.loads((await ask("retention", "--dry-run", "--json"))[1])["cases"] == 0
    assert json.loads((await ask("verify", "--json"))[1])["ok"]


async def test_a_list_is_shown_and_handed_over_as_its_citizen_read_it(
    desk: World, client: Browser
) -> None:
    line = Choice(entry="e1", title="小学报名要带什么")
    sent = message(91, (await desk.opened(LETTER, department=SCHOOLS)).citizen, text="小学")
    accepted = await accept(desk.storage, sent, now=desk.clock.now)
    (case,) = accepted.cases
    listed = settlement(
        accepted,
        reply=texts.general.suggestions((line,)),
        joins=case.number,
        settled_at=desk.clock.now,
    )
    await desk.storage.settle(accepted.id, listed)
    await sign_in(client, "officer")
    talk = await (await client.get(f"/console/cases/{case.number}")).text()
    await sign_in(client, "supervisor")
    page = await (await client.get(f"{PAGE}?case={case.number}")).text()
    form = {"csrf": field_of(page, "csrf"), "case": case.number}
    async with client.post(f"{PAGE}/export", data=form) as answer:
        book = openpyxl.load_workbook(io.BytesIO(await answer.read()))
    copy = [str(cell.value) for row in book["留言"].rows for cell in row]
    for shown in (talk, page, *copy):
        assert "bizmsgmenu" not in shown
    assert "1. 小学报名要带什么" in talk
    assert any("1. 小学报名要带什么\n都不是，请人工答复" in cell for cell in copy)
