"""The forms of a case page about who works on it, with whom, for how long."""

from cases.case import Case, TextNotFit, UnknownCase
from console.cases.case_steps import Doing, page_of, whole_days


async def _assign(d: Doing) -> Case:
    account = await d.people.account(d.form["officer"])
    if account is None:
        raise TextNotFit("nobody was chosen", "请先选择一位同事。")
    return await d.desk.assign(
        d.number, account.person, version=d.version, actor=d.actor, now=d.now
    )


async def _sort(d: Doing) -> Case:
    return await d.desk.sort(d.number, d.form["topic"], version=d.version, actor=d.actor, now=d.now)


async def _ask_for_help(d: Doing) -> Case:
    return await d.desk.ask_for_help(
        d.number,
        d.form["department"],
        d.form["reason"],
        version=d.version,
        actor=d.actor,
        now=d.now,
    )


async def _end_help(d: Doing) -> Case:
    return await d.desk.end_help(
        d.number, d.form["department"], version=d.version, actor=d.actor, now=d.now
    )


async def _merge(d: Doing) -> Case:
    lead = d.form["lead"].strip().upper()
    try:
        return await d.desk.merge(d.number, lead, version=d.version, actor=d.actor, now=d.now)
    except UnknownCase as error:
        await d.cases.case(d.number, viewer=d.actor)  # the case itself is theirs, the lead is not
        raise TextNotFit(
            f"no case {lead!r}", f"没有找到 {lead[:30] or '这个编号'}，请核对要并入的编号。"
        ) from error


async def _split(d: Doing) -> Case:
    return await d.desk.split(d.number, version=d.version, actor=d.actor, now=d.now)


async def _ask_extension(d: Doing) -> Case:
    return await d.desk.ask_extension(
        d.number,
        whole_days(d.form["days"]),
        d.form["reason"],
        version=d.version,
        actor=d.actor,
        now=d.now,
        progress=d.form["progress"],
    )


async def _decline_extension(d: Doing) -> Case:
    return await d.desk.decline_extension(
        d.number, d.form["reason"], version=d.version, actor=d.actor, now=d.now
    )


async def _hear_rating(d: Doing) -> Case:
    return await d.desk.hear_rating(
        d.number, d.form["reason"], version=d.version, actor=d.actor, now=d.now
    )


async def _reopen(d: Doing) -> Case:
    return await d.desk.reopen(
        d.number, d.form["reason"], version=d.version, actor=d.actor, now=d.now
    )


assign = page_of("assign", _assign)
sort = page_of("sort", _sort)
ask_for_help = page_of("ask-for-help", _ask_for_help)
end_help = page_of("end-help", _end_help)
merge = page_of("merge", _merge)
split = page_of("split", _split)
ask_extension = page_of("ask-extension", _ask_extension)
decline_extension = page_of("decline-extension", _decline_extension)
hear_rating = page_of("hear-rating", _hear_rating)
reopen = page_of("reopen", _reopen)
