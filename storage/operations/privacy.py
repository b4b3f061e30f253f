"""What is kept about a citizen, and erasing it: on request, or when its time is over.

An erased row keeps its place, dates and outcome, so that counts and chains still hold; its words
and its citizen are gone, and which erasure took them is written down for good.
"""

from datetime import datetime, timedelta
from secrets import token_hex

from cases.privacy import GONE, KEPT_DETAILS, Dossier, Erased, Occasion, Retention, Said, StillOpen
from cases.reports.topics import topic_finder
from storage.operation import Operation, one, rows, run, run_many
from storage.operations import audit, learning
from storage.operations.departments import departments
from storage.rows.cases import case_from
from storage.rows.plain import moment, packed, stamp, unpacked

AT_ONCE = 500


class OnlyLooked(Exception):
    """Undoes a dry run and carries out what it would have erased."""

    def __init__(self, erased: Erased) -> None:
        super().__init__("nothing was erased: a dry run")
        self.erased = erased


def dossier(account: str, citizen: str, *, case: str = "") -> Operation[Dossier]:
    """Everything about one citizen, oldest first.

    Who wrote a comment without a WeChat identity ("") shares that name with all others: of them
    only what belongs to `case` is one person's.
    """
    known = yield from one("citizen", account=account, openid=citizen)
    whose = _whose(account, citizen, case)
    messages = yield from rows("messages_of", **whose)
    cases = yield from rows("all_cases_of", **whose)
    letters = yield from rows("deliveries_of", **whose)
    return Dossier(
        account=account,
        citizen=citizen,
        first_seen_at=moment(known["first_seen_at"]) if known else None,
        subscribed=bool(known["subscribed"]) if known else False,
        messages=[
            Said(
                at=moment(row["accepted_at"]),
                kind=row["event"] or row["kind"],
                text=row["text"],
                reply=row["reply"] or "",
            )
            for row in messages
        ],
        cases=[case_from(row) for row in cases],
        letters=[
            Said(at=moment(row["created_at"]), kind=row["state"], text="", reply=row["text"])
            for row in letters
        ],
    )


def _whose(account: str, citizen: str, case: str) -> dict[str, str]:
    """Raises ValueError for nobody in particular: that would be everybody without a name."""
    if not citizen and not case:
        raise ValueError("a citizen without a name is known by a case only")
    return {"account": account, "citizen": citizen, "only_case": "" if citizen else case}


def erase_citizen(
    account: str,
    citizen: str,
    *,
    actor: str,
    reason: str,
    now: datetime,
    case: str = "",
    only_look: bool = False,
) -> Operation[Erased]:
    """Empties all rows of one citizen, as `dossier` shows them.

    Raises `StillOpen` while a case of theirs is open.
    """
    whose = _whose(account, citizen, case)
    found = yield from rows("all_cases_of", **whose)
    open_ones = [case.number for case in map(case_from, found) if case.is_open]
    if open_ones:
        raise StillOpen(open_ones)
    erasure = _new_id()
    messages = yield from run("mark_citizens_messages", **whose, erasure=erasure)
    cases = yield from run("mark_citizens_cases", **whose, erasure=erasure)
    deliveries = yield from run("mark_citizens_deliveries", **whose, erasure=erasure)
    yield from run("forget_citizen", account=account, citizen=citizen)
    erased = Erased(id=erasure, messages=messages, cases=cases, deliveries=deliveries)
    yield from _finish(erased, Occasion.REQUEST, actor=actor, reason=reason, now=now)
    if only_look:
        raise OnlyLooked(erased)
    return erased


