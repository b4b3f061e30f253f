"""Articles, comments and moderators' orders as rows."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from handlers.comments.comment import (
    Article,
    Comment,
    Listed,
    Place,
    Shelf,
    Suggested,
    Verdict,
)
from handlers.comments.moderation import Order, OrderState, Step
from handlers.comments.ports import Poll
from storage.operation import Row, Values
from storage.rows.plain import moment, moment_or_none, stamp, stamp_or_none, storable


def article_from(row: Row) -> Article:
    return Article(
        id=row["id"],
        account=row["account"],
        at=Place(msg_data_id=row["msg_data_id"], place=row["place"]),
        title=row["title"],
        url=row["url"],
        published_at=moment(row["published_at"]),
        read_on=row["read_on"],
        next_look_at=moment(row["next_look_at"]),
        looked_at=moment_or_none(row["looked_at"]),
        full_at=moment_or_none(row["full_at"]),
        resume_at=row["resume_at"],
        alive=int(row["alive"]),
        code=row["code"],
    )


def listed_values(article: Article, listed: Listed, at: str) -> dict[str, str | int | None]:
    return {
        "article_id": article.id,
        "account": article.account,
        "number": listed.number,
        "citizen": storable(listed.citizen),
        "text": storable(listed.text),
        "written_at": stamp(listed.written_at),
        "now": at,
        "elected": int(listed.elected),
        "reply": storable(listed.reply),
        "replied_at": stamp_or_none(listed.replied_at),
    }


def comment_from(row: Row) -> Comment:
    return Comment(
        id=row["id"],
        article=row["article_id"],
        account=row["account"],
        at=Place(msg_data_id=row["msg_data_id"], place=row["place"]),
        number=row["number"],
        citizen=row["citizen"],
        text=row["text"],
        written_at=moment(row["written_at"]),
        fetched_at=moment(row["fetched_at"]),
        elected=bool(row["elected"]),
        reply=row["reply"],
        replied_at=moment_or_none(row["replied_at"]),
        gone_at=moment_or_none(row["gone_at"]),
        verdict=Verdict(row["verdict"]) if row["verdict"] else None,
        shelf=Shelf(row["shelf"]),
        judged_by=row["judged_by"],
        case=row["case_number"],
        title=row["title"],
        suggested=tuple(Suggested(**each) for each in json.loads(row["suggested"])),
        joined=bool(row["joined"]),
    )


def new_comment(number: int, article: Article, listed: Listed, at: str) -> Comment:
    """A comment as it was just stored."""
    return Comment(
        id=number,
        article=article.id,
        account=article.account,
        at=article.at,
        number=listed.number,
        citizen=storable(listed.citizen),
        text=storable(listed.text),
        written_at=listed.written_at,
        fetched_at=moment(at),
        elected=listed.elected,
        reply=storable(listed.reply),
        replied_at=listed.replied_at,
        gone_at=None,
        verdict=None,
        shelf=Shelf.NEW,
        judged_by="",
        case="",
        title=article.title,
    )


def suggested_text(suggested: Sequence[Suggested]) -> str:
    """The suggestions as JSON: as they were found, whatever becomes of the entries."""
    return json.dumps([asdict(each) for each in suggested], ensure_ascii=False)


def order_from(row: Row) -> Order:
    return Order(
        id=row["id"],
        comment=row["comment_id"],
        step=Step(row["step"]),
        text=row["text"],
        case=row["case_number"],
        proposed_by=row["proposed_by"],
        proposed_at=moment(row["proposed_at"]),
        decided_by=row["decided_by"],
        decided_at=moment_or_none(row["decided_at"]),
        state=OrderState(row["state"]),
        send_at=moment_or_none(row["send_at"]),
        attempts=row["attempts"],
        code=row["code"],
        reason=row["reason"],
        ended_at=moment_or_none(row["ended_at"]),
    )


def order_values(order: Order) -> Values:
    return {
        "comment_id": order.comment,
        "step": order.step.value,
        "text": storable(order.text),
        "case_number": order.case,
        "proposed_by": order.proposed_by,
        "proposed_at": stamp(order.proposed_at),
        "decided_by": order.decided_by,
        "decided_at": stamp_or_none(order.decided_at),
        "state": order.state.value,
        "send_at": stamp_or_none(order.send_at),
    }


def poll_from(row: Row) -> Poll:
    return Poll(
        account=row["account"],
        listed_whole=bool(row["listed_whole"]),
        list_from=row["list_from"],
        summed_until=row["summed_until"],
        found_at=moment_or_none(row["found_at"]),
        closed_until=moment_or_none(row["closed_until"]),
        code=row["code"],
    )


def poll_values(poll: Poll) -> Values:
    return {
        "account": poll.account,
        "listed_whole": int(poll.listed_whole),
        "list_from": poll.list_from,
        "summed_until": poll.summed_until,
        "found_at": stamp_or_none(poll.found_at),
        "closed_until": stamp_or_none(poll.closed_until),
        "code": poll.code,
    }
