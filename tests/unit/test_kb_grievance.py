"""How likely a text tells a grievance: the model itself, and its file."""

import math
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.grievance import PLACES, Grievances, runs


def test_the_chance_is_the_logistic_function_of_what_the_runs_say() -> None:
    weights = np.zeros(PLACES, np.int8)
    found = sorted(runs("路灯坏了"))
    weights[found[:2]] = 3, 4
    odds = -0.5 + 0.25 * (3 + 4) / math.sqrt(len(found))
    model = Grievances(weights=weights, step=0.25, offset=-0.5)
    assert model.chance("路灯坏了") == pytest.approx(1 / (1 + math.exp(-odds)))


def test_a_file_that_would_run_code_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "grievances.npz"
    foreign = np.array([{"any": "object"}], dtype=object)
    np.savez(file, allow_pickle=True, weights=foreign, step=np.array(1.0), offset=np.array(0.0))
    with pytest.raises(ValueError, match="pickle"):
        Grievances.load(file)


def test_a_model_of_anything_but_numbers_is_not_written(tmp_path: Path) -> None:
    foreign = np.array([{"any": "object"}], dtype=object)
    with pytest.raises(ValueError, match="pickle"):
        Grievances(weights=foreign, step=1.0, offset=0.0).save(tmp_path / "grievances.npz")
