"""Every address of the public pages, and of the desk's pages that choose answers for them."""

from typing import Final

from cases.publication import DECIDES, PROPOSES
from console import assets
from console.cases.routes import CASE
from console.guard import TOKEN, Route
from console.public import answers, public, public_answers
from console.roles import ANYBODY

ANSWER: Final = "/answers/{answer:[0-9]{1,9}}"

ANSWER_ROUTES: Final = (
    Route("GET", CASE + "/publish", answers.show_form, PROPOSES),
    Route("POST", CASE + "/publish", answers.propose, PROPOSES, TOKEN),
    Route("GET", "/answers", answers.show, PROPOSES),
    Route("POST", ANSWER + "/publish", answers.publish, DECIDES, TOKEN),
    Route("POST", ANSWER + "/refuse", answers.refuse, DECIDES, TOKEN),
    Route("POST", ANSWER + "/withdraw", answers.withdraw, DECIDES, TOKEN),
)

PUBLIC_ROUTES: Final = (
    Route("GET", "", public.to_front, ANYBODY),
    Route("GET", "/", public.show_figures, ANYBODY),
    Route("GET", "/departments", public.show_departments, ANYBODY),
    Route("GET", "/answers", public_answers.show, ANYBODY),
    Route("GET", "/services", public.show_services, ANYBODY),
    Route("GET", "/case/{signed}", public.show_case, ANYBODY),
    Route("GET", "/static/{name}", assets.serve, ANYBODY),
)
