"""Every address of the console: its handler, who may use it, and what proves a form is ours.

The table registers the routes and enforces their rules; there is no other way in.
"""

import asyncio
from typing import Final

from aiohttp import web

from cases import steps
from cases.people import OWN_DEPARTMENT_ONLY, SEES_CASES, Role
from cases.publication import DECIDES, PROPOSES
from console import assets, auth, background, first_steps, home, live
from console.cases import (
    attachments,
    case_bulk,
    case_draft,
    case_list,
    case_notes,
    case_page,
    case_steps,
    case_team,
    reply_templates,
    reveal,
    views,
)
from console.deps import DEPS, Deps
from console.errors import explain, protect
from console.guard import EVERYONE, Csrf, Route, register
from console.knowledge import (
    checks,
    corrections,
    entries,
    entry_steps,
    evaluations,
    exchange,
    given,
    golden,
    learning,
    merging,
    reviewing,
    synonyms,
    trial,
)
from console.pages import prepare
from console.people import account, log, people, person, privacy
from console.public import answers, public, public_answers
from console.reports import figures_sheet, ledger, periodical, reports
from console.supervision import (
    calendar,
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
from console.ways import (
    accounts,
    comment_page,
    comment_steps,
    comments,
    deliveries,
    menus,
    offices,
    services,
)
from handlers.comments.moderation import MODERATORS

ANYBODY: Final = None
STAFF: Final = EVERYONE - {Role.AUDITOR}
CURATORS: Final = frozenset({Role.CURATOR})
OFFICERS: Final = frozenset({Role.OFFICER})
AUDITORS: Final = frozenset({Role.AUDITOR})
ADMINISTRATORS: Final = frozenset({Role.ADMINISTRATOR})
SUPERVISORS: Final = frozenset({Role.SUPERVISOR})
OVERSEERS: Final = frozenset({Role.SUPERVISOR, Role.DISPATCHER})
KEEPERS: Final = OWN_DEPARTMENT_ONLY | KEEPS_CONTACTS
WATCHERS: Final = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR})
TOKEN: Final = Csrf.SESSION
KEEP_TEMPLATES: Final = OWN_DEPARTMENT_ONLY | {Role.SUPERVISOR}
COMMENT: Final = "/comments/{comment}"
COMMENT_ORDER: Final = "/comments/orders/{order}"
CASE: Final = "/cases/{number:HY[0-9]{8}-[0-9]{4,}}"
MENU: Final = "/menus/{account}"
ENTRY: Final = "/entries/{id}"
CORRECTION: Final = ENTRY + "/corrections/{correction}"
ANSWER: Final = "/answers/{answer:[0-9]{1,9}}"
LARGEST_UPLOAD: Final = 51 * 1024 * 1024
"""Bytes of a form with a file: the 50 MB that an import reads, and the fields around it."""
UNIT: Final = "/departments/{unit}"
TALK: Final = "/interviews/{talk}"


def _who(step: steps.Step) -> frozenset[Role]:
    """Whom the desk's own table lets take a step."""
    return frozenset(step.who)


