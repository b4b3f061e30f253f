"""How long to wait before a call is made again."""

import random
from datetime import timedelta

LONGEST_WAIT = timedelta(hours=1)
TRIES = 8  # then a person decides: with the waits below that is after about three hours


def wait(after: timedelta, attempts: int) -> timedelta:
    """Twice as long each time, an hour at most, a fifth more or less so that not all come at once.

    `attempts` counts those already made, from 1.
    """
    longer: timedelta = min(after * (1 << min(attempts, 20)), LONGEST_WAIT)
    return longer * random.uniform(0.8, 1.2)  # noqa: S311  # not a secret
