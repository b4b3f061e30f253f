"""Articles and their comments over the simulated API."""

from datetime import timedelta

import pytest

from simulator import Article, publish_samples
from tests.servers.platform_caller import START, Caller
from tests.servers.stub_service import AUNT


def publish(caller: Caller) -> None:
    board = caller.platform.boards["main"]
    yesterday = START - timedelta(days=1)
    for index, title in enumerate(("招生通知", "停水通知")):
        board.publish(Article(msg_data_id=7, index=index, title=title, published_at=yesterday))
    massed = {"msg_data_id": 8, "index": 0, "published_at": yesterday, "massed": True}
    board.publish(Article(title="群发", reads=30, **massed))  # type: ignore[arg-type]  # mixed dict
    board.write(7, 1, "几点来水？", at=START, openid=AUNT.openid)
    board.write(7, 1, "匿名问一句", at=START)


async def test_comments_are_listed_answered_and_chosen(caller: Caller) -> None:
    publish(caller)
    article = {"msg_data_id": 7, "index": 1}
    one = article | {"user_comment_id": 1}
    for path in ("markelect", "unmarkelect", "markelect"):
        assert (await caller.post(f"/cgi-bin/comment/{path}", one))["errcode"] == 0
    answer = one | {"content": "今晚八点"}
    assert (await caller.post("/cgi-bin/comment/reply/add", answer))["errcode"] == 0
    assert (await caller.post("/cgi-bin/comment/reply/add", answer))["errcode"] == 88005
    page = {"begin": 0, "count": 49, "type": 0}
    listed = await caller.post("/cgi-bin/comment/list", article | page)
    anonymous, known = listed["comment"]
    assert (listed["total"], "openid" in anonymous, known["openid"]) == (2, False, AUNT.openid)
    assert (known["comment_type"], known["reply"]["content"]) == (1, "今晚八点")


async def test_comments_are_removed_and_articles_closed(caller: Caller) -> None:
    publish(caller)
    one = {"msg_data_id": "7", "index": 1, "user_comment_id": 1, "content": "好"}
    await caller.post("/cgi-bin/comment/reply/add", one)
    assert (await caller.post("/cgi-bin/comment/reply/delete", one))["errcode"] == 0
    assert (await caller.post("/cgi-bin/comment/delete", one))["errcode"] == 0
    assert (await caller.post("/cgi-bin/comment/delete", one))["errcode"] == 88008
    assert (await caller.post("/cgi-bin/comment/close", one))["errcode"] == 0
    assert (await caller.post("/cgi-bin/comment/open", one))["errcode"] == 0
    page = one | {"begin": 0, "count": 50, "type": 0}
    assert (await caller.post("/cgi-bin/comment/list", page))["errcode"] == 88010


async def test_published_articles_are_those_not_mass_sent(caller: Caller) -> None:
    publish(caller)
    path = "/cgi-bin/freepublish/batchget"
    answer = await caller.post(path, {"offset": 0, "count": 20, "no_content": 1})
    (item,) = answer["item"]
    assert (answer["total_count"], answer["item_count"]) == (1, 1)
    assert [news["title"] for news in item["content"]["news_item"]] == ["招生通知", "停水通知"]
    assert "mid=7&idx=2" in item["content"]["news_item"][1]["url"]
    assert (await caller.post(path, {"offset": 0, "count": 21}))["errcode"] == 40097


async def test_mass_sent_articles_are_found_in_the_statistics(caller: Caller) -> None:
    publish(caller)
    day = {"begin_date": "2026-11-20", "end_date": "2026-11-20"}
    (row,) = (await caller.post("/datacube/getarticlesummary", day))["list"]
    assert (row["msgid"], row["int_page_read_user"]) == ("8_1", 30)
    (total,) = (await caller.post("/datacube/getarticletotal", day))["list"]
    assert total["details"][0]["stat_date"] == "2026-11-20"


@pytest.mark.parametrize(
    ("begin", "end", "errcode"),
    [
        ("yesterday", "2026-11-20", 61500),
        ("2026-11-19", "2026-11-20", 61501),
        ("2026-11-21", "2026-11-21", 61501),
    ],
)
async def test_statistics_are_for_one_day_that_is_over(
    caller: Caller, begin: str, end: str, errcode: int
) -> None:
    body = {"begin_date": begin, "end_date": end}
    assert (await caller.post("/datacube/getarticlesummary", body))["errcode"] == errcode


async def test_sample_articles_have_comments_to_try(caller: Caller) -> None:
    publish_samples(caller.platform)
    listed = await caller.post("/cgi-bin/freepublish/batchget", {"offset": 0, "count": 20})
    assert listed["total_count"] == 2
    board = caller.platform.boards["main"]
    assert all(board.page(*place, 0, 49, 0)[0] == 5 for place in board.articles)
