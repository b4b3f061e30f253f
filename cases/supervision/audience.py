"""Who is told what: the officer, the head, the supervisors, and the groups' robots."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cases.people import OWN_DEPARTMENT_ONLY, Person, Role
from cases.supervision.alarm import Contact, Post
from cases.supervision.reminder import Recipient, Way
from cases.supervision.rota import Rota


@dataclass(frozen=True, kw_only=True)
class Robot:
    """A group's robot: `department` "" hears of every department, another only of its own."""

    name: str
    department: str = ""

    def hears_of(self, department: str) -> bool:
        """Whether this group may be told about a department's matters."""
        return self.department in {"", department}


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Everybody who can be told something, as known at one moment."""

    people: Sequence[Person] = ()
    mailboxes: Mapping[str, str] = field(default_factory=dict)
    contacts: Sequence[Contact] = ()
    rota: Rota = field(default_factory=Rota)
    robots: Sequence[Robot] = ()

    def officers(self, department: str, officer: str, day: date) -> list[Recipient]:
        """Who works on a case: its officer or whoever stands in, else who is on duty, else all
        officers who are there. A case without department is the dispatchers'."""
        if not department:
            return self.role(Role.DISPATCHER)
        name = self.rota.present(officer, day) if officer else ""
        name = name or self.rota.on_duty(department, day)
        office = [p for p in self.people if p.department == department]
        if name in [p.name for p in office if p.role in OWN_DEPARTMENT_ONLY]:
            return self._persons([name])  # a reviewer may have taken a case on as well
        team = [p.name for p in office if p.role is Role.OFFICER]
        there = [each for each in team if not self.rota.is_away(each, day)]
        return self._persons(there) or self.heads(department, day) or self._persons(team)

    def heads(self, department: str, day: date) -> list[Recipient]:
        """The department's reviewers who are there, else whoever stands in for them, else the
        supervisors; and its head by e-mail. The dispatchers' heads are the supervisors."""
        if not department:
            return self.role(Role.SUPERVISOR)
        office = {p.name: p.role for p in self.people if p.department == department}
        reviewers = [name for name, role in office.items() if role is Role.REVIEWER]
        there = [name for name in reviewers if not self.rota.is_away(name, day)]
        stand_ins = (self.rota.present(name, day) for name in reviewers)
        there = there or [name for name in stand_ins if name in office]
        found = self._persons(there)
        if reviewers and not there:
            found = self.role(Role.SUPERVISOR)
        return found + self.posts(department, Post.HEAD)

    def role(self, role: Role) -> list[Recipient]:
        """Everybody of a role that sees the whole desk."""
        return self._persons(person.name for person in self.people if person.role is role)

    def posts(self, department: str, post: Post) -> list[Recipient]:
        """Whoever holds a post, by e-mail when they have one."""
        return [
            Recipient(way=Way.EMAIL, address=each.email)
            for each in self.contacts
            if (each.department, each.post) == (department, post) and each.email
        ]

    def groups(self, department: str) -> list[Recipient]:
        """The robots that may hear of a department's matters."""
        return [self.robot(each) for each in self.robots if each.hears_of(department)]

    @staticmethod
    def robot(robot: Robot) -> Recipient:
        """A robot as a recipient."""
        return Recipient(way=Way.ROBOT, address=robot.name)

    def person(self, name: str) -> Recipient:
        """In the console, and by e-mail when they gave an address."""
        address = self.mailboxes.get(name, "")
        return Recipient(person=name, way=Way.EMAIL if address else Way.CONSOLE, address=address)

    def called(self, name: str) -> str:
        """How colleagues know somebody."""
        return next((each.called for each in self.people if each.name == name), name)

    def _persons(self, names: Iterable[str]) -> list[Recipient]:
        return [self.person(name) for name in names]


def each_once(recipients: Iterable[Recipient]) -> list[Recipient]:
    """Nobody twice, in order."""
    return list(dict.fromkeys(recipients))
