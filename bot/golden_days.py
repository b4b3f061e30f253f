"""On a day on which entries begin or end, the golden questions are asked before and after."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

import structlog

from bot.keepers import NAMED, Keepers
from cases.people import Role
from cases.supervision.reminder import Message, Raised, ReminderKind
from cases.work_calendar import today
from console.knowledge.golden import KIND, figures_of
from knowledge_base.curation_steps import SYSTEM
from knowledge_base.entry import Entry
from knowledge_base.evaluation import Row
from knowledge_base.golden import GoldenQuestion, Move, Turn, moves
from knowledge_base.jobs import JobResult, JobState
from knowledge_base.outcome import Finding
from knowledge_base.rehearsal import ask_all
from storage import Storage

LOOKED_BACK: Final = 14
"""Days after which what began while the service was off is not put down to a day any more."""
SHOWN: Final = 50
BROKEN: Final = "系统出了点问题，没有重问完。请在“必答题”里点“现在都问一遍”"
TURNS: Final = {
    Turn.BROKEN: ("late", "答错了"),
    Turn.STILL_WRONG: ("soon", "还是不对"),
    Turn.MENDED: ("ok", "答对了"),
    Turn.MOVED: ("", "换了答法"),
}
log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class GoldenDays:
    """The keepers' round, and once a day what it and the date do to the golden questions.

    `search` finds as of a day in China; `refresh` loads the index as it is published now.
    """

    storage: Storage
    keepers: Keepers
    search: Callable[[str, date], Awaitable[Finding]]
    refresh: Callable[[], Awaitable[object]]

    async def round(self, now: datetime) -> None:
        """Of several workers one asks; whatever stops it, what is over is withdrawn."""
        day = today(now)
        last = await self._last_asked(day)
        mark = Raised(key=_key(day), at=now, send_at=now)
        is_first = await self.storage.raise_once(mark)
        questions = await self.storage.golden_questions() if is_first else []
        turning = await self._turning(last, day) if questions else []
        if not turning:
            await self.keepers.round(now)
            return
        await self._asked(questions, turning, last, now)

    async def _asked(
        self,
        questions: Sequence[GoldenQuestion],
        turning: Sequence[Entry],
        last: date,
        now: datetime,
    ) -> None:
        day, title = today(now), f"{today(now).isoformat()} 有条目生效或失效"
        job = await self.storage.start_job(KIND, title, actor=SYSTEM, now=now)
        before, after = list[Finding](), list[Finding]()
        try:
            await self.refresh()
            before = await self._ask(questions, last)
            await self.keepers.round(now)
            await self.refresh()
            after = await self._ask(questions, day)
        except Exception:
            log.exception("golden_day_failed")
            failed = JobResult(figures={"reason": BROKEN})
            await self.storage.end_job(job, JobState.FAILED, failed, now=now)
            await self.keepers.round(now)
            return
        found = [each for each in moves(questions, before, after) if _is_other(each)]
        entries = await self.storage.published_entries()
        titles = {each.id: each.question for each in [*entries, *turning]}
        figures = figures_of(questions, after, entries) | {
            "turned": [[e.id, e.question or e.answer[:40], _why(e, day)] for e in turning[:SHOWN]],
            "moved": [_told(each, titles) for each in found],
        }
        await self.storage.end_job(job, JobState.DONE, JobResult(figures=figures), now=now)
        if found:
            await self._tell(found, job, now)

    async def _last_asked(self, day: date) -> date:
        for back in range(1, LOOKED_BACK + 1):
            earlier = day - timedelta(days=back)
            if await self.storage.is_raised(_key(earlier)):
                return earlier
        return day - timedelta(days=1)

    async def _turning(self, last: date, day: date) -> list[Entry]:
        """What is over, what begins, and what waits, approved, to take its place."""
        published = await self.storage.published_entries()
        begun = [e for e in published if e.valid_from and last < e.valid_from <= day]
        due = [e for e in await self.storage.approved_entries() if e.is_begun_on(day)]
        over = await self.keepers.curator.expired(day)
        return list({(e.id, e.version): e for e in (*over, *begun, *due)}.values())

    async def _ask(self, questions: Sequence[GoldenQuestion], day: date) -> list[Finding]:
        async def search(text: str) -> Finding:
            return await self.search(text, day)

        return await ask_all([each.text for each in questions], search)

    async def _tell(self, found: Sequence[Move], job: int, now: datetime) -> None:
        watch = self.keepers.watch
        audience = await watch.audience(now)
        people = audience.role(Role.CURATOR) or audience.role(Role.ADMINISTRATOR)
        message = words(found, job)
        await self.storage.raise_once(
            Raised(
                key=f"{_key(today(now))}/moved",
                at=now,
                send_at=watch.hours.next(now, watch.calendar),
                parts=[(message, each) for each in people],
            )
        )


def words(found: Sequence[Move], job: int) -> Message:
    """2 道必答题因为条目生效或失效变了答法 — which, and where to look."""
    lines = [f"{TURNS[each.turn][1]}　{each.question.text}" for each in found[:NAMED]]
    more = [f"……还有 {len(found) - NAMED} 道"] if len(found) > NAMED else []
    ask = "请看看现在的答法对不对：不对的，改好条目提交审核；约定变了的，改必答题。"
    return Message(
        kind=ReminderKind.ENTRY,
        title=f"{len(found)} 道必答题因为条目生效或失效变了答法",
        text="\n".join([*lines, *more, ask]),
        link=f"/console/evaluations/{job}",
    )


def _key(day: date) -> str:
    return f"golden-day/{day.isoformat()}"


def _is_other(move: Move) -> bool:
    before, after = move.before, move.after
    return (before.decision, before.entry) != (after.decision, after.entry)


def _why(entry: Entry, day: date) -> str:
    if entry.valid_until and entry.valid_until < day:
        return f"{entry.valid_until.isoformat()} 失效，已自动撤下"
    return f"{entry.valid_from.isoformat() if entry.valid_from else day.isoformat()} 生效"


def _told(move: Move, titles: dict[str, str]) -> dict[str, str]:
    tell = partial(_outcome, titles=titles)
    look, turn = TURNS[move.turn]
    return {
        "text": move.question.text,
        "look": look,
        "turn": turn,
        "before": tell(move.before),
        "after": tell(move.after),
    }


def _outcome(row: Row, titles: dict[str, str]) -> str:
    if row.decision == "answer":
        return f"直接答复“{titles.get(row.entry or '', row.entry)}”"
    return "请群众选择" if row.decision == "suggest" else "没有答案"
