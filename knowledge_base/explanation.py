"""Why a question was answered so: what `huiying ask` and the hit-testing page show."""

from dataclasses import dataclass
from typing import Any, Final

from knowledge_base.calibration import Block
from knowledge_base.features import NAMES
from knowledge_base.outcome import Answer, Candidate, Finding, Held, Nothing, Suggestions

_REASONS = 8
WHY_HELD: Final = {
    Held.VETOED_BEFORE: "what was likelier says by a negative or its region that it is not meant",
    Held.UNLIKELY: "p below {answer_at:.2f}",
    Held.FEW_WORDS: "p below {answer_at:.2f} as it counts",
    Held.NO_QUESTION: "held back: it complains or wants a person",
    Held.ELSEWHERE: "held back: another place",
    Held.ONLY_A_NAME: "held back: it names a matter and does not say what is asked of it",
    Held.DOUBTED: "held back: a negative of its own is nearer than its wordings",
    Held.PART: "held back: it is for one part of the place, and none was named",
    Held.PRESUMES: "held back: it is for who lost or ends something, which was not said",
    Held.OTHER_SIDE: "held back: another side or kind of it is asked for",
}
"""Why the likeliest was not sent."""


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """A finding in words and figures; `nearest` has one line per entry considered, best first.

    `answer_at` is the chance from which on an entry is sent.
    """

    decision: str
    reason: str
    answer_at: float
    nearest: tuple["Nearest", ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "decision": self.decision,
            "reason": self.reason,
            "nearest": [line.as_json() for line in self.nearest],
        }


@dataclass(frozen=True, kw_only=True)
class Nearest:
    """One entry: its chance, the wording that lay nearest, and what moved its rank most.

    `reasons` are (feature, its value, its part in the ranking score), the largest part first.
    """

    entry: str
    question: str
    matched: str
    probability: float
    reasons: tuple[tuple[str, float, float], ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.entry,
            "question": self.question,
            "matched": self.matched,
            "p": round(self.probability, 4),
            "reasons": [
                {"feature": name, "value": round(value, 4), "part": round(part, 3)}
                for name, value, part in self.reasons
            ],
        }


def explain(finding: Finding, block: Block) -> Explanation:
    """Lists the entries considered with the features that weighed most in `block`."""
    return Explanation(
        decision=_decision(finding),
        reason=_reason(finding, block),
        answer_at=block.answer_at,
        nearest=tuple(_nearest(candidate, block) for candidate in finding.ranking),
    )


def _decision(finding: Finding) -> str:
    match finding:
        case Answer():
            return "answer"
        case Suggestions():
            return "suggest"
        case Nothing():
            return "none"


def _reason(finding: Finding, block: Block) -> str:
    match finding:
        case Answer(exact=True):
            return "the wording is one of the entry's own"
        case Answer(best=best):
            return f"{_chance(best)} reaches {block.answer_at:.2f}"
        case Suggestions(topic=topic) if topic:
            return f"it only names {topic} and asks nothing of it: what there is on it, to choose"
        case Suggestions(choices=choices, held=held):
            return (
                f"{_chance(choices[0])}, {choices[0].in_three:.2f} for the first three: at least "
                f"{block.suggest_at:.2f} to suggest, and {_held(held, block)}"
            )
        case Nothing(reason=reason):
            return str(reason)


def _held(held: Held | None, block: Block) -> str:
    if held is None:
        return "several answers"
    return WHY_HELD[held].format(answer_at=block.answer_at)


def _chance(best: Candidate) -> str:
    """The chance, and what it counts for a direct answer where few words are shared."""
    stated, sure = f"p {best.probability:.2f}", f"{best.sureness:.2f}"
    return stated if stated.endswith(sure) else f"{stated}, few words shared: as good as {sure}"


def _nearest(candidate: Candidate, block: Block) -> Nearest:
    return Nearest(
        entry=candidate.entry.id,
        question=candidate.entry.question,
        matched=candidate.matched,
        probability=candidate.probability,
        reasons=_parts(candidate, block) if candidate.features else (),
    )


def _parts(candidate: Candidate, block: Block) -> tuple[tuple[str, float, float], ...]:
    rank = block.rank
    parts = [
        (name, candidate.features[name], weight * (candidate.features[name] - mean) / scale)
        for name, mean, scale, weight in zip(
            rank.features, rank.means, rank.scales, rank.weights, strict=True
        )
        if name in NAMES
    ]
    parts.sort(key=lambda part: -abs(part[2]))
    return tuple(parts[:_REASONS])
