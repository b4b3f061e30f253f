"""What a search can end in: an answer, a short choice, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from knowledge_base.condition import Separation
from knowledge_base.entry import Entry
from knowledge_base.features import COSINE, COVERED, sure


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An entry considered for a question, with the reasons.

    `probability` is the calibrated chance in [0, 1] that the entry answers the question,
    `in_three` that it or one of the next two does, were it the first;
    `matched` is the wording of the entry that lay nearest; `features` are the model's inputs.
    """

    entry: Entry
    probability: float
    matched: str
    features: Mapping[str, float] = field(default_factory=dict)
    in_three: float = 1.0

    @property
    def sureness(self) -> float:
        """The probability as it counts for a direct answer, see `features.sure`."""
        told, cosine = self.features.get(COVERED, 1.0), self.features.get(COSINE, 0.0)
        return sure(self.probability, told, cosine)


class Held(StrEnum):
    """Why the likeliest entry is offered and not sent."""

    VETOED_BEFORE = "vetoed_before"  # what was likelier says that it is not meant
    UNLIKELY = "unlikely"
    FEW_WORDS = "few_words"  # likely by its meaning, and few words are shared
    NO_QUESTION = "no_question"  # a complaint, or a wish for a person
    ELSEWHERE = "elsewhere"
    ONLY_A_NAME = "only_a_name"
    DOUBTED = "doubted"  # a negative of its own is nearer than its wordings
    PART = "part"  # the entry is for one town, and nobody said which
    PRESUMES = "presumes"  # the entry is for who lost or ends something, which nobody said
    OTHER_SIDE = "other_side"  # another aspect or another kind is asked for


@dataclass(frozen=True, kw_only=True)
class Veto:
    """What keeps an entry from being offered: `negative`, or its `region`; the other is ""."""

    negative: str = ""
    region: str = ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The entry that answers the question; `exact` when the wording itself was found.

    `vetoes` of this and of the others are by entry, of those in `ranking`.
    """

    best: Candidate
    ranking: tuple[Candidate, ...]
    exact: bool = False
    vetoes: Mapping[str, Veto] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Suggestions:
    """Up to three entries of different matters, best first, for the citizen to choose from.

    `elsewhere` are the other places the question names, if it is about one; `separation` is the
    one condition in which the choices differ, where it is exactly one. `topic` is set where the
    message names a matter and asks nothing of it, `held` where one line was nearly the answer.
    """

    choices: tuple[Candidate, ...]
    ranking: tuple[Candidate, ...]
    elsewhere: tuple[str, ...] = ()
    separation: Separation | None = None
    topic: str = ""
    held: Held | None = None
    vetoes: Mapping[str, Veto] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Nothing:
    """No entry is likely enough; `reason` says why in one of the words of `decision.Reason`."""

    ranking: tuple[Candidate, ...] = ()
    reason: str = "unlikely"
    elsewhere: tuple[str, ...] = ()
    vetoes: Mapping[str, Veto] = field(default_factory=dict)


Finding = Answer | Suggestions | Nothing
