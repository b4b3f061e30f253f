"""What was found for questions asked before: many citizens ask the same in the same words."""

from collections import OrderedDict
from datetime import date
from threading import Lock

from knowledge_base.outcome import Finding

MOST = 1_000
"""Findings kept; one with its reasons takes about 20 KB."""
LONGEST = 200
"""Characters; longer messages are nobody else's."""


class Findings:
    """Findings on one index, by message and day; the one not asked for longest goes first.

    An index and its findings are replaced together, so that nothing withdrawn is found again.
    For any thread.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[str, date], Finding] = OrderedDict()
        self._lock = Lock()

    def get(self, text: str, today: date) -> Finding | None:
        """What the same message found today; None when it is new."""
        with self._lock:
            found = self._kept.get((text, today))
            if found is not None:
                self._kept.move_to_end((text, today))
            return found

    def keep(self, text: str, today: date, finding: Finding) -> None:
        """Remembers a finding that the same message would bring again."""
        if len(text) > LONGEST:
            return
        with self._lock:
            self._kept[text, today] = finding
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
