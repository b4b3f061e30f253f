"""The fitted model: which candidate ranks first, and the chance that it answers the question.

Three linear models per block, applied with numpy from a readable JSON file (`model.json`): one
orders the candidates, one gives the first of them a probability, one the chance that the right one
is among the first three. The block `full` is for
questions with a vector, the stricter block `words` for those without (no encoder, or a slow one).
"""

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.features import NAMES
from knowledge_base.lexical import Floats
from knowledge_base.linear import Linear
from knowledge_base.ports import Vectors
from knowledge_base.whole_file import unfinished

DEFAULT_MODEL = Path(__file__).with_name("model.json")
DECISION_NAMES = (*NAMES, "rank", "margin", "rivals")
"""What the decision sees: the features, the ranking score, its distance to the next different
matter, and how many different matters lie within 1 of it (as log(1 + n))."""
_VERSION = 1
_FIGURES = re.compile(r"\[[-+.\d\seE,]+\]")
"""A list of figures, which stands on one line of the file."""


class ModelIsUnusable(Exception):
    """The model file cannot be read or does not fit this release; refit it with `kb fit`."""


NEXT_STEP = "Fit one with `kb fit`, or name none: then the model of this release decides."


@dataclass(frozen=True, kw_only=True)
class Level:
    """What answering from `answer_at` on meant in cross-validation.

    `bound` is the share of wrong answers it was chosen for, `wrong_at_most` the upper end of the
    95 % interval (Clopper & Pearson) of what was counted; `right_direct` is the share of the
    questions with an entry that got it at once, `direct` the share of all that got an answer.
    """

    bound: float
    answer_at: float
    right_direct: float
    direct: float
    wrong_at_most: float


@dataclass(frozen=True, kw_only=True)
class Block:
    """How to rank and decide in one situation; thresholds are probabilities in [0, 1].

    `suggest_at` is a chance of `offer`, in a model file without one of `decide`.
    """

    rank: Linear
    decide: Linear
    answer_at: float
    suggest_at: float
    rank_bare: Linear | None = None
    offer: Linear | None = None
    levels: tuple[Level, ...] = ()

    def level(self, bound: float) -> Level | None:
        """The boldest level that keeps a bound; None where the labels carry none."""
        fitting = [level for level in self.levels if level.bound <= bound * (1 + 1e-9)]
        return max(fitting, key=lambda level: level.bound, default=None)

    def under(self, bound: float) -> "Block":
        """The same with the threshold for another bound; only exact answers where none is known."""
        if not self.levels:
            return self
        level = self.level(bound)
        answer_at = level.answer_at if level else 1.0
        return replace(self, answer_at=answer_at)

    def rank_scores(self, features: Floats) -> NDArray[np.float64]:
        """Ranking scores of candidates with `features.NAMES` as columns.

        Where most candidates are bare questions, the ranking fitted to such entries is used.
        """
        if self.rank_bare is not None and are_bare(features):
            return self.rank_bare.scores(features, NAMES)
        return self.rank.scores(features, NAMES)

    def probabilities(
        self, features: Floats, scores: NDArray[np.float64], matters: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """For each candidate, given its rivals: its chance to answer, and, were it the first, the
        chance that it or one of the next two does; each of shape (len(features),).

        The decision was fitted beside the common ranking, and sees that one's scores always.
        """
        if self.rank_bare is not None and are_bare(features):
            scores = self.rank.scores(features, NAMES)
        extended = decision_matrix(features, scores, matters)
        chances = _chances(self.decide, extended)
        if self.offer is None:
            return chances, chances
        return chances, np.maximum(chances, _chances(self.offer, extended))


def _chances(decide: Linear, rows: NDArray[np.float64]) -> NDArray[np.float64]:
    logits = decide.scores(rows, DECISION_NAMES)
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), np.float64)


def are_bare(features: NDArray[Any]) -> bool:
    """Whether most of these candidates have no answer of their own."""
    return bool(len(features)) and float(features[:, NAMES.index("bare")].mean()) > 0.5


