"""Makes `cases/field_letters.npz`: python -m bot.make_fields

From `letters.jsonl` (our own letters, as citizens put what 35 fields of government are for) and
the fields' duties and keywords. The same file every time.
"""

import argparse
import json
import re
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from cases.routing_letters import FILE, RUNS, FieldLetters
from cases.routing_text import plain
from cases.routing_usual import usual_fields

LETTERS: Final = Path(__file__).with_name("letters.jsonl")
"""Rows {"field", "kind", "text"}: the field a county would most usually charge; 问 asks for
information, 诉 complains or begs for help, 议 proposes (nothing is made of the kinds yet)."""
PART: Final = re.compile(r"[。；;，、]")
STRENGTH: Final = 5.0
SEEN: Final = 2
"""Letters a run of characters stands in at least."""


def read_letters(path: Path = LETTERS) -> list[dict[str, Any]]:
    """The rows of the file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def make_fields(rows: list[dict[str, Any]]) -> FieldLetters:
    """Logistic regression over runs of characters: which field is this about?"""
    names = [field.names[0] for field in usual_fields()]
    texts = [plain(row["text"]) for row in rows]
    runs = runs_of(texts)
    parts = [(plain(part), n) for n, text in enumerate(_duties()) for part in text]
    about = runs.transform([*texts, *(part for part, _ in parts)])
    own = [names.index(row["field"]) for row in rows] + [n for _, n in parts]
    fields = LogisticRegression(C=STRENGTH, max_iter=200).fit(about, own)
    weights, scale = _in_bytes(fields.coef_.T)
    return FieldLetters(
        runs=tuple(runs.get_feature_names_out().tolist()),
        rarity=runs.idf_.astype(np.float32),
        weights=weights,
        scale=scale,
        offset=fields.intercept_.astype(np.float32),
    )


def runs_of(texts: list[str]) -> Any:
    """The vectorizer of these plain texts."""
    runs = TfidfVectorizer(analyzer="char", ngram_range=RUNS, sublinear_tf=True, min_df=SEEN)
    return runs.fit(texts)


def _duties() -> list[list[str]]:
    """Each field's keywords and the parts of its duties: texts of a few characters."""
    return [
        [*field.keywords, *(part for part in PART.split(field.duties) if part)]
        for field in usual_fields()
    ]


def _in_bytes(planes: NDArray[np.float64]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    scale = np.abs(planes).max(axis=0) / 127
    return np.round(planes / scale).astype(np.int8), scale.astype(np.float32)


def main() -> None:
    """Makes and writes the file."""
    parser = argparse.ArgumentParser(description="Makes the router's knowledge of fields.")
    parser.add_argument("--to", type=Path, default=FILE)
    make_fields(read_letters()).save(parser.parse_args().to)


if __name__ == "__main__":
    main()
