"""The demo's people: one user for each role, two where two must be different persons."""

from cases.people import Account, Person, Role
from console.passwords import Passwords, new_password
from storage import Storage

FIRST, SECOND = "人力资源和社会保障局", "综合行政执法局"
PEOPLE = (
    Person(name="administrator", role=Role.ADMINISTRATOR),
    Person(name="curator", role=Role.CURATOR),
    Person(name="curator2", role=Role.CURATOR),
    Person(name="dispatcher", role=Role.DISPATCHER),
    Person(name="officer", role=Role.OFFICER, department=FIRST),
    Person(name="reviewer", role=Role.REVIEWER, department=FIRST),
    Person(name="officer2", role=Role.OFFICER, department=SECOND),
    Person(name="reviewer2", role=Role.REVIEWER, department=SECOND),
    Person(name="supervisor", role=Role.SUPERVISOR),
    Person(name="auditor", role=Role.AUDITOR),
)


async def add_people(storage: Storage) -> dict[str, str]:
    """Adds everybody with a fresh password; returns {"name": "password"}."""
    hasher = Passwords()
    passwords = {person.name: new_password() for person in PEOPLE}
    try:
        for person in PEOPLE:
            password_hash = await hasher.hash(passwords[person.name])
            await storage.save_account(Account(person=person, password_hash=password_hash))
    finally:
        hasher.close()
    return passwords
