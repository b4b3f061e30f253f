"""What citizens send and what goes out to them.

Each method is documented at its operation in `storage/operations`.
"""

from storage import operations as do
from storage.stores.base import Store, reads, writes


class MessageStore(Store):
    """What citizens send and what goes out to them."""

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
    try_to_write = writes(do.state.try_to_write)
    queues = reads(do.state.queues)
    last_messages = reads(do.state.last_messages)
    database_size = reads(do.state.database_size)
    take_attachments = writes(do.attachments.take_attachments)
    attachment_kept = writes(do.attachments.attachment_kept)
    attachment_ended = writes(do.attachments.attachment_ended)
    attachments = reads(do.attachments.attachments)
    attachment_content = reads(do.attachments.attachment_content)
