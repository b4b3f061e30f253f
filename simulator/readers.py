"""What readers do under articles, as the page's JSON.

Below `api/`: GET articles?account&openid → {"allowed", "articles": [{"at", "title", "time",
"comments": [{"number", "who", "own", "text", "time", "elected", "reply", "replied"}]}]}, newest
first · POST article {account, title} · POST comment {account, openid, at, text, nameless} ·
POST withdraw {account, openid, at, number}; all three return {"done": true}.
"""

from typing import Any

from aiohttp import web

from simulator.api.call import PLATFORM
from simulator.comments import Article, Comment, CommentBoard
from simulator.errors import PlatformError
from simulator.platform import Platform
from simulator.views import clock_label
from simulator.web import answered, posted

Json = dict[str, Any]
FIRST = 2247490000
LONGEST = 600
NAMELESS = "匿名读者"


def add_to(app: web.Application) -> None:
    """Serve it in `app`."""
    app.router.add_get("/api/articles", articles)
    app.router.add_post("/api/article", publish)
    app.router.add_post("/api/comment", write)
    app.router.add_post("/api/withdraw", withdraw)


async def articles(request: web.Request) -> web.Response:
    """All articles of an account as one reader sees them, and the office's election of each."""
    platform = request.app[PLATFORM]
    board = board_of(platform, dict(request.query))
    openid = request.query.get("openid", "")
    newest = sorted(board.articles.values(), key=lambda each: each.published_at, reverse=True)
    shown = [_article(platform, board, each, openid) for each in newest if board.allowed]
    return answered({"allowed": board.allowed, "articles": shown})


async def publish(request: web.Request) -> web.Response:
    """A new article."""
    platform, body = request.app[PLATFORM], await posted(request)
    board, title = board_of(platform, body), _words(body, "title")
    number = max([FIRST, *(msg_data_id + 1 for msg_data_id, _ in board.articles)])
    now = platform.clock()
    board.publish(Article(msg_data_id=number, index=0, title=title, published_at=now))
    return answered({"done": True})


async def write(request: web.Request) -> web.Response:
    """A comment by a citizen, or by somebody without a WeChat identity."""
    platform, body = request.app[PLATFORM], await posted(request)
    board, place, text = board_of(platform, body), _place(body), _words(body, "text")
    openid = str(body.get("openid"))
    if openid not in platform.citizens:
        raise web.HTTPNotFound
    try:
        board.write(
            *place, text, at=platform.clock(), openid=None if body.get("nameless") else openid
        )
    except PlatformError as error:
        raise web.HTTPConflict(text=error.errmsg) from error
    return answered({"done": True})


async def withdraw(request: web.Request) -> web.Response:
    """A citizen takes an own comment back."""
    platform, body = request.app[PLATFORM], await posted(request)
    board, (message, index) = board_of(platform, body), _place(body)
    number = body.get("number")
    if not isinstance(number, int):
        raise web.HTTPBadRequest
    try:
        if board.comment(message, index, number).openid != body.get("openid"):
            raise web.HTTPForbidden
        board.withdraw(message, index, number)
    except PlatformError as error:
        raise web.HTTPConflict(text=error.errmsg) from error
    return answered({"done": True})


def board_of(platform: Platform, given: Json) -> CommentBoard:
    """The board of the named account; 404 for none."""
    board = platform.boards.get(str(given.get("account")))
    if board is None:
        raise web.HTTPNotFound
    return board


def _place(body: Json) -> tuple[int, int]:
    try:
        message, index = (int(part) for part in str(body.get("at")).split("-"))
    except ValueError as error:
        raise web.HTTPBadRequest from error
    return message, index


def _words(body: Json, name: str) -> str:
    text = str(body.get(name, "")).strip()[:LONGEST]
    if not text:
        raise web.HTTPBadRequest
    return text


def _article(platform: Platform, board: CommentBoard, article: Article, openid: str) -> Json:
    comments = reversed(list(board.under(article)))
    return {
        "at": f"{article.msg_data_id}-{article.index}",
        "title": article.title,
        "time": clock_label(article.published_at, platform.clock()),
        "comments": [_comment(platform, each, openid) for each in comments],
    }


def _comment(platform: Platform, comment: Comment, openid: str) -> Json:
    citizen = platform.citizens.get(comment.openid or "")
    now, replied = platform.clock(), comment.replied_at
    return {
        "number": comment.user_comment_id,
        "who": citizen.nickname if citizen else NAMELESS,
        "own": comment.openid is not None and comment.openid == openid,
        "text": comment.content,
        "time": clock_label(comment.at, now),
        "elected": comment.elected,
        "reply": comment.reply or "",
        "replied": clock_label(replied, now) if replied else "",
    }
