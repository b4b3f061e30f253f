"""huiying comments fetch"""

from typing import Annotated, Any

import typer

from bot.commands.common import ConfigOption, JsonOption, refuse, run, say, settings_from
from bot.config import Settings
from bot.logs import set_up_logs
from knowledge_base.ports import EncoderUnavailable
from storage.errors import SchemaTooNew, StorageUnavailable


def add_comments(app: typer.Typer) -> None:
    """Registers `huiying comments`."""
    comments = typer.Typer(help="Comments under articles (留言).", no_args_is_help=True)
    app.add_typer(comments, name="comments")

    @comments.command("fetch")
    def fetch_command(
        account: Annotated[
            str, typer.Option("--account", help="One account; default: all that can be asked.")
        ] = "",
        config: ConfigOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """One polling pass over the accounts' articles; safe to run again, and beside a service."""
        settings = settings_from(config)
        set_up_logs()  # on stderr: stdout is the answer's
        _check(settings, account)
        found = run(_fetch(settings, account))
        say(found, as_json=as_json, lines=lambda: _in_words(found))


def _check(settings: Settings, account: str) -> None:
    if account and account not in settings.accounts:
        known = "、".join(settings.accounts) or "none"
        refuse(f"--account: there is no account {account!r}; known are: {known}")
    if account and not _can_be_asked(settings, account):
        refuse(f"--account {account}: comments need a verified account and its secret")


def _can_be_asked(settings: Settings, name: str) -> bool:
    account = settings.accounts[name]
    return account.verified and bool(account.secret)


async def _fetch(settings: Settings, account: str) -> dict[str, Any]:
    # Imported here: the service brings everything along, and `--help` need not wait for it.
    from bot.app import running

    try:
        async with running(settings, recover=False) as service:
            await service.index.refresh()
            done = await service.comments.fetch((account,) if account else (), all_articles=True)
    except (EncoderUnavailable, SchemaTooNew, StorageUnavailable) as error:
        refuse(f"nothing was fetched: {error}")
    counts = {
        "articles": done.articles,
        "new": done.new,
        "known": done.known,
        "cases": done.cases,
        "errors": len(done.problems),
    }
    return {**counts, "problems": done.problems}


def _in_words(found: dict[str, Any]) -> str:
    line = (
        f"{found['articles']:,} articles: {found['new']:,} new comments, {found['known']:,} known; "
        f"{found['cases']:,} cases; {found['errors']:,} errors"
    )
    problems = [f"  {each['account']}: {each['what']}" for each in found["problems"]]
    return "\n".join([line, *problems])
