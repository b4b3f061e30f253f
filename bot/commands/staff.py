"""huiying user add, user password"""

import sys
from typing import Annotated, TypeAlias

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
from storage import Storage

LEAST = 8  # characters of a password an administrator may set; the console asks for more
Name: TypeAlias = Annotated[str, typer.Argument(help="The name to sign in with.")]
FromStandardInput: TypeAlias = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]


def add_user(app: typer.Typer) -> None:
    """Registers `huiying user`."""
    users = typer.Typer(help="The people of the desk.", no_args_is_help=True)
    app.add_typer(users, name="user")
    users.command("add")(add_command)
    users.command("password")(password_command)


def add_command(
    name: Name,
    role: Annotated[Role, typer.Option(help="What the person does.")],
    password_stdin: FromStandardInput = False,
    department: Annotated[str, typer.Option(help="Needed for officer and reviewer.")] = "",
    display_name: Annotated[str, typer.Option(help="How colleagues know the person.")] = "",
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Adds a person. Refuses a name that exists: `user password` gives a new password."""
    if role in OWN_DEPARTMENT_ONLY and not department:
        refuse(f"--department is needed for the role {role}")
    password = _password(password_stdin)
    person = Person(
        name=name.strip(),
        role=role,
        department=department,
        display_name=" ".join(display_name.split()),
    )
    run(_add(settings_from(config), person, password))
    data = {"name": person.name, "role": str(role), "department": department}
    say(data, as_json=as_json, lines=lambda: f"{person.name} can sign in as {role}")


def password_command(
    name: Name,
    password_stdin: FromStandardInput = False,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Gives a person a new password, lifts a lock, and signs them out everywhere."""
    password = _password(password_stdin)
    person = run(_give_password(settings_from(config), name.strip(), password))
    data = {"name": person.name, "role": str(person.role), "department": person.department}
    say(data, as_json=as_json, lines=lambda: f"{person.name} has a new password")


def _password(from_standard_input: bool) -> str:
    if not from_standard_input:
        refuse("--password-stdin is needed: the password is read from standard input")
    password = sys.stdin.readline().rstrip("\r\n")
    if len(password) < LEAST:
        refuse(f"the password on standard input is shorter than {LEAST} characters")
    return password


async def _add(settings: Settings, person: Person, password: str) -> None:
    if not person.name:
        refuse("NAME is empty")
    async with desk_storage(settings) as storage:
        await _refuse_unfit(storage, person)
        account = Account(person=person, password_hash=await _hashed(person.name, password))
        details = {"person": person.name, "role": person.role.value, "by": "command line"}
        await storage.log("desk", "person_added", details, utc_now())
        await storage.save_account(account)


async def _refuse_unfit(storage: Storage, person: Person) -> None:
    taken = await storage.account(person.name)
    if taken is not None:
        refuse(
            f"NAME: {person.name!r} exists already, as {taken.person.role}; nothing was changed. "
            f"A new password: huiying user password {person.name} --password-stdin. "
            "Role and department are changed in the console, under 人员."
        )
    known = {each.name for each in await storage.departments()}
    if person.department and known and person.department not in known:
        refuse(
            f"--department: there is no department {person.department!r}; "
            f"known are: {'、'.join(sorted(known))}"
        )


async def _give_password(settings: Settings, name: str, password: str) -> Person:
    async with desk_storage(settings) as storage:
        account = await storage.account(name)
        if account is None:
            refuse(f"NAME: there is nobody called {name!r}; huiying user add adds a person")
        hashed = await _hashed(name, password)
        details = {"person": name, "by": "command line"}
        await storage.log("desk", "person_reset", details, utc_now())
        must = account.must_change
        await storage.change_password(name, password_hash=hashed, must_change=must)
        await storage.end_sessions_of(name)
        return account.person


async def _hashed(name: str, password: str) -> str:
    # Imported here: the console brings its web framework along, and other commands need not wait.
    from console.people.passwords import Passwords, fault_of

    if fault := fault_of(password, name=name):
        typer.echo(f"accepted, but weak: {fault}", err=True)
    passwords = Passwords()
    try:
        return await passwords.hash(password)
    finally:
        passwords.close()
