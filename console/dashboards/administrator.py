"""管理员: whether the desk runs: accounts, queues, sign-ins, this machine and its chores."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from cases.people import Account, Person
from cases.records import RecordFilter
from cases.work_calendar import missing_notice, today
from console import words
from console.dashboards.board import Board, Cell, Number, Table, linked
from console.dashboards.machine import Machine, Ran
from console.dashboards.machine_words import CHORES, MODES, QUEUES
from console.deps import Deps
from console.people.people_shown import SHOWN_PEOPLE, shown_people
from console.ways.channel_words import size
from handlers.channels import Queue
from handlers.outbox import Backlog

QUIET: Final = timedelta(days=30)
"""An account that nobody wrote to for so long is worth a look."""
BACKED_UP_WITHIN: Final = timedelta(days=7)
LITTLE_ROOM: Final = 5 << 30
HARDLY_ANY: Final = 1 << 30


async def board(box: Deps, person: Person) -> Board:
    """What needs a hand first, then everything that runs."""
    del person
    machine, now = await box.machine(), box.clock()
    queues = await box.channels.store.queues(now=now)
    backup = await _newest(box, "backup")
    return Board(
        numbers=[
            *await _ways(box, queues),
            *_people(await box.people.accounts(), now),
            _calendar(box, now),
            _backup(backup, now),
            _room(machine),
        ],
        tables=[
            await _accounts(box, now),
            _queues(queues, now),
            await _machine(box, machine, backup, now),
            _chores(machine.chores, now),
        ],
    )


async def _ways(box: Deps, queues: Mapping[str, Queue]) -> list[Number]:
    troubled = {each.account for each in await box.channels.store.troubles()}
    failed = sum(each.failed for each in (await box.channels.store.backlogs()).values())
    stuck = sum(each.stuck for each in queues.values())
    return [
        Number("有问题的公众号", len(troubled), "/console/accounts", "late" if troubled else ""),
        Number("没有送到市民", failed, "/console/accounts", "late" if failed else ""),
        Number("停住的工作", stuck, "#queues", "late" if stuck else "", "各队列里没有进展的"),
    ]


def _people(accounts: Sequence[Account], now: datetime) -> list[Number]:
    """Each leads to exactly these people."""
    found = {key: len(shown_people(accounts, key, now)) for key in SHOWN_PEOPLE}
    return [
        Number(
            title, found[key], f"/console/people?show={key}", "soon" if found[key] and bad else ""
        )
        for key, title, bad in (
            ("locked", "登录被锁定", True),
            ("no-code", "没开动态口令", False),
            ("first-password", "首次密码没改", False),
        )
    ]


def _calendar(box: Deps, now: datetime) -> Number:
    year = missing_notice(today(now), box.calendar)
    if year is None:
        return Number("放假通知", "已录入", "/console/calendar", "ok")
    return Number("放假通知", f"缺 {year} 年", f"/console/calendar?year={year}", "soon")


def _backup(at: datetime | None, now: datetime) -> Number:
    if at is None:
        return Number("上次备份", "没有记录", "#machine", "soon", "用 huiying backup 备份才有记录")
    late = now - at > BACKED_UP_WITHIN
    return Number("上次备份", words.day(today(at), now=now), "#machine", "soon" if late else "ok")


def _room(machine: Machine) -> Number:
    if machine.disk_free is None:
        return Number("磁盘剩余", "—", "#machine", "", "数据库在别的机器上")
    colour = _room_colour(machine.disk_free)
    return Number("磁盘剩余", size(machine.disk_free), "#machine", colour)


def _room_colour(free: int) -> str:
    return "late" if free < HARDLY_ANY else "soon" if free < LITTLE_ROOM else "ok"


async def _newest(box: Deps, action: str) -> datetime | None:
    found = await box.audit.records(RecordFilter(actions=(action,), limit=1))
    return found[0].at if found else None


async def _accounts(box: Deps, now: datetime) -> Table:
    store, day = box.channels.store, today(now)
    backlogs, troubles = await store.backlogs(), await store.troubles()
    heard, calls = await store.last_messages(since=now - QUIET), await store.calls_of_day(day)
    rows = []
    for name, card in sorted(box.channels.accounts.items()):
        own = [each for each in calls if each.account == name]
        waiting, wrong = backlogs.get(name, Backlog()), any(t.account == name for t in troubles)
        rows.append(
            (
                Cell(name, "/console/accounts"),
                Cell(MODES.get(card.mode, card.mode)),
                Cell(_token(await store.token(name), now) if card.pushes else "不需要"),
                Cell(words.moment(heard.get(name), now=now) or "30 天没有"),
                linked(sum(each.made for each in own), "/console/accounts"),
                linked(sum(each.refused for each in own), "/console/accounts"),
                linked(waiting.waiting + waiting.failed, "/console/accounts"),
                Cell("要处理" if wrong else "正常", "", "late" if wrong else "ok"),
            )
        )
    return Table(
        key="accounts",
        title="公众号",
        head=("公众号", "接收", "凭据", "最近来信", "今天调用", "被拒绝", "在途", "情况"),
        rows=rows,
        empty="配置文件里还没有公众号。",
        more=("怎么处理", "/console/accounts"),
    )


def _token(kept: tuple[str, datetime] | None, now: datetime) -> str:
    if kept is None:
        return "还没取"
    return f"{words.clock(kept[1])[:5]} 前有效" if kept[1] > now else "过期，用到时再取"


def _queues(queues: Mapping[str, Queue], now: datetime) -> Table:
    return Table(
        key="queues",
        title="排队的工作",
        head=("队列", "在等", "停住的", "最早的"),
        rows=[
            (
                Cell(title),
                Cell(queues[name].waiting),
                Cell(queues[name].stuck),
                Cell(words.moment(queues[name].oldest, now=now) or "—"),
            )
            for name, title in QUEUES.items()
            if name in queues
        ],
        note="停住的：放弃了的，或五分钟没有人接手的。答复和留言由部门在“送达”“留言”里处理。",
    )


async def _machine(box: Deps, machine: Machine, backup: datetime | None, now: datetime) -> Table:
    status, erased = box.status(), await _newest(box, "retention")
    encoder = "按字词检索" if status.degraded or not status.encoder else status.encoder
    colour = "soon" if status.degraded else "ok"
    kept = box.retention.answered_days or box.retention.cases_days
    rows = [
        (Cell("语义模型"), Cell(encoder, "", colour), Cell(status.reason or "—")),
        (Cell("检索里的条目"), Cell(str(status.entries)), Cell("这个进程正在用的")),
        (Cell("数据库"), Cell(size(await box.channels.store.database_size())), Cell("—")),
        (Cell("上次备份"), Cell(_at(backup, now)), Cell("huiying backup 文件名")),
        (Cell("上次按期限清理"), Cell(_at(erased, now)), Cell("" if kept else "没有设保存期限")),
    ]
    if machine.disk_free is not None and machine.disk_size is not None:
        free = Cell(size(machine.disk_free), "", _room_colour(machine.disk_free))
        rows.insert(3, (Cell("磁盘剩余"), free, Cell(f"共 {size(machine.disk_size)}")))
    return Table(key="machine", title="这台机器", head=("项目", "情况", "说明"), rows=rows)


def _at(at: datetime | None, now: datetime) -> str:
    return words.moment(at, now=now) or "没有记录"


def _chores(chores: Sequence[Ran], now: datetime) -> Table:
    failing = sorted(chores, key=lambda each: not each.fault)
    return Table(
        key="chores",
        title="自动做的事",
        head=("事情", "上次做完", "上次出错", "情况"),
        rows=[
            (
                Cell(CHORES.get(each.name, each.name)),
                Cell(words.moment(each.done_at, now=now) or "还没有"),
                Cell(words.moment(each.failed_at, now=now) or "—"),
                Cell(f"出错：{each.fault}", "", "late") if each.fault else Cell("正常", "", "ok"),
            )
            for each in failing
        ],
        note="只说这个进程启动以来的；出错的会自动再试，细节在程序日志里。",
        fold="" if any(each.fault for each in chores) else f"{len(chores)} 件都正常",
        empty="这个进程不做自动的事。",
    )
