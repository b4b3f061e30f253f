"""huiying citizen show · citizen erase · retention"""

from typing import Annotated, Any

import typer

from bot.clock import utc_now
from bot.commands.common import (
    ConfigOption,
    JsonOption,
    desk_storage,
    refuse,
    run,
    say,
    settings_from,
)
from bot.config import Settings
from cases.case import UnknownCase
from cases.masking import masked
from cases.privacy import Dossier, Erased, Said, StillOpen
from storage import Storage

CaseOption = Annotated[str, typer.Option("--case", help="Any case number of the citizen's.")]
AccountOption = Annotated[str, typer.Option(help="With --openid: the account they wrote to.")]
OpenidOption = Annotated[str, typer.Option(help="The citizen, as WeChat names them.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Only count; change nothing.")]


def add_privacy(app: typer.Typer) -> None:
    """Registers `huiying citizen` and `huiying retention`."""
    citizens = typer.Typer(help="What is kept about one citizen.", no_args_is_help=True)
    app.add_typer(citizens, name="citizen")
    _add_show(citizens)
    _add_erase(citizens)
    _add_retention(app)


def _add_show(citizens: typer.Typer) -> None:
    @citizens.command("show")
    def show_command(
        case: CaseOption = "",
        account: AccountOption = "main",
        openid: OpenidOption = "",
        config: ConfigOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Everything the desk keeps about a citizen, for the citizen who asks."""
        found = run(_show(settings_from(config), case, account, openid))
        say(_row(found), as_json=as_json, lines=lambda: _lines(found))


def _add_erase(citizens: typer.Typer) -> None:
    @citizens.command("erase")
    def erase_command(
        reason: Annotated[str, typer.Option(help="Why; it stays in the log.")],
        case: CaseOption = "",
        account: AccountOption = "main",
        openid: OpenidOption = "",
        dry_run: DryRunOption = False,
        config: ConfigOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Erases a citizen's words and name for good; counts, dates and outcomes stay."""
        who = (case, account, openid)
        found = run(_erase(settings_from(config), *who, reason=reason, only_look=dry_run))
        say(_counts(found, dry_run), as_json=as_json, lines=lambda: _told(found, dry_run))


def _add_retention(app: typer.Typer) -> None:
    @app.command("retention")
    def retention_command(
        dry_run: DryRunOption = False, config: ConfigOption = None, as_json: JsonOption = False
    ) -> None:
        """Erases what was kept longer than \\[retention] in the configuration says."""
        found = run(_retention(settings_from(config), only_look=dry_run))
        say(_counts(found, dry_run), as_json=as_json, lines=lambda: _told(found, dry_run))


async def _who(storage: Storage, case: str, account: str, openid: str) -> tuple[str, str]:
    if bool(case) == bool(openid):
        refuse("name the citizen with --case or with --openid (and --account)")
    if not case:
        return account, openid
    try:
        found = await storage.case(case)
    except UnknownCase:
        refuse(f"--case: there is no case {case}")
    return found.account, found.citizen


async def _show(settings: Settings, case: str, account: str, openid: str) -> Dossier:
    async with desk_storage(settings) as storage:
        who = await _who(storage, case, account, openid)
        found = await storage.dossier(*who, case=case)
        if found.is_empty:
            refuse("nothing is kept about this citizen")
        details = {"case": case, "by": "command line"}
        await storage.log("desk", "citizen_shown", details, utc_now())
    return found


async def _erase(
    settings: Settings, case: str, account: str, openid: str, *, reason: str, only_look: bool
) -> Erased:
    if not reason.strip():
        refuse("--reason is empty")
    async with desk_storage(settings) as storage:
        who = await _who(storage, case, account, openid)
        try:
            return await storage.erase_citizen(
                *who,
                actor="desk",
                reason=masked(reason.strip()),
                now=utc_now(),
                case=case,
                only_look=only_look,
            )
        except StillOpen as error:
            refuse(
                f"nothing was erased: {error}; answer and close it in the console, then erase again"
            )


async def _retention(settings: Settings, *, only_look: bool) -> Erased:
    periods = settings.retention.periods()
    async with desk_storage(settings) as storage:
        if only_look:
            return await storage.erase_old(periods, actor="desk", now=utc_now(), only_look=True)
        total = Erased()
        while (done := await storage.erase_old(periods, actor="desk", now=utc_now())).amount:
            total = Erased(
                messages=total.messages + done.messages,
                cases=total.cases + done.cases,
                deliveries=total.deliveries + done.deliveries,
            )
        return total


def _counts(found: Erased, dry_run: bool) -> dict[str, Any]:
    counts = {"messages": found.messages, "cases": found.cases, "deliveries": found.deliveries}
    return {"ok": True, "dry_run": dry_run, **counts}


def _told(found: Erased, dry_run: bool) -> str:
    what = f"{found.messages:,} messages, {found.cases:,} cases, {found.deliveries:,} texts sent"
    return f"would erase {what}; nothing was changed" if dry_run else f"erased {what}"


def _row(found: Dossier) -> dict[str, Any]:
    return {
        "account": found.account,
        "citizen": found.citizen,
        "first_seen_at": found.first_seen_at.isoformat() if found.first_seen_at else None,
        "subscribed": found.subscribed,
        "messages": [_said(each) for each in found.messages],
        "cases": [
            {
                "number": case.number,
                "received_at": case.received_at.isoformat(),
                "state": case.state.value,
                "text": case.text,
                "reply": case.reply,
                "rating": case.rating,
            }
            for case in found.cases
        ],
        "letters": [_said(each) for each in found.letters],
    }


def _said(each: Said) -> dict[str, str]:
    return {"at": each.at.isoformat(), "kind": each.kind, "text": each.text, "reply": each.reply}


def _lines(found: Dossier) -> str:
    who = found.citizen or "somebody without a name"
    lines = [f"{who} at {found.account}, known since {found.first_seen_at}"]
    lines += [f"{each.at:%Y-%m-%d %H:%M} {each.text} -> {each.reply}" for each in found.messages]
    lines += [f"{case.number} {case.state} {case.text} -> {case.reply}" for case in found.cases]
    lines += [f"{each.at:%Y-%m-%d %H:%M} sent: {each.reply}" for each in found.letters]
    return "\n".join(lines)
