"""Every address about cases and what officers keep for them."""

from typing import Final

from cases import steps
from cases.people import OWN_DEPARTMENT_ONLY, SEES_CASES, Role
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
from console.guard import TOKEN, Route
from console.roles import may

CASE: Final = "/cases/{number:HY[0-9]{8}-[0-9]{4,}}"
KEEP_TEMPLATES: Final = OWN_DEPARTMENT_ONLY | {Role.SUPERVISOR}

ROUTES: Final = (
    Route("GET", "/cases", case_list.show, SEES_CASES),
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
    Route("POST", "/cases/give", case_bulk.give, may(steps.ROUTE) | may(steps.ASSIGN), TOKEN),
    Route("GET", CASE, case_page.show, SEES_CASES),
    Route("POST", CASE + "/reveal", reveal.reveal, SEES_CASES, TOKEN),
    Route("POST", CASE + "/keep", case_draft.keep, SEES_CASES, TOKEN, by_itself=True),
    Route("POST", CASE + "/notes", case_notes.add, SEES_CASES, TOKEN),
    Route("POST", CASE + "/accept", case_steps.accept, may(steps.ACCEPT), TOKEN),
    Route("POST", CASE + "/route", case_steps.route, may(steps.ROUTE), TOKEN),
    Route("POST", CASE + "/return", case_steps.return_case, may(steps.RETURN), TOKEN),
    Route("POST", CASE + "/draft", case_steps.draft, may(steps.DRAFT), TOKEN),
    Route("POST", CASE + "/review", case_steps.review, may(steps.REPLY), TOKEN),
    Route("POST", CASE + "/withdraw", case_steps.withdraw, may(steps.WITHDRAW), TOKEN),
    Route("POST", CASE + "/send-back", case_steps.send_back, may(steps.SEND_BACK), TOKEN),
    Route("POST", CASE + "/resume", case_steps.resume, may(steps.RESUME), TOKEN),
    Route("POST", CASE + "/extend", case_steps.extend, may(steps.EXTEND), TOKEN),
    Route("POST", CASE + "/assign", case_team.assign, may(steps.ASSIGN), TOKEN),
    Route("POST", CASE + "/sort", case_team.sort, may(steps.SORT), TOKEN),
    Route("POST", CASE + "/ask-for-help", case_team.ask_for_help, may(steps.ASK_FOR_HELP), TOKEN),
    Route("POST", CASE + "/end-help", case_team.end_help, may(steps.END_HELP), TOKEN),
    Route("POST", CASE + "/merge", case_team.merge, may(steps.MERGE), TOKEN),
    Route("POST", CASE + "/split", case_team.split, may(steps.SPLIT), TOKEN),
    Route(
        "POST", CASE + "/ask-extension", case_team.ask_extension, may(steps.ASK_EXTENSION), TOKEN
    ),
    Route(
        "POST",
        CASE + "/decline-extension",
        case_team.decline_extension,
        may(steps.DECLINE_EXTENSION),
        TOKEN,
    ),
    Route("POST", CASE + "/hear-rating", case_team.hear_rating, may(steps.HEAR_RATING), TOKEN),
    Route("POST", CASE + "/reopen", case_team.reopen, may(steps.REOPEN), TOKEN),
    Route("POST", CASE + "/close", case_steps.close, may(steps.CLOSE), TOKEN),
    Route("GET", CASE + "/attachments/{attachment}", attachments.serve, SEES_CASES),
)
