"""The curator's main walk in a real browser: from what citizens asked to a published answer."""

from dataclasses import replace

from console.knowledge.golden import KIND, figures_of
from knowledge_base.entry import Status
from knowledge_base.jobs import JobResult, JobState
from knowledge_base.outcome import Nothing
from tests.browser.screens import Screens
from tests.integration.test_console_learning import asked
from tests.values.console import ENTRIES

CSV = "问题,答案\n校车几点来,七点十分。\n缺答案的,\n"


async def test_what_citizens_asked_becomes_a_published_answer(screen: Screens) -> None:
    await asked(screen.desk, with_reply=True)
    curator = await screen.visitor()
    await curator.sign_in("curator")
    await curator.go("/console/golden")
    await curator.page.fill("#text", "身份证丢了怎么补办")
    await curator.page.fill("#entry", "e2")
    await curator.press("add")
    await curator.looks_right_everywhere()
    await curator.go("/console/learning")
    await curator.looks_right_everywhere()
    await curator.press("draft")
    assert await curator.reads("问法来自群众真实的提问")
    await curator.page.fill("#source_title", "校车安全管理条例")
    async with curator.page.expect_navigation():
        await curator.page.click("text=保存草稿")
    await curator.press("submit")
    await curator.looks_right_everywhere()
    reviewer = await screen.visitor()
    await reviewer.sign_in("curator2")
    await reviewer.go(curator.page.url.removeprefix(screen.home).partition("?")[0])
    await reviewer.press("check")
    assert await reviewer.reads("重问了 1 道必答题")
    await reviewer.looks_right_everywhere()
    await reviewer.press("publish")
    assert await reviewer.reads("已发布")
    await reviewer.looks_right_everywhere()
    published = await screen.desk.storage.published_entries()
    assert len(published) == 3


async def test_a_file_is_looked_at_and_taken_in(screen: Screens) -> None:
    curator = await screen.visitor()
    await curator.sign_in("curator")
    await curator.go("/console/exchange")
    await curator.page.set_input_files(
        "#file", {"name": "部门.csv", "mimeType": "text/csv", "buffer": CSV.encode("gb18030")}
    )
    await curator.press("check")
    await curator.page.wait_for_selector("[data-step='import']")
    assert await curator.reads("第 3 行“答案”：答案不能为空")
    await curator.looks_right_everywhere()
    await curator.press("import")
    await curator.page.wait_for_selector("text=已导入")
    await curator.looks_right_everywhere()
    newest = await screen.desk.storage.newest_entries()
    assert [e.question for e in newest if e.status is Status.DRAFT] == ["校车几点来"]


async def test_a_batch_is_tested_and_the_chart_drawn(screen: Screens) -> None:
    curator = await screen.visitor()
    await curator.sign_in("curator")
    for _ in range(2):
        await curator.go("/console/evaluations")
        await curator.page.set_input_files(
            "#file",
            {
                "name": "q.csv",
                "mimeType": "text/csv",
                "buffer": "问题,条目编号\n孩子上小学要什么,e1\n天气,\n".encode(),
            },
        )
        await curator.press("test")
        await curator.page.wait_for_selector("text=直接答对")
        await curator.looks_right_everywhere()
    await curator.go("/console/evaluations")
    assert await curator.page.locator(".chart polyline").count() == 3
    await curator.looks_right_everywhere()


async def test_what_a_day_moved_is_read_beside_the_entries_that_did_it(screen: Screens) -> None:
    storage, now = screen.desk.storage, screen.desk.clock()
    entry = ENTRIES[1]
    await storage.add_golden(entry.question, entry.id, actor="curator", now=now)
    questions = await storage.golden_questions()
    figures = figures_of(questions, [Nothing()], ENTRIES) | {
        "turned": [[entry.id, entry.question * 6, "2026-11-17 失效，已自动撤下"]],
        "moved": [
            {
                "text": entry.question * 6,
                "look": "late",
                "turn": "答错了",
                "before": f"直接答复“{entry.question * 4}”",
                "after": "没有答案",
            }
        ],
    }
    job = await storage.start_job(KIND, "2026-11-18", actor="system", now=now)
    await storage.end_job(job, JobState.DONE, JobResult(figures=figures), now=now)
    curator = await screen.visitor()
    await curator.sign_in("curator")
    await curator.go(f"/console/evaluations/{job}")
    assert await curator.reads("因此变了答法的必答题")
    assert await curator.reads("已自动撤下")
    await curator.looks_right_everywhere()


async def test_a_contradiction_is_read_before_publishing_and_ticked_after(screen: Screens) -> None:
    desk = screen.desk
    twin = replace(
        ENTRIES[1], id="e3", question="请问身份证丢了怎么补办", variants=(), answer="带户口簿去。"
    )
    draft = await desk.deps.curator.draft(twin, author="curator2")
    await desk.deps.curator.submit("e3", version=draft.version, actor="curator2")
    curator = await screen.visitor()
    await curator.sign_in("curator")
    for page in ("/console/review", "/console/entries/e3", "/console/entries/e3/publish"):
        await curator.go(page)
        assert await curator.reads("答案不同")
        await curator.looks_right_everywhere()
    await curator.press("publish")
    await curator.go("/console/checks?tab=conflicts")
    assert await curator.reads("请问身份证丢了怎么补办")
    await curator.looks_right_everywhere()
    for box in await curator.page.locator("input[name=mark]").all():
        await box.check()
    await curator.press("settle")
    assert await curator.reads("已记下没有问题")
    assert await desk.storage.settled_pairs()
    await curator.looks_right_everywhere()
