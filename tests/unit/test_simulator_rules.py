"""The platform's counting: allowances, tokens, faults, menus, media, comments."""

from datetime import UTC, datetime, timedelta

import pytest

from simulator import Article, PlatformError
from simulator.allowance import Allowance
from simulator.comments import CommentBoard
from simulator.faults import Fault, Faults
from simulator.media import MediaStore, sample_picture
from simulator.menu import read_menu
from simulator.tokens import TokenBook

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def spend(allowance: Allowance, times: int, now: datetime = NOW) -> Allowance:
    for _ in range(times):
        allowance = allowance.spent(now)
    return allowance


def test_a_message_opens_five_pushes() -> None:
    allowance = spend(Allowance().granted("message", NOW), 5)
    with pytest.raises(PlatformError) as refused:
        allowance.spent(NOW)
    assert refused.value.errcode == 45047


def test_48_hours_close_the_window() -> None:
    allowance = Allowance().granted("message", NOW)
    assert allowance.spent(NOW + timedelta(hours=48, seconds=-1)).left(NOW) == 4
    with pytest.raises(PlatformError) as refused:
        allowance.spent(NOW + timedelta(hours=48))
    assert refused.value.errcode == 45015


@pytest.mark.parametrize("reason", ["tap", "subscribe", "scan"])
def test_a_tap_a_subscription_and_a_scan_open_three_pushes_for_a_minute(reason: str) -> None:
    allowance = Allowance().granted(reason, NOW)  # type: ignore[arg-type]  # a Grant by its name
    assert allowance.left(NOW + MINUTE - timedelta(seconds=1)) == 3
    assert allowance.left(NOW + MINUTE) == 0


def test_the_window_that_ends_first_pays_first() -> None:
    allowance = Allowance().granted("message", NOW).granted("tap", NOW)
    assert spend(allowance, 3).left(NOW + MINUTE) == 5


def test_a_new_message_opens_the_window_anew() -> None:
    allowance = spend(Allowance().granted("message", NOW), 5)
    assert allowance.granted("message", NOW + MINUTE).left(NOW + MINUTE) == 5


def test_the_stable_token_stays_the_same_until_shortly_before_its_end() -> None:
    book = TokenBook()
    first = book.stable("wx1", NOW)
    assert book.stable("wx1", NOW + timedelta(minutes=100)) == first
    assert book.stable("wx1", NOW + timedelta(minutes=116)) != first
    assert book.owner(first.value, NOW + timedelta(minutes=116)) == "wx1"


def test_a_forced_refresh_ends_the_last_token() -> None:
    book = TokenBook()
    first = book.stable("wx1", NOW)
    book.stable("wx1", NOW, force=True)
    with pytest.raises(PlatformError, match="40001"):
        book.owner(first.value, NOW)


def test_the_old_kind_of_token_outlives_the_next_one_by_five_minutes() -> None:
    book = TokenBook()
    first, stable = book.plain("wx1", NOW), book.stable("wx1", NOW)
    book.plain("wx1", NOW)
    assert book.owner(first.value, NOW + timedelta(minutes=4)) == "wx1"
    with pytest.raises(PlatformError, match="42001"):
        book.owner(first.value, NOW + timedelta(minutes=5))
    assert book.owner(stable.value, NOW + timedelta(minutes=100)) == "wx1"


def test_faults_are_met_once_each_and_calls_are_counted() -> None:
    faults = Faults()
    faults.plan("/a", times=2, errcode=-1)
    met = [faults.meet("/a") for _ in range(3)]
    assert [fault.errcode if fault else None for fault in met] == [-1, -1, None]
    faults.plan("/a", status=500)
    faults.clear()
    assert faults.meet("/a") is None
    assert faults.calls["/a"] == 4


def test_a_fault_of_which_nothing_is_said_comes_at_once_and_instead_of_the_work() -> None:
    faults = Faults()
    faults.plan("/a")
    assert faults.planned("/a") == 1
    assert faults.meet("/a") == Fault(errcode=0, status=200, hang=0.0, after=False)
    assert faults.planned("/a") == faults.planned("/never") == 0