ROUTES: Final = (
    Route("GET", "", home.to_front, ANYBODY),
    Route("GET", "/static/{name}", assets.serve, ANYBODY),
    Route("GET", "/sign-in", auth.show_sign_in, ANYBODY),
    Route("POST", "/sign-in", auth.sign_in, ANYBODY, Csrf.FORM),
    Route("POST", "/sign-out", auth.sign_out, EVERYONE, TOKEN, with_first_password=True),
    Route("POST", "/sign-in/code", auth.sign_in_with_code, ANYBODY, Csrf.FORM),
    Route("GET", "/password", account.show_password, EVERYONE, with_first_password=True),
    Route("POST", "/password", account.change_password, EVERYONE, TOKEN, with_first_password=True),
    Route("GET", "/account", account.show, EVERYONE),
    Route("GET", "/account/totp", account.show_totp, EVERYONE, with_first_code=True),
    Route("POST", "/account/totp", account.turn_totp_on, EVERYONE, TOKEN, with_first_code=True),
    Route("POST", "/account/totp/off", account.turn_totp_off, EVERYONE, TOKEN),
    Route("POST", "/account/sessions/end", account.end_others, EVERYONE, TOKEN),
    Route("POST", "/account/sessions/{session}/end", account.end_session, EVERYONE, TOKEN),
    Route("GET", "/", home.show, EVERYONE),
    Route("POST", "/first-steps/put-away", first_steps.put_away, OFFICERS, TOKEN),
    # cases
    Route("GET", "/cases", case_list.show, SEES_CASES),
    Route("GET", "/live", live.stream, SEES_CASES, by_itself=True),
    Route("POST", "/views", views.save, SEES_CASES, TOKEN),
    Route("POST", "/views/remove", views.remove, SEES_CASES, TOKEN),
    Route("GET", "/reply-templates", reply_templates.show, KEEP_TEMPLATES),
    Route("POST", "/reply-templates", reply_templates.add, KEEP_TEMPLATES, TOKEN),
    Route(
        "POST",
        "/reply-templates/{template}/remove",
        reply_templates.remove,
        KEEP_TEMPLATES,
        TOKEN,
    ),
    Route("POST", "/cases/give", case_bulk.give, _who(steps.ROUTE) | _who(steps.ASSIGN), TOKEN),
    Route("GET", CASE, case_page.show, SEES_CASES),
    Route("POST", CASE + "/reveal", reveal.reveal, SEES_CASES, TOKEN),
    Route("POST", CASE + "/keep", case_draft.keep, SEES_CASES, TOKEN, by_itself=True),
    Route("POST", CASE + "/notes", case_notes.add, SEES_CASES, TOKEN),
    Route("GET", CASE + "/publish", answers.show_form, PROPOSES),
    Route("POST", CASE + "/publish", answers.propose, PROPOSES, TOKEN),
    Route("POST", CASE + "/accept", case_steps.accept, _who(steps.ACCEPT), TOKEN),
    Route("POST", CASE + "/route", case_steps.route, _who(steps.ROUTE), TOKEN),
    Route("POST", CASE + "/return", case_steps.return_case, _who(steps.RETURN), TOKEN),
    Route("POST", CASE + "/draft", case_steps.draft, _who(steps.DRAFT), TOKEN),
    Route("POST", CASE + "/review", case_steps.review, _who(steps.REPLY), TOKEN),
    Route("POST", CASE + "/withdraw", case_steps.withdraw, _who(steps.WITHDRAW), TOKEN),
    Route("POST", CASE + "/send-back", case_steps.send_back, _who(steps.SEND_BACK), TOKEN),
    Route("POST", CASE + "/resume", case_steps.resume, _who(steps.RESUME), TOKEN),
    Route("POST", CASE + "/extend", case_steps.extend, _who(steps.EXTEND), TOKEN),
    Route("POST", CASE + "/assign", case_team.assign, _who(steps.ASSIGN), TOKEN),
    Route("POST", CASE + "/sort", case_team.sort, _who(steps.SORT), TOKEN),
    Route("POST", CASE + "/ask-for-help", case_team.ask_for_help, _who(steps.ASK_FOR_HELP), TOKEN),
    Route("POST", CASE + "/end-help", case_team.end_help, _who(steps.END_HELP), TOKEN),
    Route("POST", CASE + "/merge", case_team.merge, _who(steps.MERGE), TOKEN),
    Route("POST", CASE + "/split", case_team.split, _who(steps.SPLIT), TOKEN),
    Route(
        "POST", CASE + "/ask-extension", case_team.ask_extension, _who(steps.ASK_EXTENSION), TOKEN
    ),
    Route(
        "POST",
        CASE + "/decline-extension",
        case_team.decline_extension,
        _who(steps.DECLINE_EXTENSION),
        TOKEN,
    ),
    Route("POST", CASE + "/hear-rating", case_team.hear_rating, _who(steps.HEAR_RATING), TOKEN),
    Route("POST", CASE + "/reopen", case_team.reopen, _who(steps.REOPEN), TOKEN),
    Route("POST", CASE + "/close", case_steps.close, _who(steps.CLOSE), TOKEN),
    Route("GET", CASE + "/attachments/{attachment}", attachments.serve, SEES_CASES),
    # the ways to citizens
    Route("GET", "/deliveries", deliveries.show, SEES_CASES),
    Route("POST", "/deliveries/retry", deliveries.retry, SEES_CASES, TOKEN),
    Route("GET", "/accounts", accounts.show, WATCHERS),
    Route("POST", "/accounts/{account}/clear-quota", accounts.clear_quota, ADMINISTRATORS, TOKEN),
    Route("POST", "/accounts/{account}/check", accounts.check, ADMINISTRATORS, TOKEN),
    Route("POST", "/accounts/{account}/retry", accounts.retry, ADMINISTRATORS, TOKEN),
    Route("GET", "/menus", menus.show_first, CURATORS),
    Route("GET", MENU, menus.show, CURATORS),
    Route("POST", MENU + "/save", menus.save, CURATORS, TOKEN),
    Route("POST", MENU + "/submit", menus.submit, CURATORS, TOKEN),
    Route("POST", MENU + "/publish", menus.publish, CURATORS, TOKEN),
    Route("POST", MENU + "/send-back", menus.send_back, CURATORS, TOKEN),
    Route("POST", MENU + "/drop", menus.drop, CURATORS, TOKEN),
    Route("GET", "/services", services.show, CURATORS),
    Route("POST", "/services", services.save, CURATORS, TOKEN),
    Route("POST", "/services/{service}/submit", services.submit, CURATORS, TOKEN),
    Route("POST", "/services/{service}/publish", services.publish, CURATORS, TOKEN),
    Route("POST", "/services/{service}/send-back", services.send_back, CURATORS, TOKEN),
    Route("POST", "/services/{service}/withdraw", services.withdraw, CURATORS, TOKEN),
    Route("POST", "/services/{service}/check", services.check, CURATORS, TOKEN),
    Route("GET", "/offices", offices.show, EVERYONE),
    Route("POST", "/offices", offices.save, CURATORS, TOKEN),
    Route("POST", "/offices/{office}/submit", offices.submit, CURATORS, TOKEN),
    Route("POST", "/offices/{office}/publish", offices.publish, CURATORS, TOKEN),
    Route("POST", "/offices/{office}/send-back", offices.send_back, CURATORS, TOKEN),
    Route("POST", "/offices/{office}/withdraw", offices.withdraw, CURATORS, TOKEN),
    # comments under articles
    Route("GET", "/comments", comments.show, SEES_CASES),
    Route("GET", "/comments/articles", comments.show_articles, OVERSEERS),
    Route("GET", "/comments/articles/{article}", comments.show_article, SEES_CASES),
    Route("GET", COMMENT, comment_page.show, SEES_CASES),
    Route("POST", COMMENT + "/propose", comment_steps.propose, MODERATORS, TOKEN),
    Route("POST", COMMENT + "/judge", comment_steps.judge, comment_page.JUDGES, TOKEN),
    Route("POST", COMMENT + "/split", comment_steps.split, _who(steps.PART), TOKEN),
    Route("POST", COMMENT_ORDER + "/approve", comment_steps.approve, MODERATORS, TOKEN),
    Route("POST", COMMENT_ORDER + "/reject", comment_steps.reject, MODERATORS, TOKEN),
    Route("POST", COMMENT_ORDER + "/undo", comment_steps.undo, MODERATORS, TOKEN),
    Route("POST", COMMENT_ORDER + "/retry", comment_steps.retry, MODERATORS, TOKEN),
    # the knowledge base
    Route("GET", "/entries", entries.show_list, STAFF),
    Route("GET", "/entries/new", entries.show_new, CURATORS),
    Route("POST", "/entries/new", entry_steps.create, CURATORS, TOKEN),
    Route("GET", ENTRY, entries.show_entry, STAFF),
    Route("GET", ENTRY + "/edit", entries.show_edit, CURATORS),
    Route("POST", ENTRY + "/edit", entry_steps.save, CURATORS, TOKEN),
    Route("POST", ENTRY + "/submit", entry_steps.submit, CURATORS, TOKEN),
    Route("POST", ENTRY + "/publish", entry_steps.publish, CURATORS, TOKEN),
    Route("POST", ENTRY + "/send-back", entry_steps.send_back, CURATORS, TOKEN),
    Route("POST", ENTRY + "/withdraw", entry_steps.withdraw, CURATORS, TOKEN),
    Route("GET", ENTRY + "/versions/{version}", entries.show_version, STAFF),
    Route("GET", ENTRY + "/given", corrections.show, CURATORS),
    Route("POST", ENTRY + "/corrections", corrections.propose, CURATORS, TOKEN),
    Route("POST", CORRECTION + "/approve", corrections.approve, CURATORS, TOKEN),
    Route("POST", CORRECTION + "/refuse", corrections.refuse, CURATORS, TOKEN),
    Route("POST", CORRECTION + "/stop", corrections.stop, CURATORS, TOKEN),
    Route("POST", ENTRY + "/restore", entry_steps.restore, CURATORS, TOKEN),
    Route("GET", ENTRY + "/publish", golden.check, CURATORS),
    Route("GET", "/try", trial.show, STAFF),
    Route("GET", "/given", given.show, CURATORS),
    Route("GET", "/review", reviewing.show, CURATORS),
    Route("POST", "/review", reviewing.publish, CURATORS, TOKEN),
    Route("POST", "/review/submit", reviewing.submit_own, CURATORS, TOKEN),
    Route("GET", "/checks", checks.show, CURATORS),
    Route("GET", "/checks/merge", merging.show, CURATORS),
    Route("POST", "/checks/merge", merging.begin, CURATORS, TOKEN),
    Route("POST", ENTRY + "/unmerge", merging.cancel, CURATORS, TOKEN),
    Route("POST", "/checks/settle", checks.settle, CURATORS, TOKEN),
    Route("POST", "/checks/reopen", checks.reopen, CURATORS, TOKEN),
    Route("POST", "/checks/{id}/checked", checks.checked, CURATORS, TOKEN),
    Route("GET", "/synonyms", synonyms.show, CURATORS),
    Route("POST", "/synonyms", synonyms.save, CURATORS, TOKEN),
    Route("POST", "/synonyms/drop", synonyms.drop, CURATORS, TOKEN),
    Route("GET", "/exchange", exchange.show, CURATORS),
    Route("POST", "/exchange", exchange.check, CURATORS, TOKEN, largest=LARGEST_UPLOAD),
    Route("GET", "/exchange/template", exchange.template, CURATORS),
    Route("GET", "/exchange/export", exchange.export, CURATORS),
    Route("GET", "/exchange/{job}", exchange.show_one, CURATORS),
    Route("GET", "/exchange/{job}/rejected", exchange.rejected, CURATORS),
    Route("POST", "/exchange/{job}/import", exchange.take_in, CURATORS, TOKEN),
    Route("GET", "/learning", learning.show, CURATORS),
    Route("POST", "/learning/draft", learning.draft, CURATORS, TOKEN),
    Route("POST", "/learning/dismiss", learning.dismiss, CURATORS, TOKEN),
    Route("POST", "/learning/{dismissed}/restore", learning.restore, CURATORS, TOKEN),
    Route("GET", "/golden", golden.show, CURATORS),
    Route("POST", "/golden", golden.add, CURATORS, TOKEN),
    Route("POST", "/golden/run", golden.run, CURATORS, TOKEN),
    Route("POST", "/golden/{golden}/retire", golden.retire, CURATORS, TOKEN),
    Route("GET", "/evaluations", evaluations.show, CURATORS),
    Route("POST", "/evaluations", evaluations.test, CURATORS, TOKEN, largest=LARGEST_UPLOAD),
    Route("GET", "/evaluations/{job}", evaluations.show_one, CURATORS),
    Route("GET", "/evaluations/{job}/rows", evaluations.download, CURATORS),
    # the desk itself
    Route("GET", "/departments", departments.show, EVERYONE),
    # supervision
    Route("GET", UNIT, department_page.show, EVERYONE),
    Route("POST", UNIT + "/shifts", department_forms.add_shift, KEEPERS, TOKEN),
    Route("POST", UNIT + "/shifts/remove", department_forms.remove_shift, KEEPERS, TOKEN),
    Route("POST", UNIT + "/absences", department_forms.add_absence, KEEPERS, TOKEN),
    Route("POST", UNIT + "/absences/remove", department_forms.remove_absence, KEEPERS, TOKEN),
    Route("POST", UNIT + "/contacts", department_forms.save_contact, KEEPS_CONTACTS, TOKEN),
    Route("POST", UNIT + "/duties", department_forms.save_duties, ADMINISTRATORS, TOKEN),
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
    # answers for everybody
    Route("GET", "/answers", answers.show, PROPOSES),
    Route("POST", ANSWER + "/publish", answers.publish, DECIDES, TOKEN),
    Route("POST", ANSWER + "/refuse", answers.refuse, DECIDES, TOKEN),
    Route("POST", ANSWER + "/withdraw", answers.withdraw, DECIDES, TOKEN),
    # reports
    Route("GET", "/reports", reports.show, SEES_CASES),
    Route("GET", "/reports/span", reports.show_span, SEES_CASES),
    Route("GET", "/reports/cases", reports.show_cases, SEES_CASES),
    Route("GET", "/reports/figures", figures_sheet.download_figures, SEES_CASES),
    Route("GET", "/reports/ledger", ledger.download_ledger, SEES_CASES),
    Route("GET", "/reports/periodical", periodical.show, SUPERVISORS),
    Route("GET", "/reports/periodical/docx", periodical.download, SUPERVISORS),
    Route("GET", "/reports/periodical/pdf", periodical.print_out, SUPERVISORS),
    # people and what is kept about them
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

PREFIX: Final = "/console"


def create_console(deps: Deps) -> web.Application:
    """The console, to be mounted at /console/."""
    app = web.Application(middlewares=[protect, explain])
    app[DEPS] = deps
    prepare(app, PREFIX)
    register(app, ROUTES)
    app[live.STOPPING] = asyncio.Event()
    app.on_shutdown.append(live.stop)
    app.on_cleanup.append(background.end_all)
    return app


PUBLIC_ROUTES: Final = (
    Route("GET", "", public.to_front, ANYBODY),
    Route("GET", "/", public.show_figures, ANYBODY),
    Route("GET", "/departments", public.show_departments, ANYBODY),
    Route("GET", "/answers", public_answers.show, ANYBODY),
    Route("GET", "/services", public.show_services, ANYBODY),
    Route("GET", "/case/{signed}", public.show_case, ANYBODY),
    Route("GET", "/static/{name}", assets.serve, ANYBODY),
)
PUBLIC_PREFIX: Final = "/public"


def create_public(deps: Deps) -> web.Application:
    """The public pages, to be mounted at /public/."""
    app = web.Application(middlewares=[protect, public.explain])
    app[DEPS], app[public.KEPT], app[public.LOOKED] = deps, {}, {}
    prepare(app, PUBLIC_PREFIX)
    register(app, PUBLIC_ROUTES)
    return app
