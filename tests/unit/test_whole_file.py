"""A file is written whole or not at all."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge_base.calibration import load_model, save_model
from knowledge_base.whole_file import unfinished


def test_what_breaks_off_leaves_the_earlier_file_and_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("earlier")
    with pytest.raises(UnicodeEncodeError), unfinished(file) as part:
        part.write_text("half \ud800", encoding="utf-8")
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [
        ("rows.csv", "earlier")
    ]


def test_a_part_left_by_a_process_that_was_killed_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / ".rows.csv.part").write_text("x" * 9)
    with unfinished(tmp_path / "rows.csv") as part:
        assert not part.exists()
        part.write_text("whole")
    assert [each.name for each in tmp_path.iterdir()] == ["rows.csv"]


def test_a_device_is_written_as_it_is() -> None:
    with pytest.raises(OSError, match="No space"):
        save_model(replace(load_model(), transforms={}), Path("/dev/full"))
    assert Path("/dev/full").is_char_device()


def test_no_room_for_what_a_workbook_keeps_meanwhile_is_said_with_its_folder(
    tmp_path: Path,
) -> None:
    """In a process of its own, which may write 20 kB to each file."""
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "from pathlib import Path; from knowledge_base.exchange.xlsx import write_xlsx\n"
        "lines = [[f'第{n}问'] for n in range(5_000)]\n"
        f"write_xlsx(Path({str(tmp_path / 'kb.xlsx')!r}), ['问题'], lines)"
    )
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    ended = subprocess.run(  # our own interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False
    )
    assert f"for temporary files in {tmp_path} ($TMPDIR names another folder)" in ended.stderr
    assert not (tmp_path / "kb.xlsx").exists()
