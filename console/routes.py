"""Every address of the console: its handler, who may use it, and what proves a form is ours.

Each room has its own table; all of them stand in `ROUTES`, from which `guard.register` makes the
routes and enforces their rules. There is no other way in.
"""

from typing import Final

from cases.people import SEES_CASES
from console import assets, auth, first_steps, home, live
from console.cases import routes as cases
from console.guard import TOKEN, Csrf, Route
from console.knowledge import routes as knowledge
from console.people import routes as people
from console.public import routes as public
from console.reports import routes as reports
from console.roles import ANYBODY, EVERYONE, OFFICERS
from console.supervision import routes as supervision
from console.ways import routes as ways

DESK: Final = (
    Route("GET", "", home.to_front, ANYBODY),
    Route("GET", "/static/{name}", assets.serve, ANYBODY),
    Route("GET", "/sign-in", auth.show_sign_in, ANYBODY),
    Route("POST", "/sign-in", auth.sign_in, ANYBODY, Csrf.FORM),
    Route("POST", "/sign-out", auth.sign_out, EVERYONE, TOKEN, with_first_password=True),
    Route("POST", "/sign-in/code", auth.sign_in_with_code, ANYBODY, Csrf.FORM),
    Route("GET", "/", home.show, EVERYONE),
    Route("POST", "/first-steps/put-away", first_steps.put_away, OFFICERS, TOKEN),
    Route("GET", "/live", live.stream, SEES_CASES, by_itself=True),
)
ROUTES: Final = (
    *DESK,
    *cases.ROUTES,
    *ways.ROUTES,
    *knowledge.ROUTES,
    *supervision.ROUTES,
    *public.ANSWER_ROUTES,
    *reports.ROUTES,
    *people.ROUTES,
)