def erase_old(
    retention: Retention, *, actor: str, now: datetime, only_look: bool = False
) -> Operation[Erased]:
    """Empties what was kept longer than `retention` says, at most 500 cases and messages at once.

    Call it again until it finds nothing. A dry run counts all there is.
    """
    limit, erasure = 10**9 if only_look else AT_ONCE, _new_id()
    cases = messages = 0
    if retention.cases_days:
        before = stamp(now - timedelta(days=retention.cases_days))
        cases = yield from run("mark_old_cases", before=before, erasure=erasure, limit=limit)
        messages = yield from run("mark_messages_of_cases", erasure=erasure)
    if retention.answered_days:
        before = stamp(now - timedelta(days=retention.answered_days))
        messages += yield from run("mark_old_messages", before=before, erasure=erasure, limit=limit)
    deliveries = yield from run("mark_their_deliveries", erasure=erasure)
    erased = Erased(id=erasure, messages=messages, cases=cases, deliveries=deliveries)
    if erased.amount:
        yield from _finish(erased, Occasion.RETENTION, actor=actor, reason="", now=now)
        days = max(retention.cases_days, retention.answered_days)
        before = stamp(now - timedelta(days=days))
        yield from run("forget_old_citizens", before=before)
        yield from run("forget_old_dismissed", before=before)
    if only_look:
        raise OnlyLooked(erased)
    return erased


def _finish(
    erased: Erased, occasion: Occasion, *, actor: str, reason: str, now: datetime
) -> Operation[None]:
    """Empties what is marked and writes down that it was; a later erasure never widens this one."""
    if occasion is Occasion.REQUEST:
        yield from learning.forget_words(
            [
                r["text"]
                for r in (yield from rows("words_of_erasure", erasure=erased.id))
                if not r["is_common"]
            ],
            actor=actor,
            now=now,
        )
    yield from _empty_events(erased.id)
    yield from run("empty_public_answers", erasure=erased.id)
    yield from run("empty_search", erasure=erased.id)
    yield from run("forget_notes", erasure=erased.id)
    yield from run("forget_drafts", erasure=erased.id)
    yield from run("empty_deliveries", erasure=erased.id)
    yield from _keep_topics(erased.id)
    yield from run("empty_cases", erasure=erased.id, gone=GONE)
    yield from run("empty_comments", erasure=erased.id)
    yield from run("empty_orders", erasure=erased.id, now=stamp(now))
    if (yield from run("forget_attachments", erasure=erased.id)):
        yield from run("forget_contents")
    yield from run("empty_messages", erasure=erased.id)
    yield from _write_down(erased, occasion, actor=actor, reason=reason, now=now)


def _keep_topics(erasure: str) -> Operation[None]:
    """A keyword of the departments that reports count a case by, which its text still tells."""
    unsorted = yield from rows("unsorted_of_erasure", erasure=erasure)
    topic = topic_finder((yield from departments()))
    found = [(row["number"], topic(row["department"], row["text"])) for row in unsorted]
    yield from run_many(
        "keep_topic", [{"number": number, "topic": word} for number, word in found if word]
    )


def _write_down(
    erased: Erased, occasion: Occasion, *, actor: str, reason: str, now: datetime
) -> Operation[None]:
    counts = {
        "messages": erased.messages,
        "cases": erased.cases,
        "deliveries": erased.deliveries,
    }
    yield from run(
        "add_erasure",
        id=erased.id,
        at=stamp(now),
        actor=actor,
        kind=occasion.value,
        reason=reason,
        **counts,
    )
    action = "citizen_erased" if occasion is Occasion.REQUEST else "retention"
    told = {name: str(count) for name, count in counts.items()}
    yield from audit.log(actor, action, {"erasure": erased.id, "reason": reason, **told}, now)


def _empty_events(erasure: str) -> Operation[None]:
    """Staff's own words go from the log; steps, people, dates and numbers stay."""
    for row in (yield from rows("told_in_events", erasure=erasure)):
        told = unpacked(row["details"])
        kept = {name: text for name, text in told.items() if name in KEPT_DETAILS}
        if kept != told:
            place = {"case_number": row["case_number"], "version": row["version"]}
            yield from run("empty_event", **place, details=packed(kept), erasure=erasure)


def broken_erasures() -> Operation[list[str]]:
    """Rows that were emptied without a record, and records that more or fewer rows point to."""
    wrong = yield from rows("bad_erasures", gone=GONE)
    return [f"erasure {row['id']} is not what its record says" for row in wrong]


def _new_id() -> str:
    return f"erased-{token_hex(8)}"
