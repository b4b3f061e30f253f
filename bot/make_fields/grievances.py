"""Makes `knowledge_base/grievances.npz`: python -m bot.make_fields.grievances

From our own letters, of which some complain and some do not, and the ways citizens ask for the
matters that the encoder is taught, none of which complains. The same file every time.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]  # ships no types
from sklearn.linear_model import LogisticRegression

from bot.encoders.e5.fitting.pairs import matters
from knowledge_base.grievance import FILE, PLACES, Grievances, runs
from knowledge_base.text import cut, normalise

LETTERS: Final = Path(__file__).with_name("letters.jsonl")
COMPLAINS: Final = "诉"
EVERY: Final = 2
"""Of the encoder's questions every second is taken, each with the say of ASKED_SAY letters."""
ASKED_SAY: Final = 0.2
STRENGTH: Final = 10.0


def labelled_texts() -> tuple[list[str], list[bool], list[float]]:
    """Texts, whether each tells a grievance, and its say."""
    letters = [json.loads(line) for line in LETTERS.read_text(encoding="utf-8").splitlines()]
    asked = [text for each in matters() for text in each.wordings][::EVERY]
    texts = [letter["text"] for letter in letters] + asked
    right = [letter["kind"] == COMPLAINS for letter in letters] + [False] * len(asked)
    return texts, right, [1.0] * len(letters) + [ASKED_SAY] * len(asked)


def make(texts: Sequence[str], right: Sequence[bool], say: Sequence[float]) -> Grievances:
    """Logistic regression over runs of characters, its weights rounded to 255 steps."""
    model = LogisticRegression(C=STRENGTH, max_iter=300, solver="liblinear")
    model.fit(_rows(texts), right, sample_weight=say)
    step = float(np.abs(model.coef_).max()) / 127
    weights = np.round(model.coef_[0] / step).astype(np.int8)
    return Grievances(weights=weights, step=step, offset=float(model.intercept_[0]))


def _rows(texts: Sequence[str]) -> csr_matrix:
    """One row a text, its runs alike, of length 1."""
    found = [sorted(runs(normalise(cut(text)))) for text in texts]
    counts = np.array([len(each) for each in found])
    values = np.repeat(1 / np.sqrt(counts), counts)
    starts = np.concatenate(([0], np.cumsum(counts)))
    return csr_matrix((values, np.concatenate(found), starts), shape=(len(texts), PLACES))


def main() -> None:
    """Fits and writes the release's model."""
    parser = argparse.ArgumentParser(description="Makes grievances.npz from our own letters.")
    parser.add_argument("--to", type=Path, default=FILE)
    make(*labelled_texts()).save(parser.parse_args().to)


if __name__ == "__main__":
    main()
