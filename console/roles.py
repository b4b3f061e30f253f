"""Whom the routes of several rooms let in, by role."""

from typing import Final

from cases.people import Role
from cases.steps import Step

ANYBODY: Final = None
EVERYONE: Final = frozenset(Role)
STAFF: Final = EVERYONE - {Role.AUDITOR}
CURATORS: Final = frozenset({Role.CURATOR})
OFFICERS: Final = frozenset({Role.OFFICER})
AUDITORS: Final = frozenset({Role.AUDITOR})
ADMINISTRATORS: Final = frozenset({Role.ADMINISTRATOR})
SUPERVISORS: Final = frozenset({Role.SUPERVISOR})
OVERSEERS: Final = frozenset({Role.SUPERVISOR, Role.DISPATCHER})
WATCHERS: Final = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR})


def may(step: Step) -> frozenset[Role]:
    """Whom the desk's own table lets take a step."""
    return frozenset(step.who)
