"""The auditor's log, and personal data that is shown only after the log says to whom."""

from datetime import timedelta
from pathlib import Path

from cases.records import RecordFilter
from cases.wording import text_hash
from storage.rows.audit import COLUMNS, audit_hash
from storage.rows.cases import CHAIN_START
from tests.values.console import PEOPLE, SCHOOLS
from tests.values.storage import by_hand, without_trigger
from tests.worlds.console import World
from tests.worlds.console_client import Browser, browser, field_of, post, sign_in

LOG = "/console/log"
LETTER = "我叫张三，电话13812345678，住书院路12号，孩子转学怎么办"


async def text_of(client: Browser, path: str) -> str:
    return await (await client.get(path)).text()


async def test_a_citizens_personal_data_is_hidden_in_lists_and_on_the_page(
    desk: World, client: Browser
) -> None:
    case = await desk.opened(LETTER, department=SCHOOLS)
    await sign_in(client, "officer")
    for path in ("/console/", "/console/cases", f"/console/cases/{case.number}"):
        page = await text_of(client, path)
        assert "138＊＊＊＊78" in page
        assert "13812345678" not in page
        assert "书院路12号" not in page


async def test_what_is_hidden_is_shown_after_a_record_and_for_ten_minutes(
    desk: World, client: Browser
) -> None:
    case = await desk.opened(LETTER, department=SCHOOLS)
    await sign_in(client, "officer")
    path = f"/console/cases/{case.number}"
    assert "已隐去电话、门牌号、姓名" in await text_of(client, path)
    async with client.post(
        f"{path}/reveal", data={"csrf": await token(client, path)}, allow_redirects=False
    ) as answer:
        shown_at = answer.headers["Location"]
    assert "13812345678" in await text_of(client, shown_at)
    assert "13812345678" not in await text_of(client, path)
    (found,) = await desk.storage.records(RecordFilter(actions=("reveal",)))
    assert (found.actor, found.details) == ("officer", {"case": case.number})
    desk.clock.advance(timedelta(minutes=11))
    assert "13812345678" not in await text_of(client, shown_at)


async def token(client: Browser, path: str) -> str:
    return field_of(await text_of(client, path), "csrf")


async def test_a_reveal_is_good_for_one_session_and_one_case(desk: World, client: Browser) -> None:
    case = await desk.opened(LETTER, department=SCHOOLS)
    other = await desk.opened(LETTER, department=SCHOOLS)
    await sign_in(client, "officer")
    path = f"/console/cases/{case.number}"
    async with client.post(
        f"{path}/reveal", data={"csrf": await token(client, path)}, allow_redirects=False
    ) as answer:
        shown_at = answer.headers["Location"]
    assert "13812345678" not in await text_of(client, shown_at.replace(case.number, other.number))
    async with browser(desk) as reviewer:
        await sign_in(reviewer, "reviewer")
        assert "13812345678" not in await text_of(reviewer, shown_at)


async def test_nobody_reveals_another_departments_case(desk: World, client: Browser) -> None:
    case = await desk.opened(LETTER, department=SCHOOLS)
    await sign_in(client, "officer2")
    form = {"csrf": await token(client, "/console/account")}
    answer = await client.post(f"/console/cases/{case.number}/reveal", data=form)
    assert answer.status == 404
    assert await desk.storage.count_records(RecordFilter(actions=("reveal",))) == 0


async def test_the_auditor_reads_who_did_what(desk: World, client: Browser) -> None:
    await sign_in(client, "officer", "wrong")
    await sign_in(client, "auditor")
    page = await text_of(client, LOG)
    assert "登录失败" in page
    assert "知识库：发布" in page
    only = await text_of(client, f"{LOG}?group=sign-in&actor=officer")
    assert "登录失败" in only
    assert "知识库：发布" not in only
    assert "没有符合条件的记录" in await text_of(client, f"{LOG}?since=2026-11-19")
    assert "登录失败" in await text_of(client, f"{LOG}?since=2026-11-18&until=2026-11-18")
    assert "登录失败" in await text_of(client, f"{LOG}?since=x&page=x&group=x")


async def test_a_long_log_comes_in_pages(desk: World, client: Browser) -> None:
    for number in range(60):
        await desk.storage.log("officer", "export", {"file": f"n{number}"}, desk.clock())
    await sign_in(client, "auditor")
    first = await text_of(client, f"{LOG}?group=export")
    assert "n59</span>" in first
    assert "n5</span>" not in first
    second = await text_of(client, f"{LOG}?group=export&page=2")
    assert "n5</span>" in second
    assert "第 2 页，共 2 页" in second


async def test_the_button_finds_a_record_that_was_changed(
    desk: World, client: Browser, tmp_path: Path
) -> None:
    await sign_in(client, "officer", "wrong")
    await sign_in(client, "auditor")
    _, page = await post(client, LOG, f"{LOG}/verify")
    assert "日志完整" in page
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    guard = without_trigger(url, "audit_log", "audit_log_kept")
    by_hand(url, guard, "UPDATE audit_log SET actor = 'dispatcher' WHERE actor = 'officer'")
    _, page = await post(client, LOG, f"{LOG}/verify")
    assert "日志被动过" in page
    assert "breaks the chain" in page
    assert "核验日志" in await text_of(client, LOG)


