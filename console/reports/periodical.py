"""The quarterly notice (季度通报) and the yearly report (工作年报), as a page, a docx and a PDF.

Both say the same text; every number of cases in it is a link to exactly those cases.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Final

from aiohttp import web

from cases.reports.fact import MEASURES, Fact
from cases.reports.figures import Line, line_of, lines_by, percent, working_days_of
from cases.reports.period import QUARTER, YEAR, Period, offered, period_of
from cases.work_calendar import today
from console.deps import SESSION, Deps, deps, record
from console.pages import page
from console.reports.groups import link_to, title_of
from console.reports.messages import Messages, messages_of, messages_path
from console.reports.paper import (
    Block,
    Figure,
    Heading,
    Paper,
    Paragraph,
    Part,
    Table,
)
from console.reports.paper_pdf import PDF, fonts, pdf_of
from console.sheets import attachment

HOTTEST: Final = 8
BLANK: Final = "（请拟稿人在这里补充）"
NOTE: Final = (
    "注：按收到来信的日期统计，数据截至 {day}；重新办理的按最后一次算；比率都往不利的一边取整。"
)
WHOSE: Final = {"returned": "；现在的部门："}
"""What was returned is now with another department than gave it back."""
COLUMNS: Final = (
    *("部门", "来信", "已答复", "按期率", "超期答复", "逾期未办"),
    *("用时中位", "九成之内", "被退回", "满意率"),
)


async def show(request: web.Request) -> web.Response:
    """The report of a period as a page."""
    box, now = deps(request), deps(request).clock()
    period = _asked(request)
    return await page(
        request,
        "reports/periodical.html",
        paper=await _paper(request, box, period),
        period=period,
        periods=[each for each in offered(now) if each.key != "30"],
        prints=bool(await asyncio.to_thread(fonts)),
    )


async def download(request: web.Request) -> web.Response:
    """The same text as a docx, to be finished in Word or WPS."""
    # Imported here: it is for a few times a year, and would cost every start a tenth of a second.
    from console.reports.paper_docx import DOCX, docx_of

    box, period = deps(request), _asked(request)
    paper = await _paper(request, box, period)
    who = request[SESSION].person.name
    await record(box, who, "export", what="通报", period=period.title)
    body = await asyncio.to_thread(docx_of, paper, address=box.public_url.rstrip("/"))
    return attachment(f"{paper.title}.docx", body, DOCX)


async def print_out(request: web.Request) -> web.Response:
    """The same text as a PDF, to be printed as it stands."""
    box, period = deps(request), _asked(request)
    if not await asyncio.to_thread(fonts):
        raise web.HTTPSeeOther(f"/console/reports/periodical?period={period.key}")
    paper = await _paper(request, box, period)
    who = request[SESSION].person.name
    await record(box, who, "export", what="通报", period=period.title)
    body = await asyncio.to_thread(pdf_of, paper, address=box.public_url.rstrip("/"))
    return attachment(f"{paper.title}.pdf", body, PDF)


def _asked(request: web.Request) -> Period:
    """A quarter or a year; where another time is asked for, the quarter before this one."""
    now = deps(request).clock()
    period = period_of(request.query.get("period", ""), now)
    whole = QUARTER.fullmatch(period.key) or YEAR.fullmatch(period.key)
    return period if whole else offered(now)[2]


async def _paper(request: web.Request, box: Deps, period: Period) -> Paper:
    person, now = request[SESSION].person, box.clock()
    facts = await box.reports.facts(since=period.since, until=period.until, viewer=person)
    messages, days = await messages_of(box, period), working_days_of(box.calendar)
    total = await asyncio.to_thread(line_of, facts, now, days)
    lines = await asyncio.to_thread(lines_by, "department", facts, now, days)
    quarterly = "Q" in period.key
    what = "公众号留言办理情况的通报" if quarterly else "公众号留言办理工作年报"
    about = "关于" if quarterly else ""
    day = today(now)
    first = f"{about}{box.place}{period.title.replace(' ', '')}"
    return Paper(
        lines=[first, what] if quarterly else [first + what],
        blocks=[
            *([Paragraph(parts=["各有关单位："], flush=True)] if quarterly else []),
            *_overall(period, total, messages),
            *_by_department(box, period, lines),
            *_topics(period, facts),
            *_problems(box, period, lines, facts, now),
            Heading(text="五、下一步工作"),
            Paragraph(parts=[BLANK], blank=True),
            Paragraph(parts=[NOTE.format(day=f"{day.year} 年 {day.month} 月 {day.day} 日")]),
        ],
        signed=["（请拟稿人在这里署名）", f"{day.year}年{day.month}月{day.day}日"],
    )


def _overall(period: Period, total: Line, messages: Messages) -> list[Block]:
    count = partial(_figure, period, total)
    path = messages_path(period.key)
    received: list[Part] = [
        *(f"{period.title}，公众号共收到群众消息 ", Figure(str(messages.received), path)),
        *(" 条（含问候和查询），当场答复 ", Figure(str(messages.answered), path), " 条；"),
    ]
    heading = Heading(text="一、总体情况")
    if not total.counts["cased"]:
        return [heading, Paragraph(parts=[*received, "没有登记来信。"])]
    letters: list[Part] = ["登记来信 ", count("cased"), " 件，已转部门 ", count("sent"), " 件。"]
    answers: list[Part] = [
        *("来信中，已答复 ", count("replied"), " 件，按期答复 ", count("on_time")),
        *(" 件。", *_on_time(period, total), *_taken(period, total)),
    ]
    return [
        heading,
        Paragraph(parts=[*received, *letters, *answers]),
        Paragraph(
            parts=[
                "群众对 ",
                count("rated"),
                " 件作了评价",
                *_satisfaction(period, total),
                "；要求重新办理 ",
                count("reopened"),
                " 件。不属受理范围、已告知去处的 ",
                count("out_of_scope"),
                " 件。",
            ]
        ),
    ]


def _on_time(period: Period, total: Line) -> list[Part]:
    if total.on_time_rate is None:
        return ["这一时段还没有到答复期限的来信，不计按期率。"]
    rate = _rate(period, total, "on_time")
    return ["按期答复率 ", rate, "（逾期未办的计为未按期）。"]


def _taken(period: Period, total: Line) -> list[Part]:
    """How long replies took; nothing where none was given."""
    if total.median_days is None:
        return []
    half, most = (_days(period, total, value) for value in (total.median_days, total.p90_days))
    return ["办理用时的中位数为 ", half, " 个工作日，九成在 ", most, " 个工作日之内答复。"]


def _satisfaction(period: Period, total: Line) -> list[Part]:
    if total.satisfaction is None:
        return []
    satisfied, rate = _figure(period, total, "satisfied"), _rate(period, total, "satisfied")
    return ["，满意 ", satisfied, " 件，满意率 ", rate]


def _by_department(box: Deps, period: Period, lines: Sequence[Line]) -> list[Block]:
    rows: list[list[Part]] = [
        [
            title_of("department", line.key, box),
            *(_figure(period, line, each, "department") for each in ("cased", "replied")),
            _rate(period, line, "on_time", "department"),
            *(_figure(period, line, each, "department") for each in ("late", "overdue")),
            _days(period, line, line.median_days, "department"),
            _days(period, line, line.p90_days, "department"),
            _figure(period, line, "returned", "department"),
            _rate(period, line, "satisfied", "department"),
        ]
        for line in lines
    ]
    if not rows:
        nothing = Paragraph(parts=["这一时段没有来信。"])
        return [Heading(text="二、各部门办理情况"), nothing]
    table = Table(caption=f"{period.title}各部门办理情况", columns=COLUMNS, rows=rows)
    return [Heading(text="二、各部门办理情况"), table]


def _topics(period: Period, facts: Sequence[Fact]) -> list[Block]:
    found = Counter(fact.topic for fact in facts if fact.topic).most_common(HOTTEST)
    parts: list[Part] = ["群众来信反映最多的是："] if found else ["这一时段没有可归类的来信。"]
    for place, (topic, amount) in enumerate(found):
        link = link_to(period, "cased", "topic", topic)
        end = "。" if place == len(found) - 1 else "、"
        parts += [f"{topic}（", Figure(str(amount), link), f" 件）{end}"]
    return [Heading(text="三、群众关心的问题"), Paragraph(parts=parts)]


def _problems(
    box: Deps, period: Period, lines: Sequence[Line], facts: Sequence[Fact], now: datetime
) -> list[Block]:
    blocks: list[Block] = [Heading(text="四、存在的问题")]
    for measure, words in (
        ("overdue", "逾期未办"),
        ("late", "超期答复"),
        ("returned", "转办有误被退回"),
        ("dissatisfied", "群众评价不满意"),
    ):
        whole = sum(MEASURES[measure].fits(fact, now) for fact in facts)
        if not whole:
            continue
        share = percent(whole, len(facts), up=True)
        listed = link_to(period, measure)
        parts: list[Part] = [f"{words} ", Figure(str(whole), listed), " 件，占来信的 "]
        parts += [Figure(f"{share}%", listed), WHOSE.get(measure, "：")]
        worst = [line for line in lines if line.counts[measure]]
        for place, line in enumerate(worst):
            name = title_of("department", line.key, box)
            end = "。" if place == len(worst) - 1 else "，"
            parts += [f"{name} ", _figure(period, line, measure, "department"), f" 件{end}"]
        blocks.append(Paragraph(parts=parts))
    if len(blocks) == 1:
        blocks.append(Paragraph(parts=["没有逾期、超期、退回和不满意的来信。"]))
    return [*blocks, Paragraph(parts=[BLANK], blank=True)]


def _figure(period: Period, line: Line, measure: str, by: str = "") -> Figure:
    amount = line.counts[measure]
    return Figure(str(amount), link_to(period, measure, by, line.key) if amount else "")


def _rate(period: Period, line: Line, measure: str, by: str = "") -> Part:
    """A rate with the cases of its measure; their page says how it comes of them."""
    value = line.on_time_rate if measure == "on_time" else line.satisfaction
    return "—" if value is None else Figure(f"{value}%", link_to(period, measure, by, line.key))


def _days(period: Period, line: Line, value: float | None, by: str = "") -> Part:
    """A number of days with the replies that took them."""
    if value is None:
        return "—"
    return Figure(f"{value:g}", link_to(period, "replied", by, line.key), of="这些答复的用时")
