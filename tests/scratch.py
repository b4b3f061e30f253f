"""Where the tests write: into memory where there is enough of it, else where the machine says.

Of a test's time on a disk, half was waiting for it and copying: a database of each kind is made
for hundreds of tests, and every message is committed. A killed process loses nothing by it.
"""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 3 * 1024**3  # bytes; a whole run was seen to need a third of them


def write_to_memory() -> None:
    """Whatever asks for a temporary folder afterwards gets one in memory; `TMPDIR` overrules."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK | os.X_OK):
        return
    if shutil.disk_usage(MEMORY).free >= ENOUGH:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # it is looked up once, perhaps before now
