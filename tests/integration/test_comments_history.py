"""A citizen who writes messages and comments has one history: one case for one matter."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.comments.filing import FilingDesk
from cases.case import Case, Kind, State
from cases.department import Department
from cases.ports import CaseFilter
from handlers import texts
from handlers.comments import moderation
from handlers.comments.comment import Comment, Listed, Verdict
from handlers.comments.moderation import Order, Step
from handlers.comments.ports import CommentFilter
from handlers.message import Message
from handlers.settlement import Outcome
from storage import Storage
from tests.values.comments import filed, filed_as, filer, found, kept, listed
from tests.values.storage import (
    DAY,
    DISPATCHER,
    HOUR,
    MINUTE,
    NOW,
    OFFICER,
    POLICE,
    SCHOOLS,
    SUPERVISOR,
    accept,
    message,
    opening,
    replied,
    settlement,
    step,
)
from tests.worlds.chat import Chat, open_chat

JAMMED = "城关小学门口天天堵死，反映多次没人管"
QUESTION = "孩子上幼儿园要什么材料？"


async def wrote(storage: Storage, sent: Message) -> Case:
    """The case that a citizen's private message opened."""
    await storage.save_departments([Department(name=SCHOOLS), Department(name=POLICE)])
    accepted = await accept(storage, sent)
    change = opening("HY20261118-9001", citizen=sent.citizen, text=sent.text)
    await storage.settle(
        accepted.id,
        settlement(accepted, outcome=Outcome.CASED, change=change, joins=change.case.number),
    )
    return await storage.case(change.case.number)


async def comments(storage: Storage) -> list[Comment]:
    """All of them, in the order of their numbers."""
    found = await storage.comments(CommentFilter(), viewer=DISPATCHER)
    return sorted(found, key=lambda each: (each.article, each.number))


async def cases(storage: Storage) -> int:
    return await storage.count_cases(CaseFilter(), viewer=SUPERVISOR)


async def approved(storage: Storage, number: str, text: str) -> None:
    """The case is answered by two people."""
    case = await storage.case(number)
    await replied(storage, step(case, case.state, actor="dispatcher"), text)


async def orders(storage: Storage) -> list[Order]:
    """What goes to the platform now."""
    at = NOW + DAY
    taken = await storage.take_orders(now=at, claim_until=at, limit=9, accounts=["main"])
    return [each.order for each in taken]


async def test_a_comment_on_the_matter_of_a_message_joins_its_case(storage: Storage) -> None:
    case = await wrote(storage, message(1, text=JAMMED))
    await filed(storage, listed(1, f"{JAMMED}！", citizen="o-1", written_at=NOW + HOUR))
    (comment,) = await comments(storage)
    assert (comment.case, comment.joined, await cases(storage)) == (case.number, True, 1)
    said = await storage.conversation(case.number, viewer=SUPERVISOR)
    assert [(each.kind, each.text) for each in said if each.speaker == "citizen"] == [
        ("text", JAMMED),
        ("comment", f"{JAMMED}！"),
    ]
    assert (await storage.verify(now=NOW + DAY)).violations == []


async def test_a_message_finds_the_case_of_the_citizens_comment(storage: Storage) -> None:
    await filed(storage, listed(1, JAMMED, citizen="o-1"))
    accepted = await accept(storage, message(1, citizen="o-1"), now=NOW + MINUTE)
    stranger = await accept(storage, message(2, citizen="o-2"), now=NOW + MINUTE)
    assert [case.text for case in accepted.cases] == [JAMMED]
    assert stranger.cases == ()


