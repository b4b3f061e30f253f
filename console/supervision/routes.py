"""Every address about departments, their alarms and talks, the calendar and reminders."""

from typing import Final

from cases.people import OWN_DEPARTMENT_ONLY, SEES_CASES
from console.guard import TOKEN, Route
from console.roles import ADMINISTRATORS, EVERYONE, OVERSEERS, SUPERVISORS
from console.supervision import (
    calendar,
    closing,
    department_forms,
    department_page,
    departments,
    interviews,
    reminders,
    routing,
    supervision,
)
from console.supervision.calendar import LOADS_NOTICES
from console.supervision.department_page import KEEPS_CONTACTS

UNIT: Final = "/departments/{unit}"
TALK: Final = "/interviews/{talk}"
KEEPERS: Final = OWN_DEPARTMENT_ONLY | KEEPS_CONTACTS

ROUTES: Final = (
    Route("GET", "/departments", departments.show, EVERYONE),
    Route("POST", "/departments", departments.add, ADMINISTRATORS, TOKEN),
    Route("GET", UNIT, department_page.show, EVERYONE),
    Route("POST", UNIT + "/shifts", department_forms.add_shift, KEEPERS, TOKEN),
    Route("POST", UNIT + "/shifts/remove", department_forms.remove_shift, KEEPERS, TOKEN),
    Route("POST", UNIT + "/absences", department_forms.add_absence, KEEPERS, TOKEN),
    Route("POST", UNIT + "/absences/remove", department_forms.remove_absence, KEEPERS, TOKEN),
    Route("POST", UNIT + "/contacts", department_forms.save_contact, KEEPS_CONTACTS, TOKEN),
    Route("POST", UNIT + "/duties", department_forms.save_duties, ADMINISTRATORS, TOKEN),
    Route("POST", UNIT + "/close", closing.close, ADMINISTRATORS, TOKEN),
    Route("POST", UNIT + "/alarms", department_forms.add_alarm, SUPERVISORS, TOKEN),
    Route("POST", "/alarms/{alarm}/revoke", department_forms.revoke_alarm, SUPERVISORS, TOKEN),
    Route("GET", "/supervision", supervision.show, OVERSEERS),
    Route("GET", "/routing", routing.show, OVERSEERS),
    Route("GET", TALK, interviews.show, SEES_CASES),
    Route("POST", TALK + "/answer", interviews.answer, OWN_DEPARTMENT_ONLY, TOKEN),
    Route("POST", TALK + "/accept", interviews.accept, SUPERVISORS, TOKEN),
    Route("POST", TALK + "/send-back", interviews.send_back, SUPERVISORS, TOKEN),
    Route("POST", TALK + "/cancel", interviews.cancel, SUPERVISORS, TOKEN),
    Route("GET", "/calendar", calendar.show, EVERYONE),
    Route("POST", "/calendar/preview", calendar.preview, LOADS_NOTICES, TOKEN),
    Route("POST", "/calendar/import", calendar.load, LOADS_NOTICES, TOKEN),
    Route("GET", "/reminders", reminders.show, EVERYONE),
    Route("POST", "/reminders/read", reminders.read_all, EVERYONE, TOKEN),
    Route("POST", "/reminders/mailbox", reminders.save_mailbox, EVERYONE, TOKEN),
)
