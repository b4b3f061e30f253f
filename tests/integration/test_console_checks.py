"""What a curator should look at again, worked out from what is published."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from console.knowledge import checks
from knowledge_base import housekeeping
from knowledge_base.entry import Entry
from knowledge_base.housekeeping import WhyDue, review_due
from knowledge_base.pairs import Asked, pairs_among
from tests.values.console import ENTRIES
from tests.worlds.console import World
from tests.worlds.console_client import Browser, field_of, post, sign_in

TODAY = date(2026, 11, 18)
ONE = Entry(id="a", question="居住证几天能办好", answer="十五个工作日内办好，带身份证。")
OTHER = Entry(id="z", question="驾驶证丢了怎么补", answer="带身份证到车管所。")


def found(*entries: Entry) -> list[tuple[str, str, bool]]:
    pairs = pairs_among(Asked.of(entries))
    return [(pair.first.id, pair.second.id, pair.is_duplicate) for pair in pairs]


def test_the_same_question_with_the_same_answer_is_a_duplicate() -> None:
    twin = replace(ONE, id="b", question="居住证几天能办好呢", answer=ONE.answer + "。")
    assert found(ONE, twin, OTHER) == [("a", "b", True)]


def test_a_figure_that_differs_makes_it_a_contradiction() -> None:
    ten = replace(ONE, answer="15日内办好，带身份证和租房合同、照片。")
    thirty = replace(ten, id="b", answer="30日内办好，带身份证和租房合同、照片。")
    assert found(ten, thirty) == [("a", "b", False)]


def test_a_wording_of_one_that_is_the_question_of_the_other_brings_them_together() -> None:
    borrowed = replace(OTHER, id="b", variants=(ONE.question,))
    assert found(ONE, borrowed) == [("a", "b", False)]
    assert pairs_among(Asked.of([ONE, borrowed]))[0].shared == (ONE.question,)


@pytest.mark.parametrize(
    ("here", "there", "clash"),
    [
        ("崇头镇", "石塘镇", False),
        ("云和县", "景宁畲族自治县", False),
        ("崇头镇", "", True),
        ("云和县", "丽水市", True),
        ("浙江省/丽水市/云和县", "云和县", True),
    ],
)
def test_what_holds_in_one_place_contradicts_what_holds_there_too(
    here: str, there: str, clash: bool
) -> None:
    one, other = replace(ONE, region=here), replace(ONE, id="b", region=there, answer="到镇上办。")
    assert (bool(found(one, other)), bool(found(other, one))) == (clash, clash)


def test_entries_for_different_people_may_differ() -> None:
    other = replace(ONE, id="b", answer="到镇上办。", audience="个体户")
    assert found(replace(ONE, audience="个人"), other) == []


def test_what_names_no_people_contradicts_what_names_some() -> None:
    other = replace(ONE, id="b", audience="个人", answer="三十天。")
    assert found(ONE, other) == [("a", "b", False)]


def test_a_question_near_another_entrys_wording_brings_them_together() -> None:
    lost = replace(ONE, question="身份证丢了，人在外地能补办吗？", variants=("身份证丢了怎么补办",))
    short = replace(OTHER, question="身份证丢了怎么补")
    assert found(lost, short) == [("a", "z", False)]


def test_questions_of_one_direction_are_near_in_meaning() -> None:
    entries = [ONE, replace(OTHER, id="b", question="多久拿到暂住证"), OTHER]
    vectors = np.eye(8, dtype=np.float32)[[0, 0, 1]]
    pairs = pairs_among(Asked.around(entries, vectors, np.eye(8, dtype=np.float32)))
    assert [(p.first.id, p.second.id) for p in pairs] == [("a", "b")]


@pytest.mark.parametrize(
    ("one", "two", "together"),
    [
        ("新生儿落户口要带哪些材料", "新生儿落户要带哪些材料", True),
        ("定点医院网上变更的操作流程", "定点医院网上变更的办理时间", False),
        ("驾驶证扣满9分要不要学习", "驾驶证扣满12分要不要学习", False),
    ],
)
def test_what_asks_for_something_else_is_no_contradiction(
    one: str, two: str, together: bool
) -> None:
    pairs = found(replace(ONE, question=one), replace(OTHER, question=two))
    assert bool(pairs) is together


def test_what_ends_soon_comes_before_what_was_never_checked() -> None:
    entries = [
        replace(ONE, id="never"),
        replace(ONE, id="old", checked_on=TODAY - timedelta(days=180)),
        replace(ONE, id="fresh", checked_on=TODAY - timedelta(days=179)),
        replace(ONE, id="ends", checked_on=TODAY, valid_until=TODAY + timedelta(days=9)),
    ]
    assert [(due.entry.id, due.why) for due in review_due(entries, TODAY)] == [
        ("ends", WhyDue.ENDS_SOON),
        ("old", WhyDue.CHECKED_LONG_AGO),
        ("never", WhyDue.NEVER_CHECKED),
    ]


@pytest.fixture
async def client(client: Browser) -> Browser:
    await sign_in(client, "curator")
    return client


async def test_a_contradiction_is_shown_word_by_word(desk: World, client: Browser) -> None:
    twin = replace(ENTRIES[1], id="e3", question="身份证丢了怎么补办呢", answer="带户口簿去补办。")
    await desk.storage.save_versions([twin], actor="curator", reason="")
    page = await (await client.get("/console/checks?tab=conflicts")).text()
    assert "身份证丢了怎么补办呢" in page
    assert "<del>到任一派出所</del>" in page
    assert "没有找到要看的" in await (await client.get("/console/checks?tab=duplicates")).text()


async def test_what_was_checked_again_goes_to_another_person(desk: World, client: Browser) -> None:
    page = "/console/checks"
    assert "没有核对日期" in await (await client.get(page)).text()
    status, told = await post(client, page, f"{page}/e1/checked")
    assert (status, "今天核对过" in told) == (200, True)
    newest = (await desk.storage.entry_versions("e1"))[0]
    assert (newest.version, newest.status, newest.checked_on) == (2, "in_review", TODAY)
    status, told = await post(client, page, f"{page}/e1/checked")
    assert (status, "已经有一版" in told) == (409, True)


async def test_a_pair_found_in_order_stays_away_until_one_of_both_changes(
    desk: World, client: Browser
) -> None:
    twin = replace(ENTRIES[1], id="e3", question="身份证丢了怎么补办呢", answer="带户口簿去补办。")
    await desk.storage.save_versions([twin], actor="curator", reason="")
    conflicts, settled = "/console/checks?tab=conflicts", "/console/checks?tab=settled"
    before = await (await client.get(conflicts)).text()
    mark = field_of(before, "mark")
    status, told = await post(client, conflicts, "/console/checks/settle", mark=mark)
    assert (status, "已记下没有问题" in told, mark in told) == (200, True, False)
    assert mark in await (await client.get(settled)).text()
    await post(client, settled, "/console/checks/reopen", mark=mark)
    assert mark in await (await client.get(conflicts)).text()
    await post(client, conflicts, "/console/checks/settle", mark=mark)
    for each in (twin, *ENTRIES):
        other = replace(each, version=2, answer=f"{each.answer}周末不办。")
        await desk.storage.save_versions([other], actor="curator", reason="")
    again = await (await client.get(conflicts)).text()
    assert (again.count('name="mark"'), mark in again) == (before.count('name="mark"'), False)


async def test_a_pair_that_changed_meanwhile_is_shown_anew(client: Browser) -> None:
    status, told = await post(client, "/console/checks", "/console/checks/settle", mark="gone")
    assert (status, "刚刚有变化" in told) == (409, True)


async def test_several_pairs_are_settled_with_one_press(desk: World, client: Browser) -> None:
    twins = [
        replace(
            each, id=f"t-{each.id}", question=f"请问{each.question}", variants=(), answer="不办。"
        )
        for each in ENTRIES
    ]
    await desk.storage.save_versions(twins, actor="curator", reason="")
    page = await (await client.get("/console/checks?tab=conflicts")).text()
    marks = [part.partition('"')[0] for part in page.split('name="mark" value="')[1:]]
    assert len(marks) > len(ENTRIES)
    form = [("csrf", field_of(page, "csrf")), ("page", "1"), *(("mark", each) for each in marks)]
    async with client.post("/console/checks/settle", data=form) as answer:
        assert "没有找到要看的" in await answer.text()
    assert await desk.storage.settled_pairs() == set(marks)
    status, told = await post(client, "/console/checks", "/console/checks/settle")
    assert (status, "请先勾选" in told) == (409, True)


@pytest.mark.parametrize("page", ["/console/review", "/console/entries/new-1", "publish"])
async def test_what_contradicts_a_published_answer_is_seen_before_it_is_published(
    desk: World, client: Browser, page: str
) -> None:
    content = replace(ENTRIES[1], id="new-1", question="请问身份证丢了怎么补办", answer="去补办。")
    draft = await desk.deps.curator.draft(content, author="curator2")
    await desk.deps.curator.submit("new-1", version=draft.version, actor="curator2")
    page = "/console/entries/new-1/publish" if page == "publish" else page
    told = await (await client.get(f"{page}?tick=all")).text()
    assert "问法相近的条目" in told
    assert f'href="/console/entries/{ENTRIES[1].id}"' in told
    assert "答案不同" in told
    assert " checked>" not in told


async def test_two_texts_that_contradict_each_other_are_told_on_one_page(
    desk: World, client: Browser
) -> None:
    for number, answer in enumerate(("收二十元。", "不收费。")):
        draft = replace(ONE, id=f"new-{number}", question="办居住证收费吗", answer=answer)
        await desk.deps.curator.draft(draft, author="curator2")
    page = await (await client.get("/console/drafts?tick=all")).text()
    assert (page.count("问法相近的条目"), page.count("还没有发布")) == (2, 2)
    assert " checked>" not in page


async def test_what_is_beyond_the_list_is_said_and_found_for_a_new_text_by_searching(
    desk: World, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (checks, housekeeping):
        monkeypatch.setattr(module, "MOST", 1)
    page = await (await client.get("/console/checks?tab=conflicts")).text()
    assert "还有 1 条没有互相比对" in page
    twin = Entry(id="e3", question="请问身份证丢了怎么补办", answer="带户口簿。")
    beside = desk.deps.curating.housekeeping.beside
    assert await beside([twin], ()) == []
    assert [each.first.id for each in await beside([twin], ENTRIES)] == ["e2"]


async def test_a_new_version_of_an_entry_does_not_contradict_its_own_last_one(
    desk: World, client: Browser
) -> None:
    content = replace(ENTRIES[1], answer="周末不办。", variants=())
    await desk.deps.curator.draft(content, author="curator2")
    told = await (await client.get(f"/console/entries/{content.id}")).text()
    assert ("周末不办。" in told, "问法相近的条目" in told) == (True, False)


async def test_what_somebody_found_in_order_is_not_told_again(desk: World, client: Browser) -> None:
    twin = replace(ENTRIES[1], id="e3", question="请问身份证丢了怎么补办", variants=())
    await desk.deps.curator.draft(twin, author="curator2")
    (pair,) = await desk.deps.curating.housekeeping.beside([twin], ())
    assert "问法相近的条目" in await (await client.get("/console/entries/e3")).text()
    now = desk.clock()
    await desk.storage.settle_pair(pair.mark, one="e2", other="e3", actor="curator", now=now)
    assert "问法相近的条目" not in await (await client.get("/console/entries/e3")).text()


def test_what_asks_for_another_kind_is_no_contradiction_unless_the_words_are_the_same() -> None:
    one = replace(ONE, question="京籍运动员申报等级要哪些材料", answer="带身份证。")
    other = replace(OTHER, question="非京籍运动员申报等级要哪些材料", answer="带居住证。")
    assert found(one, other) == []
    assert found(one, replace(other, variants=(one.question,))) != []


async def test_answers_with_little_in_common_stand_side_by_side(
    desk: World, client: Browser
) -> None:
    twin = replace(
        ENTRIES[1], id="e3", question="身份证丢了怎么补办呢", answer="请拨打电话预约，周末不办。"
    )
    await desk.storage.save_versions([twin], actor="curator", reason="")
    page = await (await client.get("/console/checks?tab=conflicts")).text()
    assert "请对照着看" in page
    assert "<del>" not in page


async def test_what_was_checked_is_put_up_together_and_what_cannot_be_is_named(
    desk: World, client: Browser
) -> None:
    page = await (await client.get("/console/checks?tick=all")).text()
    ids = [part.partition('"')[0] for part in page.split('name="entry" value="')[1:]]
    assert len(ids) > 1
    assert page.count(" checked>") == len(ids)
    await desk.deps.curator.draft(replace(ONE, id=ids[0]), author="curator2")
    form = [("csrf", field_of(page, "csrf")), *(("entry", each) for each in ids)]
    async with client.post("/console/checks/checked", data=form) as answer:
        assert answer.status == 409
        assert "有 1 条没有记下" in await answer.text()
    newest = {e.id: e for e in await desk.storage.newest_entries()}
    done = [newest[each] for each in ids[1:]]
    assert {(e.status.value, e.author, e.checked_on is not None) for e in done} == {
        ("in_review", "curator", True)
    }
    status, page = await post(client, "/console/checks", "/console/checks/checked")
    assert (status, "请先勾选" in page) == (409, True)
