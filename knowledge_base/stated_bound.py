"""What may be said of the desk's answers: how many are wrong at most, how many are given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from knowledge_base.calibration import Model


@dataclass(frozen=True, kw_only=True)
class StatedBound:
    """Of the direct answers at most `wrong_at_most` are wrong, with 95 % confidence.

    `answered` is the share of answerable questions answered directly and right; `aim` the bound
    the thresholds were chosen for; `questions` how many labelled ones this rests on. Shares are
    in [0, 1]; Clopper & Pearson (1934), on questions the fit had not seen.
    """

    wrong_at_most: float
    answered: float
    aim: float
    questions: int


def stated_bound(model: Model, *, has_meaning: bool) -> StatedBound | None:
    """The bound of the block in use; None when its file tells no figures."""
    figures = model.fitted.get("full" if has_meaning else "words")
    if not isinstance(figures, Mapping):
        return None
    questions = int(figures.get("questions", 0))
    level = model.block(has_meaning).level(model.wrong_answer_bound)
    if level is not None:
        return StatedBound(
            wrong_at_most=level.wrong_at_most,
            answered=level.right_direct,
            aim=model.wrong_answer_bound,
            questions=questions,
        )
    wrong, right = _share(figures, "wrong_answers"), _share(figures, "right_direct")
    if wrong.get("high") is None or right.get("value") is None:
        return None
    return StatedBound(
        wrong_at_most=float(wrong["high"]),
        answered=float(right["value"]),
        aim=model.wrong_answer_bound,
        questions=questions,
    )


def _share(figures: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    share = figures.get(name)
    return share if isinstance(share, Mapping) else {}
