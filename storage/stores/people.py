"""People and their sessions, figures, logs, and what is kept about citizens.

Each method is documented at its operation in `storage/operations`.
"""

from storage import operations as do
from storage.stores.base import Store, reads, writes


class PeopleStore(Store):
    """People and their sessions, figures, logs, and what is kept about citizens."""

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
    seal_cases = writes(do.seals.seal_cases)
    contradicts_mark = reads(do.audit.contradicts_mark)
    case_chain = reads(do.chains.case_chain)
    verify = reads(do.verify.verify)
