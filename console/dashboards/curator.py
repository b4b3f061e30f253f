"""编辑: what waits to be written, read or approved, and how the answers did week by week."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final
from urllib.parse import quote

from cases.masking import masked
from cases.people import Person
from cases.work_calendar import today
from console import words
from console.dashboards.board import Board, Cell, Graph, Number, Table
from console.dashboards.weeks import WEEK, last_mondays, monday_of, start_of, weekly
from console.deps import Deps
from console.knowledge.checks import WHY
from console.knowledge.golden import KIND as GOLDEN
from console.knowledge.learning import as_written, tabs_of
from console.knowledge.libraries import libraries_of
from knowledge_base.curation_steps import is_same_person
from knowledge_base.entry import Status
from knowledge_base.housekeeping import Due, review_due
from knowledge_base.jobs import JobState
from knowledge_base.learning import Matter

SHOWN: Final = 5
LONGEST: Final = 50
OUTCOMES: Final = {"answered": "直接答复", "suggested": "给出选项", "cased": "转给部门"}


async def board(box: Deps, person: Person) -> Board:
    """A curator of a department is told of its own unmet questions only."""
    newest = await box.entries.newest_entries()
    published = await box.entries.published_entries()
    due = review_due(published, today(box.clock()))
    matters = box.curating.learning.known(now=box.clock(), of=person.learns_from)
    by_status = Counter(entry.status for entry in newest)
    waiting = [each for each in newest if each.status is Status.IN_REVIEW and not each.reviewer]
    told = await box.curating.corrections.open_corrections()
    authors = [*(each.author for each in waiting), *(each.author for each in told)]
    others = sum(not is_same_person(author, person.name) for author in authors)
    status = "/console/entries?status={}".format
    failing = [each for each in await libraries_of(box) if each.is_failing]
    return Board(
        numbers=[
            _number("等您审核", others, "/console/review", "同事写好的条目和更正"),
            Number("待审核", len(waiting), status("in_review"), "", "连您自己写的"),
            Number("草稿", by_status[Status.DRAFT], status("draft"), "", "还没有提交审核"),
            _number("该复核的", len(due), "/console/checks?tab=due", "快失效或很久没核对"),
            _unmet(matters),
            await _golden(box),
            Number("已发布", len(published), status("published")),
            _bound(box),
            *([_unread(len(failing))] if failing else []),
        ],
        graphs=[await _weeks(box)],
        tables=[_matters(matters), _due(due)],
    )


def _number(title: str, value: int, path: str, note: str) -> Number:
    return Number(title, value, path, "soon" if value else "", note)


def _unread(amount: int) -> Number:
    note = "会自己再试，收过的都在"
    return Number("政策库没有读到", amount, "/console/exchange#libraries", "late", note)


def _unmet(matters: Sequence[Matter] | None) -> Number:
    path = "/console/learning?tab=many"
    if matters is None:
        return Number("待补的问题", "—", path, "", "点进去就开始整理")
    return _number("待补的问题", len(_many(matters)), path, "问得多、还答不了的")


def _many(matters: Sequence[Matter]) -> list[Matter]:
    """What the list behind the number holds."""
    return [each for each in matters if "many" in tabs_of(each)]


async def _golden(box: Deps) -> Number:
    """How many golden questions lost their answer in the newest run."""
    runs = await box.curating.jobs.jobs((GOLDEN,), limit=SHOWN)
    run = next((each for each in runs if each.state is JobState.DONE), None)
    if run is None:
        asked = len(await box.curating.golden.golden_questions())
        return Number("必答题", asked, "/console/golden", "", "还没有考过")
    asked = int(run.result.get("queries", 0))
    lost = asked - int(run.result.get("kept", asked))
    when = words.moment(run.started_at, now=box.clock())
    path = f"/console/evaluations/{run.id}"
    colour = "late" if lost else "ok"
    return Number("必答题没答对", lost, path, colour, f"共 {asked} 题，{when}考的")


def _bound(box: Deps) -> Number:
    bound = box.curating.bound()
    path = "/console/evaluations"
    if bound is None:
        return Number("直接答错的", "—", path, "", "模型没有记录测算数字")
    aim = f"{bound.aim:.1%}"
    colour = "ok" if bound.wrong_at_most <= bound.aim else "soon"
    note = f"95% 把握，按 {bound.questions} 个标注问题；目标 {aim}"
    return Number("答错不超过", f"{bound.wrong_at_most:.1%}", path, colour, note)


async def _weeks(box: Deps) -> Graph:
    now = box.clock()
    mondays = last_mondays(now)
    found = await box.reports.message_counts(
        since=start_of(mondays[0]), until=start_of(mondays[-1] + WEEK)
    )
    places = {outcome: n for n, outcome in enumerate(OUTCOMES)}
    counts: Counter[tuple[date, int]] = Counter()
    for (_, day, outcome), amount in found.items():
        if outcome in places:
            counts[monday_of(date.fromisoformat(day)), places[outcome]] += amount
    return weekly("每周怎么答的", tuple(OUTCOMES.values()), counts, mondays, _list_of)


def _list_of(place: int, monday: date) -> str:
    """Entries by how often they were given; what was not answered is told in 待补的问题."""
    return f"/console/given?week={monday.isoformat()}" if place == 0 else "/console/learning"


def _matters(matters: Sequence[Matter] | None) -> Table:
    many = _many(matters or ())
    return Table(
        key="matters",
        title="问得最多、还答不了的",
        head=("问题", "关注度", "本周", "比上周"),
        rows=[_matter(each) for each in many[:SHOWN]],
        empty="现在没有。" if matters is not None else "还没有整理，开机一分钟后自动开始。",
        more=("全部待补的问题", "/console/learning?tab=many"),
    )


def _matter(matter: Matter) -> tuple[Cell, ...]:
    cluster = matter.cluster
    wording = words.shortened(as_written(masked(cluster.wordings[0])), LONGEST)
    trend = f"多 {cluster.trend}" if cluster.trend > 0 else f"少 {-cluster.trend}"
    return (
        Cell(wording, f"/console/learning?tab=many#m-{cluster.id}"),
        Cell(len(cluster.members)),
        Cell(cluster.weeks[-1]),
        Cell(trend if cluster.trend else "一样", "", "soon" if cluster.trend > 0 else ""),
    )


def _due(due: Sequence[Due]) -> Table:
    return Table(
        key="due",
        title="该复核的条目",
        head=("条目", "为什么", "日期"),
        rows=[
            (
                Cell(
                    words.shortened(each.entry.question or each.entry.answer, LONGEST),
                    f"/console/entries/{quote(each.entry.id, safe='')}",
                ),
                Cell(WHY[each.why][1], "", WHY[each.why][0]),
                Cell(words.written(each.day) if each.day else "—"),
            )
            for each in due[:SHOWN]
        ],
        empty="都在有效期内，也都核对过。",
        more=("全部该复核的", "/console/checks?tab=due"),
    )
