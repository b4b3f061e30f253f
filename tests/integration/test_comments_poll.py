"""Comments fetched from the platform: all of them, once each, within the quota, whatever breaks."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.comments import calls
from handlers.comments.comment import Shelf
from simulator import PlatformError
from storage import Storage
from tests.servers.databases import fresh_storage
from tests.values.comments import listed
from tests.worlds.comments import LIST, CommentWorld, comment_world

PUBLISHED, SUMMARY = "/cgi-bin/freepublish/batchget", "/datacube/getarticlesummary"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[CommentWorld]:
    monkeypatch.setattr(calls, "WAITS", (0.0, 0.0))
    storage = await fresh_storage(tmp_path / "desk.db")
    async with comment_world(storage) as made:
        monkeypatch.setattr("bot.wechat_api.utc_now", made.time)
        yield made
    await storage.close()


async def test_every_comment_of_both_feeds_is_fetched_and_filed(world: CommentWorld) -> None:
    world.publish(7)
    world.publish(8, 1, massed=True)
    world.write(120, 7)
    world.write(60, 8, 1)
    done = await world.room.fetch(all_articles=True)
    assert (done.articles, done.new, done.known, done.problems) == (2, 180, 0, [])
    cased = [each.case for each in await world.stored() if each.case]
    assert (len(cased), len(set(cased))) == (72, done.cases)
    shelves = Counter(each.shelf for each in await world.stored())
    assert shelves == {Shelf.QUESTION: 36, Shelf.MATTER: 36, Shelf.OTHER: 72, Shelf.HELD: 36}


async def test_a_second_pass_finds_everything_known_with_one_page_each(world: CommentWorld) -> None:
    world.publish(7)
    world.write(120)
    await world.room.fetch(all_articles=True)
    before = world.calls()
    again = await world.room.fetch(all_articles=True)
    assert (again.articles, again.new, again.known, again.cases) == (1, 0, 120, 0)
    assert world.calls() == before + 1


async def test_only_what_is_new_is_fetched(world: CommentWorld) -> None:
    world.publish(7)
    world.write(120)
    await world.room.fetch(all_articles=True)
    world.write(3)
    before = world.calls()
    again = await world.room.fetch(all_articles=True)
    assert (again.new, again.known, world.calls() - before) == (3, 120, 2)


async def test_an_article_is_looked_at_when_it_is_due(world: CommentWorld) -> None:
    world.publish(7)
    assert (await world.room.fetch()).articles == 1
    assert (await world.room.fetch()).articles == 0
    world.time.advance(6 * MINUTE)
    assert (await world.room.fetch()).articles == 1
    world.time.advance(40 * DAY)
    await world.room.fetch()
    world.time.advance(6 * MINUTE)
    assert (await world.room.fetch()).articles == 0


async def test_what_is_withdrawn_answered_or_elected_elsewhere_is_seen(world: CommentWorld) -> None:
    world.publish(7)
    world.write(5)
    await world.room.fetch(all_articles=True)
    world.board.withdraw(7, 0, 1)
    world.board.elect(7, 0, 2, elected=True)
    world.board.answer(7, 0, 3, "谢谢", at=world.time.now)
    world.write(1)
    await world.room.fetch(all_articles=True)
    shown = {each.number: each for each in await world.stored()}
    assert [each for each in shown if shown[each].gone_at] == [1]
    assert (shown[2].elected, shown[3].reply, len(shown)) == (True, "谢谢", 6)


async def test_two_passes_at_once_store_each_comment_once(storage: Storage) -> None:
    async with comment_world(storage) as world:
        for number in range(1, 9):
            world.publish(number)
            world.write(60, number)
        passes = [world.room.fetch(all_articles=True) for _ in range(3)]
        done = await asyncio.gather(*passes)
        assert sum(each.new for each in done) == len(await world.stored()) == 480
        cased = [each.case for each in await world.stored() if each.case]
        assert (len(cased), len(set(cased))) == (192, sum(each.cases for each in done))
        assert (await storage.verify(now=world.time.now)).violations == []


async def test_the_quota_is_never_overrun_and_the_rest_comes_next_day(world: CommentWorld) -> None:
    world.publish(7)
    world.publish(8)
    world.write(200, 7)
    world.write(60, 8)
    world.platform.quotas.limits[LIST] = 3
    first = await world.room.fetch(all_articles=True)
    assert [each["code"] for each in first.problems] == [45009]
    assert (await world.room.fetch(all_articles=True)).new == 0
    assert (world.calls(), world.refused) == (3, 0)
    world.time.advance(DAY)
    world.platform.quotas.limits[LIST] = 100
    rest = await world.room.fetch(all_articles=True)
    assert first.new + rest.new == len(await world.stored()) == 260
    assert world.calls() < 3 + 7  # it went on where it had stopped


async def test_a_platform_that_does_not_tell_its_quota_is_asked_until_it_refuses(
    world: CommentWorld,
) -> None:
    world.platform.faults.plan(calls.QUOTA, times=9, errcode=76021)
    world.publish(7)
    world.write(200)
    world.platform.quotas.limits[LIST] = 2
    first = await world.room.fetch(all_articles=True)
    await world.room.fetch(all_articles=True)
    assert (first.new, world.refused) == (98, 1)


async def test_what_others_used_of_the_quota_counts(world: CommentWorld) -> None:
    world.publish(7)
    world.write(10)
    world.platform.quotas.limits[LIST] = 5
    for _ in range(5):
        world.platform.quotas.meet("main", LIST, world.time.now)
    done = await world.room.fetch(all_articles=True)
    assert (done.new, world.refused) == (0, 0)


@pytest.mark.parametrize(
    "fault", [{"errcode": -1}, {"status": 502}, {"errcode": 40001}, {"errcode": 42001}]
)
async def test_a_passing_fault_costs_nothing(world: CommentWorld, fault: dict[str, int]) -> None:
    world.publish(7)
    world.write(60)
    world.platform.faults.plan(LIST, **fault)  # type: ignore[arg-type]  # one of its numbers
    done = await world.room.fetch(all_articles=True)
    assert (done.new, done.problems) == (60, [])


async def test_a_lasting_fault_loses_nothing(world: CommentWorld) -> None:
    world.publish(7)
    world.write(120)
    await _one_page_then_faults(world)
    assert len(await world.stored()) == 49
    done = await world.room.fetch(all_articles=True)
    assert (done.new, len(await world.stored())) == (71, 120)


async def _one_page_then_faults(world: CommentWorld) -> None:
    """The platform goes down after the first page."""
    meet, calls_before = world.platform.faults.meet, world.calls()

    def down(path: str) -> object:
        if path == LIST and world.calls() > calls_before:
            world.platform.faults.plan(LIST, status=503)
        return meet(path)

    world.platform.faults.meet = down  # type: ignore[method-assign,assignment]
    done = await world.room.fetch(all_articles=True)
    world.platform.faults.meet = meet  # type: ignore[method-assign]
    world.platform.faults.clear()
    assert len(done.problems) == 1


@pytest.mark.parametrize("code", [88000, 88001, 88002, 88010])
async def test_a_refused_article_keeps_no_other_waiting(world: CommentWorld, code: int) -> None:
    for number in (7, 8):
        world.publish(number)
        world.write(10, number)
    world.platform.faults.plan(LIST, errcode=code)
    done = await world.room.fetch(all_articles=True)
    assert (done.articles, done.new) == (1, 10)
    assert [each["code"] for each in done.problems] == [code]
    assert (await world.room.fetch(all_articles=True)).new == 10


async def test_many_deleted_articles_keep_the_account_from_nothing(world: CommentWorld) -> None:
    for number in range(1, 7):
        world.publish(number)
    await world.room.fetch(all_articles=True)
    for number in range(1, 6):
        del world.board.articles[number, 0]
    world.write(4, 6)
    done = await world.room.fetch(all_articles=True)
    assert (done.articles, done.new) == (1, 4)
    assert [each["code"] for each in done.problems] == [88001] * 5
    assert await world.storage.comment_troubles() == []


async def test_an_account_without_comments_is_left_alone_for_a_day(world: CommentWorld) -> None:
    world.board.allowed = False
    for number in range(6):
        world.board.publish(replace(world.publish(99), msg_data_id=number + 1))
    done = await world.room.fetch()
    assert {each["code"] for each in done.problems} == {88000}
    assert world.calls() == 3
    await world.room.fetch()
    assert world.calls() == 3
    (poll,) = await world.storage.comment_troubles()
    assert poll.code == 88000
    world.board.allowed = True
    await world.room.fetch(all_articles=True)
    assert await world.storage.comment_troubles() == []


async def test_comments_are_read_where_a_list_of_articles_is_refused(world: CommentWorld) -> None:
    world.publish(7, massed=True)
    world.write(10)
    world.platform.faults.plan(PUBLISHED, errcode=48001)
    done = await world.room.fetch(all_articles=True)
    assert (done.new, done.problems) == (10, [])
    world.platform.faults.plan(SUMMARY, errcode=61501)
    world.write(1)
    done = await world.room.fetch(all_articles=True)
    assert (done.new, [each["code"] for each in done.problems]) == (1, [])


async def test_a_long_list_of_articles_is_read_to_its_end_once(world: CommentWorld) -> None:
    for number in range(1, 46):
        world.publish(number)
    world.platform.quotas.limits[PUBLISHED] = 2
    first = await world.room.fetch(all_articles=True)
    assert (first.articles, [each["code"] for each in first.problems]) == (40, [45009])
    world.time.advance(DAY)
    assert (await world.room.fetch(all_articles=True)).articles == 45
    asked = world.calls(PUBLISHED)
    await world.room.fetch(all_articles=True)
    assert world.calls(PUBLISHED) == asked + 1


async def test_days_of_readers_are_asked_for_once(world: CommentWorld) -> None:
    await world.room.fetch(all_articles=True)
    assert world.calls(SUMMARY) == 7
    await world.room.fetch(all_articles=True)
    assert world.calls(SUMMARY) == 7
    world.time.advance(2 * DAY)
    await world.room.fetch(all_articles=True)
    assert world.calls(SUMMARY) == 9


async def test_comments_left_unfiled_by_a_crash_are_filed(world: CommentWorld) -> None:
    world.publish(7)
    world.write(10)
    await world.room.fetch(all_articles=True)
    (row,) = await world.storage.articles(limit=1, offset=0)
    await world.storage.keep_comments(row.article, [listed(77)], now=world.time.now)
    done = await world.room.fetch()
    assert (done.cases, await world.storage.unfiled_comments(limit=5)) == (1, [])


async def test_a_comment_the_desk_stumbles_over_goes_to_the_dispatcher(
    world: CommentWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(text: str) -> None:
        raise RuntimeError(text)

    monkeypatch.setattr("handlers.comments.filing.verdict_of", stumble)
    world.publish(7)
    world.write(3)
    done = await world.room.fetch(all_articles=True)
    assert (done.new, done.cases) == (3, 3)


async def test_the_platforms_rules_for_comments_hold(world: CommentWorld) -> None:
    world.publish(7)
    world.write(2)
    world.board.most_elected = 1
    world.board.elect(7, 0, 1, elected=True)
    with pytest.raises(PlatformError, match="88003"):
        world.board.elect(7, 0, 2, elected=True)
    world.board.delete(7, 0, 2)
    assert world.board.write(7, 0, "又来了", at=world.time.now).user_comment_id == 3
