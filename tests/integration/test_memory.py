"""Freed memory goes back to the system."""

import subprocess
import sys

import pytest

PROGRAM = """
import resource
from threading import Thread
from bot.benchmarks.machine import resident_megabytes
from bot.memory import give_memory_back
import numpy as np, os, sys

if sys.argv[1] == "yes":
    give_memory_back()
before = resident_megabytes(os.getpid())
def work():
    for size in range(1, 24):  # megabytes: each teaches glibc to keep what is a little larger
        np.ones(size * 131_072)
    kept.append([np.ones(12_000) for _ in range(64)][::8])
kept = []
for _ in range(4):
    threads = [Thread(target=work) for _ in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
kept.clear()
print(resident_megabytes(os.getpid()) - before)
"""


def grown(word: str) -> float:
    """Megabytes that a process keeps after threads have freed all they took."""
    shown = subprocess.run(
        [sys.executable, "-c", PROGRAM, word], capture_output=True, text=True, check=True
    )
    return float(shown.stdout)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's malloc")
def test_what_threads_have_freed_goes_back_to_the_system() -> None:
    kept = grown("no")
    assert grown("yes") < min(kept / 2, 20)
