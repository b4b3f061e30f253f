"""审计员: what was done at the desk by kind and by person, and whether the log is whole."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from cases.people import Person
from cases.records import Record, RecordFilter
from cases.work_calendar import today
from console import words
from console.dashboards.board import Board, Cell, Number, Table, linked
from console.dashboards.weeks import last_mondays, monday_of, start_of, sunday_after, weekly
from console.deps import Deps
from console.people import log_words

DAYS: Final = 30
VERIFY_WITHIN: Final = timedelta(days=30)
SHOWN: Final = 10
WATCHED: Final = ("reveal", "export", "failed")
"""Groups that an auditor watches by person and by week."""
VERIFIED: Final = "log_verified"


async def board(box: Deps, person: Person) -> Board:
    """The last thirty days, and the last verification."""
    del person  # whoever audits sees the whole log
    now = box.clock()
    first = today(now) - timedelta(days=DAYS - 1)
    mondays = last_mondays(now)
    counts = await box.audit.record_counts(since=start_of(min(first, mondays[0])))
    recent = {key: n for key, n in counts.items() if key[0] >= first}
    by_group = {key: _of_group(recent, key) for key in log_words.GROUPS}
    weeks: Counter[tuple[date, int]] = Counter()
    for (day, _, action), amount in counts.items():
        for place, group in enumerate(WATCHED):
            if _fits(group, action):
                weeks[monday_of(day), place] += amount
    return Board(
        numbers=[
            await _verified(box, now),
            *(_number(key, by_group[key], first) for key in ("failed", "reveal", "export")),
            _number("people", by_group["people"], first),
            Number("全部记录", sum(recent.values()), _log(since=first), note=f"近 {DAYS} 天"),
        ],
        graphs=[
            weekly(
                "每周要留意的操作",
                tuple(log_words.GROUPS[key].title for key in WATCHED),
                weeks,
                mondays,
                lambda n, monday: _log(WATCHED[n], since=monday, until=sunday_after(monday)),
            )
        ],
        tables=[_by_kind(by_group, first), await _by_person(box, recent, first)],
    )


async def _verified(box: Deps, now: datetime) -> Number:
    """When somebody looked at the whole chain last, and what they found."""
    path = _log("verified")
    found = await box.audit.records(RecordFilter(actions=(VERIFIED,), limit=1))
    newest: Record | None = found[0] if found else None
    if newest is None:
        return Number("日志核验", "还没有", "/console/log", "soon", "点进去核验全部日志")
    if newest.details.get("wrong", "0") != "0":
        return Number("日志核验", "有问题", path, "late", words.moment(newest.at, now=now))
    colour = "soon" if now - newest.at > VERIFY_WITHIN else "ok"
    said = f"{words.moment(newest.at, now=now)}，{newest.details.get('records', '')} 条"
    return Number("日志核验", "完整", path, colour, said)


def _number(group: str, amount: int, first: date) -> Number:
    colour = "soon" if group == "failed" and amount else ""
    title = log_words.GROUPS[group].title
    return Number(title, amount, _log(group, since=first), colour, f"近 {DAYS} 天")


def _by_kind(by_group: dict[str, int], first: date) -> Table:
    return Table(
        key="kinds",
        title=f"按类别（近 {DAYS} 天）",
        head=("类别", "记录"),
        rows=[
            (Cell(group.title), linked(by_group[key], _log(key, since=first)))
            for key, group in log_words.GROUPS.items()
        ],
        note="一条记录可以属于两类，例如登录失败也计在登录和退出里。",
        more=("看全部日志", "/console/log"),
    )


async def _by_person(box: Deps, recent: dict[tuple[date, str, str], int], first: date) -> Table:
    names = await box.people.display_names()
    amounts: Counter[tuple[str, str]] = Counter()
    for (_, actor, action), amount in recent.items():
        for group in WATCHED:
            if _fits(group, action):
                amounts[actor, group] += amount
    most = Counter({actor: 0 for actor, _ in amounts})
    for (actor, _), amount in amounts.items():
        most[actor] += amount
    return Table(
        key="persons",
        title=f"谁做得最多（近 {DAYS} 天）",
        head=("谁", *(log_words.GROUPS[key].title for key in WATCHED)),
        rows=[
            (
                Cell(_called(actor, names)),
                *(linked(amounts[actor, g], _log(g, actor=actor, since=first)) for g in WATCHED),
            )
            for actor in sorted(most, key=lambda each: (-most[each], each))[:SHOWN]
        ],
        empty="这段时间没有人查看完整个人信息、导出或登录失败。",
    )


def _called(actor: str, names: dict[str, str]) -> str:
    if actor == log_words.UNKNOWN:
        return "不认识的用户名"
    return words.ACTORS.get(actor) or names.get(actor, actor)


def _of_group(counts: dict[tuple[date, str, str], int], group: str) -> int:
    return sum(amount for (_, _, action), amount in counts.items() if _fits(group, action))


def _fits(group: str, action: str) -> bool:
    """As the log's filter does: by the first word."""
    return action.split(" ", 1)[0] in log_words.GROUPS[group].actions


def _log(
    group: str = "", *, actor: str = "", since: date | None = None, until: date | None = None
) -> str:
    asked = {
        "actor": actor,
        "group": group,
        "since": since.isoformat() if since else "",
        "until": until.isoformat() if until else "",
    }
    return "/console/log?" + urlencode({name: value for name, value in asked.items() if value})
