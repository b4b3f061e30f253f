"""Every address about one's own account, the people of the desk and what is kept about citizens."""

from typing import Final

from console.guard import TOKEN, Route
from console.people import account, log, people, person, privacy
from console.roles import ADMINISTRATORS, AUDITORS, EVERYONE, SUPERVISORS

ROUTES: Final = (
    Route("GET", "/password", account.show_password, EVERYONE, with_first_password=True),
    Route("POST", "/password", account.change_password, EVERYONE, TOKEN, with_first_password=True),
    Route("GET", "/account", account.show, EVERYONE),
    Route("GET", "/account/totp", account.show_totp, EVERYONE, with_first_code=True),
    Route("POST", "/account/totp", account.turn_totp_on, EVERYONE, TOKEN, with_first_code=True),
    Route("POST", "/account/totp/off", account.turn_totp_off, EVERYONE, TOKEN),
    Route("POST", "/account/sessions/end", account.end_others, EVERYONE, TOKEN),
    Route("POST", "/account/sessions/{session}/end", account.end_session, EVERYONE, TOKEN),
    Route("GET", "/privacy", privacy.show, SUPERVISORS),
    Route("POST", "/privacy/export", privacy.export, SUPERVISORS, TOKEN),
    Route("POST", "/privacy/erase", privacy.erase, SUPERVISORS, TOKEN),
    Route("GET", "/log", log.show, AUDITORS),
    Route("POST", "/log/verify", log.verify, AUDITORS, TOKEN),
    Route("GET", "/people", people.show, ADMINISTRATORS),
    Route("POST", "/people", people.add, ADMINISTRATORS, TOKEN),
    Route("GET", "/people/{name}", person.show, ADMINISTRATORS),
    Route("POST", "/people/{name}", person.save, ADMINISTRATORS, TOKEN),
    Route("POST", "/people/{name}/reset", people.reset, ADMINISTRATORS, TOKEN),
    Route("POST", "/people/{name}/unlock", person.unlock, ADMINISTRATORS, TOKEN),
    Route("POST", "/people/{name}/totp/off", person.remove_totp, ADMINISTRATORS, TOKEN),
    Route("POST", "/people/{name}/sessions/end", person.end_sessions, ADMINISTRATORS, TOKEN),
    Route("POST", "/people/{name}/disable", person.disable, ADMINISTRATORS, TOKEN),
    Route("POST", "/people/{name}/enable", person.enable, ADMINISTRATORS, TOKEN),
)
