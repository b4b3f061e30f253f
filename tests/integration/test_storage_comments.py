"""Comments on disk: stored once, filed once, a case like any other, moderated by two people."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cases.case import State
from cases.ports import CaseFilter
from handlers.comments import moderation
from handlers.comments.comment import Comment, Shelf, Verdict
from handlers.comments.moderation import Order, Step
from handlers.comments.ports import CommentFilter, Poll
from storage import Storage
from storage.errors import DataRefused
from tests.values.comments import filed, filed_as, filer, found, kept, known_article, listed
from tests.values.storage import (
    AUDITOR,
    DAY,
    DISPATCHER,
    HOUR,
    MINUTE,
    NOW,
    OFFICER,
    STRANGER,
    SUPERVISOR,
    accept,
    by_hand,
    message,
    step,
)

COMPLAINT = "学校门口天天堵死，反映多次没人管"
ADVERT = "加微信 abc12345 免费领取"


async def test_an_article_is_found_once_and_its_facts_are_renewed(storage: Storage) -> None:
    assert await storage.add_articles("main", [found(1), found(1, 1)], now=NOW) == 2
    later = found(1, title="改过的标题", published_at=NOW - DAY, read_on="2026-11-17")
    assert await storage.add_articles("main", [later], now=NOW) == 0
    rows = await storage.articles(limit=10, offset=0)
    assert [(row.article.title, row.article.read_on) for row in rows] == [
        ("秋季入学报名开始", ""),
        ("改过的标题", "2026-11-17"),
    ]


async def test_an_article_is_taken_by_one_worker_of_a_pass(storage: Storage) -> None:
    await storage.add_articles("main", [found(1), found(2)], now=NOW)
    times = {"free_by": NOW, "due_by": NOW, "now": NOW}
    taken = await asyncio.gather(*(storage.take_article("main", **times) for _ in range(4)))
    assert sorted(each.at.msg_data_id for each in taken if each) == [1, 2]
    again = {**times, "free_by": NOW + MINUTE, "now": NOW + MINUTE}
    assert await storage.take_article("main", **again) is not None  # its worker died


async def test_a_comment_is_stored_once_and_its_state_renewed(storage: Storage) -> None:
    article = await known_article(storage)
    new = await storage.keep_comments(article, [listed(1), listed(2)], now=NOW)
    elected = listed(2, elected=True, reply="已答复", replied_at=NOW)
    again = await storage.keep_comments(article, [elected, listed(3)], now=NOW + MINUTE)
    assert ([each.number for each in new], [each.number for each in again]) == ([1, 2], [3])
    shown = {
        each.number: each for each in await storage.comments(CommentFilter(), viewer=DISPATCHER)
    }
    assert (shown[2].elected, shown[2].reply, shown[1].elected) == (True, "已答复", False)


async def test_what_a_whole_listing_no_longer_shows_is_gone(storage: Storage) -> None:
    article = await known_article(storage)
    await storage.keep_comments(article, [listed(1), listed(2)], now=NOW)
    since = NOW + MINUTE
    await storage.keep_comments(article, [listed(2)], now=since)
    await storage.article_read(article, now=since, next_look_at=NOW + HOUR, whole_since=since)
    shown = await storage.comments(CommentFilter(article=article.id), viewer=DISPATCHER)
    assert {each.number: each.gone_at is None for each in shown} == {1: False, 2: True}
    looked = await storage.article(article.id)
    assert looked is not None
    assert (looked.alive, looked.full_at) == (1, since)


async def test_a_broken_off_listing_is_remembered(storage: Storage) -> None:
    article = await known_article(storage)
    await storage.article_paused(article, now=NOW, next_look_at=NOW, resume_at=98, code=45009)
    again = await storage.take_article("main", free_by=NOW + MINUTE, due_by=NOW, now=NOW + MINUTE)
    assert again is not None
    assert (again.resume_at, again.code) == (98, 45009)


async def test_a_question_becomes_a_case_with_a_suggested_reply(storage: Storage) -> None:
    await filed(storage, listed(1))
    (comment,) = await storage.comments(CommentFilter(shelf=Shelf.QUESTION), viewer=OFFICER)
    case = await storage.case(comment.case, viewer=OFFICER)
    assert (case.text, case.received_at) == (comment.text, comment.written_at)
    assert [each.entry for each in comment.suggested] == ["kindergarten"]
    assert case.reply == case.draft == ""


async def test_a_comment_is_filed_once_whoever_files_it(storage: Storage) -> None:
    stored = await kept(storage, listed(1), listed(2, COMPLAINT))
    filings = [await (await filer(storage)).file(each, now=NOW) for each in stored]
    numbers = await asyncio.gather(*(storage.file_comments(filings) for _ in range(3)))
    assert sum(map(len, numbers)) == 2
    assert await storage.count_cases(CaseFilter(), viewer=SUPERVISOR) == 2
    assert await storage.unfiled_comments(limit=10) == []


async def test_a_comment_counts_in_the_same_statistics_as_a_message(storage: Storage) -> None:
    await accept(storage, message(1))
    await filed(storage, listed(1, COMPLAINT), listed(2, "为家乡点赞"))
    figures = await storage.figures(since=NOW - DAY, until=NOW + DAY, now=NOW)
    assert (figures.received, figures.cased) == (3, 1)
    assert sum(each.received for each in figures.departments) == 1


async def test_messages_and_comments_of_a_citizen_are_one_history(storage: Storage) -> None:
    await filed(storage, listed(1, COMPLAINT, citizen="o-1"))
    accepted = await accept(storage, message(1, citizen="o-1"), now=NOW + MINUTE)
    assert [case.text for case in accepted.cases] == [COMPLAINT]


async def test_the_case_of_a_comment_shows_what_was_written(storage: Storage) -> None:
    await filed(storage, listed(1))
    comment = await _one(storage)
    lines = await storage.conversation(comment.case, viewer=OFFICER)
    assert [(line.at, line.speaker, line.text, line.kind) for line in lines] == [
        (comment.written_at, "citizen", comment.text, "comment")
    ]


async def test_departments_see_only_the_comments_of_their_cases(storage: Storage) -> None:
    await filed(storage, listed(1), listed(2, COMPLAINT), listed(3, "为家乡点赞"))
    seen = {
        viewer.name: len(await storage.comments(CommentFilter(), viewer=viewer))
        for viewer in (DISPATCHER, OFFICER, STRANGER, AUDITOR)
    }
    assert seen == {"dispatcher": 3, "officer": 1, "officer2": 0, "auditor": 0}
    comment = await _one(storage, Shelf.QUESTION)
    assert await storage.comment(comment.id, viewer=STRANGER) is None
    assert await storage.comments_of_case(comment.case, viewer=OFFICER) == [comment]
    assert await storage.comment_tally(Shelf.QUESTION, viewer=OFFICER, most=9) == 1
    assert await storage.comment_tally(Shelf.QUESTION, viewer=STRANGER, most=9) == 0
    under = CommentFilter(article=comment.article)
    assert len(await storage.comments(under, viewer=STRANGER)) == 0


async def test_a_comment_follows_its_case_to_another_department(storage: Storage) -> None:
    await filed(storage, listed(1))
    comment = await _one(storage)
    case = await storage.case(comment.case)
    await storage.write_change(step(case, State.ROUTED, department=STRANGER.department))
    only = CommentFilter(shelf=Shelf.QUESTION)
    assert await storage.comments(only, viewer=OFFICER) == []
    assert [each.id for each in await storage.comments(only, viewer=STRANGER)] == [comment.id]
    assert await storage.comment(comment.id, viewer=OFFICER) is None


async def test_lists_find_words_and_shelves(storage: Storage) -> None:
    await filed(
        storage, listed(1), listed(2, COMPLAINT), listed(3, "为家乡点赞"), listed(4, ADVERT)
    )

    async def numbers(**only: object) -> list[int]:
        chosen = replace(CommentFilter(), **only)  # type: ignore[arg-type]  # fields by name
        return sorted(c.number for c in await storage.comments(chosen, viewer=DISPATCHER))

    assert await numbers() == [1, 2, 3]
    assert await numbers(shelf=Shelf.HELD) == [4]
    assert await numbers(text="家乡") == [3]
    assert await numbers(limit=1, offset=1) != await numbers(limit=1)
    for shelf in (Shelf.QUESTION, Shelf.MATTER, Shelf.OTHER, Shelf.HELD):
        assert await storage.comment_tally(shelf, viewer=DISPATCHER, most=9) == 1


async def test_a_moderator_confirms_what_was_held_once(storage: Storage) -> None:
    await filed(storage, listed(1, ADVERT))
    comment = await _one(storage, Shelf.HELD)
    assert await storage.judge_comment(comment, by="dispatcher", now=NOW)
    assert not await storage.judge_comment(comment, by="dispatcher2", now=NOW)
    judged = await _one(storage, Shelf.HARMFUL)
    assert (judged.judged_by, judged.case) == ("dispatcher", "")


async def test_a_comment_held_by_mistake_becomes_a_case(storage: Storage) -> None:
    await filed(storage, listed(1, ADVERT))
    comment = await _one(storage, Shelf.HELD)
    number = await storage.refile_comment(await filed_as(storage, comment, Verdict.QUESTION))
    assert number
    assert (await storage.case(number)).text == ADVERT
    assert (await _one(storage, Shelf.QUESTION)).case == number
    assert await storage.refile_comment(await filed_as(storage, comment, Verdict.OTHER)) is None
    assert (await storage.verify(now=NOW)).violations == []


async def test_a_comment_held_by_mistake_may_ask_for_nothing(storage: Storage) -> None:
    await filed(storage, listed(1, ADVERT))
    comment = await _one(storage, Shelf.HELD)
    assert await storage.refile_comment(await filed_as(storage, comment, Verdict.OTHER)) == ""
    assert (await storage.verify(now=NOW)).violations == []


async def test_no_call_is_begun_beyond_what_the_platform_allows(storage: Storage) -> None:
    path, day = "/cgi-bin/comment/list", date(2026, 11, 18)

    async def begun(count: int) -> int:
        tries = (storage.begin_call("main", path, day=day, now=NOW) for _ in range(count))
        return sum(each.blocked_until is None for each in await asyncio.gather(*tries))

    assert await begun(2) == 2
    await storage.limit_calls("main", path, day=day, remain=3)
    assert await begun(6) == 3
    refused = await storage.begin_call("main", path, day=day, now=NOW)
    assert refused.blocked_until == datetime(2026, 11, 18, 16, tzinfo=UTC)  # midnight in China
    await storage.quota_cleared("main")
    assert await begun(1) == 1
    await storage.limit_calls("main", "/another", day=day, remain=0)
    assert (await storage.begin_call("main", "/another", day=day, now=NOW)).blocked_until


async def test_an_accounts_poll_is_remembered(storage: Storage) -> None:
    assert await storage.comment_poll("main") == Poll(account="main")
    poll = Poll(account="main", list_from=40, summed_until="2026-11-17", code=88000, found_at=NOW)
    await storage.save_comment_poll(Poll(account="main"))
    await storage.save_comment_poll(poll)
    assert await storage.comment_poll("main") == poll
    assert await storage.comment_troubles() == [poll]


async def test_the_backlog_knows_since_when_something_waits(storage: Storage) -> None:
    await _approved(storage)
    article = await known_article(storage, 1001)
    await storage.keep_comments(article, [listed(5)], now=NOW)
    backlog = await storage.comment_backlog(now=NOW + 2 * HOUR)
    assert (backlog.due, backlog.due_since) == (2, NOW)
    assert (backlog.unfiled, backlog.unfiled_since) == (1, NOW)
    assert (backlog.unsent, backlog.unsent_since) == (1, NOW + MINUTE)


async def test_what_was_written_and_decided_never_changes(
    storage: Storage, database_url: str
) -> None:
    await _approved(storage)
    for statement in (
        "UPDATE comments SET text = 'x'",
        "DELETE FROM comment_orders",
        "UPDATE comment_orders SET text = 'x'",
    ):
        with pytest.raises(Exception, match="never"):
            by_hand(database_url, statement)


async def test_a_comment_without_its_article_is_refused(storage: Storage) -> None:
    article = replace(await known_article(storage), id=999)
    with pytest.raises(DataRefused):
        await storage.keep_comments(article, [listed(1)], now=NOW)


async def _one(storage: Storage, shelf: Shelf | None = None) -> Comment:
    (comment,) = await storage.comments(CommentFilter(shelf=shelf), viewer=SUPERVISOR)
    return comment


async def _proposed(storage: Storage) -> Order:
    await filed(storage, listed(1, "为家乡点赞"))
    order = moderation.propose(await _one(storage), Step.ELECT, "", actor=DISPATCHER, now=NOW)
    return replace(order, id=await storage.add_order(order))


async def _approved(storage: Storage) -> Order:
    order = await _proposed(storage)
    read = moderation.fingerprint(order)
    after = moderation.approve(order, read, actor=SUPERVISOR, now=NOW, wait=MINUTE)
    assert await storage.change_order(order, after, by="supervisor", now=NOW)
    return after
