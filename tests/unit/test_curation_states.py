"""Whatever people try, in whatever order, no text is public that one person alone has seen."""

from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from knowledge_base.curation import Curator
from knowledge_base.curation_steps import (
    STEPS,
    CurationError,
    Step,
    permitted_steps,
    take_step,
)
from knowledge_base.entry import Entry, Status
from tests.fakes import InMemoryEntryStore

PEOPLE = st.sampled_from(["李梅", "王强", "赵敏"])
VERSIONS = st.integers(1, 4)
TEXTS = st.sampled_from(["甲", "乙", "丙"])
START = date(2026, 1, 1)


def finish(step: Coroutine[None, None, object]) -> None:
    """Runs a coroutine that only awaits the in-memory store; refused steps are fine."""
    with suppress(StopIteration, CurationError):
        step.send(None)
        raise AssertionError("the in-memory store never waits")


class Desk(RuleBasedStateMachine):
    """Three people on one entry."""

    def __init__(self) -> None:
        super().__init__()
        self.store = InMemoryEntryStore()
        self.curator = Curator(self.store)
        self.frozen: dict[int, Entry] = {}

    def content(self, text: str) -> Entry:
        return Entry(id="e", question="问", answer=text, valid_until=START + timedelta(days=9))

    @rule(text=TEXTS, person=PEOPLE)
    def draft(self, text: str, person: str) -> None:
        finish(self.curator.draft(self.content(text), author=person))

    @rule(text=TEXTS, person=PEOPLE, version=VERSIONS)
    def revise(self, text: str, person: str, version: int) -> None:
        finish(self.curator.revise(self.content(text), version=version, author=person))

    @rule(person=PEOPLE, version=VERSIONS)
    def submit(self, person: str, version: int) -> None:
        finish(self.curator.submit("e", version=version, actor=person))

    @rule(person=PEOPLE, version=VERSIONS)
    def publish(self, person: str, version: int) -> None:
        finish(self.curator.publish("e", version=version, reviewer=person))

    @rule(person=PEOPLE, version=VERSIONS)
    def send_back(self, person: str, version: int) -> None:
        finish(self.curator.send_back("e", version=version, actor=person, reason="改"))

    @rule(person=PEOPLE, version=VERSIONS)
    def withdraw(self, person: str, version: int) -> None:
        finish(self.curator.withdraw("e", version=version, actor=person, reason="废止"))

    @rule(days=st.integers(0, 20))
    def time_passes(self, days: int) -> None:
        finish(self.curator.withdraw_expired(START + timedelta(days=days)))

    @invariant()
    def at_most_one_version_is_public_and_two_people_stand_behind_it(self) -> None:
        public = [e for e in self.store.kept.values() if e.status is Status.PUBLISHED]
        assert len(public) <= 1
        assert all(entry.author and entry.reviewer for entry in public)
        assert all(entry.author != entry.reviewer for entry in public)

    @invariant()
    def a_text_once_public_never_changes(self) -> None:
        for entry in self.store.kept.values():
            if entry.status is Status.PUBLISHED:
                self.frozen.setdefault(entry.version, entry)
        for version, entry in self.frozen.items():
            now = self.store.kept["e", version]
            assert replace(now, status=Status.PUBLISHED) == entry


def test_no_order_of_steps_publishes_what_one_person_alone_has_seen() -> None:
    run_state_machine_as_test(Desk, settings=settings(max_examples=60, deadline=None))


def test_the_table_of_steps_is_the_life_of_an_entry() -> None:
    life = {(before, rule.after) for rule in STEPS.values() for before in rule.before}
    assert life == {
        (Status.DRAFT, Status.DRAFT),
        (Status.DRAFT, Status.IN_REVIEW),
        (Status.DRAFT, Status.WITHDRAWN),
        (Status.IN_REVIEW, Status.DRAFT),
        (Status.IN_REVIEW, Status.PUBLISHED),
        (Status.IN_REVIEW, Status.WITHDRAWN),
        (Status.PUBLISHED, Status.WITHDRAWN),
    }


def test_only_the_permitted_steps_can_be_taken() -> None:
    for status in Status:
        entry = Entry(id="e", question="问", answer="答", author="李梅", status=status)
        taken = []
        for step in Step:
            try:
                take_step(entry, step, actor="王强", reason="改")
            except CurationError:
                continue
            taken.append(step)
        assert tuple(taken) == permitted_steps(entry)