@pytest.mark.parametrize(
    ("body", "errcode"),
    [
        ({}, 40016),
        ({"button": []}, 40016),
        ({"button": [1]}, 47001),
        ({"button": [{"name": "名" * 6, "type": "click", "key": "k"}]}, 40018),
        ({"button": [{"name": "a", "type": "click", "key": ""}]}, 40019),
        ({"button": [{"name": "a", "type": "fly", "key": "k"}]}, 40017),
        ({"button": [{"name": "a", "sub_button": [{"name": "b"}] * 6}]}, 40023),
    ],
)
def test_a_wrong_menu_is_refused_with_its_number(body: dict[str, object], errcode: int) -> None:
    with pytest.raises(PlatformError) as refused:
        read_menu(body)
    assert refused.value.errcode == errcode


def test_media_are_gone_after_three_days() -> None:
    store = MediaStore()
    media = store.add("image", sample_picture(8, 6), "image/png", NOW)
    assert store.get(media.media_id, NOW).content.startswith(b"\x89PNG")
    with pytest.raises(PlatformError, match="40007"):
        store.get(media.media_id, NOW + timedelta(days=4))


@pytest.mark.parametrize(("kind", "size", "errcode"), [("poem", 1, 40004), ("thumb", 70000, 45002)])
def test_media_of_unknown_kind_or_too_big_are_refused(kind: str, size: int, errcode: int) -> None:
    with pytest.raises(PlatformError) as refused:
        MediaStore().add(kind, b"x" * size, "image/png", NOW)
    assert refused.value.errcode == errcode


@pytest.fixture
def board() -> CommentBoard:
    board = CommentBoard()
    board.publish(Article(msg_data_id=7, index=0, title="通知", published_at=NOW))
    board.publish(Article(msg_data_id=7, index=1, title="受限", published_at=NOW, limited=True))
    for words in ("一", "二", "三"):
        board.write(7, 0, words, at=NOW, openid="o1")
    return board


def refusal(board: CommentBoard, method: str, *args: object, **more: object) -> int:
    with pytest.raises(PlatformError) as refused:
        getattr(board, method)(*args, **more)
    return refused.value.errcode


def test_comments_come_newest_first_and_in_pages(board: CommentBoard) -> None:
    total, page = board.page(7, 0, 1, 1, 0)
    assert (total, [comment.content for comment in page]) == (3, ["二"])
    board.elect(7, 0, 3, elected=True)
    assert [comment.content for comment in board.page(7, 0, 0, 49, 2)[1]] == ["三"]
    assert board.page(7, 0, 0, 49, 1)[0] == 2


@pytest.mark.parametrize("count", [0, 50])
def test_a_page_has_between_1_and_49_comments(board: CommentBoard, count: int) -> None:
    assert refusal(board, "page", 7, 0, 0, count, 0) == 88010


def test_one_reply_to_each_comment(board: CommentBoard) -> None:
    board.answer(7, 0, 1, "谢谢", at=NOW)
    assert refusal(board, "answer", 7, 0, 1, "再谢", at=NOW) == 88005
    board.unanswer(7, 0, 1)
    assert refusal(board, "unanswer", 7, 0, 1) == 88009


def test_what_is_not_there_has_its_own_number(board: CommentBoard) -> None:
    board.withdraw(7, 0, 2)
    assert refusal(board, "page", 8, 0, 0, 10, 0) == 88001
    assert refusal(board, "page", 7, 1, 0, 10, 0) == 88002
    assert refusal(board, "delete", 7, 0, 9) == 88008
    assert refusal(board, "elect", 7, 0, 2, elected=True) == 88004
    assert refusal(board, "answer", 7, 0, 1, "", at=NOW) == 88007


def test_an_account_without_comments_is_told_so() -> None:
    assert refusal(CommentBoard(allowed=False), "page", 7, 0, 0, 10, 0) == 88000


def test_a_deleted_comment_and_a_closed_article_stay_so(board: CommentBoard) -> None:
    board.delete(7, 0, 1)
    board.set_open(7, 0, opened=False)
    assert refusal(board, "comment", 7, 0, 1) == 88008
    assert not board.articles[7, 0].comments_open
