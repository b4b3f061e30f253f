"""What was found for questions asked before: many citizens ask the same in the same words."""

from collections import OrderedDict
from datetime import date
from threading import Lock

from knowledge_base.outcome import Finding

Kept = OrderedDict[tuple[str, date], Finding]
MOST = 1_000
"""Findings of a search kept; one with its reasons takes about 20 KB."""
MOST_EXACT = 5_000
"""Those of a wording as it stands; they have no reasons and take about 1 KB."""
LONGEST = 200
"""Characters; longer messages are nobody else's."""


class Findings:
    """Findings on one index, by message and day; the one not asked for longest goes first.

    What took a search and what is a wording as it stands are kept apart: the many cheap ones
    must not push out the few dear ones. An index and its findings are replaced together, so that
    nothing withdrawn is found again. For any thread.
    """

    def __init__(self, most: int = MOST, most_exact: int = MOST_EXACT) -> None:
        self._most, self._most_exact = most, most_exact
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
        kept, most = (self._exact, self._most_exact) if exact else (self._searched, self._most)
        with self._lock:
            kept[text, today] = finding
            if len(kept) > most:
                kept.popitem(last=False)
