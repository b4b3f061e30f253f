"""The two people who stand for what a file publishes."""

from typing import Final

import typer

from bot.commands.common import refuse
from cases.people import Role
from storage import Storage

WRITES: Final = frozenset({Role.CURATOR, Role.ADMINISTRATOR})
APPROVES: Final = WRITES | {Role.REVIEWER}


async def unknown_people(storage: Storage, author: str, reviewer: str) -> list[str]:
    """Those of the two who have no account, told on stderr; a desk without any tells of nobody.

    The command takes the names of people who never sign in here, but not of accounts that are
    closed, or whose role neither writes nor approves answers: these exit with 2.
    """
    accounts = {each.person.name: each for each in await storage.accounts()}
    unknown = []
    options = (("--published-by", author, WRITES), ("--reviewed-by", reviewer, APPROVES))
    for option, name, roles in options:
        account = accounts.get(name)
        if account is None:
            unknown += [name] if accounts else []
        elif account.disabled:
            refuse(f"{option}: the account {name!r} is closed; name somebody who works here")
        elif account.person.role not in roles:
            role, may = account.person.role, " or ".join(sorted(roles))
            refuse(f"{option}: {name!r} is {role}; name a {may}")
    for name in unknown:
        typer.echo(f"{name}: no account of this desk has this name; it is kept as given", err=True)
    return unknown