def decision_matrix(
    features: Floats, scores: NDArray[np.float64], matters: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The columns `DECISION_NAMES` for candidates with ranking scores and matters."""
    differs = matters[:, None] != matters[None, :]
    rivals = np.where(differs, scores[None, :], -np.inf)
    nearest = rivals.max(axis=1, initial=-np.inf)
    margin = np.clip(scores - nearest, -8.0, 8.0)
    close = np.log1p((rivals > scores[:, None] - 1).sum(axis=1))
    return np.column_stack([features, scores, margin, close])


@dataclass(frozen=True, kw_only=True)
class Model:
    """Both blocks, the map of the encoder it was fitted with, and where the figures come from.

    `full` is for the encoder that `fitted` names, `others`, where there is one, for any other.
    `fitted` tells the data's size, the wrong answers counted in cross-validation and their bound.
    """

    full: Block
    words: Block
    others: Block | None = None
    wrong_answer_bound: float = 0.02
    transforms: Mapping[str, str] = field(default_factory=dict)
    fitted: Mapping[str, Any] = field(default_factory=dict)
    folder: Path = DEFAULT_MODEL.parent

    def under(self, bound: float) -> "Model":
        """The same model answering as a desk's own bound on wrong answers asks."""
        return replace(
            self,
            full=self.full.under(bound),
            words=self.words.under(bound),
            others=self.others and self.others.under(bound),
            wrong_answer_bound=bound,
        )

    def for_encoder(self, name: str) -> "Model":
        """The model for one encoder: what another was fitted to does not speak for it."""
        if self.others is None or name == self.fitted.get("encoder"):
            return self
        figures = {"encoder": name, "full": self.fitted.get("others", {})}
        return replace(self, full=self.others, fitted={**self.fitted, **figures})

    def block(self, has_vector: bool) -> Block:
        """The block for a question with or without a vector."""
        return self.full if has_vector else self.words

    @cached_property
    def _maps(self) -> dict[str, "EncoderMap"]:
        return {}

    def map_of(self, encoder: str) -> "EncoderMap":
        """The linear map fitted for an encoder, or the identity for one the model never saw."""
        fitting = (file for start, file in self.transforms.items() if encoder.startswith(start))
        file = next(fitting, "")
        if file not in self._maps:
            self._maps[file] = EncoderMap.load(self.folder / file) if file else EncoderMap()
        return self._maps[file]

    def as_json(self) -> dict[str, Any]:
        """What `load_model` reads."""
        return {
            "version": _VERSION,
            "wrong_answer_bound": self.wrong_answer_bound,
            "fitted": dict(self.fitted),
            "transforms": dict(self.transforms),
            "full": asdict(self.full),
            "words": asdict(self.words),
            "others": self.others and asdict(self.others),
        }


@dataclass(frozen=True)
class EncoderMap:
    """A linear map of an encoder's vectors, shape (dimension, dimension), or none."""

    transform: Vectors | None = None

    @classmethod
    def load(cls, path: Path) -> "EncoderMap":
        """Reads an npz file with `transform` in half precision."""
        try:
            with np.load(path, allow_pickle=False) as stored:
                parts = {name: stored[name].astype(np.float32) for name in stored.files}
        except (OSError, ValueError, KeyError) as error:
            raise ModelIsUnusable(f"{path}: {error}") from error
        return cls(transform=parts.get("transform"))


def save_model(model: Model, path: Path) -> None:
    """Writes a model so that a person can read it, its maps beside it. Raises `OSError`."""
    for file in model.transforms.values():
        if path.parent.resolve() != model.folder.resolve():
            shutil.copyfile(model.folder / file, path.parent / file)
    text = json.dumps(_rounded(model.as_json()), ensure_ascii=False, indent=1)
    text = _FIGURES.sub(lambda found: " ".join(found[0].split()), text)
    with unfinished(path) as part:
        part.write_text(text + "\n", encoding="utf-8")


def load_model(path: Path | None = None) -> Model:
    """Reads a model; the one of this release without a path. Raises `ModelIsUnusable`."""
    path = path or DEFAULT_MODEL
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored["version"] != _VERSION:
            raise ValueError(f"version {stored['version']}, not {_VERSION}")  # noqa: TRY301  # told below
        return Model(
            full=_block(stored["full"]),
            words=_block(stored["words"]),
            others=_block(stored["others"]) if stored.get("others") else None,
            wrong_answer_bound=float(stored["wrong_answer_bound"]),
            transforms=stored["transforms"],
            fitted=stored["fitted"],
            folder=path.parent,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelIsUnusable(f"{path} cannot be used: {_why(error)}. {NEXT_STEP}") from error


def _why(error: Exception) -> str:
    match error:
        case OSError():
            return error.strerror or str(error)
        case KeyError():
            return f"it has no {error}"
        case TypeError() | json.JSONDecodeError() | UnicodeDecodeError():
            return "`kb fit` did not write it"
        case _:
            return str(error)


def _block(stored: Mapping[str, Any]) -> Block:
    return Block(
        rank=_linear(stored["rank"], NAMES),
        decide=_linear(stored["decide"], DECISION_NAMES),
        answer_at=float(stored["answer_at"]),
        suggest_at=float(stored["suggest_at"]),
        rank_bare=_linear(stored["rank_bare"], NAMES) if stored.get("rank_bare") else None,
        offer=_linear(stored["offer"], DECISION_NAMES) if stored.get("offer") else None,
        levels=tuple(Level(**level) for level in stored.get("levels", ())),
    )


def _linear(stored: Mapping[str, Any], known: Sequence[str]) -> Linear:
    unknown = set(stored["features"]) - set(known)
    if unknown:
        raise ValueError(f"unknown features: {', '.join(sorted(unknown))}")
    lists = {key: tuple(map(float, stored[key])) for key in ("means", "scales", "weights")}
    if {len(values) for values in lists.values()} != {len(stored["features"])}:
        raise ValueError("the lists of a linear model differ in length")
    products = tuple(tuple(map(float, row)) for row in stored.get("products", ()))
    if products and {len(products), *map(len, products)} != {len(stored["features"])}:
        raise ValueError("the products of a linear model are not one row and column a feature")
    return Linear(
        features=tuple(stored["features"]),
        intercept=float(stored["intercept"]),
        products=products,
        **lists,
    )


def _rounded(value: Any) -> Any:
    """Floats with six significant digits, for a file one can read and compare."""
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, Mapping):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value
