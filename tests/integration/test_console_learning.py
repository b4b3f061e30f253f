"""Learning what is missing: unmet questions gathered, drafted with one click, or dismissed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from cases.wording import text_hash
from console.knowledge.learning import as_written
from knowledge_base.entry import Status
from tests.values.console import MORNING, PEOPLE, POLICE, SCHOOLS
from tests.worlds.console import World
from tests.worlds.console_client import Browser, browser, field_of, post, sign_in

ASKED = (
    "校车在哪里坐呀",
    "校车在哪里坐",
    "校车在哪里坐，电话13812345678",
    "校车每天几点发车",
)
REPLY = "校车在村口上车，每天 7:10 发车。"


@pytest.fixture
async def client(client: Browser) -> Browser:
    await sign_in(client, "curator")
    return client


async def asked(desk: World, *, with_reply: bool = False) -> None:
    for number, text in enumerate(ASKED):
        at = MORNING - timedelta(days=number)
        await desk.opened(text, department=SCHOOLS, citizen=f"o-{number}", received_at=at)
    if with_reply:
        case = await desk.drafted("校车在哪里坐的", REPLY)
        await desk.desk.review(
            case.number,
            version=case.version,
            draft_hash=text_hash(case.draft),
            actor=PEOPLE["reviewer"],
            now=MORNING,
        )


async def shown(client: Browser, tab: str = "many") -> str:
    """The page once it is gathered: on a busy machine that takes longer than it waits for."""
    while True:
        page = await (await client.get(f"/console/learning?tab={tab}")).text()
        if "正在整理" not in page:
            return page


async def act(client: Browser, deed: str, **form: str) -> tuple[int, str]:
    return await post(client, "/console/learning?tab=many", f"/console/learning/{deed}", **form)


async def test_unmet_questions_are_gathered_and_masked(desk: World, client: Browser) -> None:
    await asked(desk)
    page = await shown(client)
    assert "校车在哪里坐" in page
    assert "13812345678" not in page
    assert "<b>3</b> 次" in page
    assert "校车每天几点发车" in await shown(client, "single")


async def test_one_click_makes_a_draft_of_the_real_wordings_and_the_best_reply(
    desk: World, client: Browser
) -> None:
    await asked(desk, with_reply=True)
    assert "用这条答复起草" in await shown(client, "replied")
    status, page = await act(client, "draft", wording="校车在哪里坐")
    assert status == 200
    assert "答案来自部门的答复" in page
    drafts = [e for e in await desk.storage.newest_entries() if e.status is Status.DRAFT]
    (draft,) = drafts
    assert draft.answer == REPLY
    assert {"校车在哪里坐", "校车在哪里坐的"} <= set(draft.wordings)
    assert not any("138" in text for text in draft.wordings)
    assert (draft.department, draft.author) == (SCHOOLS, "curator")
    assert "已经有人在写了" in await shown(client, "replied")


def test_a_wording_is_drafted_with_the_punctuation_of_chinese() -> None:
    assert as_written("想装充电桩,要什么手续?") == "想装充电桩，要什么手续？"
    assert as_written("8:30开门吗, 3,000元") == "8:30开门吗， 3,000元"


async def test_without_a_reply_the_form_opens_with_the_wordings(
    desk: World, client: Browser
) -> None:
    await asked(desk)
    status, page = await act(client, "draft", wording="校车在哪里坐")
    assert status == 200
    assert 'value="校车在哪里坐"' in page
    assert "写一条新答复" in page
    assert ("还没有现成的答复" in page, "答案来自部门的答复" in page) == (True, False)
    assert not [e for e in await desk.storage.newest_entries() if e.status is Status.DRAFT]


async def test_a_dismissed_matter_stays_away_in_other_words_until_restored(
    desk: World, client: Browser
) -> None:
    await asked(desk)
    await act(client, "dismiss", wording="校车在哪里坐", reason="去年的事")
    assert "校车在哪里坐" not in await shown(client)
    await desk.opened("校车在哪里坐的呀", department=SCHOOLS, citizen="o-9")
    desk.clock.advance(timedelta(minutes=10))
    assert "校车在哪里坐的" not in await shown(client, "single") + await shown(client)
    page = await shown(client, "dismissed")
    assert "去年的事" in page
    number = (await desk.storage.dismissed())[0].id
    await post(client, "/console/learning?tab=dismissed", f"/console/learning/{number}/restore")
    assert "校车在哪里坐" in await shown(client)


async def test_what_is_answered_by_now_is_listed_apart(desk: World, client: Browser) -> None:
    await desk.opened("孩子上小学要带什么材料呢", department=SCHOOLS)
    page = await shown(client, "met")
    assert "现在由这个条目直接答复" in page


async def test_a_matter_that_is_gone_says_so(client: Browser) -> None:
    for deed in ("draft", "dismiss"):
        _, page = await act(client, deed, wording="没有这回事", csrf=await token(client))
        assert "刚刚有变化" in page
    status, _ = await post(client, "/console/password", "/console/learning/x/restore")
    assert status == 404


async def token(client: Browser) -> str:
    return field_of(await (await client.get("/console/password")).text(), "csrf")


@pytest.fixture
async def schools_curator(desk: World) -> AsyncIterator[Browser]:
    """The education office's own curator."""
    account = await desk.storage.account("curator2")
    assert account is not None
    person = replace(account.person, department=SCHOOLS)
    await desk.storage.save_account(replace(account, person=person))
    async with browser(desk) as made:
        await sign_in(made, "curator2")
        yield made


async def test_a_departments_curator_reads_its_own_cases_questions_only(
    desk: World, client: Browser, schools_curator: Browser
) -> None:
    await asked(desk)
    for number, text in enumerate(("校车在哪里坐到派出所", "户口簿在哪里办理", "户口簿在哪里办")):
        await desk.opened(text, department=POLICE, citizen=f"o-p{number}")
    await desk.opened("暂住证在哪里办呀", department="")
    own = "".join([await shown(schools_curator, tab) for tab in ("many", "single", "replied")])
    everything = "".join([await shown(client, tab) for tab in ("many", "single", "replied")])
    foreign = ("派出所", "户口簿", "暂住证")
    assert [word in everything for word in foreign] == [True, True, True]
    assert [word in own for word in foreign] == [False, False, False]
    assert "校车在哪里坐" in own


async def test_a_departments_curator_acts_on_nobody_elses_matter(
    desk: World, client: Browser, schools_curator: Browser
) -> None:
    for number, text in enumerate(("户口簿在哪里办理", "户口簿在哪里办")):
        await desk.opened(text, department=POLICE, citizen=f"o-p{number}")
    await asked(desk)
    for deed in ("draft", "dismiss"):
        form = {"wording": "户口簿在哪里办", "csrf": await token(schools_curator)}
        _, page = await act(schools_curator, deed, **form)
        assert "刚刚有变化" in page
    await act(client, "dismiss", wording="户口簿在哪里办")
    (dismissed,) = await desk.storage.dismissed()
    assert "户口簿" not in await shown(schools_curator, "dismissed")
    form = {"csrf": await token(schools_curator)}
    _, page = await act(schools_curator, f"{dismissed.id}/restore", **form)
    assert await desk.storage.dismissed() == [dismissed]
    await act(schools_curator, "dismiss", wording="校车在哪里坐", reason="今年的事")
    assert "今年的事" in await shown(schools_curator, "dismissed")
