"""Reads the logs from their first line and recomputes every hash."""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.case import Event, State
from cases.privacy import KEPT_DETAILS
from storage.operation import Operation, Row, rows, the
from storage.rows.audit import audit_hash
from storage.rows.cases import CHAIN_START, details_hash, event_from, event_hash
from storage.rows.plain import packed, unpacked

PAGE = 2000
SEALS_AT_ONCE = 50


@dataclass
class CaseChain:
    """What was read of one case's log so far."""

    number: str
    version: int = 0
    hash: str = CHAIN_START
    state: str | None = None
    drafter: str = ""
    draft_hash: str = ""

    def read(self, row: Row) -> list[str]:
        """What is wrong with the next event."""
        name = f"event {row['version']} of case {self.number}"
        wrong = []
        if row["version"] != self.version + 1:
            wrong.append(f"{name} follows event {self.version}")
        if row["prev_hash"] != self.hash or not (_is_closed(row) and _is_as_told(row)):
            wrong.append(f"{name} breaks the chain of hashes")
        if row["state_before"] != self.state:
            wrong.append(f"{name} does not begin where the case stood")
        wrong += self._approval(row, name)
        self.version, self.hash, self.state = row["version"], row["hash"], row["state_after"]
        return wrong

    def _approval(self, row: Row, name: str) -> list[str]:
        """A step after a draft that names a text's hash approves that text."""
        approved = unpacked(row["details"]).get("sha256", "")
        if row["state_after"] == State.DRAFTED:
            if approved:  # what else happens meanwhile leaves the draft as it is
                self.drafter, self.draft_hash = row["actor"], approved
            return []
        if not approved:
            return []
        wrong = [f"{name} approves the drafter's own text"] if row["actor"] == self.drafter else []
        if approved != self.draft_hash:
            wrong.append(f"{name} approves a text that is not the draft")
        return wrong


def _is_closed(row: Row) -> bool:
    """Whether the hash is of the event; erased words of before `details_hash` cannot be hashed."""
    if row["erased"] and not row["details_hash"]:
        return True
    return bool(row["hash"] == event_hash(row))


def _is_as_told(row: Row) -> bool:
    """Whether the details are those of the step, or what an erasure leaves of them."""
    if row["erased"]:
        return set(unpacked(row["details"])) <= KEPT_DETAILS
    known = str(row["details_hash"])
    return known in {"", details_hash(row["details_salt"], row["details"])}


def case_chain(number: str) -> Operation[tuple[list[Event], list[str]]]:
    """The steps of one case, oldest first, and what is wrong with their chain."""
    found = yield from rows("events_for", number=number, scope=None)
    chain = CaseChain(number)
    wrong = [each for row in found for each in chain.read(row)]
    return [event_from(row) for row in found], wrong


def broken_cases() -> Operation[list[str]]:
    """Gaps, breaks and approvals by the drafter in the logs of all cases."""
    wrong: list[str] = []
    chain = CaseChain("")
    while True:
        page = yield from rows(
            "events_page", case_number=chain.number, version=chain.version, limit=PAGE
        )
        for row in page:
            if row["case_number"] != chain.number:
                chain = CaseChain(row["case_number"])
            wrong += chain.read(row)
        if len(page) < PAGE:
            return wrong


def broken_audit() -> Operation[list[str]]:
    """Gaps and breaks in the audit log, also at its end."""
    wrong: list[str] = []
    number, last = 0, CHAIN_START
    while page := (yield from rows("audit_page", after=number, limit=PAGE)):
        for row in page:
            if row["number"] != number + 1:
                wrong.append(f"audit record {row['number']} follows {number}")
            if row["prev_hash"] != last or row["hash"] != audit_hash(row):
                wrong.append(f"audit record {row['number']} breaks the chain of hashes")
            number, last = row["number"], row["hash"]
    written = (yield from the("counter", name="audit"))["number"]
    if written != number:
        wrong.append(f"the audit log ends at {number}, but {written} records were written")
    return wrong


def broken_seals() -> Operation[list[str]]:
    """Events of cases that are gone, or others, than when they were sealed into the audit log.

    Whoever rewrites the log of a case, hash by hash, has to rewrite the audit log as well, and that
    contradicts every mark of it that was kept elsewhere (`cases.records.Mark`).
    """
    wrong: list[str] = []
    after = 0
    while page := (yield from rows("seals", after=after, limit=SEALS_AT_ONCE)):
        for row in page:
            wrong += yield from _broken_seal(row["number"], unpacked(row["details"]))
        after = page[-1]["number"]
    return wrong


def _broken_seal(number: int, sealed: Mapping[str, str]) -> Operation[list[str]]:
    found = yield from rows("hashes_of", numbers=packed(sorted(sealed)))
    heads = {(row["case_number"], sealed_head(row)) for row in found}
    return [
        f"event {head.partition('-')[0]} of case {case} is not the one of audit record {number}"
        for case, head in sealed.items()
        if (case, head) not in heads
    ]


def sealed_head(row: Row) -> str:
    """An event as a seal names it: its version and the first 96 bits of its hash."""
    return f"{row['version']}-{row['hash'][:24]}"