@pytest.mark.parametrize(
    ("comment", "why"),
    [
        (listed(1, JAMMED, citizen=""), "nobody knows who wrote it"),
        (listed(1, JAMMED, citizen="o-2"), "somebody else wrote it"),
        (listed(1, "幸福路的路灯坏了一个多月没人修", citizen="o-1"), "another matter"),
        (listed(1, "实验小学门口天天堵死，反映多次没人管", citizen="o-1"), "another place"),
        (listed(1, "什么时候修幸福路", citizen="o-1", written_at=NOW + HOUR), "long after"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_comment_is_a_case_of_its_own(storage: Storage, comment: Listed, why: str) -> None:
    del why
    await wrote(storage, message(1, text=JAMMED))
    await filed(storage, comment)
    (stored,) = await comments(storage)
    assert (stored.joined, stored.case != "", await cases(storage)) == (False, True, 2)


async def test_a_comment_that_surely_concerns_another_department_is_apart(storage: Storage) -> None:
    case = await wrote(storage, message(1, text=QUESTION))
    routed = step(case, case.state, actor="dispatcher", department=POLICE)
    await storage.write_change(routed)
    await filed(storage, listed(1, QUESTION, citizen="o-1"))
    (stored,) = await comments(storage)
    assert stored.joined is False


async def test_a_word_that_carries_on_joins_within_minutes(storage: Storage) -> None:
    await wrote(storage, message(1, text=JAMMED))
    await filed(
        storage, listed(1, "地址在实验小学，求你们管管", citizen="o-1", written_at=NOW + MINUTE)
    )
    (stored,) = await comments(storage)
    assert (stored.joined, await cases(storage)) == (True, 1)


async def test_who_speaks_of_ending_a_life_has_a_case_that_is_due_first(storage: Storage) -> None:
    case = await wrote(storage, message(1, text="我不想活了，准备跳楼"))
    words = listed(1, "我不想活了，准备跳楼", citizen="o-1", written_at=NOW + MINUTE)
    await filed(storage, words)
    (stored,) = await comments(storage)
    urgent = await storage.case(stored.case)
    assert (stored.joined, urgent.kind, urgent.rule) == (False, Kind.DANGER, "danger")
    assert urgent.due_at < case.due_at


async def test_a_comment_written_before_the_officer_asked_is_no_answer(storage: Storage) -> None:
    case = await wrote(storage, message(1, text=JAMMED))
    await storage.write_change(step(case, State.WAITING, waiting_since=NOW + HOUR))
    await filed(storage, listed(1, JAMMED, citizen="o-1", written_at=NOW + MINUTE))
    assert (await storage.case(case.number)).state is State.WAITING
    await filed_later(storage, listed(2, JAMMED, citizen="o-1", written_at=NOW + 2 * HOUR))
    assert (await storage.case(case.number)).state is not State.WAITING


async def filed_later(storage: Storage, comment: Listed) -> None:
    stored = await kept(storage, comment, number=2000)
    await storage.file_comments(
        [await (await filer(storage)).file(each, now=NOW + DAY) for each in stored]
    )


async def test_the_private_answer_of_a_message_is_never_made_public(storage: Storage) -> None:
    case = await wrote(storage, message(1, text=JAMMED))
    await filed(storage, listed(1, JAMMED, citizen="o-1"))
    await approved(storage, case.number, "已联系您本人。")
    (comment,) = await comments(storage)
    assert await orders(storage) == []
    order = moderation.propose(comment, Step.REPLY, "已私信答复。", actor=OFFICER, now=NOW)
    assert order.text == "已私信答复。"


async def test_the_answer_of_a_comment_stands_once_under_each_article(storage: Storage) -> None:
    twice = [listed(n, JAMMED, citizen="o-1") for n in (1, 2)]
    await filed(storage, *twice)
    await filed_later(storage, listed(1, JAMMED, citizen="o-1"))
    first, second, elsewhere = await comments(storage)
    assert [each.joined for each in (first, second, elsewhere)] == [False, True, True]
    assert await cases(storage) == 1
    await approved(storage, first.case, "已增派交警。")
    sent = await orders(storage)
    assert [(each.comment, each.text) for each in sent] == [
        (first.id, "已增派交警。"),
        (elsewhere.id, "已增派交警。"),
    ]
    assert (await storage.verify(now=NOW + DAY)).violations == []


async def test_a_comment_held_by_mistake_joins_as_well(storage: Storage) -> None:
    case = await wrote(storage, message(1, text=JAMMED))
    (stored,) = await filed(
        storage, listed(1, f"{JAMMED}，加微信 abc12345 免费领取", citizen="o-1")
    )
    assert await cases(storage) == 1
    filing = await filed_as(storage, stored, Verdict.COMPLAINT)
    assert await storage.refile_comment(filing) == case.number
    assert [each.joined for each in await comments(storage)] == [True]


async def test_comments_that_join_one_case_at_once_all_join_it(storage: Storage) -> None:
    case = await wrote(storage, message(1, text=JAMMED))
    stored = await kept(storage, *(listed(n, JAMMED, citizen="o-1") for n in range(1, 9)))
    desk = FilingDesk(await filer(storage), storage, lambda: datetime.now(UTC))
    opened = await asyncio.gather(*(desk.file([each]) for each in stored))
    assert (sum(opened), await cases(storage)) == (0, 1)
    assert (await storage.case(case.number)).version == 1 + len(stored)


async def test_a_citizen_reads_the_progress_of_both_and_goes_on_in_private(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        private = "路灯坏了没人修，在幸福路"
        assert "HY" in await chat.says(private)
        public = listed(1, JAMMED, citizen="o-wang", written_at=chat.now)
        await kept_now(chat, public, listed(2, "建议在广场加个公厕", citizen=""))
        for_wang = await chat.says("查询")
        assert "路灯坏了" in for_wang
        assert "城关小学门口" in for_wang
        assert "公厕" not in for_wang
        assert await chat.says("查询", citizen="o-li") == texts.general.NO_CASES
        case = next(each for each in await chat.cases() if each.text == JAMMED)
        assert case.number in await chat.says(f"{JAMMED}，今天又堵了")
        said = await chat.storage.conversation(case.number, viewer=SUPERVISOR)
        assert [each.kind for each in said if each.speaker == "citizen"] == ["comment", "text"]


async def kept_now(chat: Chat, *comments: Listed) -> None:
    """Comments that the chat's desk fetches and files now."""
    storage = chat.storage
    await storage.add_articles("main", [found(1000)], now=chat.now)
    times = {"free_by": chat.now, "due_by": chat.now, "now": chat.now}
    article = await storage.take_article("main", **times)
    assert article is not None
    stored = await storage.keep_comments(article, comments, now=chat.now)
    filings = [await (await filer(storage)).file(each, now=chat.now) for each in stored]
    await storage.file_comments(filings)
