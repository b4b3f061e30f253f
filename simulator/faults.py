"""Making the platform's API fail on purpose, and counting what was called."""

from collections import Counter, deque
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What one call gets instead of its answer.

    `hang` seconds pass first; then comes an HTTP `status` with an HTML body, or `errcode` in a
    normal body (-1 when neither is given). `after` lets the call do its work before that, so
    that it succeeded although the caller never learnt.
    """

    errcode: int
    status: int
    hang: float
    after: bool


class Faults:
    """Planned faults per path, used up one call at a time; `calls` counts every call per path."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self._planned: dict[str, deque[Fault]] = {}

    def plan(
        self,
        path: str,
        *,
        times: int = 1,
        errcode: int = 0,
        status: int = 200,
        hang: float = 0.0,
        after: bool = False,
    ) -> None:
        """Let the next `times` calls of `path` (e.g. `/cgi-bin/message/custom/send`) fail."""
        fault = Fault(errcode=errcode, status=status, hang=hang, after=after)
        self._planned.setdefault(path, deque()).extend([fault] * times)

    def planned(self, path: str) -> int:
        """How many of the next calls of a path will fail."""
        return len(self._planned.get(path, ()))

    def clear(self) -> None:
        """Forget every planned fault; the counters stay."""
        self._planned.clear()

    def meet(self, path: str) -> Fault | None:
        """Count a call of `path` and take the fault planned for it, if any."""
        self.calls[path] += 1
        planned = self._planned.get(path)
        return planned.popleft() if planned else None
