"""The demo's people: one user for each role, two where two must be different persons."""

from cases.people import Account, Person, Role
from console.people.passwords import Passwords, new_password
from storage import Storage

FIRST, SECOND = "人力资源和社会保障局", "综合行政执法局"
PEOPLE = (
    Person(name="administrator", role=Role.ADMINISTRATOR, display_name="李楠"),
    Person(name="curator", role=Role.CURATOR, display_name="方敏"),
    Person(name="curator2", role=Role.CURATOR, display_name="沈佳"),
    Person(name="dispatcher", role=Role.DISPATCHER, display_name="周宁"),
    Person(name="officer", role=Role.OFFICER, department=FIRST, display_name="陈晓"),
    Person(name="reviewer", role=Role.REVIEWER, department=FIRST, display_name="王芳"),
    Person(name="officer2", role=Role.OFFICER, department=SECOND, display_name="赵磊"),
    Person(name="reviewer2", role=Role.REVIEWER, department=SECOND, display_name="孙倩"),
    Person(name="supervisor", role=Role.SUPERVISOR, display_name="吴刚"),
    Person(name="auditor", role=Role.AUDITOR, display_name="何静"),
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
