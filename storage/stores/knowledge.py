"""Entries, their index, and what curators decided.

Each method is documented at its operation in `storage/operations`.
"""

from storage import operations as do
from storage.stores.base import Store, reads, writes


class KnowledgeStore(Store):
    """Entries, their index, and what curators decided."""

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
    end_library_look = writes(do.libraries.end_library_look)
    library_looks = reads(do.libraries.library_looks)
    look_at_library_soon = writes(do.libraries.look_at_library_soon)
    library_rows = reads(do.libraries.library_rows)
    keep_library_rows = writes(do.libraries.keep_library_rows)
    miss_library_rows = writes(do.libraries.miss_library_rows)
    synonyms = reads(do.synonyms.synonyms)
    save_synonym = writes(do.synonyms.save_synonym)
    drop_synonym = writes(do.synonyms.drop_synonym)
    own_kinds = reads(do.own_kinds.own_kinds)
    save_kinds = writes(do.own_kinds.save_kinds)
    drop_kinds = writes(do.own_kinds.drop_kinds)
    own_places = reads(do.own_places.own_places)
    save_place = writes(do.own_places.save_place)
    drop_place = writes(do.own_places.drop_place)
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
