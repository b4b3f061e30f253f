"""Articles and the comments readers leave under them.

Source: WeChat, 留言管理 (listComment, replycomment, …). `index` counts an article within its mass
message from 0; `msg_data_id` names the mass message.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from simulator.errors import PlatformError

LONGEST_LIST = 49
LONGEST_REPLY = 600
MOST_ELECTED = 100


@dataclass(frozen=True, kw_only=True)
class Article:
    """A published article. `massed` ones appear in datacube only, the others in freepublish."""

    msg_data_id: int
    index: int
    title: str
    published_at: datetime
    author: str = ""
    digest: str = ""
    content: str = ""
    massed: bool = False
    reads: int = 0
    comments_open: bool = True
    limited: bool = False

    @property
    def url(self) -> str:
        """The address readers open: `mid` is the message, `idx` the article, from 1."""
        place = f"mid={self.msg_data_id}&idx={self.index + 1}"
        return f"http://mp.weixin.qq.com/s?__biz=MzA3&{place}&sn=0#rd"


@dataclass(frozen=True, kw_only=True)
class Comment:
    """A reader's comment; without `openid` the reader used another identity."""

    user_comment_id: int
    at: datetime
    content: str
    openid: str | None = None
    elected: bool = False
    reply: str | None = None
    replied_at: datetime | None = None
    withdrawn: bool = False


class CommentBoard:
    """The articles of one account, each with its comments.

    `answered` counts the replies ever added, by article and comment.
    """

    def __init__(self, *, allowed: bool = True) -> None:
        self.allowed = allowed
        self.articles: dict[tuple[int, int], Article] = {}
        self.answered: Counter[tuple[int, int, int]] = Counter()
        self.most_elected = MOST_ELECTED
        self._comments: dict[tuple[int, int], dict[int, Comment]] = {}
        self._numbers: Counter[tuple[int, int]] = Counter()

    def publish(self, article: Article) -> Article:
        """Put an article out."""
        key = (article.msg_data_id, article.index)
        self.articles[key] = article
        self._comments.setdefault(key, {})
        return article

    def write(
        self, msg_data_id: int, index: int, content: str, *, at: datetime, openid: str | None = None
    ) -> Comment:
        """A reader writes a comment under an article; ids count from 1 within it."""
        comments = self._under(msg_data_id, index)
        self._numbers[msg_data_id, index] += 1  # a deleted comment's number is never given again
        number = self._numbers[msg_data_id, index]
        comment = Comment(user_comment_id=number, at=at, content=content, openid=openid)
        comments[number] = comment
        return comment

    def withdraw(self, msg_data_id: int, index: int, number: int) -> None:
        """The reader takes a comment back."""
        self._change(msg_data_id, index, number, withdrawn=True)

    def under(self, article: Article) -> list[Comment]:
        """What readers see there, oldest first."""
        comments = self._comments[article.msg_data_id, article.index].values()
        return [each for each in comments if not each.withdrawn]

    def page(
        self, msg_data_id: int, index: int, begin: int, count: int, kind: int
    ) -> tuple[int, list[Comment]]:
        """Total and a slice, newest first. `kind` 0 all, 1 ordinary, 2 elected."""
        if not 0 < count <= LONGEST_LIST:
            raise PlatformError(88010)
        shown = [
            comment
            for comment in self._under(msg_data_id, index).values()
            if not comment.withdrawn and (kind == 0 or comment.elected == (kind == 2))
        ]
        shown.sort(key=lambda comment: comment.user_comment_id, reverse=True)
        return len(shown), shown[begin : begin + count]

    def elect(self, msg_data_id: int, index: int, number: int, *, elected: bool) -> None:
        """Mark a comment as chosen, or no longer; only so many may be (88003)."""
        chosen = sum(each.elected for each in self._under(msg_data_id, index).values())
        if elected and chosen >= self.most_elected:
            raise PlatformError(88003)
        self._change(msg_data_id, index, number, elected=elected)

    def delete(self, msg_data_id: int, index: int, number: int) -> None:
        """Remove a comment for good."""
        self.comment(msg_data_id, index, number)
        del self._under(msg_data_id, index)[number]

    def answer(
        self, msg_data_id: int, index: int, number: int, content: str, *, at: datetime
    ) -> None:
        """Reply to a comment; one reply each (88005), not empty or too long (88007)."""
        comment = self.comment(msg_data_id, index, number)
        if comment.reply is not None:
            raise PlatformError(88005)
        if not 0 < len(content.encode()) <= LONGEST_REPLY:
            raise PlatformError(88007)
        self._change(msg_data_id, index, number, reply=content, replied_at=at)
        self.answered[msg_data_id, index, number] += 1

    def unanswer(self, msg_data_id: int, index: int, number: int) -> None:
        """Take a reply back; raises 88009 when there is none."""
        if self.comment(msg_data_id, index, number).reply is None:
            raise PlatformError(88009)
        self._change(msg_data_id, index, number, reply=None, replied_at=None)

    def set_open(self, msg_data_id: int, index: int, *, opened: bool) -> None:
        """Open or close an article for comments."""
        self._under(msg_data_id, index)
        key = (msg_data_id, index)
        self.articles[key] = replace(self.articles[key], comments_open=opened)

    def comment(self, msg_data_id: int, index: int, number: int) -> Comment:
        """One comment; raises 88008 when unknown, 88004 when its writer withdrew it."""
        comment = self._under(msg_data_id, index).get(number)
        if comment is None:
            raise PlatformError(88008)
        if comment.withdrawn:
            raise PlatformError(88004)
        return comment

    def _change(self, msg_data_id: int, index: int, number: int, **changes: object) -> None:
        comment = self.comment(msg_data_id, index, number)
        changed = replace(comment, **changes)  # type: ignore[arg-type]  # fields of Comment
        self._under(msg_data_id, index)[number] = changed

    def _under(self, msg_data_id: int, index: int) -> dict[int, Comment]:
        """The comments of an article; raises 88000, 88001 or 88002."""
        if not self.allowed:
            raise PlatformError(88000)
        article = self.articles.get((msg_data_id, index))
        if article is None:
            raise PlatformError(88001)
        if article.limited:
            raise PlatformError(88002)
        return self._comments[article.msg_data_id, article.index]
