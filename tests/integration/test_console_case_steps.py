"""Steps of a case in the console: two people at once, refusals, transfers, more time."""

from cases.case import State
from cases.wording import text_hash
from tests.values.console import MORNING, PEOPLE, POLICE, SCHOOLS, WATER
from tests.worlds.console import World
from tests.worlds.console_client import Browser, case_path, field_of, read, sign_in, take


async def test_nobody_reviews_their_own_draft(desk: World, client: Browser) -> None:
    case = await desk.opened("学籍", department=SCHOOLS)
    reviewer = PEOPLE["reviewer"]
    case = await desk.desk.accept(case.number, version=1, actor=reviewer, now=MORNING)
    case = await desk.desk.draft(case.number, "我自己写的", version=2, actor=reviewer, now=MORNING)
    await sign_in(client, "reviewer")
    page = await read(client, case_path(case.number))
    assert 'data-step="review"' not in page
    form = {"csrf": field_of(page, "csrf"), "version": "3", "draft_hash": text_hash(case.draft)}
    async with client.post(case_path(case.number, "review"), data=form) as answer:
        assert answer.status == 409
        assert "须由另一位同事审核" in await answer.text()
    assert (await desk.storage.case(case.number)).state is State.DRAFTED


async def test_an_approval_holds_only_for_the_text_that_was_read(
    desk: World, client: Browser
) -> None:
    case = await desk.drafted("转学", "第一稿")
    await sign_in(client, "reviewer")
    page = await read(client, case_path(case.number))
    case = await desk.desk.draft(
        case.number, "改过的一稿", version=case.version, actor=PEOPLE["officer"], now=MORNING
    )
    form = {"csrf": field_of(page, "csrf"), "version": str(case.version)}
    form["draft_hash"] = field_of(page, "draft_hash")
    async with client.post(case_path(case.number, "review"), data=form) as answer:
        assert answer.status == 409
    assert (await desk.storage.case(case.number)).reply == ""


async def test_the_second_writer_is_told_and_keeps_their_words(
    desk: World, client: Browser
) -> None:
    case = await desk.opened("午休几点", department=SCHOOLS)
    case = await desk.desk.accept(case.number, version=1, actor=PEOPLE["officer"], now=MORNING)
    await sign_in(client, "reviewer")
    seen = await read(client, case_path(case.number))
    await desk.desk.draft(
        case.number, "先写的稿子", version=2, actor=PEOPLE["officer"], now=MORNING
    )
    form = {"csrf": field_of(seen, "csrf"), "version": "2", "text": "后写的稿子，很长很长"}
    async with client.post(case_path(case.number, "draft"), data=form) as answer:
        page = await answer.text()
        assert answer.status == 409
    assert "officer已在 11月18日 09:30 处理过" in page
    assert "先写的稿子" in page
    assert "后写的稿子，很长很长" in page
    assert (await desk.storage.case(case.number)).draft == "先写的稿子"


async def test_a_reviewers_reason_stands_before_the_officer(desk: World, client: Browser) -> None:
    case = await desk.drafted("转学", "第一稿")
    await sign_in(client, "reviewer")
    await take(client, case.number, "send-back", reason="请写明电话")
    await sign_in(client, "officer")
    page = await read(client, case_path(case.number))
    assert "请您修改答复" in page
    assert "请写明电话" in page
    assert "第一稿" in page


async def test_a_question_to_the_citizen_stops_the_clock_once_approved(
    desk: World, client: Browser
) -> None:
    case = await desk.opened("路灯不亮", department=SCHOOLS)
    await desk.desk.accept(case.number, version=1, actor=PEOPLE["officer"], now=MORNING)
    await sign_in(client, "officer")
    await take(client, case.number, "draft", text="请问在哪条路？", purpose="question")
    await sign_in(client, "reviewer")
    assert "请市民补充情况的提问" in await read(client, case_path(case.number))
    _, page = await take(client, case.number, "review")
    assert "暂停计时" in page
    assert "请问在哪条路" in page
    _, page = await take(client, case.number, "resume", reason="电话里说清楚了")
    assert (await desk.storage.case(case.number)).state is State.ACCEPTED
    await sign_in(client, "officer")  # whose next text must not go out as a question unseen
    page = await read(client, case_path(case.number))
    assert 'value="reply" checked' in page
    assert 'value="question" checked' not in page


