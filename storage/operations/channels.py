"""Towards WeChat: access tokens shared by all workers, calls counted, refusals remembered."""

from datetime import date, datetime

from cases.deadline import end_of
from handlers.channels import Begun, CallCount, Trouble
from storage.operation import Operation, one, rows, run
from storage.rows.plain import moment, moment_or_none, stamp, stamp_or_none


def token(account: str) -> Operation[tuple[str, datetime] | None]:
    """The account's access token and when it expires."""
    row = yield from one("token", account=account)
    return (row["token"], moment(row["expires_at"])) if row is not None else None


def claim_token(
    account: str, *, refused: str, now: datetime, fresh_until: datetime, claim_until: datetime
) -> Operation[bool]:
    """Whether this caller is to ask WeChat for a token; the claim lapses at `claim_until`.

    Nobody is while the kept token differs from `refused` and is good beyond `fresh_until`.
    """
    claimed = yield from run(
        "claim_token",
        account=account,
        refused=refused,
        now=stamp(now),
        fresh_until=stamp(fresh_until),
        claim_until=stamp(claim_until),
    )
    return claimed > 0


def keep_token(account: str, token: str, expires_at: datetime) -> Operation[None]:
    yield from run("keep_token", account=account, token=token, expires_at=stamp(expires_at))


def release_token(account: str) -> Operation[None]:
    """Ends a claim that brought no token, so that another worker may try."""
    yield from run("release_token", account=account)


def begin_call(account: str, path: str, *, day: date, now: datetime) -> Operation[Begun]:
    """Counts a call, unless its quota is known to be used up; says whether it failed before."""
    row = yield from one("trouble", account=account, path=path)
    blocked_until = moment_or_none(row["blocked_until"]) if row is not None else None
    if blocked_until is not None and blocked_until > now:
        return Begun(troubled=True, blocked_until=blocked_until)
    if not (yield from run("count_call", account=account, path=path, day=day.isoformat())):
        return Begun(troubled=row is not None, blocked_until=end_of(day))
    return Begun(troubled=row is not None)


def limit_calls(account: str, path: str, *, day: date, remain: int) -> Operation[None]:
    """What the platform says it still allows today."""
    yield from run("limit_calls", account=account, path=path, day=day.isoformat(), remain=remain)


def call_refused(account: str, path: str, trouble: Trouble, *, day: date) -> Operation[None]:
    """Remembers what a person must change."""
    yield from run("count_refusal", account=account, path=path, day=day.isoformat())
    yield from run(
        "keep_trouble",
        account=account,
        path=path,
        errcode=trouble.errcode,
        said=trouble.said,
        at=stamp(trouble.last_at),
        blocked_until=stamp_or_none(trouble.blocked_until),
    )


def call_succeeded(account: str, path: str) -> Operation[None]:
    """It works again."""
    yield from run("end_trouble", account=account, path=path)


def quota_cleared(account: str) -> Operation[None]:
    """WeChat counts from zero again: nothing of this account is held back any more."""
    yield from run("end_quota_troubles", account=account)
    yield from run("unlimit_calls", account=account)


def troubles() -> Operation[list[Trouble]]:
    """Everything that waits for a person, by account and call."""
    return [
        Trouble(
            account=row["account"],
            path=row["path"],
            errcode=row["errcode"],
            said=row["said"],
            since=moment(row["since"]),
            last_at=moment(row["last_at"]),
            times=row["times"],
            blocked_until=moment_or_none(row["blocked_until"]),
        )
        for row in (yield from rows("troubles"))
    ]


def calls_of_day(day: date) -> Operation[list[CallCount]]:
    """What was called on a day in China, by account and call."""
    return [
        CallCount(
            account=row["account"], path=row["path"], made=row["made"], refused=row["refused"]
        )
        for row in (yield from rows("calls_of", day=day.isoformat()))
    ]
