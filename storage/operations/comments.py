"""Comments filed once, with their case; and what the console shows of them, within a scope."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cases.case import Case, Change
from cases.people import Person
from handlers.comments.comment import Article, Comment, Shelf, Verdict
from handlers.comments.filing import Filing
from handlers.comments.ports import ArticleRow, CommentFilter
from handlers.comments.splitting import Splitting
from handlers.settlement import Outcome
from storage.operation import Operation, Row, Value, one, rows, run, run_many, the
from storage.operations import audit, cases
from storage.rows.cases import case_from
from storage.rows.comments import article_from, comment_from, suggested_text
from storage.rows.plain import packed, pattern, stamp, storable
from storage.scope import scope_of

SEARCHED = 10_000
OWN_CASES = 10
"""Of a citizen's open cases, so many of the newest may be what a comment goes on about."""


def file_comments(filings: Sequence[Filing]) -> Operation[list[str]]:
    """Writes each filing once, whoever comes first; returns the numbers of new cases."""
    filed = []
    for filing in filings:
        each = yield from _file(filing)
        if each is not None:
            filed.append(each)
    yield from run_many("link_messages", [each.link for each in filed if each.case])
    yield from run_many("file_comments", [each.values for each in filed])
    return [each.case for each in filed if each.case and not each.joined]


@dataclass(frozen=True, kw_only=True)
class _Filed:
    """What a filing still has to write of its comment, together with those filed beside it."""

    filing: Filing
    message: int
    case: str
    joined: bool

    @property
    def link(self) -> dict[str, Value]:
        return {"message_id": self.message, "case_number": self.case}

    @property
    def values(self) -> dict[str, Value]:
        filing = self.filing
        return {
            "id": filing.comment.id,
            "verdict": filing.verdict.value,
            "shelf": filing.shelf.value,
            "suggested": suggested_text(filing.suggested),
            "now": stamp(filing.filed_at),
            "message_id": self.message,
            "case_number": self.case,
            "joined": int(self.joined),
            "judged_by": filing.judged_by,
        }


def _file(filing: Filing) -> Operation[_Filed | None]:
    comment, at = filing.comment, stamp(filing.filed_at)
    added = yield from one(
        "add_settled_message",
        key=_key(comment),
        account=comment.account,
        citizen=storable(comment.citizen),
        created_at=stamp(comment.written_at),
        text=storable(comment.text),
        message_id=str(comment.number),
        details=packed({"article": comment.title}),
        fetched_at=stamp(comment.fetched_at),
        outcome=filing.outcome.value,
        now=at,
    )
    if added is None:
        return None  # another worker filed it first
    number, joined = yield from _case_of(filing)
    if joined:
        yield from run("outcome_of_comment", id=added["id"], outcome=Outcome.ADDED.value)
    return _Filed(filing=filing, message=added["id"], case=number, joined=joined)


def _key(comment: Comment) -> str:
    at = comment.at
    return f"{comment.account}|comment|{at.msg_data_id}|{at.place}|{comment.number}"


def _case_of(filing: Filing) -> Operation[tuple[str, bool]]:
    """The filing's case, if it has one, and whether that was open already.

    Read in this transaction, so that two comments of one batch find the case of the first.
    """
    if filing.change is None:
        return "", False
    comment = filing.comment
    change = filing.join((yield from _open_cases(comment))) if comment.citizen else None
    joined = change is not None
    if change is None:
        number = yield from cases.next_case_number(filing.day)
        change = _numbered(filing.change, number)
    case = yield from cases.write_change(change)
    if joined:
        yield from cases.add_words(case.number, comment.text)
    return case.number, joined


def _open_cases(comment: Comment) -> Operation[list[Case]]:
    """Of whoever wrote the comment, newest first; nobody else changes them until this is done."""
    openid = storable(comment.citizen)
    found = yield from rows(
        "own_open_cases", account=comment.account, citizen=openid, limit=OWN_CASES
    )
    return [case_from(row) for row in found]


def _numbered(change: Change, number: str) -> Change:
    case, event = replace(change.case, number=number), replace(change.event, case=number)
    return Change(case=case, event=event)


def judge_comment(comment: Comment, *, by: str, now: datetime) -> Operation[bool]:
    """A moderator confirms that it is harmful; False when somebody was first."""
    judged = yield from _judged(comment, comment.verdict, Shelf.HARMFUL, "[]", by)
    if judged is not None:
        yield from audit.log(by, "comment_harmful", {"comment": str(comment.id)}, now)
    return judged is not None


