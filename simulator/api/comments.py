"""`/cgi-bin/comment/*` (WeChat: 留言管理)."""

from simulator.api.call import OK, Call, Json
from simulator.comments import Comment


async def list_(call: Call) -> Json:
    """A page of comments, newest first; `count` at most 49 (88010 otherwise)."""
    total, comments = call.board.page(
        *_article(call), call.number("begin"), call.number("count"), call.number("type")
    )
    return OK | {"total": total, "comment": [_shape(comment) for comment in comments]}


async def open_(call: Call) -> Json:
    """Let readers comment."""
    call.board.set_open(*_article(call), opened=True)
    return OK


async def close(call: Call) -> Json:
    """Stop readers from commenting."""
    call.board.set_open(*_article(call), opened=False)
    return OK


async def elect(call: Call) -> Json:
    """Show a comment to everybody."""
    call.board.elect(*_article(call), call.number("user_comment_id"), elected=True)
    return OK


async def unelect(call: Call) -> Json:
    """Show a comment to its writer only."""
    call.board.elect(*_article(call), call.number("user_comment_id"), elected=False)
    return OK


async def delete(call: Call) -> Json:
    """Remove a comment."""
    call.board.delete(*_article(call), call.number("user_comment_id"))
    return OK


async def reply(call: Call) -> Json:
    """Answer a comment, once."""
    number, content = call.number("user_comment_id"), call.text("content")
    call.board.answer(*_article(call), number, content, at=call.now)
    return OK


async def unreply(call: Call) -> Json:
    """Take an answer back."""
    call.board.unanswer(*_article(call), call.number("user_comment_id"))
    return OK


def _article(call: Call) -> tuple[int, int]:
    return call.number("msg_data_id"), call.number("index", 0)


def _shape(comment: Comment) -> Json:
    shape: Json = {
        "user_comment_id": comment.user_comment_id,
        "create_time": int(comment.at.timestamp()),
        "content": comment.content,
        "comment_type": int(comment.elected),
    }
    if comment.openid:
        shape["openid"] = comment.openid
    if comment.reply is not None and comment.replied_at:
        replied = int(comment.replied_at.timestamp())
        shape["reply"] = {"content": comment.reply, "create_time": replied}
    return shape
