"""Every address about the ways to citizens: deliveries, accounts, menus, directories, comments."""

from typing import Final

from cases import steps
from cases.people import SEES_CASES
from console.guard import TOKEN, Route
from console.roles import ADMINISTRATORS, CURATORS, EVERYONE, OVERSEERS, WATCHERS, may
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

COMMENT: Final = "/comments/{comment}"
COMMENT_ORDER: Final = "/comments/orders/{order}"
MENU: Final = "/menus/{account}"

ROUTES: Final = (
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
    Route("GET", "/comments", comments.show, SEES_CASES),
    Route("GET", "/comments/articles", comments.show_articles, OVERSEERS),
    Route("GET", "/comments/articles/{article}", comments.show_article, SEES_CASES),
    Route("GET", COMMENT, comment_page.show, SEES_CASES),
    Route("POST", COMMENT + "/propose", comment_steps.propose, MODERATORS, TOKEN),
    Route("POST", COMMENT + "/judge", comment_steps.judge, comment_page.JUDGES, TOKEN),
    Route("POST", COMMENT + "/split", comment_steps.split, may(steps.PART), TOKEN),
    Route("POST", COMMENT_ORDER + "/approve", comment_steps.approve, MODERATORS, TOKEN),
    Route("POST", COMMENT_ORDER + "/reject", comment_steps.reject, MODERATORS, TOKEN),
    Route("POST", COMMENT_ORDER + "/undo", comment_steps.undo, MODERATORS, TOKEN),
    Route("POST", COMMENT_ORDER + "/retry", comment_steps.retry, MODERATORS, TOKEN),
)