async def test_a_mark_noted_elsewhere_gives_away_a_log_that_was_rewritten_whole(
    desk: World, client: Browser, tmp_path: Path
) -> None:
    await sign_in(client, "officer", "wrong")
    await sign_in(client, "auditor")
    _, page = await post(client, LOG, f"{LOG}/verify")
    noted = page.partition("<code>")[2].partition("</code>")[0]
    _, page = await post(client, LOG, f"{LOG}/verify", mark=noted.replace("-", " - ").upper())
    assert "和您抄下的核验码也对得上" in page
    rewrite(f"sqlite:///{tmp_path / 'desk.db'}", "officer", "dispatcher")
    _, page = await post(client, LOG, f"{LOG}/verify")
    assert "日志完整" in page  # nothing inside tells
    _, page = await post(client, LOG, f"{LOG}/verify", mark=noted)
    assert "那以前的日志被人改过" in page
    status, page = await post(client, LOG, f"{LOG}/verify", mark="7-x")
    assert (status, "没有核验" in page) == (422, True)


def rewrite(url: str, who: str, instead: str) -> None:
    """What somebody who can write the database can do: another actor, and all hashes anew."""
    columns = (*COLUMNS[1:], "hash")
    rows = by_hand(url, f"SELECT {', '.join(columns)} FROM audit_log ORDER BY number")
    changes, last = [without_trigger(url, "audit_log", "audit_log_kept")], CHAIN_START
    for row in rows:
        record = dict(zip(columns, row, strict=True)) | {"prev_hash": last}
        record["actor"] = instead if record["actor"] == who else record["actor"]
        last = audit_hash(record)
        changes.append(
            f"UPDATE audit_log SET actor = '{record['actor']}', prev_hash = "
            f"'{record['prev_hash']}', hash = '{last}' WHERE number = {record['number']}"
        )
    by_hand(url, *changes)


async def test_the_auditor_reads_one_cases_steps_without_anybodys_words(
    desk: World, client: Browser
) -> None:
    case = await desk.drafted(LETTER, "请到学校办理。")
    case = await desk.desk.send_back(
        case.number, "张三的住址要写对", version=case.version, actor=PEOPLE["reviewer"],
        now=desk.clock.now,
    )  # fmt: skip
    await sign_in(client, "auditor")
    page = await text_of(client, f"{LOG}?about={case.number.lower()}")
    assert f"{case.number} 的办理步骤" in page
    assert "共 4 步，已逐步核对" in page
    steps = [f'<th scope="row">{each}</th>' for each in ("来信登记", "受理", "拟稿", "退改")]
    assert [each in page for each in steps] == [True] * 4
    assert text_hash("请到学校办理。")[:16] in page
    for words in ("张三", "住址", "请到学校办理", "转学怎么办"):
        assert words not in page
    assert "的办理步骤" not in await text_of(client, f"{LOG}?about=HY20200101-0001")
    assert "的办理步骤" not in await text_of(client, LOG)


async def test_a_step_that_was_changed_by_hand_is_told_to_the_auditor(
    desk: World, client: Browser, tmp_path: Path
) -> None:
    case = await desk.drafted("孩子转学", "请到学校办理。")
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    guard = without_trigger(url, "case_events", "case_events_kept")
    by_hand(url, guard, "UPDATE case_events SET actor = 'nobody' WHERE version = 2")
    await sign_in(client, "auditor")
    page = await text_of(client, f"{LOG}?about={case.number}")
    assert "这封来信的步骤对不上，可能被动过" in page
    assert f"event 2 of case {case.number} breaks the chain of hashes" in page


async def test_a_seal_of_many_cases_is_told_as_a_number(desk: World, client: Browser) -> None:
    case = await desk.opened(LETTER, department=SCHOOLS)
    await desk.storage.seal_cases(now=desk.clock())
    await sign_in(client, "auditor")
    page = await text_of(client, f"{LOG}?group=upkeep")
    assert "登记来信的办理步骤" in page
    assert case.number not in page


async def test_what_colleagues_wrote_about_a_citizen_is_hidden_as_well(
    desk: World, client: Browser
) -> None:
    case = await desk.opened("路灯不亮", department=SCHOOLS)
    await sign_in(client, "officer")
    path = f"/console/cases/{case.number}"
    await post(client, path, f"{path}/notes", text="我叫张三的这位，电话13812345678")
    await post(client, path, f"{path}/ask-extension", days="2", reason="13812345678没人接")
    page = await text_of(client, path)
    assert "13812345678" not in page
    assert page.count("138＊＊＊＊78") > 1
    async with client.post(f"{path}/reveal", data={"csrf": field_of(page, "csrf")}) as answer:
        assert (await answer.text()).count("13812345678") > 1


async def test_a_lock_is_told_in_chinas_time_with_why_and_from_where(
    desk: World, client: Browser
) -> None:
    for _ in range(5):
        await sign_in(client, "officer", "wrong")
    await sign_in(client, "auditor")
    page = await text_of(client, "/console/log")
    assert "锁定到</span> 2026-11-18 09:45:00</span>" in page
    assert page.count("密码不对") == 5
    assert "127.0.0.1" in page
