"""huiying user add"""

import sys
from dataclasses import replace
from typing import Annotated

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
from cases.people import OWN_DEPARTMENT_ONLY, Account, Person, Role

LEAST = 8  # characters of a password an administrator may set; the console asks for more


def add_user(app: typer.Typer) -> None:
    """Registers `huiying user`."""
    users = typer.Typer(help="The people of the desk.", no_args_is_help=True)
    app.add_typer(users, name="user")

    @users.command("add")
    def add_command(
        name: Annotated[str, typer.Argument(help="The name to sign in with.")],
        role: Annotated[Role, typer.Option(help="What the person does.")],
        password_stdin: Annotated[
            bool, typer.Option("--password-stdin", help="Read the password from standard input.")
        ] = False,
        department: Annotated[str, typer.Option(help="Needed for officer and reviewer.")] = "",
        display_name: Annotated[str, typer.Option(help="How colleagues know the person.")] = "",
        config: ConfigOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Adds a person, or gives an existing one a new role and password."""
        if role in OWN_DEPARTMENT_ONLY and not department:
            refuse(f"--department is needed for the role {role}")
        if not password_stdin:
            refuse("--password-stdin is needed: the password is read from standard input")
        password = sys.stdin.readline().rstrip("\r\n")
        person = Person(
            name=name.strip(),
            role=role,
            department=department,
            display_name=" ".join(display_name.split()),
        )
        run(_add(settings_from(config), person, password))
        data = {"name": person.name, "role": str(role), "department": department}
        say(data, as_json=as_json, lines=lambda: f"{person.name} can sign in as {role}")


async def _add(settings: Settings, person: Person, password: str) -> None:
    # Imported here: the console brings its web framework along, and other commands need not wait.
    from console.people.passwords import Passwords, fault_of

    if not person.name:
        refuse("NAME is empty")
    if len(password) < LEAST:
        refuse(f"the password on standard input is shorter than {LEAST} characters")
    if fault := fault_of(password, name=person.name):
        typer.echo(f"accepted, but weak: {fault}", err=True)
    async with desk_storage(settings) as storage:
        known = {each.name for each in await storage.departments()}
        if person.department and known and person.department not in known:
            refuse(
                f"--department: there is no department {person.department!r}; "
                f"known are: {'、'.join(sorted(known))}"
            )
        passwords = Passwords()
        try:
            password_hash = await passwords.hash(password)
        finally:
            passwords.close()
        known_as = await storage.account(person.name)
        if known_as is not None and not person.display_name:
            person = replace(person, display_name=known_as.person.display_name)
        details = {"person": person.name, "role": person.role.value, "by": "command line"}
        await storage.log("desk", "person_added", details, utc_now())
        await storage.save_account(Account(person=person, password_hash=password_hash))
