"""Texts that waited for a citizen go with the next reply, and long replies come in pages."""

from collections.abc import Sequence
from dataclasses import replace

from cases.case import Delivery
from handlers import texts
from handlers.pages import LIMIT, size, split
from handlers.settlement import Outcome, Settlement

RECOGNISED = 40
"""Characters by which a carried text is found again; a long one was cut off by its page."""


def carry(settlement: Settlement, waiting: Sequence[Delivery]) -> Settlement:
    """Puts waiting texts before the reply; what does not fit is kept as the citizen's `rest`."""
    if settlement.outcome is Outcome.IGNORED:
        return settlement
    if not waiting and size(settlement.reply) <= LIMIT:
        return settlement
    parts = [_text(delivery) for delivery in waiting]
    whole = texts.general.BETWEEN.join([*parts, settlement.reply])
    page, rest = split(whole, mark=texts.general.MORE)
    kept = texts.general.BETWEEN.join(part for part in (rest, settlement.citizen.rest) if part)
    return replace(
        settlement,
        reply=page,
        carries=tuple(delivery.key for delivery in waiting),
        citizen=replace(settlement.citizen, rest=kept),
    )


def _text(delivery: Delivery) -> str:
    if delivery.may_have_arrived:
        return texts.general.seen_before(delivery.text)
    return delivery.text


def without_carried(reply: str, carried: Sequence[str]) -> str:
    """A reply without the beginnings of these texts, which went before it in the same message."""
    for text in carried:
        start = reply.find(text[:RECOGNISED])
        if start >= 0:
            end = reply.find(texts.general.BETWEEN, start)
            reply = reply[:start] + (reply[end + len(texts.general.BETWEEN) :] if end >= 0 else "")
    return reply.strip()
