"""What a search found, as a conversation goes on with it."""

from dataclasses import replace

from handlers import texts
from knowledge_base.entry import Entry
from knowledge_base.outcome import Answer, Candidate, Finding, Nothing, Suggestions

LIKELY = 0.3  # the chance from which the first line of a list is said to be what was meant


def without(finding: Finding, read: Entry) -> Finding:
    """What is found beside an entry that was read already and did not say it.

    Two questions in one have a probability that nothing was calibrated for: what it would answer
    is offered, and the citizen decides.
    """
    match finding:
        case Answer(best=best) if best.entry.id == read.id:
            return Nothing(ranking=finding.ranking)
        case Answer(best=best):
            return Suggestions(choices=(best,), ranking=finding.ranking)
        case Suggestions(choices=choices):
            others = tuple(each for each in choices if each.entry.id != read.id)
            kept = replace(finding, choices=others, separation=None)
            return kept if others else Nothing(ranking=finding.ranking)
        case _:
            return finding


def is_found(finding: Finding) -> bool:
    return not isinstance(finding, Nothing)


def is_weak(finding: Finding) -> bool:
    """Whether nothing was found, or nothing that was clearly meant."""
    match finding:
        case Nothing():
            return True
        case Suggestions(choices=choices, topic=topic, elsewhere=elsewhere):
            return choices[0].probability < LIKELY and not (topic or elsewhere)
        case _:
            return False


def is_of_topic(finding: Finding) -> bool:
    """Whether only the name of a matter was heard, and its entries are offered."""
    return isinstance(finding, Suggestions) and bool(finding.topic)


def elsewhere_of(finding: Finding) -> tuple[str, ...]:
    """The other places that were asked about."""
    return () if isinstance(finding, Answer) else tuple(finding.elsewhere)


def likeliest(finding: Finding) -> Candidate | None:
    match finding:
        case Answer(best=best):
            return best
        case Suggestions(choices=(first, *_), elsewhere=()):
            return first
        case _:
            return None


def lead(found: Suggestions) -> str:
    """What is said before a list: how sure the desk is of it."""
    if found.topic and len(found.choices) > 1:
        return texts.talk.on_topic(found.topic)
    sure = bool(found.topic) or found.choices[0].probability >= LIKELY
    return texts.general.DID_YOU_MEAN if sure else texts.talk.MAYBE
