"""What was found for questions asked before: many citizens ask the same in the same words."""

from collections import OrderedDict
from datetime import date
from threading import Lock

from knowledge_base.outcome import Finding

Kept = OrderedDict[tuple[str, date], Finding]
MOST = 1_000
"""Findings kept of each kind; one with its reasons takes about 20 KB."""
LONGEST = 200
"""Characters; longer messages are nobody else's."""


class Findings:
    """Findings on one index, by message and day; the one not asked for longest goes first.

    What took a search and what is a wording as it stands are kept apart: the many cheap ones
    must not push out the few dear ones. An index and its findings are replaced together, so that
    nothing withdrawn is found again. For any thread.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._searched: Kept = OrderedDict()
        self._exact: Kept = OrderedDict()
        self._lock = Lock()

    def get(self, text: str, today: date) -> Finding | None:
        """What the same message found today; None when it is new."""
        key = (text, today)
        with self._lock:
            for kept in (self._exact, self._searched):
                if key in kept:
                    kept.move_to_end(key)
                    return kept[key]
        return None

    def keep(self, text: str, today: date, finding: Finding, *, exact: bool = False) -> None:
        """Remembers a finding that the same message would bring again."""
        if len(text) > LONGEST:
            return
        kept = self._exact if exact else self._searched
        with self._lock:
            kept[text, today] = finding
            if len(kept) > self._most:
                kept.popitem(last=False)
