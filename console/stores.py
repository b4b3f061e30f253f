"""Where the console's things are kept: a port for each kind, which one storage can fit at once."""

from typing import Protocol, TypedDict

from cases.papers import PaperStore
from cases.ports import CaseStore, DepartmentStore, NoticeStore
from cases.reports.ports import ReportStore
from cases.supervision.ports import SupervisionStore
from console.ports import (
    AnswerStore,
    AuditStore,
    CitizenStore,
    FigureStore,
    PeopleStore,
    PrivacyStore,
)
from knowledge_base.ports import EntryStore


class DeskStore(
    PeopleStore,
    AuditStore,
    PrivacyStore,
    ReportStore,
    AnswerStore,
    CaseStore,
    PaperStore,
    DepartmentStore,
    EntryStore,
    CitizenStore,
    FigureStore,
    SupervisionStore,
    NoticeStore,
    Protocol,
):
    """Everything the console keeps, in one place."""


class Stores(TypedDict):
    """The same by the names that `Deps` has for each kind."""

    people: PeopleStore
    audit: AuditStore
    privacy: PrivacyStore
    reports: ReportStore
    answers: AnswerStore
    cases: CaseStore
    papers: PaperStore
    departments: DepartmentStore
    entries: EntryStore
    citizens: CitizenStore
    figures: FigureStore
    supervision: SupervisionStore
    notices: NoticeStore


def kept_in(store: DeskStore) -> Stores:
    """One store for every kind."""
    return Stores(
        people=store,
        audit=store,
        privacy=store,
        reports=store,
        answers=store,
        cases=store,
        papers=store,
        departments=store,
        entries=store,
        citizens=store,
        figures=store,
        supervision=store,
        notices=store,
    )
