"""Everything the desk can ask of its database, in one list."""

from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime
from functools import partial, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from cases.privacy import Erased, Retention
from knowledge_base.entry import Entry
from knowledge_base.versions import Merge
from storage import operations as do
from storage.driver import Driver, Progress
from storage.errors import WrongDatabaseUrl
from storage.operation import Operation
from storage.postgres import open_postgres
from storage.sqlite import open_sqlite

P = ParamSpec("P")
T = TypeVar("T")
Method = Callable[Concatenate["Storage", P], Coroutine[Any, Any, T]]


def writes(operation: Callable[P, Operation[T]]) -> Method[P, T]:
    """A method that runs the operation in one transaction and returns when it is on disk."""

    @wraps(operation)
    async def method(storage: "Storage", /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await storage.driver.write(partial(operation, *args, **kwargs))

    return method


def reads(operation: Callable[P, Operation[T]]) -> Method[P, T]:
    """A method that runs the operation on one consistent view of the data."""

    @wraps(operation)
    async def method(storage: "Storage", /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await storage.driver.read(partial(operation, *args, **kwargs))

    return method


class Storage:
    """The desk's data; each method is documented at its operation in `storage/operations`.

    All raise `StorageUnavailable` when the database cannot be reached or written, and
    `DataRefused` for data that the schema forbids.
    """

    def __init__(self, driver: Driver, *, clock: Callable[[], datetime]) -> None:
        self.driver = driver
        self._clock = clock

    # handlers.ports.Inbox
    accept = writes(do.inbox.accept)
    settle = writes(do.inbox.settle)
    freeze_reply = writes(do.inbox.freeze_reply)
    frozen_reply = reads(do.inbox.frozen_reply)
    reread = writes(do.inbox.reread)
    claim_unsettled = writes(do.inbox.claim_unsettled)
    release_claims = writes(do.inbox.release_claims)
    # handlers.ports.Outbox
    take_deliveries = writes(do.outbox.take_deliveries)
    delivery_sent = writes(do.outbox.delivery_sent)
    delivery_postponed = writes(do.outbox.delivery_postponed)
    delivery_unpushable = writes(do.outbox.delivery_unpushable)
    delivery_uncertain = writes(do.outbox.delivery_uncertain)
    delivery_failed = writes(do.outbox.delivery_failed)
    release_interrupted = writes(do.outbox.release_interrupted)
    take_notices = writes(do.waiting.take_notices)
    notice_ended = writes(do.waiting.notice_ended)
    undelivered = reads(do.waiting.undelivered)
    undelivered_of_case = reads(do.waiting.undelivered_of_case)
    count_failed = reads(do.waiting.count_failed)
    retry_delivery = writes(do.waiting.retry_delivery)
    retry_account = writes(do.waiting.retry_account)
    backlogs = reads(do.waiting.backlogs)
    queues = reads(do.state.queues)
    last_messages = reads(do.state.last_messages)
    database_size = reads(do.state.database_size)
    take_attachments = writes(do.attachments.take_attachments)
    attachment_kept = writes(do.attachments.attachment_kept)
    attachment_ended = writes(do.attachments.attachment_ended)
    attachments = reads(do.attachments.attachments)
    attachment_content = reads(do.attachments.attachment_content)
    # cases.ports
    next_case_number = writes(do.cases.next_case_number)
    write_change = writes(do.cases.write_change)
    write_changes = writes(do.cases.write_changes)
    merged_into = reads(do.cases.merged_into)
    answered_with = reads(do.cases.answered_with)
    leaving = reads(do.withdrawing.leaving)
    shown = writes(do.cases.shown)
    case = reads(do.cases.case)
    cases = reads(do.cases.cases)
    answered_matters = reads(do.cases.answered_matters)
    count_cases = reads(do.tallies.count_cases)
    tally_cases = reads(do.tallies.tally_cases)
    suggested = reads(do.cases.suggested)
    topics = reads(do.cases.topics)
    # cases.papers
    add_note = writes(do.papers.add_note)
    notes = reads(do.papers.notes)
    keep_draft = writes(do.papers.keep_draft)
    kept_draft = reads(do.papers.kept_draft)
    kept_drafts = reads(do.papers.kept_drafts)
    has_drafted = reads(do.papers.has_drafted)
    come_to = writes(do.papers.come_to)
    present = reads(do.papers.present)
    cases_of_citizen = reads(do.papers.cases_of_citizen)
    similar_cases = reads(do.papers.similar_cases)
    saved_views = reads(do.papers.saved_views)
    save_view = writes(do.papers.save_view)
    remove_view = writes(do.papers.remove_view)
    reply_templates = reads(do.papers.reply_templates)
    add_reply_template = writes(do.papers.add_reply_template)
    remove_reply_template = writes(do.papers.remove_reply_template)
    # cases.ports
    events = reads(do.cases.events)
    conversation = reads(do.cases.conversation)
    departments = reads(do.departments.departments)
    save_departments = writes(do.departments.save_departments)
    notices = reads(do.departments.notices)
    save_notice = writes(do.departments.save_notice)
    notice_sources = reads(do.departments.notice_sources)
    # cases.supervision.ports
    cases_to_warn = reads(do.reminders.cases_to_warn)
    is_raised = reads(do.reminders.is_raised)
    raise_once = writes(do.reminders.raise_once)
    take_reminders = writes(do.reminders.take_reminders)
    reminders_postponed = writes(do.reminders.reminders_postponed)
    reminders_ended = writes(do.reminders.reminders_ended)
    interrupted_reminders = writes(do.reminders.interrupted_reminders)
    reminders_of = reads(do.reminders.reminders_of)
    settle_warnings = writes(do.reminders.settle_warnings)
    unread_reminders = reads(do.reminders.unread_reminders)
    read_reminders = writes(do.reminders.read_reminders)
    failed_reminders = reads(do.reminders.failed_reminders)
    mailboxes = reads(do.reminders.mailboxes)
    save_mailbox = writes(do.reminders.save_mailbox)
    active_people = reads(do.reminders.active_people)
    late_cases = reads(do.alarms.late_cases)
    late_returns = reads(do.alarms.late_returns)
    raise_alarm = writes(do.alarms.raise_alarm)
    untold_alarms = reads(do.alarms.untold_alarms)
    untold_interviews = reads(do.alarms.untold_interviews)
    answers_due = reads(do.alarms.answers_due)
    alarms = reads(do.alarms.alarms)
    revoke_alarm = writes(do.alarms.revoke_alarm)
    interviews = reads(do.alarms.interviews)
    interview = reads(do.alarms.interview)
    write_interview = writes(do.alarms.write_interview)
    rota = reads(do.rota.rota)
    add_shift = writes(do.rota.add_shift)
    remove_shift = writes(do.rota.remove_shift)
    add_absence = writes(do.rota.add_absence)
    remove_absence = writes(do.rota.remove_absence)
    open_cases_of = reads(do.rota.open_cases_of)
    cases_left_behind = reads(do.rota.cases_left_behind)
    contacts = reads(do.rota.contacts)
    save_contact = writes(do.rota.save_contact)
    routed_matters = reads(do.rota.routed_matters)
    # knowledge_base.ports
    published_entries = reads(do.entries.published_entries)
    approved_entries = reads(do.entries.approved_entries)
    index_version = reads(do.entries.index_version)
    entry_versions = reads(do.entries.entry_versions)
    newest_entries = reads(do.entries.newest_entries)
    entry_history = reads(do.entries.entry_history)
    times_given = reads(do.entries.times_given)
    given_entries = reads(do.entries.given_entries)
    sent_of_entry = reads(do.corrections.sent_of_entry)
    find_sent = reads(do.corrections.find_sent)
    reach = reads(do.corrections.reach)
    correction = reads(do.corrections.correction)
    corrections_of = reads(do.corrections.corrections_of)
    open_corrections = reads(do.corrections.open_corrections)
    propose_correction = writes(do.corrections.propose_correction)
    decide_correction = writes(do.corrections.decide_correction)
    stop_correction = writes(do.corrections.stop_correction)
    claim_library = writes(do.libraries.claim_library)
    keep_library_digest = writes(do.libraries.keep_library_digest)
    library_rows = reads(do.libraries.library_rows)
    keep_library_rows = writes(do.libraries.keep_library_rows)
    miss_library_rows = writes(do.libraries.miss_library_rows)
    synonyms = reads(do.synonyms.synonyms)
    save_synonym = writes(do.synonyms.save_synonym)
    drop_synonym = writes(do.synonyms.drop_synonym)
    vectors = reads(do.vectors.vectors)
    keep_vectors = writes(do.vectors.keep_vectors)
    open_merges = reads(do.merges.open_merges)
    merges_of = reads(do.merges.merges_of)
    cancel_merge = writes(do.merges.cancel_merge)
    settled_pairs = reads(do.pairs.settled_pairs)
    settle_pair = writes(do.pairs.settle_pair)
    reopen_pair = writes(do.pairs.reopen_pair)
    golden_questions = reads(do.golden.golden_questions)
    add_golden = writes(do.golden.add_golden)
    retire_golden = writes(do.golden.retire_golden)
    unmet_questions = reads(do.learning.unmet_questions)
    dismiss = writes(do.learning.dismiss)
    restore_dismissed = writes(do.learning.restore_dismissed)
    dismissed = reads(do.learning.dismissed)
    desk_labels = reads(do.labels.desk_labels)
    start_job = writes(do.jobs.start_job)
    tell_job = writes(do.jobs.tell_job)
    end_job = writes(do.jobs.end_job)
    job = reads(do.jobs.job)
    job_file = reads(do.jobs.job_file)
    jobs = reads(do.jobs.jobs)
    # console.ports
    account = reads(do.people.account)
    people = reads(do.people.people)
    accounts = reads(do.people.accounts)
    display_names = reads(do.people.display_names)
    save_account = writes(do.people.save_account)
    change_password = writes(do.people.change_password)
    change_totp = writes(do.people.change_totp)
    change_person = writes(do.people.change_person)
    change_access = writes(do.people.change_access)
    sign_in_failed = writes(do.people.sign_in_failed)
    sign_in_succeeded = writes(do.people.sign_in_succeeded)
    use_totp_step = writes(do.people.use_totp_step)
    start_session = writes(do.people.start_session)
    session = reads(do.people.session)
    touch_session = writes(do.people.touch_session)
    sessions_of = reads(do.people.sessions_of)
    end_session = writes(do.people.end_session)
    end_session_of = writes(do.people.end_session_of)
    end_sessions_of = writes(do.people.end_sessions_of)
    citizen = reads(do.inbox.citizen)
    figures = reads(do.figures.figures)
    statistics = reads(do.figures.statistics)
    # bot.wechat_ports
    token = reads(do.channels.token)
    claim_token = writes(do.channels.claim_token)
    keep_token = writes(do.channels.keep_token)
    release_token = writes(do.channels.release_token)
    begin_call = writes(do.channels.begin_call)
    call_refused = writes(do.channels.call_refused)
    call_succeeded = writes(do.channels.call_succeeded)
    quota_cleared = writes(do.channels.quota_cleared)
    troubles = reads(do.channels.troubles)
    calls_of_day = reads(do.channels.calls_of_day)
    # handlers.comments.ports
    comment_poll = reads(do.fetching.comment_poll)
    save_comment_poll = writes(do.fetching.save_comment_poll)
    comment_troubles = reads(do.fetching.comment_troubles)
    add_articles = writes(do.fetching.add_articles)
    take_article = writes(do.fetching.take_article)
    keep_comments = writes(do.fetching.keep_comments)
    article_read = writes(do.fetching.article_read)
    article_paused = writes(do.fetching.article_paused)
    unfiled_comments = reads(do.fetching.unfiled_comments)
    comment_backlog = reads(do.fetching.comment_backlog)
    limit_calls = writes(do.channels.limit_calls)
    file_comments = writes(do.comments.file_comments)
    judge_comment = writes(do.comments.judge_comment)
    split_comment = writes(do.comments.split_comment)
    refile_comment = writes(do.comments.refile_comment)
    comments = reads(do.comments.comments)
    comment_tally = reads(do.comments.comment_tally)
    comment = reads(do.comments.comment)
    reopen_comments = writes(do.fetching.reopen_comments)
    comments_of_case = reads(do.comments.comments_of_case)
    articles = reads(do.comments.articles)
    article = reads(do.comments.article)
    add_order = writes(do.orders.add_order)
    change_order = writes(do.orders.change_order)
    order = reads(do.orders.order)
    orders_of = reads(do.orders.orders_of)
    orders_in = reads(do.orders.orders_in)
    take_orders = writes(do.orders.take_orders)
    order_done = writes(do.orders.order_done)
    order_failed = writes(do.orders.order_failed)
    order_postponed = writes(do.orders.order_postponed)
    closing_windows = reads(do.windows.closing_windows)
    menus = reads(do.menus.menus)
    save_menu = writes(do.menus.save_menu)
    move_menu = writes(do.menus.move_menu)
    services = reads(do.menus.services)
    service = reads(do.menus.service)
    add_service = writes(do.menus.add_service)
    change_service = writes(do.menus.change_service)
    move_service = writes(do.menus.move_service)
    offices = reads(do.offices.offices)
    office = reads(do.offices.office)
    add_office = writes(do.offices.add_office)
    change_office = writes(do.offices.change_office)
    move_office = writes(do.offices.move_office)
    take_services = writes(do.menus.take_services)
    service_checked = writes(do.menus.service_checked)
    look_again = writes(do.menus.look_again)
    # the service
    secret = writes(do.people.secret)
    propose_answer = writes(do.public_answers.propose_answer)
    public_answer = reads(do.public_answers.public_answer)
    answers_of_case = reads(do.public_answers.answers_of_case)
    public_answers = reads(do.public_answers.public_answers)
    count_public_answers = reads(do.public_answers.count_public_answers)
    decide_answer = writes(do.public_answers.decide_answer)
    withdraw_answer = writes(do.public_answers.withdraw_answer)
    facts = reads(do.reports.facts)
    ledger = reads(do.reports.ledger)
    message_counts = reads(do.reports.message_counts)
    answered_topics = reads(do.reports.answered_topics)
    dossier = reads(do.privacy.dossier)
    log = writes(do.audit.log)
    records = reads(do.audit.records)
    count_records = reads(do.audit.count_records)
    recorded_actors = reads(do.audit.recorded_actors)
    record_counts = reads(do.audit.record_counts)
    verify_records = reads(do.audit.verify_records)
    audit_mark = reads(do.audit.audit_mark)
    contradicts_mark = reads(do.audit.contradicts_mark)
    case_chain = reads(do.chains.case_chain)
    verify = reads(do.verify.verify)

    async def save_versions(
        self,
        entries: Sequence[Entry],
        *,
        actor: str,
        reason: str,
        seen: Sequence[Entry] | None = None,
        begins: Merge | None = None,
        ends: Sequence[Merge] = (),
    ) -> None:
        """`storage.operations.entries.save_versions`, now."""
        save = partial(do.entries.save_versions, entries, actor=actor, reason=reason, seen=seen)
        await self.driver.write(partial(save, begins=begins, ends=ends, now=self._clock()))

    async def erase_citizen(
        self,
        account: str,
        citizen: str,
        *,
        actor: str,
        reason: str,
        now: datetime,
        only_look: bool = False,
    ) -> Erased:
        """`storage.operations.privacy.erase_citizen`; with `only_look` nothing is changed."""
        erase = partial(do.privacy.erase_citizen, account, citizen, actor=actor, reason=reason)
        return await self._erased(partial(erase, now=now, only_look=only_look))

    async def erase_old(
        self, retention: Retention, *, actor: str, now: datetime, only_look: bool = False
    ) -> Erased:
        """`storage.operations.privacy.erase_old`; with `only_look` nothing is changed."""
        erase = partial(do.privacy.erase_old, retention, actor=actor, now=now)
        return await self._erased(partial(erase, only_look=only_look))

    async def _erased(self, operation: Callable[[], Operation[Erased]]) -> Erased:
        try:
            erased = await self.driver.write(operation)
        except do.privacy.OnlyLooked as looked:
            return looked.erased
        if erased.amount:
            await self.driver.scrub()
        return erased

    async def migrate(self) -> None:
        """Brings the schema to this version; safe to run again. Raises `SchemaTooNew`."""
        await self.driver.migrate()
        await self._fill_search()

    async def schema_is_current(self) -> bool:
        """Whether `migrate` has nothing to do."""
        return await self.driver.schema_is_current()

    async def backup(self, path: str | Path) -> None:
        """A consistent copy while everything runs. Raises `BackupFailed`."""
        await self.driver.backup(Path(path))

    async def restore(self, path: str | Path, tell: Progress = lambda done, of: None) -> None:
        """Replaces all data by the copy's and migrates it; the service should be stopped.

        A copy of a SQLite desk goes into an empty PostgreSQL database as well. Raises
        `BackupFailed` and `SchemaTooNew`.
        """
        await self.driver.restore(Path(path), tell)
        await self.migrate()

    async def _fill_search(self) -> None:
        """Makes the cases of an older version findable, a few at a time, once."""
        if await self.driver.read(do.cases.search_is_filled):
            return
        after = await self.driver.write(partial(do.cases.fill_search, ""))
        while after:
            after = await self.driver.write(partial(do.cases.fill_search, after))

    def serve_alone(self) -> None:
        """Keeps other services from a SQLite file until `close`. Raises `AlreadyServed`."""
        self.driver.serve_alone()

    async def close(self) -> None:
        """Finishes what is being written."""
        await self.driver.close()


def _utc_now() -> datetime:
    return datetime.now(UTC)


def sqlite_file(url: str) -> Path | None:
    """The file of sqlite:///path, relative to the folder the process was started in."""
    scheme, _, rest = url.partition("://")
    is_file = scheme == "sqlite" and rest.startswith("/") and len(rest) > 1
    return Path(rest[1:]) if is_file else None


async def open_storage(url: str, *, clock: Callable[[], datetime] = _utc_now) -> Storage:
    """Opens sqlite:///path or postgresql://user@host/name; `clock` dates entries and their log.

    Raises `WrongDatabaseUrl` and `StorageUnavailable`.
    """
    if file := sqlite_file(url):
        return Storage(open_sqlite(file), clock=clock)
    scheme, _, rest = url.partition("://")
    if scheme in {"postgresql", "postgres"} and rest:
        return Storage(await open_postgres(url), clock=clock)
    raise WrongDatabaseUrl(f"not sqlite:///path or postgresql://user@host/name: {scheme}://…")
