"""What an import would do: decided from the rows and the entries there are, without effects."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from knowledge_base.entry import Entry, Status
from knowledge_base.entry_check import QUESTION_LIMIT, tidied, tidy_line
from knowledge_base.exchange.cells import BadCell, questions_of, text_of
from knowledge_base.exchange.row import Rejected, Row, entry_of
from knowledge_base.text import normalise


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """`added` and `changed` are drafts with the version they would get; nothing is saved yet.

    `missing` are the published entries that the file does not have: a file that replaces the
    whole knowledge base withdraws them.
    """

    added: tuple[Entry, ...] = ()
    changed: tuple[Entry, ...] = ()
    unchanged: tuple[Entry, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    missing: tuple[Entry, ...] = ()


def plan_import(
    rows: Iterable[Row], existing: Sequence[Entry], *, publish: bool = False
) -> ImportPlan:
    """Compares `rows` with the newest and the published versions in `existing`.

    A row belongs to the entry with its id; without an id, to the entry of the same normalised
    question and region. Columns that the file lacks keep their content. A row that says what the
    newest or the published version says is unchanged, also when that was withdrawn: an old file
    imported again brings nothing back. With `publish`, a text that waits for approval counts
    as changed, for it is to be published.
    """
    planner = _Planner(_Known.of(existing), publish=publish)
    for row in rows:
        planner.take(row)
    return ImportPlan(
        added=tuple(planner.added),
        changed=tuple(planner.changed),
        unchanged=tuple(planner.unchanged),
        rejected=tuple(planner.rejected),
        missing=tuple(
            each
            for each in existing
            if each.status is Status.PUBLISHED and tidy_line(each.id) not in planner.seen
        ),
    )


def keys_of(rows: Iterable[Row], existing: Sequence[Entry]) -> list[str]:
    """The id each row has or would be given by `plan_import`; "" for one that has none."""
    planner = _Planner(_Known.of(existing), publish=False)
    return [planner.id_of(row) for row in rows]


def derived_id(question: str, region: str) -> str:
    """The id of a row that came without one: the same question gets the same id in every file."""
    digest = hashlib.sha256(f"{normalise(question)}\0{region}".encode()).hexdigest()
    return f"kb-{digest[:12]}"


def says_the_same(one: Entry, other: Entry) -> bool:
    """Whether two versions differ in nothing a citizen or a curator reads."""
    return _content(one) == _content(other)


def _content(entry: Entry) -> Entry:
    return replace(tidied(entry), status=Status.DRAFT, version=0, author="", reviewer="")


@dataclass(frozen=True)
class _Known:
    """The entries there are: of each id the newest and the published versions, newest first."""

    versions: dict[str, list[Entry]]
    ids: dict[tuple[str, str | None], str]

    @classmethod
    def of(cls, existing: Sequence[Entry]) -> "_Known":
        versions: dict[str, list[Entry]] = {}
        for entry in sorted(existing, key=lambda entry: (entry.id, -entry.version)):
            group = versions.setdefault(tidy_line(entry.id), [])
            if not group or entry.status is Status.PUBLISHED:
                group.append(entry)
        ids: dict[tuple[str, str | None], str] = {}
        for entry_id, (newest, *_) in versions.items():
            if newest.question:
                question = normalise(newest.question)
                ids.setdefault((question, newest.region), entry_id)
                # Found by the question alone only while one entry asks it.
                ids[question, None] = "" if (question, None) in ids else entry_id
        return cls(versions, ids)

    def id_for(self, question: str, region: str | None) -> str:
        """`region` is None when the file does not speak of regions."""
        known = self.ids.get((normalise(question), region))
        return known or derived_id(question, region or "")


@dataclass
class _Planner:
    known: _Known
    publish: bool
    added: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    unchanged: list[Entry] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    seen: dict[str, tuple[Row, Entry]] = field(default_factory=dict)

    def take(self, row: Row) -> None:
        entry_id = self.id_of(row)
        versions = self.known.versions.get(entry_id, [])
        entry = entry_of(row, versions[0] if versions else None)
        if isinstance(entry, Rejected):
            self.rejected.append(entry)
        elif not entry_id:
            self._reject(row, "question", "问题和编号不能都为空")
        elif entry_id in self.seen:
            self.rejected.append(_twice(row, entry, *self.seen[entry_id]))
        else:
            self.seen[entry_id] = row, entry
            self._sort(replace(entry, id=entry_id), versions)

    def id_of(self, row: Row) -> str:
        """Empty when there is none to be had; cells that cannot be read are rejected later."""
        try:
            given = tidy_line(text_of(row.fields.get("id")))
            question = tidy_line(questions_of(row.fields.get("question"))[0])
            region = tidy_line(text_of(row.fields.get("region")))
        except BadCell:
            return ""
        if given or not question or len(question) > QUESTION_LIMIT:
            return given
        return self.known.id_for(question, region if "region" in row.fields else None)

    def _sort(self, entry: Entry, versions: list[Entry]) -> None:
        if not versions:
            self.added.append(replace(entry, version=1))
            return
        same = [version for version in versions if says_the_same(version, entry)]
        if any(self._settles(version) for version in same):
            self.unchanged.append(same[0])
        else:
            self.changed.append(replace(entry, version=versions[0].version + 1))

    def _settles(self, version: Entry) -> bool:
        waiting = version.status in {Status.DRAFT, Status.IN_REVIEW} and not version.reviewer
        return not (self.publish and waiting)

    def _reject(self, row: Row, column: str, reason: str) -> None:
        self.rejected.append(Rejected(row=row, column=column, reason=reason))


def _twice(row: Row, entry: Entry, first: Row, kept: Entry) -> Rejected:
    """What another row of the file has taken: its number, or without one its question."""
    if given := tidy_line(text_of(row.fields.get("id"))):
        reason = f"与{first.place}重复（编号 {given}）"
        return Rejected(row=row, column="id", reason=reason)
    same = entry.answer == kept.answer
    advice = (
        "答案也一样，删去一行就行" if same else "答案却不同，请核对，留下对的，或写明各自的地区"
    )
    reason = f"和{first.place}是同一个问题，{advice}"
    return Rejected(row=row, column="question", reason=reason)
