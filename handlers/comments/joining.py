"""Whether a comment goes on about a case that its citizen has open already."""

from collections.abc import Sequence
from datetime import timedelta

from cases.case import Case, State
from cases.department import Routing
from handlers.comments.comment import Comment
from handlers.hearing.vocabulary import words
from handlers.telling import says_the_same
from handlers.turn import FOLLOWS_WITHIN


def case_spoken_of(comment: Comment, routing: Routing, cases: Sequence[Case]) -> Case | None:
    """The first of the open `cases` that a comment speaks of; None: a matter of its own.

    The words under an article answer the article, not the desk: so they go on about a case only
    by saying the same, or by a word that carries on (另外, 地址) within minutes of it.
    """
    return next((case for case in cases if _speaks_of(comment, routing, case)), None)


def _speaks_of(comment: Comment, routing: Routing, case: Case) -> bool:
    if routing.sure and case.department not in {"", routing.department}:
        return False
    if _is_older_than_the_question(comment, case):
        return False
    if says_the_same(comment.text, case.text):
        return True
    age = comment.written_at - case.received_at
    soon = timedelta() <= age <= FOLLOWS_WITHIN
    return soon and words("telling.carries_on").match(comment.text) is not None


def _is_older_than_the_question(comment: Comment, case: Case) -> bool:
    """A comment fetched late is no answer to what the citizen was asked after writing it."""
    asked_at = case.waiting_since
    return case.state is State.WAITING and asked_at is not None and comment.written_at < asked_at
