"""A whole desk without the wire: real SQLite, real search, real calendar; citizens just talk."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.demo import county
from bot.directory import Directory
from cases.case import Case, Delivery
from cases.department import Department
from cases.department_table import read_departments
from cases.desk import Desk
from cases.people import Person, Role
from cases.ports import CaseFilter
from cases.routing import Router
from cases.rules import load_rules
from cases.wording import text_hash
from cases.work_calendar import WorkCalendar
from handlers import texts
from handlers.answering import Answering
from handlers.at_once import AtOnce, KnownAnswers, KnownDepartments, NoNumbers
from handlers.escalate import Escalation
from handlers.inbox import Intake
from handlers.message import Message, MessageKind
from handlers.obeying import Obedience
from handlers.ports import CaseNumbers, Departments, Knowledge
from handlers.reception import Reception
from knowledge_base.calibration import load_model
from knowledge_base.entry import Entry, Source, Status
from knowledge_base.exchange import plan_import, read_rows
from knowledge_base.ports import Encoder
from knowledge_base.search import KnowledgeBase
from storage import Storage
from tests.servers.databases import fresh_storage

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 in China
SUPERVISOR = Person(name="周督办", role=Role.SUPERVISOR)
LABOUR, CITY = "人力资源和社会保障局", "综合行政执法局"
OFFICER = Person(name="李经办", role=Role.OFFICER, department=LABOUR)
REVIEWER = Person(name="王审核", role=Role.REVIEWER, department=LABOUR)
DEPARTMENTS = (
    Department(
        name=LABOUR,
        duties="养老保险、失业保险、工伤保险、社保卡、拖欠工资、劳动合同、退休、就业培训。",
        keywords=("社保", "养老", "失业", "工伤", "工资", "欠薪", "退休"),
        phone="0500-00000101",
    ),
    Department(
        name=CITY,
        duties="占道经营、夜间施工噪音、违法建设、油烟扰民、乱停车、养犬、路灯、市容环境。",
        keywords=("占道", "噪音", "施工", "违建", "油烟", "养狗", "路灯", "摆摊"),
        phone="0500-00000114",
    ),
)
UNSIGNED = (
    Entry(
        id="id-card",
        question="身份证丢了怎么补办",
        variants=("身份证遗失补领", "身份证不见了去哪里重新办"),
        answer="本人带户口簿到任意派出所办证窗口申请补领，60 天内领证。",
        department="公安局",
        source=Source(title="《中华人民共和国居民身份证法》第十一条", number="主席令第51号"),
        checked_on=date(2026, 11, 1),
        version=3,
    ),
    Entry(
        id="unemployment",
        question="失业金怎么申请",
        variants=("失业保险金领取条件", "没工作了怎么领失业金"),
        answer="缴费满一年、非本人意愿失业并已登记求职的，可以在手机上申领。",
        department=LABOUR,
    ),
    Entry(
        id="retirement",
        question="退休手续怎么办理",
        variants=("办退休要什么材料",),
        answer="到龄前一个月由单位或本人申报。" * 80,
        department=LABOUR,
    ),
)
ENTRIES = tuple(replace(entry, author="curator", reviewer="curator2") for entry in UNSIGNED)


WAGES = "老板拖欠我三个月工资一直不给，请帮帮我"


@dataclass
class Chat:
    """Talks to a desk as a citizen, and lets time pass."""

    storage: Storage
    intake: Intake
    desk: Desk
    directory: Directory
    now: datetime = MONDAY
    sent: int = field(default=0)

    async def says(self, text: str, *, citizen: str = "o-wang") -> str:
        """The reply to a text."""
        return await self.sends(kind=MessageKind.TEXT, text=text, citizen=citizen)

    async def sends(
        self,
        *,
        kind: MessageKind,
        text: str = "",
        citizen: str = "o-wang",
        event: str = "",
        event_key: str = "",
        details: dict[str, str] | None = None,
    ) -> str:
        """The reply to any message or event."""
        self.sent += 1
        self.now += timedelta(seconds=5)
        message = Message(
            account="main",
            citizen=citizen,
            receiver="gh_desk",
            kind=kind,
            created_at=self.now,
            text=text,
            message_id=str(self.sent) if kind is not MessageKind.EVENT else "",
            event=event,
            event_key=event_key,
            details=details or {},
        )
        return (await self.intake.once(message)).text

    async def cases(self) -> list[Case]:
        return await self.storage.cases(CaseFilter(), viewer=SUPERVISOR)

    async def only_case(self) -> Case:
        (case,) = await self.cases()
        return case

    async def answer(self, case: Case, text: str) -> Case:
        """The department's officer drafts a reply and the reviewer approves it."""
        case = await self.desk.accept(
            case.number, version=case.version, actor=OFFICER, now=self.now
        )
        case = await self.desk.draft(
            case.number, text, version=case.version, actor=OFFICER, now=self.now
        )
        return await self.desk.review(
            case.number,
            version=case.version,
            draft_hash=text_hash(text),
            actor=REVIEWER,
            now=self.now,
        )

    async def deliveries(self) -> list[Delivery]:
        """What could be pushed to citizens now."""
        taken = await self.storage.take_deliveries(now=self.now, limit=10, accounts=("main",))
        return [each.delivery for each in taken]


@asynccontextmanager
async def open_chat(
    folder: Path,
    *,
    encoder: Encoder | None = None,
    reply_within: float = 4.0,
    entries: tuple[Entry, ...] = ENTRIES,
) -> AsyncIterator[Chat]:
    """A desk with the departments above and these entries."""
    storage = await fresh_storage(folder / "desk.db")
    await storage.save_departments(DEPARTMENTS)
    await storage.save_versions(entries, actor="curator", reason="test")
    knowledge = KnowledgeBase(encoder, storage, load_model(), "浙江省/丽水市/云和县", 3.0)
    await knowledge.load(await storage.published_entries())
    desk = Desk(storage, WorkCalendar(), load_rules(), texts.cases.Letters())
    directory = Directory(Router())
    await directory.load(DEPARTMENTS)
    at_once = _path(KnownAnswers(knowledge), desk, NoNumbers(), KnownDepartments(directory))
    intake = Intake(
        storage,
        _path(knowledge, desk, storage, directory),
        at_once=AtOnce(at_once),
        clock=lambda: chat.now,
        pushable=frozenset({"main"}),
        reply_within=reply_within,
    )
    chat = Chat(storage=storage, intake=intake, desk=desk, directory=directory)
    try:
        yield chat
    finally:
        await intake.drain()
        await knowledge.close()
        await storage.close()


def _path(
    knowledge: Knowledge, desk: Desk, numbers: CaseNumbers, departments: Departments
) -> Reception:
    escalation = Escalation(desk, numbers, departments)
    answering = Answering(knowledge, departments, escalation, choices_last=timedelta(minutes=30))
    return Reception(answering, Obedience(answering, escalation), escalation)


@asynccontextmanager
async def open_county_chat(folder: Path) -> AsyncIterator[Chat]:
    """The same with the sample county's departments and entries."""
    rows = plan_import(read_rows(county.ENTRIES).rows, ()).added
    signed = tuple(
        replace(row, author="curator", reviewer="curator2", status=Status.PUBLISHED) for row in rows
    )
    async with open_chat(folder, entries=signed) as chat:
        departments = read_departments(county.DEPARTMENTS).departments
        await chat.storage.save_departments(departments)
        await chat.directory.load(departments)
        yield chat