async def test_a_department_returns_and_the_dispatcher_routes_anew(
    desk: World, client: Browser
) -> None:
    number = (await desk.opened("河堤塌了", department=SCHOOLS)).number
    await sign_in(client, "officer")
    status, page = await take(client, number, "return", reason="归水利局管")
    assert status == 200
    assert "已退回分派员" in page
    assert number not in page  # it is not this department's any more
    await sign_in(client, "dispatcher")
    page = await read(client, case_path(number))
    assert "归水利局管" in page
    assert page.index(f"<option>{WATER}") < page.index(f"<option>{SCHOOLS}")  # it gave it back
    status, page = await take(client, number, "route", department=WATER)
    assert status == 200
    assert (await desk.storage.case(number)).department == WATER


async def test_what_was_given_back_twice_goes_out_again_with_a_word_to_the_department(
    desk: World, client: Browser
) -> None:
    case = await desk.opened("河堤塌了", department=SCHOOLS)
    for n in (1, 2):
        await sign_in(client, "officer")
        await take(client, case.number, "return", reason="不归我们管")
        await sign_in(client, "dispatcher")
        page = await read(client, case_path(case.number))
        assert f"已经退回过：{SCHOOLS} {n} 次" in page
        why = {"department": SCHOOLS} | ({"reason": "编办 2024 年 8 号文定的"} if n == 2 else {})
        status, _ = await take(client, case.number, "route", **why)
        assert status == 200
    await sign_in(client, "officer")
    page = await read(client, case_path(case.number))
    assert "转来时说明：</b>编办 2024 年 8 号文定的" in page
    _, page = await take(client, case.number, "accept")
    assert "转来时说明" not in page
    assert "<q>编办 2024 年 8 号文定的</q>" in page


async def test_a_department_that_does_not_exist_is_refused(desk: World, client: Browser) -> None:
    number = (await desk.opened("不知道归谁")).number
    await sign_in(client, "dispatcher")
    status, page = await take(client, number, "route", department="不存在局")
    assert status == 409
    assert "没有“不存在局”这个部门" in page


async def test_pressing_twice_takes_one_step(desk: World, client: Browser) -> None:
    case = await desk.drafted("转学", "一稿")
    await sign_in(client, "reviewer")
    page = await read(client, case_path(case.number))
    form = {name: field_of(page, name) for name in ("csrf", "version", "draft_hash")}
    async with client.post(case_path(case.number, "review"), data=form) as first:
        assert first.status == 200
    async with client.post(case_path(case.number, "review"), data=form) as second:
        assert second.status == 409
    events = await desk.storage.events(case.number)
    assert [e.step for e in events].count("reply") == 1


async def test_a_replied_case_can_be_put_away(desk: World, client: Browser) -> None:
    case = await desk.drafted("转学", "一稿")
    await desk.desk.review(
        case.number,
        version=case.version,
        draft_hash=text_hash("一稿"),
        actor=PEOPLE["reviewer"],
        now=MORNING,
    )
    await sign_in(client, "officer")
    await take(client, case.number, "close")
    assert (await desk.storage.case(case.number)).state is State.CLOSED
    assert "一稿" in await read(client, case_path(case.number))


async def test_the_history_says_where_a_letter_went_by_itself(desk: World, client: Browser) -> None:
    sent = await desk.opened("修路", department=POLICE)
    led = await desk.opened("河堤塌了", suggested=WATER)
    lost = await desk.opened("不知道归谁")
    await sign_in(client, "supervisor")
    assert f"来信登记，直接转给{POLICE}" in await read(client, case_path(sent.number))
    assert f"来信登记，等分派员转办，推荐{WATER}" in await read(client, case_path(led.number))
    assert "来信登记，等分派员转办<" in await read(client, case_path(lost.number))
