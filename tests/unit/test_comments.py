"""What a comment wants, when it is looked for again, and what two people may do with it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cases.case import StepNotPermitted, TextNotFit
from cases.people import Person, Role
from handlers.comments import moderation
from handlers.comments.comment import Comment, Place, Shelf, Verdict
from handlers.comments.moderation import Order, OrderState, Step
from handlers.comments.schedule import next_look, whole_is_due
from handlers.comments.troubles import TROUBLES, trouble_of
from handlers.comments.verdict import verdict_of

NOW = datetime(2026, 11, 18, 4, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ONE = Person(name="dispatcher", role=Role.DISPATCHER)
OTHER = Person(name="supervisor", role=Role.SUPERVISOR)
COMMENT = Comment(
    id=5,
    article=1,
    account="main",
    at=Place(msg_data_id=7, place=0),
    number=3,
    citizen="o-1",
    text="为家乡点赞",
    written_at=NOW - HOUR,
    fetched_at=NOW,
    elected=False,
    reply="",
    replied_at=None,
    gone_at=None,
    verdict=Verdict.PRAISE,
    shelf=Shelf.OTHER,
    judged_by="",
    case="",
    title="秋季入学报名开始",
)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("医保今年什么时候开始缴费？", Verdict.QUESTION),
        ("请问老年证在哪里办", Verdict.QUESTION),
        ("幸福路的路灯坏了一个多月没人修", Verdict.COMPLAINT),
        ("我要举报有人偷排污水", Verdict.REPORT),
        ("我不想活了，准备跳楼", Verdict.DANGER),
        ("建议在学校门口装个红绿灯", Verdict.HELP),
        ("能不能在村口加个公交站", Verdict.HELP),
        ("为家乡点赞！", Verdict.PRAISE),
        ("云和越来越美了", Verdict.PRAISE),
        ("怎么这么美", Verdict.PRAISE),
        ("👍👍👍", Verdict.PRAISE),
        ("[玫瑰][玫瑰]", Verdict.PRAISE),
        ("谢谢小编", Verdict.PRAISE),
        ("😂", Verdict.OTHER),
        ("第一", Verdict.OTHER),
        ("哈哈哈", Verdict.OTHER),
        ("打卡", Verdict.OTHER),
        ("加微信 abc12345，日赚三百", Verdict.ADVERT),
        ("办理信用贷款当天下款，联系电话同号 vx:daikuan88", Verdict.ADVERT),
        ("点击链接 http://a.example/x 免费领取", Verdict.ADVERT),
        ("一群废物", Verdict.ABUSE),
        ("这写的什么狗东西文章", Verdict.ABUSE),
        ("我家住在城东，门口那条沟一到夏天味道就很大，老人和孩子都不敢开窗通风", Verdict.COMPLAINT),
    ],
)
def test_a_comment_wants(text: str, verdict: Verdict) -> None:
    assert verdict_of(text) is verdict


@pytest.mark.parametrize(
    ("age", "wait"),
    [
        (HOUR, 5 * MINUTE),
        (2 * DAY, 20 * MINUTE),
        (6 * DAY, HOUR),
        (20 * DAY, 6 * HOUR),
        (99 * DAY, DAY),
    ],
)
def test_an_article_is_looked_at_less_often_as_it_ages(age: timedelta, wait: timedelta) -> None:
    assert next_look(NOW - age, "", now=NOW) == NOW + wait


def test_an_old_article_that_is_read_again_is_looked_at_more_often() -> None:
    assert next_look(NOW - 99 * DAY, "2026-11-17", now=NOW) == NOW + 3 * HOUR
    assert next_look(NOW - 99 * DAY, "2026-10-01", now=NOW) == NOW + DAY


def test_a_whole_listing_is_read_ever_more_rarely() -> None:
    assert whole_is_due(NOW, None, now=NOW)
    assert whole_is_due(NOW - 2 * DAY, NOW - DAY, now=NOW)
    assert not whole_is_due(NOW - 100 * DAY, NOW - 9 * DAY, now=NOW)


def test_one_proposes_and_another_approves_what_they_read() -> None:
    order = moderation.propose(COMMENT, Step.REPLY, " 谢谢您的支持 ", actor=ONE, now=NOW)
    approved = _approve(order)
    assert (order.text, order.state) == ("谢谢您的支持", OrderState.PROPOSED)
    assert (approved.state, approved.decided_by) == (OrderState.APPROVED, OTHER.name)
    assert approved.send_at == NOW + MINUTE


@pytest.mark.parametrize(
    ("changed", "step"),
    [
        ({"gone_at": NOW}, Step.DELETE),
        ({"elected": True}, Step.ELECT),
        ({}, Step.UNELECT),
        ({"case": "HY20261118-0001"}, Step.REPLY),
        ({"reply": "谢谢"}, Step.REPLY),
        ({}, Step.UNREPLY),
    ],
)
def test_a_step_that_makes_no_sense_is_refused(changed: dict[str, object], step: Step) -> None:
    comment = replace(COMMENT, **changed)  # type: ignore[arg-type]  # fields of Comment
    with pytest.raises(StepNotPermitted):
        moderation.propose(comment, step, "好", actor=ONE, now=NOW)


@pytest.mark.parametrize(
    ("changed", "step"),
    [
        ({}, Step.ELECT),
        ({"elected": True}, Step.UNELECT),
        ({"reply": "谢谢"}, Step.UNREPLY),
        ({"case": "HY20261118-0001"}, Step.DELETE),
    ],
)
def test_a_step_that_makes_sense_needs_no_text(changed: dict[str, object], step: Step) -> None:
    comment = replace(COMMENT, **changed)  # type: ignore[arg-type]  # fields of Comment
    assert moderation.propose(comment, step, "ignored", actor=ONE, now=NOW).text == ""


@pytest.mark.parametrize("text", ["", "  ", "长" * 201, "a\x00b"])
def test_a_reply_must_fit_under_a_comment(text: str) -> None:
    with pytest.raises(TextNotFit):
        moderation.propose(COMMENT, Step.REPLY, text, actor=ONE, now=NOW)


def test_nobody_approves_alone_or_what_they_have_not_read() -> None:
    order = moderation.propose(COMMENT, Step.ELECT, "", actor=ONE, now=NOW)
    with pytest.raises(StepNotPermitted):
        _approve(order, actor=ONE)
    with pytest.raises(StepNotPermitted):
        moderation.approve(order, "another", actor=OTHER, now=NOW, wait=MINUTE)
    with pytest.raises(StepNotPermitted):
        _approve(_approve(order))


def test_a_second_person_may_say_no_with_a_reason() -> None:
    order = moderation.propose(COMMENT, Step.DELETE, "", actor=ONE, now=NOW)
    rejected = moderation.reject(order, "不算违规", actor=OTHER, now=NOW)
    assert (rejected.state, rejected.reason) == (OrderState.REJECTED, "不算违规")
    with pytest.raises(StepNotPermitted):
        moderation.reject(rejected, "再说一次", actor=OTHER, now=NOW)
    with pytest.raises(TextNotFit):
        moderation.reject(order, "", actor=OTHER, now=NOW)


def test_an_order_can_be_undone_until_it_is_sent() -> None:
    approved = _approve(moderation.propose(COMMENT, Step.ELECT, "", actor=ONE, now=NOW))
    assert moderation.undo(approved, actor=ONE, now=NOW).state is OrderState.UNDONE
    for sent, at in (
        (approved, NOW + MINUTE),
        (replace(approved, state=OrderState.SENDING), NOW),
        (replace(approved, attempts=1), NOW),
        (replace(approved, case="HY20261118-0001"), NOW),
    ):
        with pytest.raises(StepNotPermitted):
            moderation.undo(sent, actor=ONE, now=at)


def test_only_what_failed_is_sent_again() -> None:
    approved = _approve(moderation.propose(COMMENT, Step.ELECT, "", actor=ONE, now=NOW))
    again = moderation.retry(replace(approved, state=OrderState.FAILED), now=NOW + HOUR)
    assert (again.state, again.send_at) == (OrderState.APPROVED, NOW + HOUR)
    with pytest.raises(StepNotPermitted):
        moderation.retry(approved, now=NOW)


def test_a_long_reply_of_a_case_is_cut_to_fit_under_a_comment() -> None:
    assert moderation.as_published("带上户口簿。") == "带上户口簿。"
    cut = moderation.as_published("请带上户口簿到二楼办理。" * 40)
    assert len(cut.encode()) <= moderation.LONGEST_REPLY
    assert cut.endswith("请私信我们看全文）")


def test_every_refusal_says_what_to_do() -> None:
    assert all(code in TROUBLES for code in range(88000, 88011))
    assert all(each.what and each.advice for each in TROUBLES.values())
    assert "12345" in trouble_of(12345).what


def _approve(order: Order, actor: Person = OTHER) -> Order:
    read = moderation.fingerprint(order)
    return moderation.approve(order, read, actor=actor, now=NOW, wait=MINUTE)