def refile_comment(filing: Filing) -> Operation[str | None]:
    """A moderator found nothing harmful: the number of its case, "" for none.

    None when somebody was first.
    """
    found, by = suggested_text(filing.suggested), filing.judged_by
    judged = yield from _judged(filing.comment, filing.verdict, filing.shelf, found, by)
    if judged is None:
        return None
    number, joined = yield from _case_of(filing)
    outcome = Outcome.NOTED
    if number:
        yield from run("link_message", message_id=judged["message_id"], case_number=number)
        yield from run(
            "case_of_comment", id=filing.comment.id, case_number=number, joined=int(joined)
        )
        outcome = Outcome.ADDED if joined else Outcome.CASED
    yield from run("outcome_of_comment", id=judged["message_id"], outcome=outcome.value)
    details = {"comment": str(filing.comment.id), "case": number}
    yield from audit.log(by, "comment_harmless", details, filing.filed_at)
    return number


def split_comment(splitting: Splitting) -> Operation[str | None]:
    """Its own case, and a line in the log of the one it leaves: the new number.

    None when somebody was first, or while a reply is on its way to it. The earlier case is still
    found by its words: its log says where they went.
    """
    comment = splitting.comment
    left = yield from one("part_comment", id=comment.id, case_number=comment.case)
    if left is None:
        return None
    number = yield from cases.next_case_number(splitting.day)
    yield from cases.write_change(_numbered(splitting.opened, number))
    earlier = yield from cases.case(comment.case)
    yield from cases.write_change(splitting.part(earlier, number))
    yield from run("move_message", message_id=left["message_id"], case_number=number)
    yield from run("case_of_comment", id=comment.id, case_number=number, joined=0)
    yield from run("outcome_of_comment", id=left["message_id"], outcome=Outcome.CASED.value)
    details = {"comment": str(comment.id), "from": comment.case, "case": number}
    yield from audit.log(splitting.by, "comment_split", details, splitting.at)
    return number


def _judged(
    comment: Comment, verdict: Verdict | None, shelf: Shelf, suggested: str, by: str
) -> Operation[Row | None]:
    return (
        yield from one(
            "judge_comment",
            id=comment.id,
            verdict=verdict.value if verdict else "",
            shelf=shelf.value,
            suggested=suggested,
            by=by,
        )
    )


def comments(only: CommentFilter, *, viewer: Person) -> Operation[list[Comment]]:
    """Newest first; words are looked for in the newest `SEARCHED`.

    A department finds the comments it owns; one that only helps sees them with their case.
    """
    scope, shelf = scope_of(viewer), only.shelf.value if only.shelf else ""
    page: dict[str, Value] = {
        "within": SEARCHED if only.text else only.offset + only.limit,
        "pattern": pattern(only.text) if only.text else "%",
        "limit": only.limit,
        "offset": only.offset,
    }
    if only.article:
        found = yield from rows("comments_under", article=only.article, scope=scope, **page)
    elif scope is not None and shelf:
        found = yield from rows("comments_of_owner_on_shelf", owner=scope, shelf=shelf, **page)
    elif scope is not None:
        found = yield from rows("comments_of_owner", owner=scope, **page)
    elif shelf:
        found = yield from rows("comments_on_shelf", shelf=shelf, **page)
    else:
        found = yield from rows("comments_by_time", **page)
    return [comment_from(row) for row in found]


def comment_tally(shelf: Shelf, *, viewer: Person, most: int) -> Operation[int]:
    """How many comments lie on a shelf, counted no further than `most`."""
    scope = scope_of(viewer)
    if scope is None:
        row = yield from the("count_on_shelf", shelf=shelf.value, most=most)
    else:
        row = yield from the("count_of_owner", owner=scope, shelf=shelf.value, most=most)
    return int(row["amount"])


def comment(number: int, *, viewer: Person) -> Operation[Comment | None]:
    """None also when the viewer may not see it."""
    row = yield from one("comment_for", id=number, scope=scope_of(viewer))
    return comment_from(row) if row is not None else None


def comments_of_case(case: str, *, viewer: Person) -> Operation[list[Comment]]:
    """The comment that a case came of, and those that went on about it."""
    found = yield from rows("comments_of_case", case_number=case, scope=scope_of(viewer))
    return [comment_from(row) for row in found]


def articles(*, limit: int, offset: int) -> Operation[list[ArticleRow]]:
    """Newest first; articles are public, what stands under them is not."""
    found = yield from rows("article_rows", limit=limit, offset=offset)
    return [
        ArticleRow(article=article_from(row), comments=int(row["alive"]), cases=int(row["cased"]))
        for row in found
    ]


def article(number: int) -> Operation[Article | None]:
    row = yield from one("article_row", id=number)
    return article_from(row) if row is not None else None
