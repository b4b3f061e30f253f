"""What staff read for what a comment wants, where it lies, and what is done with it."""

from datetime import datetime, timedelta
from typing import Final

from handlers.comments.comment import Comment, Shelf, Verdict
from handlers.comments.moderation import OrderState, Step

VERDICTS: Final = {
    Verdict.QUESTION: "咨询",
    Verdict.COMPLAINT: "投诉",
    Verdict.REPORT: "举报",
    Verdict.HELP: "建议求助",
    Verdict.DANGER: "可能有危险",
    Verdict.PRAISE: "好评",
    Verdict.OTHER: "其他",
    Verdict.ABUSE: "疑似辱骂",
    Verdict.ADVERT: "疑似广告",
}
STEPS: Final = {
    Step.ELECT: "设为精选",
    Step.UNELECT: "取消精选",
    Step.DELETE: "删除留言",
    Step.REPLY: "回复留言",
    Step.UNREPLY: "删除回复",
}
STATES: Final = {
    OrderState.PROPOSED: "等另一位同事审核",
    OrderState.APPROVED: "已通过，等待发出",
    OrderState.SENDING: "正在发出",
    OrderState.DONE: "已完成",
    OrderState.FAILED: "没有发出去",
    OrderState.UNDONE: "已撤回",
    OrderState.REJECTED: "没有通过",
}
EXPLAINED: Final = {
    Step.ELECT: "精选后，所有读者都能看到这条留言。",
    Step.UNELECT: "取消后，只有留言的人自己能看到。",
    Step.DELETE: "在公众号里删除，不能恢复；办理台仍保留记录。",
    Step.REPLY: "以公众号的名义公开回复，一条留言只能有一条回复。",
    Step.UNREPLY: "删除后可以重新回复。",
}


def standing(comment: Comment) -> str:
    """What readers see of a comment on the platform."""
    if comment.gone_at is not None:
        return "已不在文章下"
    return "精选" if comment.elected else "未精选"


def shelf_words(comment: Comment) -> str:
    """What the desk takes a comment for."""
    if comment.shelf is Shelf.HARMFUL:
        return "已确认违规"
    return VERDICTS[comment.verdict] if comment.verdict else "正在归类"


def lasted(since: datetime | None, now: datetime) -> str:
    """How long something has waited: 3 小时; "" for less than a minute."""
    age = now - since if since is not None else timedelta()
    for unit, words in ((timedelta(days=1), "天"), (timedelta(hours=1), "小时")):
        if age >= unit:
            return f"{age // unit} {words}"
    minutes = age // timedelta(minutes=1)
    return f"{minutes} 分钟" if minutes > 0 else ""
